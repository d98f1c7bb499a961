import { shellWord } from '../../errors.ts'

/** Commands by the words that name them: `task list`, `task:list`, `tl`. */
export type CommandNames = ReadonlyMap<string, string>

/** How many words a command has to be given, and how many it takes before its flags, by its id. */
export type WordCounts = ReadonlyMap<string, { readonly least: number; readonly most: number }>

/**
 * The words of a line as a shell would take them apart, with quotes and backslashes and without anything that is expanded.
 * null where a quote does not end.
 */
export function wordsIn(line: string): string[] | null {
  const words: string[] = []
  let word: string | null = null
  let quote = ''
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!
    if (character === quote) quote = ''
    else if (quote === "'" || (quote === '"' && character !== '\\')) word = `${word ?? ''}${character}`
    else if (character === '\\' && i + 1 < line.length) word = `${word ?? ''}${line[++i]}`
    else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word)
      word = null
    } else word = `${word ?? ''}${character}`
  }
  if (quote !== '') return null
  return word === null ? words : [...words, word]
}

/** A line that begins with the name of a command. */
export interface TypedCommand {
  readonly id: string
  /** The words after `mhv`. */
  readonly argv: readonly string[]
  /** How many of them follow the command's name. */
  readonly more: number
}

/** The command line that somebody has typed, with or without the program's name; null where it names no command. */
export function commandTyped(line: string, names: CommandNames): TypedCommand | null {
  const words = wordsIn(line)
  const argv = words?.[0] === 'mhv' ? words.slice(1) : words
  if (!argv || argv.length === 0) return null
  for (const length of [2, 1]) {
    const id = argv.length < length ? undefined : names.get(argv.slice(0, length).join(' '))
    if (id !== undefined) return { id, argv, more: argv.length - length }
  }
  return null
}

/**
 * Whether a command takes a line as it stands, as far as words can be counted: a title such as “audit the login” begins with
 * the name of one that takes none.
 */
export function takesWords({ id, argv, more }: TypedCommand, counts: WordCounts): boolean {
  const { least = 0, most = 0 } = counts.get(id) ?? {}
  const words = argv.slice(argv.length - more)
  const flag = words.findIndex((word) => word.startsWith('-'))
  return more >= least && (flag < 0 ? words.length : flag) <= most
}

/** Words after `mhv` as one line that can be typed again. */
export const lineOf = (argv: readonly string[]): string => argv.map(shellWord).join(' ')
