import { shellWord } from '../../errors.ts'

/** A longer line is read by nobody, and pasted by fewer. */
const LONGEST = 400

/** A value in a command line. */
interface Spot {
  /** Place of the word that has it. */
  readonly at: number
  /** The flag that it was given to, with its dashes; null for one of the words. */
  readonly flag: string | null
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A value as a part of a list or a condition: with nothing on either side that could belong to it. */
const partOf = (value: string) => new RegExp(`(?<=^|[\\s,:(=])${literally(value)}(?=$|[\\s,:)=])`)

/**
 * Where a command line has a value; null where it has none, or several and no flag says which.
 * @param flag to which it was given, without dashes, where that is known
 */
export function spotOf(words: readonly string[], value: string, flag: unknown = null): Spot | null {
  if (value === '') return null
  const end = words.indexOf('--')
  const spots = words.flatMap((word, at): Spot[] => {
    const isFlags = end < 0 || at < end
    const [, own, given = word] = (isFlags && /^(--[a-z][\w-]*)=(.*)$/s.exec(word)) || []
    const before = isFlags && /^-/.test(words[at - 1] ?? '') ? words[at - 1]! : null
    return partOf(value).test(value.startsWith('--') ? word : given) ? [{ at, flag: own ?? before }] : []
  })
  const named = spots.filter((spot) => spot.flag === `--${flag}`)
  const likely = named.length > 0 ? named : spots
  return likely.length === 1 ? likely[0]! : null
}

/** What was typed, but for the flags that lead elsewhere: every step gets those back. */
function withoutDirectories(argv: readonly string[]): string[] {
  const rest = [...argv]
  const kept: string[] = []
  while (rest[0]?.startsWith('-')) {
    const word = rest.shift()!
    if (word === '-C') rest.shift()
    else kept.push(word)
  }
  return [...kept, ...rest]
}

/**
 * The command line with another value in the place of a wrong one, as it is typed into a shell; null where it cannot be
 * told which word was wrong.
 * @param instead the right value; of a flag the right flag, which stands for the value of a flag too
 */
export function correctedLine(
  argv: readonly string[],
  { field, value, instead }: { field: unknown; value: string; instead: string },
): string | null {
  const words = withoutDirectories(argv)
  const spot = spotOf(words, value, field)
  if (!spot) return null
  const { at, flag } = spot
  if (instead.startsWith('--') && !value.startsWith('--')) {
    if (flag === null) return null
    // The flag goes with its value, which may be in the word behind it.
    words.splice(
      ...((words[at]!.startsWith(`${flag}=`) ? [at, 1] : [at - 1, 2]) as [number, number]),
      instead,
    )
  } else words[at] = words[at]!.replace(partOf(value), () => instead)
  return lineOf(words)
}

/** The command line with `--` in front of a word that begins with a dash; null where flags follow it. */
export function lineBehindDashes(argv: readonly string[], word: string): string | null {
  const words = withoutDirectories(argv)
  const at = words.indexOf(word)
  if (at < 0 || words.slice(at + 1).some((each) => each.startsWith('-'))) return null
  return lineOf([...words.slice(0, at), '--', ...words.slice(at)])
}

/** A command line as it is typed into a shell; null where nobody could paste it. */
export function lineOf(words: readonly string[]): string | null {
  const line = ['mhv', ...words.map(shellWord)].join(' ')
  return line.length > LONGEST || /\p{Cc}/u.test(line) ? null : line
}
