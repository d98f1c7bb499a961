import { basename, extname } from 'node:path'
import { changeFile } from '../change-file.ts'
import { cutFor, type KeyPath, valueAt, withoutValueAt, withValueAt } from '../config/change-content.ts'
import type { ConfigPlace } from '../config/counting-file.ts'
import { type ConfigFault, faultText, placeOf } from '../config/explain-faults.ts'
import { parsedContent, stepsFor } from '../config/read-source.ts'
import { MhvError, shellWord } from '../errors.ts'
import { printable } from '../printable.ts'
import { jsonLike } from './edit-json.ts'
import { type Judgement, judgeContent } from './judge-content.ts'

export const WRITING = { queue: 'configuration', unwritable: 'CONFIG_UNWRITABLE' } as const

/** What stands in package.json around the configuration. */
export const around = (path: string): KeyPath => (basename(path) === 'package.json' ? ['mhv'] : [])

const isJson = (path: string, text: string) =>
  extname(path) === '.json' || (extname(path) === '' && text.trimStart().startsWith('{'))

/** What a text says. Errors: CONFIG_INVALID where it does not parse. */
export async function contentOf(path: string, text: string, said = path): Promise<unknown> {
  try {
    return (await parsedContent(path, text)) ?? {}
  } catch (cause) {
    const message = printable((cause as Error).message)
    throw new MhvError('CONFIG_INVALID', `${said} cannot be read: ${message}`, {
      cause,
      recovery: stepsFor(path),
      data: { path },
    })
  }
}

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
 * @param key whose change is judged
 * @param said what cannot be done
 * Errors: INVALID_INPUT for faults that the change would bring, CONFIG_INVALID for those that were there before.
 */
function requireRight(
  faults: readonly ConfigFault[],
  before: readonly ConfigFault[],
  key: KeyPath,
  said: string,
  path: string,
): void {
  if (faults.length === 0) return
  const known = before.map(faultText)
  const fresh = faults.filter((fault) => !known.includes(faultText(fault)))
  if (fresh.length === 0) {
    throw new MhvError(
      'CONFIG_INVALID',
      `${path} was wrong before: ${known.join('; ')}. Nothing was changed.`,
      {
        recovery: stepsFor(path),
        data: { path, faults },
      },
    )
  }
  const why = fresh.map((fault) =>
    fault.place === placeOf(key) ? `it ${faultText({ ...fault, place: '', value: null })}` : faultText(fault),
  )
  throw new MhvError('INVALID_INPUT', `${placeOf(key)} ${said}: ${why.join('; ')}. Nothing was changed.`, {
    recovery: [`mhv config list ${shellWord(placeOf(key.slice(0, 1)))}`, 'mhv config set --help'],
    data: { path, faults: fresh },
  })
}

/** What a word from the command line may mean: a text, or what it says as YAML. */
async function readingsOf(word: string): Promise<unknown[]> {
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
}

/** The text with another content; null where that would change more. */
async function withChange(
  path: string,
  text: string,
  json: (content: unknown) => unknown,
  yaml: (editor: typeof import('./edit-yaml.ts')) => string | null,
): Promise<string> {
  if (isJson(path, text)) return jsonLike(text, json(text.trim() === '' ? {} : JSON.parse(text)))
  const after = yaml(await import('./edit-yaml.ts'))
  if (after !== null) return after
  throw new MhvError(
    'CONFIG_UNWRITABLE',
    `${path} is written in a way that cannot be changed there without changing more; nothing was written.`,
    { recovery: [`\${EDITOR:-vi} ${shellWord(path)}`], data: { path } },
  )
}

/**
 * Puts a value into a file of configuration.
 * @param word the value as it was typed: as it is where the key takes that text, else as YAML or JSON
 * Errors: INVALID_INPUT, CONFIG_INVALID, CONFIG_IS_A_PROGRAM, CONFIG_UNWRITABLE, CONTENTION; nothing is changed then.
 */
export async function setValue(
  place: ConfigPlace,
  key: KeyPath,
  word: string,
  judgement: Judgement,
): Promise<ConfigChange> {
  requireData(place)
  const { path } = place
  const whole = [...around(path), ...key]
  let value: unknown
  const isChanged = await changeFile(path, WRITING, async (text) => {
    const content = await contentOf(path, text ?? '')
    const readings = await readingsOf(word)
    const judged = readings.map((reading) => judgeContent(withValueAt(content, key, reading), judgement))
    const right = judged.findIndex((faults) => faults.length === 0)
    const said = `cannot be ${JSON.stringify(printable(word, 100))}`
    if (right < 0) requireRight(judged.at(-1)!, judgeContent(content, judgement), key, said, path)
    value = readings[right]
    if (text !== null && JSON.stringify(valueAt(content, key)) === JSON.stringify(value)) return null
    return withChange(
      path,
      text ?? '',
      (content) => withValueAt(content, whole, value),
      ({ yamlWith }) => yamlWith(text ?? '', whole, value),
    )
  })
  return { path, value, isChanged }
}

/** Takes a value out of a file of configuration. Errors: as of `setValue`. */
export async function unsetValue(
  place: ConfigPlace,
  key: KeyPath,
  judgement: Judgement,
): Promise<ConfigChange> {
  requireData(place)
  const { path } = place
  const whole = [...around(path), ...key]
  let value: unknown
  const isChanged = await changeFile(path, WRITING, async (text) => {
    const content = await contentOf(path, text ?? '')
    value = valueAt(content, key)
    if (text === null || value === undefined) return null
    const faults = judgeContent(withoutValueAt(content, cutFor(content, key)), judgement)
    // What was wrong before may stay: of several faults each can come out by itself. Places in a list move up.
    const before = judgeContent(content, judgement)
    const nameless = (fault: ConfigFault) => faultText(fault).replace(/\[\d+\]/g, '[]')
    const known = before.map(nameless)
    const added = faults.filter((fault) => !known.includes(nameless(fault)))
    requireRight(added, before, key, 'cannot be taken out', path)
    return withChange(
      path,
      text,
      (content) => withoutValueAt(content, cutFor(content, whole)),
      ({ yamlWithout }) => yamlWithout(text, whole),
    )
  })
  return { path, value, isChanged }
}
