import { existsSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { changeFile } from '../change-file.ts'
import { valueAt } from '../config/change-content.ts'
import type { ConfigPlace } from '../config/counting-file.ts'
import { asSentence, type ConfigFault, faultText } from '../config/explain-faults.ts'
import { MhvError } from '../errors.ts'
import { around, type ConfigChange, contentOf, requireData, WRITING } from './change-config.ts'
import { jsonWith } from './edit-json.ts'
import { type Judgement, judgeContent } from './judge-content.ts'

/** A file of configuration as it is opened in an editor. */
export interface OpenedConfig {
  readonly text: string
  /** What the opened file is called. */
  readonly name: string
  /** The whole file as it was then; null where there was none. */
  readonly before: string | null
}

const BEGUN = {
  user: '# Configuration of mhv, your own. “mhv config list” prints every key and its value. For example:\n# ui: {theme: dark}\n# aliases: {mine: task list --assignee me}\n',
  repository:
    '# Configuration of mhv for this repository. “mhv config list” prints every key and its value. For example:\n# gating: {jobs: 4}\n',
}

/** What the editor shows; of package.json our part alone. Errors: CONFIG_IS_A_PROGRAM, CONFIG_INVALID. */
export async function openConfig(place: ConfigPlace): Promise<OpenedConfig> {
  requireData(place)
  const { path, origin } = place
  const before = existsSync(path) ? readFileSync(path, 'utf8') : null
  if (before !== null && around(path).length > 0) {
    const content = await contentOf(path, before)
    return { text: `${JSON.stringify(content, null, 2)}\n`, name: 'mhv.json', before }
  }
  return { text: before ?? BEGUN[origin], name: `config${extname(path) || '.yaml'}`, before }
}

/** What is wrong with a text that was left as it is. */
async function leftFaults(name: string, text: string, judgement: Judgement): Promise<ConfigFault[]> {
  try {
    return judgeContent(await contentOf(name, text), judgement)
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    return [{ place: '', rule: error.message.split('\n')[0]!, example: null, setting: null, value: null }]
  }
}

/**
 * Gives a file of configuration another content, as somebody wrote it.
 * Errors: INVALID_INPUT for what is wrong in it, CONFIG_INVALID where it does not parse, CONFIG_CHANGED where the file is
 * not as it was opened; CONFIG_UNWRITABLE, CONTENTION.
 */
export async function replaceConfig(
  { path }: ConfigPlace,
  opened: OpenedConfig,
  text: string,
  judgement: Judgement,
): Promise<ConfigChange> {
  if (text === opened.text)
    return { path, value: null, isChanged: false, faults: await leftFaults(opened.name, text, judgement) }
  const value = await contentOf(opened.name, text)
  const faults = judgeContent(value, judgement)
  if (faults.length > 0) {
    const said = `What you wrote was not put into ${path}: ${asSentence(faults.map(faultText))}`
    throw new MhvError('INVALID_INPUT', said, {
      recovery: ['mhv config edit --help'],
      data: { path, faults },
    })
  }
  const isChanged = await changeFile(path, WRITING, (now) => {
    if (now !== opened.before) {
      throw new MhvError('CONFIG_CHANGED', `${path} was changed by somebody else meanwhile.`, {
        recovery: ['mhv config edit'],
        data: { path },
      })
    }
    const place = around(path)
    if (now === null || place.length === 0) return text
    const content = JSON.parse(now) as unknown
    return valueAt(content, place) === undefined ? null : jsonWith(now, place, value)
  })
  return { path, value, isChanged, faults: [] }
}
