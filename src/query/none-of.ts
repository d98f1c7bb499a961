import { nearestWord } from './nearest-word.ts'

/** What is said of a word that is not among the legal ones. */
export interface NoneOf {
  /** `is none of a, b; did you mean b?`. */
  readonly rule: string
  /** The legal word that was probably meant; null where none is near. */
  readonly meant: string | null
}

/** The rule that a word breaks which has to be one of a known set, with the one that was probably meant. */
export function noneOf(word: string, legal: readonly string[]): NoneOf {
  const meant = nearestWord(word.trim(), legal) ?? nearestWord(word.trim().toLowerCase(), legal)
  return { rule: `is none of: ${legal.join(', ')}${meant ? `; did you mean ${meant}?` : '.'}`, meant }
}
