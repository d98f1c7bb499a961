import { LOADERS } from 'mhv:commands'
import { harmless, visible } from '../../printable.ts'
import { commandOf } from '../short-forms.ts'

/** Shorter words of a longer text are in every sentence, and say nothing. */
const SHORTEST = 4
/** A message may have the beginning alone of a word that is longer. */
const LONGEST = 12

/** The oclif id of the command that a command line names behind the flags in front of it; null where it names none. */
function idIn(words: readonly string[]): string | null {
  let start = 0
  while (words[start]?.startsWith('-')) start += words[start] === '-C' ? 2 : 1
  const [first = '', second = ''] = words.slice(start)
  const ids = [`${first}:${second}`, first].map((word) =>
    Object.hasOwn(LOADERS, word) ? word : commandOf.get(word),
  )
  return ids.find((id) => id !== undefined) ?? null
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A command line without what may be a secret, a title or a name: of a flag its name alone, of words only numbers. */
export function commandShape(argv: readonly string[], id: string | null): string[] {
  const own = new Set(id?.split(':') ?? [])
  return argv.map((word) => {
    if (own.has(word) || commandOf.get(word) === id || /^#?\d+$/.test(word)) return word
    // Behind a short flag its value may stand without a space.
    const [flag] = /^-(?:-[a-z][a-z-]*|[a-z])(?=$|=)/i.exec(word) ?? []
    return flag ? (flag === word ? word : `${flag}=…`) : '…'
  })
}

/** A command line as others may read it, and what takes the rest of it out of what was said of it. */
export interface Elided {
  readonly shape: readonly string[]
  readonly elide: (text: string) => string
}

/** Leaves what was typed out of a command line: titles and descriptions are nobody else's business. */
export function elideTyped(words: readonly string[]): Elided {
  const shape = commandShape(words, idIn(words))
  const typed = words.flatMap((word, i) => {
    if (shape[i] === word) return []
    if (shape[i] !== '…') return [word.slice(word.indexOf('=') + 1)]
    // The value of a short flag may be said without it.
    return /^-[^-]./.test(word) ? [word, word.slice(2)] : [word]
  })
  const whole = typed.flatMap((text) => [text, text.trim(), harmless(text), visible(text)])
  const single = typed
    .flatMap((text) => text.split(/[^\p{L}\p{N}_]+/u))
    .filter((word) => word.length >= SHORTEST)
  const sources = [
    ...whole.filter(Boolean).map(literally),
    ...single.map((word) =>
      word.length > LONGEST ? `${literally(word.slice(0, LONGEST))}[\\p{L}\\p{N}_]*` : literally(word),
    ),
  ].sort((a, b) => b.length - a.length)
  if (sources.length === 0) return { shape, elide: (text) => text }
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}_])(?:${[...new Set(sources)].join('|')})(?![\\p{L}\\p{N}_])`,
    'giu',
  )
  return { shape, elide: (text) => text.replace(pattern, '…') }
}
