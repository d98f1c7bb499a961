import { basename, extname } from 'node:path'
import { partAt, type SchemaPart } from '../../schemas/config-keys.ts'
import { configJsonSchema } from '../../schemas/json-schema.ts'
import { changeFile } from '../change-file.ts'
import { cutFor, type KeyPath, valueAt, withoutValueAt, withValueAt } from '../config/change-content.ts'
import type { ConfigPlace } from '../config/counting-file.ts'
import { asSentence, type ConfigFault, faultText, placeOf } from '../config/explain-faults.ts'
import { parsedContent } from '../config/read-source.ts'
import { stepsFor } from '../config/unreadable.ts'
import { isUserOnly } from '../config/user-only.ts'
import { MhvError, shellWord } from '../errors.ts'
import { printable } from '../printable.ts'
import { isWithin } from './gather-value.ts'
import { type Judgement, judgeContent } from './judge-content.ts'

export const WRITING = { queue: 'configuration', unwritable: 'CONFIG_UNWRITABLE' } as const

/** What stands in package.json around the configuration. */
export const around = (path: string): KeyPath => (basename(path) === 'package.json' ? ['mhv'] : [])

const isJson = (path: string, text: string) =>
  extname(path) === '.json' || (extname(path) === '' && text.trimStart().startsWith('{'))

/** What a text says. Errors: CONFIG_INVALID where it does not parse. */
export const contentOf = async (path: string, text: string): Promise<unknown> =>
  (await parsedContent(path, text)) ?? {}

/** Errors: CONFIG_IS_A_PROGRAM. */
export function requireData({ path, isProgram }: ConfigPlace): void {
  if (!isProgram) return
  throw new MhvError(
    'CONFIG_IS_A_PROGRAM',
    `${path} is a program, which is changed as programs are; nothing was written.`,
    {
      recovery: [`\${EDITOR:-vi} ${shellWord(path)}`, 'mhv config trust'],
      data: { path },
    },
  )
}

/**
 * Faults that a change would bring. What was wrong before may stay, so that of several faults each can be put right by
 * itself, also where it is wrong for another reason then, as of two aliases in a circle the one that is left; what rests
 * on another key rests on one of its own section.
 * @param isOwn whether what is wrong within the key counts although it was wrong before: a value has to be right
 */
function broughtBy(
  after: readonly ConfigFault[],
  before: readonly ConfigFault[],
  key: KeyPath,
  isOwn: boolean,
): ConfigFault[] {
  // Places in a list move up when one is taken out.
  const nameless = (fault: ConfigFault) => faultText(fault).replace(/\[\d+\]/g, '[]')
  const known = before.map(nameless)
  const wasWrong = ({ place }: ConfigFault) =>
    !place.includes('[') && before.some((fault) => fault.place === place)
  return after
    .filter(({ place }) => isWithin(place, placeOf(key.slice(0, 1))))
    .filter(
      (fault) =>
        (isOwn && isWithin(fault.place, placeOf(key))) ||
        !(wasWrong(fault) || known.includes(nameless(fault))),
    )
}

/** A fault as somebody is told it who typed a command: with a command as the example. */
function typedFault(fault: ConfigFault, key: KeyPath): string {
  const isThis = fault.place === placeOf(key)
  const said = faultText({ ...fault, place: isThis ? '' : fault.place, example: fault.setting, value: null })
  return isThis ? `it ${said}` : said
}

function refusal(faults: readonly ConfigFault[], { key, said, instead }: Change, path: string): MhvError {
  const why = asSentence(faults.map((fault) => typedFault(fault, key)))
  return new MhvError('INVALID_INPUT', `${placeOf(key)} ${said}: ${why} Nothing was changed.`, {
    recovery: instead ?? [`mhv config list ${shellWord(placeOf(key.slice(0, 1)))}`, 'mhv config set --help'],
    data: { path, faults },
  })
}

/** What a word from the command line may mean, as the key has it: a text, or what it says as YAML. */
async function readingsOf(key: KeyPath, word: string): Promise<unknown[]> {
  const { type } = partAt(configJsonSchema() as SchemaPart, key) ?? {}
  if (type === 'string') return [word]
  const { parse } = await import('yaml')
  try {
    const value: unknown = parse(word, { schema: 'core', logLevel: 'error' })
    // A colour is a comment to YAML; nothing takes what says nothing.
    return value === null ? [word] : [word, value]
  } catch {
    return [word]
  }
}

export interface ConfigChange {
  readonly path: string
  readonly value: unknown
  readonly isChanged: boolean
  /** What is wrong in the file still, elsewhere. */
  readonly faults: readonly ConfigFault[]
}

