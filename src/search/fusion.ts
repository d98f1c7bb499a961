/**
 * How much a first place counts more than a later one: with 60 (Cormack, Clarke and Büttcher 2009) a document that is
 * good in two rankings is before one that is first in one alone.
 */
const RANK_OFFSET = 60

/** A document in a ranking that was made of several. */
export interface Fused {
  readonly number: number
  readonly score: number
}

/** Reciprocal rank fusion: one ranking of several, whose scores need not be comparable. Of equal ones the lower number. */
export function fused(rankings: readonly (readonly number[])[]): Fused[] {
  const scores = new Map<number, number>()
  for (const ranking of rankings) {
    for (const [rank, number] of ranking.entries()) {
      scores.set(number, (scores.get(number) ?? 0) + 1 / (RANK_OFFSET + rank + 1))
    }
  }
  return [...scores]
    .map(([number, score]) => ({ number, score }))
    .sort((a, b) => b.score - a.score || a.number - b.number)
}
