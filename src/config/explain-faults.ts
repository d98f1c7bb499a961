import type { ZodError } from 'zod'
import { namesOf, partAt, type SchemaPart } from '../../schemas/config-keys.ts'
import { configJsonSchema } from '../../schemas/json-schema.ts'
import { shellWord } from '../errors.ts'
import { printable } from '../printable.ts'
import { nearestWord } from '../query/nearest-word.ts'
import type { KeyPath } from './change-content.ts'

/** Longer values are not repeated: who wrote them finds the place. */
const LONGEST_WORD = 60

/** What is wrong at one place of a configuration, and what would be right. */
export interface ConfigFault {
  /** `gates[1].timeout`; empty for the document itself. */
  readonly place: string
  readonly rule: string
  /** A right value, as it is written; null where none can be named. */
  readonly example: string | null
  /** The same as a command; null where none can be named. */
  readonly setting: string | null
  /** The wrong value, as it is written; null where it is longer than a word, or may be a secret. */
  readonly value: string | null
}

/** `gates[1].timeout`, as people name a place in a document. */
export const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text ? '.' : ''}${String(key)}`),
    '',
  )

const isEmpty = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

/** A right value: the default where that tells anything, else an example, which a section has from its first key that has one. */
function sampleOf(part: SchemaPart | undefined): unknown {
  if (!part) return undefined
  if (part.default !== undefined && part.default !== null && !isEmpty(part.default)) return part.default
  if (part.examples ?? part.enum) return (part.examples ?? part.enum)?.[0]
  if (part.type === 'array') {
    const item = sampleOf(part.items)
    return item === undefined ? undefined : [item]
  }
  const keys = Object.entries(part.properties ?? {}).map(([key, inner]) => [key, sampleOf(inner)] as const)
  const telling = keys.filter(([, value]) => value !== undefined)
  // A gate needs both; of other sections one key shows how it is done.
  const most = part.properties?.command ? 2 : 1
  return telling.length > 0 ? Object.fromEntries(telling.slice(0, most)) : undefined
}

/** As YAML on one line. */
export function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`
  // A plain text that begins so would be a comment, a list or a tag.
  if (typeof value === 'string' && /^[#{[&*!|>%@`]/.test(value)) return JSON.stringify(value)
  if (typeof value !== 'object' || value === null) return String(value)
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}: ${written(inner)}`)
    .join(', ')}}`
}

/** A right value for a key, as it stands in a file and as a command. */
export function rightAs(path: KeyPath, sample: unknown): Pick<ConfigFault, 'example' | 'setting'> {
  if (sample === undefined) return { example: null, setting: null }
  const key = path.at(-1)
  const text = written(sample)
  const word = shellWord(typeof sample === 'string' ? sample : text)
  return {
    example: typeof key === 'string' ? `${key}: ${text}` : text,
    setting: path.length === 0 ? null : `mhv config set ${shellWord(placeOf(path))} ${word}`,
  }
}

const rightAt = (schema: SchemaPart, path: KeyPath) => rightAs(path, sampleOf(partAt(schema, path)))

/** A command that sets a key to a right value; null where none can be named. */
export const exampleSetting = (path: KeyPath): string | null =>
  rightAt(configJsonSchema() as SchemaPart, path).setting

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a section of keys with values',
  record: 'a section of keys with values',
}

const meantBy = (value: unknown, legal: readonly unknown[]) => nearestWord(String(value), legal.map(String))

const hintOf = (meant: string | null) => (meant ? `; did you mean ${meant}?` : '')

/** The word at a place of the configuration. Of variables for programs nothing is repeated: they hold secrets. */
function wordAt(content: unknown, path: readonly PropertyKey[]): string | null {
  if (path.includes('env')) return null
  const value = path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)?.[key], content)
  if (!['string', 'number', 'boolean'].includes(typeof value)) return null
  const text = JSON.stringify(value)
  return text.length <= LONGEST_WORD ? text : null
}

/** Our own messages are rules already; the library's are put into the same words. */
function ruleOf(issue: ZodError['issues'][number], value: unknown): string {
  const isTheirs = /^(?:Invalid|Too|Unrecognized)/.test(issue.message)
  if (!isTheirs) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      if (issue.message.endsWith('received undefined')) return 'is missing'
      return `is not ${KINDS[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `is none of ${issue.values.join(', ')}${hintOf(meantBy(value, issue.values))}`
    case 'too_small':
      return `is less than ${issue.minimum}`
    case 'too_big':
      return `is more than ${issue.maximum}`
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message
    default:
      return issue.message
  }
}

/** A key that there is not, with the one that was probably meant of those that may be there. */
function unknownKey(schema: SchemaPart, path: KeyPath, key: string): ConfigFault {
  const part = partAt(schema, path)
  const known = part ? namesOf(part) : []
  const meant = nearestWord(key, known)
  const hint = meant ? `; did you mean ${meant}?` : `; there are ${known.join(', ')}`
  return {
    place: placeOf(path),
    rule: `has no key ${JSON.stringify(key)}${hint}`,
    ...rightAs(path, undefined),
    ...(meant && rightAt(schema, [...path, meant])),
    value: null,
  }
}

/** A name that cannot be one. */
function wrongName(schema: SchemaPart, path: KeyPath, rule: string): ConfigFault {
  const section = path.slice(0, -1)
  const part = partAt(schema, section)
  if (part?.propertyNames?.enum) return unknownKey(schema, section, String(path.at(-1)))
  // No value would be right with it: the name of another is.
  const [[name, sample] = []] = Object.entries(sampleOf(part) ?? {})
  return { place: placeOf(path), rule, ...rightAs([...section, name ?? 'name'], sample), value: null }
}

function faultOf(schema: SchemaPart, issue: ZodError['issues'][number], content: unknown): ConfigFault {
  const path = issue.path as KeyPath
  const value = wordAt(content, path)
  const said: unknown = value === null ? '' : JSON.parse(value)
  const rule = ruleOf(issue, said)
  if (issue.code === 'invalid_key') return wrongName(schema, path, rule)
  const meant = issue.code === 'invalid_value' ? meantBy(said, issue.values) : null
  const right = meant === null ? rightAt(schema, path) : rightAs(path, meant)
  return { place: placeOf(path), rule, ...right, value }
}

/** What a refused configuration has wrong, in the order of the document. */
export function faultsOf(error: ZodError, content: unknown): ConfigFault[] {
  const schema = configJsonSchema() as SchemaPart
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey(schema, issue.path as KeyPath, key))
      : [faultOf(schema, issue, content)],
  )
}

/** Texts of faults as one sentence, or the end of one. */
export const asSentence = (texts: readonly string[]): string => {
  const text = texts.join('; ')
  return /[.?]$/.test(text) ? text : `${text}.`
}

/** `gates[0].timeout: is not …, as in “timeout: 10m” (it is 5)`. */
export const faultText = ({ place, rule, example, value }: ConfigFault): string =>
  `${place ? `${place}: ` : ''}${rule}${example === null || rule.endsWith('?') ? '' : `, as in “${example}”`}${value === null ? '' : ` (it is ${printable(value)})`}`