/** The text with another content; null where that would change more. */
async function withChange(
  path: string,
  text: string,
  json: (editor: typeof import('./edit-json.ts')) => string,
  yaml: (editor: typeof import('./edit-yaml.ts')) => string | null,
): Promise<string> {
  if (isJson(path, text)) return json(await import('./edit-json.ts'))
  const after = yaml(await import('./edit-yaml.ts'))
  if (after !== null) return after
  throw new MhvError(
    'CONFIG_UNWRITABLE',
    `${path} is written in a way that cannot be changed there without changing more; nothing was written.`,
    { recovery: [`\${EDITOR:-vi} ${shellWord(path)}`], data: { path } },
  )
}

/** What a change makes of a content; several where a word may mean several things, of which the first right one counts. */
interface Outcome {
  readonly value: unknown
  readonly content: unknown
  readonly write: (text: string) => Promise<string>
}

interface Change {
  readonly key: KeyPath
  readonly isOwn: boolean
  /** What cannot be done, where nothing is right. */
  readonly said: string
  /** What can be done then; null where nothing is known. */
  readonly instead: readonly string[] | null
  readonly outcomes: (content: unknown) => readonly Outcome[]
}

/** Errors: INVALID_INPUT, CONFIG_INVALID, CONFIG_IS_A_PROGRAM, CONFIG_UNWRITABLE, CONTENTION; nothing is changed then. */
async function changed(place: ConfigPlace, judgement: Judgement, change: Change): Promise<ConfigChange> {
  requireData(place)
  const { path } = place
  let value: unknown
  let faults: readonly ConfigFault[] = []
  const isChanged = await changeFile(path, WRITING, async (text) => {
    const content = await contentOf(path, text ?? '')
    const before = judgeContent(content, judgement)
    if (typeof content !== 'object' || Array.isArray(content)) {
      const why = asSentence(before.map(faultText))
      const message = `${path} was wrong before: ${why} Nothing was changed.`
      throw new MhvError('CONFIG_INVALID', message, {
        recovery: stepsFor(path),
        data: { path, faults: before },
      })
    }
    const judged = change.outcomes(content).map((outcome) => {
      const after = judgeContent(outcome.content, judgement)
      return { outcome, after, brought: broughtBy(after, before, change.key, change.isOwn) }
    })
    const right = judged.find(({ brought }) => brought.length === 0)
    if (!right) throw refusal(judged.at(-1)!.brought, change, path)
    value = right.outcome.value
    faults = right.after
    const isSame = JSON.stringify(content) === JSON.stringify(right.outcome.content)
    return isSame ? null : right.outcome.write(text ?? '')
  })
  return { path, value, isChanged, faults }
}

/**
 * Puts a value into a file of configuration.
 * @param word the value as it was typed: as it is where the key takes that text, else as YAML or JSON
 * Errors: as of `changed`.
 */
export async function setValue(
  place: ConfigPlace,
  key: KeyPath,
  word: string,
  judgement: Judgement,
): Promise<ConfigChange> {
  const whole = [...around(place.path), ...key]
  const isElsewhere = place.origin === 'repository' && isUserOnly(key)
  const readings = await readingsOf(key, word)
  return changed(place, judgement, {
    key,
    isOwn: true,
    instead: isElsewhere ? [`mhv config set ${shellWord(placeOf(key))} ${shellWord(word)}`] : null,
    said: `cannot be ${JSON.stringify(printable(word, 100))}`,
    outcomes: (content) =>
      readings.map((value) => ({
        value,
        content: withValueAt(content, key, value),
        write: (text) =>
          withChange(
            place.path,
            text,
            ({ jsonWith }) => jsonWith(text, whole, value),
            ({ yamlWith }) => yamlWith(text, whole, value),
          ),
      })),
  })
}

/** Takes a value out of a file of configuration. Errors: as of `changed`. */
export async function unsetValue(
  place: ConfigPlace,
  key: KeyPath,
  judgement: Judgement,
): Promise<ConfigChange> {
  const whole = [...around(place.path), ...key]
  return changed(place, judgement, {
    key,
    isOwn: false,
    instead: null,
    said: 'cannot be taken out',
    outcomes: (content) => [
      {
        value: valueAt(content, key),
        content: withoutValueAt(content, cutFor(content, key)),
        write: (text) =>
          withChange(
            place.path,
            text,
            ({ jsonWithout }) => jsonWithout(text, whole),
            ({ yamlWithout }) => yamlWithout(text, whole),
          ),
      },
    ],
  })
}
