import { MhvError } from '../errors.ts'
import { stepsFor } from './unreadable.ts'

/** A text as words, as a shell without variables would have it; null where a quote is not closed. */
export function splitWords(text: string): string[] | null {
  const words: string[] = []
  let word: string | null = null
  for (const [piece] of text.matchAll(/'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[\s]+|[^'"\\\s]+|./gs)) {
    if (/^\s/.test(piece)) {
      if (word !== null) words.push(word)
      word = null
    } else if (piece.length > 1 && piece.startsWith("'")) word = (word ?? '') + piece.slice(1, -1)
    else if (piece.length > 1 && piece.startsWith('"')) {
      word = (word ?? '') + piece.slice(1, -1).replace(/\\(["\\$`])/g, '$1')
    } else if (piece.length > 1 && piece.startsWith('\\')) word = (word ?? '') + piece.slice(1)
    else if (/^['"\\]$/.test(piece)) return null
    else word = (word ?? '') + piece
  }
  return word === null ? words : [...words, word]
}

export type Aliases = Readonly<Record<string, string>>

/**
 * What is wrong with an alias, as a rule that it breaks; null where it leads to a command.
 * @param flagFault what is wrong with the flags of a command line
 */
export function aliasFault(
  aliases: Aliases,
  name: string,
  isCommand: (words: readonly string[]) => boolean,
  flagFault: (words: readonly string[]) => string | null = () => null,
): string | null {
  if (isCommand([name])) return `would hide the command mhv ${name}; an alias needs a name of its own`
  const trail = [name]
  let following: readonly string[] = []
  for (let next = name; ; ) {
    const words = splitWords(aliases[next]!)
    if (words === null) return 'has a quote or a backslash that nothing follows'
    const [first = '', ...rest] = words
    following = [...rest, ...following]
    if (isCommand(words)) return flagFault([first, ...following])
    if (first === 'mhv') return 'begins with mhv, which is left out'
    if (trail.includes(first)) return `stands for itself (${[...trail, first].join(' → ')})`
    if (!Object.hasOwn(aliases, first))
      return `begins with “${words.slice(0, 2).join(' ')}”, which is no command`
    trail.push(first)
    next = first
  }
}

/**
 * A command line with its first word taken for what it stands for, until that is no alias any more.
 * @param path the file that has the aliases
 * Errors: CONFIG_INVALID for an alias that leads to no command.
 */
export function withoutAliases(
  aliases: Aliases,
  words: readonly string[],
  isCommand: (words: readonly string[]) => boolean,
  path: string,
): string[] | null {
  const [name = ''] = words
  if (!Object.hasOwn(aliases, name) || isCommand([name])) return null
  const fault = aliasFault(aliases, name, isCommand)
  if (fault !== null) {
    throw new MhvError('CONFIG_INVALID', `${path}: aliases.${name}: ${fault}`, {
      recovery: stepsFor(path),
      data: { path, name },
    })
  }
  let line = [...words]
  while (!isCommand(line)) line = [...splitWords(aliases[line[0]!]!)!, ...line.slice(1)]
  return line
}
