import stem from 'wink-porter2-stemmer'

/** A word as it stands in a text, in lower case, and what it is compared by. */
export interface Token {
  readonly word: string
  readonly stem: string
}

const stems = new Map<string, string>()

/** Words come again and again; to find a stem costs a hundred times what it costs to look one up. */
function stemOf(word: string): string {
  const known = stems.get(word)
  if (known !== undefined) return known
  const found = stem(word)
  stems.set(word, found)
  return found
}

/** Longer than any word of prose: what is beyond is data. */
const LONGEST = 40

/** The words of a text, in order; those of camelCase and of paths apart. */
export function tokensOf(text: string): Token[] {
  const words = text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
  return (words ?? [])
    .filter((word) => word.length > 1 && word.length <= LONGEST)
    .map((word) => ({ word, stem: stemOf(word) }))
}
