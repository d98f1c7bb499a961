import { closest, distance } from 'fastest-levenshtein'

/** The word that was probably meant: at most a third of its letters away, or begun by what was typed. */
export function nearestWord(asked: string, known: readonly string[]): string | null {
  const begun = known.find((word) => asked.length > 1 && word.startsWith(asked))
  if (begun) return begun
  if (known.length === 0) return null
  const best = closest(asked, known)
  return distance(asked, best) <= Math.ceil(asked.length / 3) ? best : null
}
