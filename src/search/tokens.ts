import porter from 'wink-porter2-stemmer'
import { BASE_FORMS } from './base-forms.ts'
import { COMPOUNDS } from './compounds.ts'
import { STOP_WORDS } from './stop-words.ts'

/** A word of a text as the index knows it, and where it stands there: UTF-16 offsets, the end exclusive. */
export interface Token {
  readonly term: string
  readonly from: number
  readonly to: number
}

/** What a text is taken apart by. */
interface Patterns {
  /** What stands together without blanks: words, identifiers, paths, versions, error codes; `c++` and `c#` too. */
  readonly chunk: RegExp
  /** The words in a chunk: `fetchHTTPTasks` is three, `utf8` one. */
  readonly part: RegExp
}
const OF_ALL_SCRIPTS: Patterns = {
  chunk: /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}_]|[-./:'’\\](?=[\p{L}\p{N}]))*(?:\+\+|#(?![\p{L}\p{N}]))?/gu,
  part: /\p{Lu}+(?!\p{Ll})[\p{N}\p{M}]*|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+|[\p{L}\p{N}\p{M}]+/gu,
}
/** The same for texts of ASCII alone: patterns over all scripts take milliseconds to be made, and longer to run. */
const OF_ASCII: Patterns = {
  chunk: /[A-Za-z0-9](?:[A-Za-z0-9_]|[-./:'\\](?=[A-Za-z0-9]))*(?:\+\+|#(?![A-Za-z0-9]))?/g,
  part: /[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z0-9]+|[A-Za-z0-9]+/g,
}
const ASCII = /^[\x00-\x7f]*$/
const SHORTENED = /['’](?:s|t|re|ve|ll|d|m)$/i
/** Writing without blanks between words: two characters at a time say nearly what a word would. */
const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]{2,}$/u

/** Longer ones are no words of a language, and the stemmer would take the square of their length. */
const LONGEST_WORD = 40

const stems = new Map<string, string>()

/** The stem that a word shares with its other forms: lower case, without accents. */
export function stemOf(word: string): string {
  const known = stems.get(word)
  if (known !== undefined) return known
  const letters = ASCII.test(word) ? word : word.normalize('NFKD').replace(/\p{M}+/gu, '')
  const plain = letters.toLowerCase()
  const isWord = plain.length <= LONGEST_WORD && /^[a-z]{3,}$/.test(plain)
  const stem = isWord ? porter(BASE_FORMS.get(plain) ?? plain) : plain
  // Words are few; what a hostile text makes up is not.
  if (stems.size < 100_000) stems.set(word, stem)
  return stem
}

const isSpoken = (part: string) => !STOP_WORDS.has(part) && (part.length > 1 || !/[a-z]/.test(part))

/** A word with what stands for it, or for its characters, in the index. */
export interface Word extends Token {
  /** Whether it says nothing by itself. */
  readonly isStop: boolean
  /** Whether it is made of the words before it: the whole of an identifier, or a verb with its particle. */
  readonly isWhole: boolean
}

const plainWord = (term: string, from: number, to: number): Word => ({
  term,
  from,
  to,
  isStop: false,
  isWhole: false,
})

/** The parts of a chunk, and the whole of it where it is more than they are. */
function* wordsInChunk(chunk: string, at: number, isAscii: boolean): Generator<Word> {
  const bare = chunk.replace(SHORTENED, '')
  if (/[+#]$/.test(bare)) {
    yield plainWord(bare.toLowerCase(), at, at + bare.length)
    return
  }
  let parts = 0
  for (const { 0: part, index } of bare.matchAll((isAscii ? OF_ASCII : OF_ALL_SCRIPTS).part)) {
    const from = at + index
    parts++
    if (!isAscii && UNSPACED.test(part)) {
      for (let i = 0; i + 1 < part.length; i++) yield plainWord(part.slice(i, i + 2), from + i, from + i + 2)
    } else {
      const isStop = !isSpoken(part.toLowerCase())
      yield { term: stemOf(part), from, to: from + part.length, isStop, isWhole: false }
    }
  }
  // The whole as well: `drop-down` is `dropdown`, and ENOENT-12 is more than each of its parts.
  if (parts > 1 && parts <= 6) {
    const term = stemOf(bare.toLowerCase().replace(/[-_./:'’\\]/g, ''))
    yield { term, from: at, to: at + bare.length, isStop: false, isWhole: true }
  }
}

/** The words of a text in their order, and what is made of several of them. */
export function wordsIn(text: string): Word[] {
  const found: Word[] = []
  const isAscii = ASCII.test(text)
  for (const { 0: chunk, index } of text.matchAll((isAscii ? OF_ASCII : OF_ALL_SCRIPTS).chunk)) {
    const last = found.at(-1)
    for (const word of wordsInChunk(chunk, index, isAscii)) {
      found.push(word)
      if (!word.isStop || !last || last.isStop || last.isWhole) continue
      const compound = text.slice(last.from, last.to).toLowerCase() + word.term
      if (COMPOUNDS.has(compound)) {
        found.push({ term: stemOf(compound), from: last.from, to: word.to, isStop: false, isWhole: true })
      }
    }
  }
  return found
}

/** What a text is indexed by, in its order: its words without those that say nothing. */
export const tokens = (text: string): Token[] => wordsIn(text).filter(({ isStop }) => !isStop)

/** The same with one of two spellings throughout: `time out` and `drag-and-drop` in parts, or `timeout` as a whole. */
export function spelt(words: readonly Word[], asWholes: boolean): Token[] {
  const wholes = words.filter(({ isWhole }) => isWhole)
  const isWithin = (word: Word) => wholes.some((whole) => whole.from <= word.from && word.to <= whole.to)
  return words.filter((word) => !word.isStop && (asWholes ? word.isWhole || !isWithin(word) : !word.isWhole))
}
