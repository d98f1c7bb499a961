import { isFlag } from './command-steps.ts'
import type { ManifestArgument, ManifestFlag } from './manifest.ts'

type Prompts = typeof import('@inquirer/prompts')

/** `reason: what is in the way` */
const questionOf = ({ name, description }: ManifestArgument) =>
  description ? `${name}: ${description}` : name

async function ask(prompts: Prompts, wanted: ManifestArgument | ManifestFlag, signal: AbortSignal) {
  const context = { output: process.stderr, clearPromptOnDone: true, signal }
  const message = questionOf(wanted)
  if (isFlag(wanted) && wanted.type === 'boolean') {
    const isYes = await prompts.confirm({ message, default: true }, context)
    return isYes || (wanted.allowNo === true ? false : null)
  }
  const { options } = wanted
  if (options) return prompts.select({ message, choices: options.map((value) => ({ value })) }, context)
  const required = 'It needs a value; Esc goes back.'
  return prompts.input({ message, validate: (text) => text.trim() !== '' || required }, context)
}

/**
 * Asks for the value of an argument or a flag, with the widgets that questions have everywhere.
 * @returns null where it is not to be given, or for Esc
 * Errors: ExitPromptError, by name, for Ctrl-C.
 */
export async function askValue(wanted: ManifestArgument | ManifestFlag): Promise<string | boolean | null> {
  const prompts = await import('@inquirer/prompts')
  const left = new AbortController()
  const hear = (_: unknown, key?: { readonly name?: string }) => {
    if (key?.name === 'escape') left.abort()
  }
  process.stdin.on('keypress', hear)
  try {
    return await ask(prompts, wanted, left.signal)
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortPromptError') return null
    throw error
  } finally {
    process.stdin.off('keypress', hear)
  }
}
