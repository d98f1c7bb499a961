import { wordsIn } from '../search/tokens.ts'

/** A word as it stands in a text, in lower case, and what it is compared by. */
export interface Token {
  readonly word: string
  readonly stem: string
}

/** Longer than any word of prose: what is beyond is data. */
const LONGEST = 40

/** The words of a text, in order, as search knows them: those of camelCase and of paths apart. */
export const tokensOf = (text: string): Token[] =>
  wordsIn(text)
    .filter(({ from, to, isWhole }) => !isWhole && to - from > 1 && to - from <= LONGEST)
    .map(({ term, from, to }) => ({ word: text.slice(from, to).toLowerCase(), stem: term }))
