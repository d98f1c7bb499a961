import type { Corpus } from './corpus.ts'
import { type Concept, rarity } from './lexical-scores.ts'
import type { TermCounts } from './task-terms.ts'

/** How many of the best documents are believed to be about what was asked, and how many of their words are taken. */
const BELIEVED = 8
const MOST_TERMS = 30
/** How much the most typical of these words counts beside one of the query. */
const WEIGHT = 0.25

/** Up to so many, it is faster to keep the best while going through all than to sort all. */
const FEW = 200

/** The numbers of the best documents that have a score, the best first; of equal ones the lower number. */
export function ranked(
  scores: Float64Array,
  most = Number.POSITIVE_INFINITY,
  isWanted = (_: number) => true,
): number[] {
  const best: number[] = []
  if (most <= 0) return best
  if (most > FEW) {
    for (let number = 0; number < scores.length; number++) {
      if (scores[number]! > 0 && isWanted(number)) best.push(number)
    }
    return best.sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, Math.min(most, best.length))
  }
  for (let number = 0; number < scores.length; number++) {
    const score = scores[number]!
    if (score <= 0 || (best.length === most && score <= scores[best[most - 1]!]!)) continue
    if (!isWanted(number)) continue
    let at = best.length
    while (at > 0 && scores[best[at - 1]!]! < score) at--
    best.splice(at, 0, number)
    if (best.length > most) best.pop()
  }
  return best
}

/**
 * Words that occur together with those of a query, learnt from the documents that answer it best: pseudo-relevance
 * feedback (the relevance model RM3). They know a repository's own language, which no thesaurus does, and are never out of
 * date.
 * @param countsOf the terms of a document
 */
export function feedbackConcepts(
  corpus: Corpus,
  concepts: readonly Concept[],
  scores: Float64Array,
  countsOf: (number: number) => TermCounts,
): Concept[] {
  const best = ranked(scores, BELIEVED)
  const total = best.reduce((sum, number) => sum + scores[number]!, 0)
  const weights = new Map<string, number>()
  const own = new Set(
    concepts.flatMap(({ members }) =>
      members.flatMap(({ terms, relation }) => (relation === 'word' ? terms : [])),
    ),
  )
  for (const number of best) {
    const { counts, length } = countsOf(number)
    for (const [term, count] of counts) {
      if (own.has(term)) continue
      weights.set(term, (weights.get(term) ?? 0) + ((scores[number]! / total) * count) / length)
    }
  }
  // By what each may count at most, so that the postings of few have to be read.
  const likely = [...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 2 * MOST_TERMS)
  const telling = likely
    .flatMap(([term, weight]) => {
      const having = corpus.postings(term).documents.length
      // A word of one document leads to no other.
      return having < 2 ? [] : [{ term, worth: weight * rarity(corpus.documents, having) }]
    })
    .sort((a, b) => b.worth - a.worth || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_TERMS)
  const highest = telling[0]?.worth ?? 1
  return telling.map(({ term, worth }) => ({
    text: term,
    members: [{ terms: [term], weight: (WEIGHT * worth) / highest, relation: 'feedback' }],
  }))
}
