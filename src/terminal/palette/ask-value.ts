import { isLineByLine } from '../output/output-mode.ts'
import { askInLines } from './ask-in-lines.ts'
import { isFlag } from './command-steps.ts'
import { terminalLines } from './lines.ts'
import type { ManifestArgument, ManifestFlag } from './manifest.ts'
import { textKeys } from './text-keys.ts'

type Prompts = typeof import('@inquirer/prompts')

/** `reason: what is in the way` */
const questionOf = ({ name, description }: ManifestArgument) =>
  description ? `${name}: ${description}` : name

/** Where a question is asked, and what ends it. */
interface Place {
  readonly input: NodeJS.ReadableStream
  readonly signal: AbortSignal
}

async function ask(prompts: Prompts, wanted: ManifestArgument | ManifestFlag, place: Place) {
  const context = { ...place, output: process.stderr, clearPromptOnDone: true }
  const message = questionOf(wanted)
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
 * @returns null where it is not to be given, or for Esc and an empty line
 * Errors: ExitPromptError, by name, for Ctrl-C.
 */
export async function askValue(wanted: ManifestArgument | ManifestFlag): Promise<string | boolean | null> {
  if (isLineByLine()) return askInLines(wanted, questionOf(wanted), terminalLines)
  const prompts = await import('@inquirer/prompts')
  const left = new AbortController()
  const { input, leave } = textKeys(() => left.abort())
  try {
    return await ask(prompts, wanted, { input, signal: left.signal })
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortPromptError') return null
    throw error
  } finally {
    leave()
  }
}
