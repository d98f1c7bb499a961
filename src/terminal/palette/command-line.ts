import type { ManifestArgument, ManifestCommand, ManifestFlag } from './manifest.ts'

/** What was said so far of a command that is asked about. */
export interface Given {
  /** In the order of the command's arguments. */
  readonly args: readonly string[]
  /** Flags with their values; true for one that has none, false for one that was turned off. */
  readonly flags: readonly (readonly [string, string | boolean])[]
}

export const NOTHING_GIVEN: Given = { args: [], flags: [] }

function wordsOfFlag([name, value]: Given['flags'][number]): string[] {
  if (typeof value === 'boolean') return [`--${value ? '' : 'no-'}${name}`]
  // A value that begins with a dash would be taken for a flag.
  return value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value]
}

/** The words after `mhv`. */
export function argvOf({ id }: Pick<ManifestCommand, 'id'>, { args, flags }: Given): string[] {
  const isPlain = args.every((word) => !word.startsWith('-') || word === '-')
  const words = flags.flatMap(wordsOfFlag)
  return [...id.split(':'), ...(isPlain ? [...args, ...words] : [...words, '--', ...args])]
}

export const withArgument = (given: Given, value: string): Given => ({
  ...given,
  args: [...given.args, value],
})

export const withFlag = (given: Given, name: string, value: string | boolean): Given => ({
  ...given,
  flags: [...given.flags, [name, value]],
})

/** What may still be said of a command. */
export interface Open {
  /** The next argument; null where there is none left. Arguments go by their places, so it is only the next. */
  readonly argument: ManifestArgument | null
  readonly flags: readonly ManifestFlag[]
}

/** Flags that belong to the program as a whole stand last. */
const rank = ({ helpGroup }: ManifestFlag) => (helpGroup === undefined ? 0 : 1)

/** What can be added to a command; `--json` is for programs, which do not ask. */
export function openOf({ args, flags }: ManifestCommand, given: Given): Open {
  const isGiven = (name: string) => given.flags.some(([other]) => other === name)
  return {
    argument: Object.values(args)[given.args.length] ?? null,
    flags: Object.values(flags)
      .filter(({ name, hidden, multiple }) => !hidden && name !== 'json' && (multiple || !isGiven(name)))
      .sort((a, b) => rank(a) - rank(b)),
  }
}

/**
 * The first thing that has to be said of a command and was not.
 * @param asks names of what has to be said here besides what the command itself requires
 */
export function missingIn(
  command: ManifestCommand,
  given: Given,
  asks: readonly string[],
): ManifestArgument | ManifestFlag | null {
  const { argument, flags } = openOf(command, given)
  const isWanted = ({ name, required }: ManifestArgument) => required === true || asks.includes(name)
  if (argument && isWanted(argument)) return argument
  const isGiven = (name: string) => given.flags.some(([other]) => other === name)
  return flags.find((flag) => isWanted(flag) && !isGiven(flag.name)) ?? null
}
