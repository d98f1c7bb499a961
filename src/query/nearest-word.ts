import { closest, distance } from 'fastest-levenshtein'

const letters = (word: string) => [...word].sort().join('')

/** Edits that a slip of the fingers may be: a third of the letters. With one or two of them everything would be near. */
function mostEdits(asked: string): number {
  const count = asked.replace(/[^\p{L}\p{N}]/gu, '').length
  return count < 3 ? 0 : Math.floor(count / 3)
}

/** The word that was probably meant: the shortest one begun by what was typed, its letters in disorder, or at most a third of them away. */
export function nearestWord(asked: string, known: readonly string[]): string | null {
  const begun = asked.length > 1 ? known.filter((word) => word.startsWith(asked)) : []
  if (begun.length > 0) return begun.reduce((one, other) => (other.length < one.length ? other : one))
  const disordered = known.find((word) => letters(word) === letters(asked))
  if (disordered) return disordered
  if (known.length === 0) return null
  const best = closest(asked, known)
  return distance(asked, best) <= mostEdits(asked) ? best : null
}
