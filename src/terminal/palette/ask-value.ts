import { isLineByLine } from '../output/output-mode.ts'
import { askInLines } from './ask-in-lines.ts'
import { isFlag } from './command-steps.ts'
import { terminalLines } from './lines.ts'
import type { ManifestArgument, ManifestFlag } from './manifest.ts'
import { textKeys } from './text-keys.ts'

type Prompts = typeof import('@inquirer/prompts')

/** `mhv task block 3 › reason: what is in the way` */
const questionOf = ({ name, description }: ManifestArgument, line: string) =>
  `${line} › ${description ? `${name}: ${description}` : name}`

/** Where a question is asked, and what ends it. */
interface Place {
  readonly input: NodeJS.ReadableStream
  readonly signal: AbortSignal
}

async function ask(prompts: Prompts, wanted: ManifestArgument | ManifestFlag, message: string, place: Place) {
  const context = { ...place, output: process.stderr, clearPromptOnDone: true }
  if (isFlag(wanted) && wanted.type === 'boolean') {
    const isYes = await prompts.confirm({ message, default: true }, context)
    return isYes || (wanted.allowNo === true ? false : null)
  }
  const { options } = wanted
  if (options) return prompts.select({ message, choices: options.map((value) => ({ value })) }, context)
  const required = 'It needs a value; Esc goes back.'
  const text = await prompts.input({ message, validate: (said) => said.trim() !== '' || required }, context)
  return text.trim()
}

/**
 * Asks for the value of an argument or a flag, with the widgets that questions have everywhere.
 * @param line the command as far as it is known, so that who chose a task sees which
 * @returns null where it is not to be given, or for Esc and an empty line
 * Errors: ExitPromptError, by name, for Ctrl-C.
 */
export async function askValue(
  wanted: ManifestArgument | ManifestFlag,
  line: string,
): Promise<string | boolean | null> {
  const question = questionOf(wanted, line)
  if (isLineByLine()) return askInLines(wanted, question, terminalLines)
  const prompts = await import('@inquirer/prompts')
  const left = new AbortController()
  const { input, leave } = textKeys(() => left.abort())
  try {
    return await ask(prompts, wanted, question, { input, signal: left.signal })
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortPromptError') return null
    throw error
  } finally {
    leave()
  }
}
