import type { Corpus } from './corpus.ts'
import type { Postings } from './segment.ts'

/** How a word of a query came to stand for what is looked for. */
export const RELATIONS = ['word', 'prefix', 'typo', 'synonym', 'related', 'sibling', 'feedback'] as const
export type Relation = (typeof RELATIONS)[number]

/** Words that stand for the same part of a query; a phrase is several terms, all of which a document has to have. */
export interface Member {
  readonly terms: readonly string[]
  readonly weight: number
  readonly relation: Relation
}

/** A part of a query: a document counts for the best of its members, so that two words for one thing do not count twice. */
export interface Concept {
  /** As it was written. */
  readonly text: string
  readonly members: readonly Member[]
}

/** Saturation of a term's frequency, and how much a document's length counts: the usual ones of BM25. */
const K1 = 1.2
const B = 0.75

/** Inverse document frequency, never negative (as in Lucene's BM25). */
export const rarity = (documents: number, having: number) =>
  Math.log(1 + (documents - having + 0.5) / (having + 0.5))

/** How much a count in a document says, from 0 to K1 + 1. */
export const saturated = (count: number, length: number, averageLength: number) =>
  (count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / averageLength))

/** Documents that have all of some terms, with the least of their counts. */
function together(corpus: Corpus, terms: readonly string[]): Postings {
  const [first, ...others] = terms.map((term) => corpus.postings(term))
  if (others.length === 0) return first!
  let counts = new Map([...first!.documents].map((document, i) => [document, first!.counts[i]!]))
  for (const { documents, counts: theirs } of others) {
    const both = new Map<number, number>()
    documents.forEach((document, i) => {
      const mine = counts.get(document)
      if (mine !== undefined) both.set(document, Math.min(mine, theirs[i]!))
    })
    counts = both
  }
  return { documents: Int32Array.from(counts.keys()), counts: Int32Array.from(counts.values()) }
}

/** What a member is worth in each document that has it. */
export function memberScores(
  corpus: Corpus,
  { terms, weight }: Member,
): { readonly documents: Int32Array; readonly scores: Float64Array } {
  const { documents, counts } = together(corpus, terms)
  const worth = weight * rarity(corpus.documents, documents.length)
  const scores = new Float64Array(documents.length)
  for (let i = 0; i < documents.length; i++) {
    scores[i] = worth * saturated(counts[i]!, corpus.length(documents[i]!), corpus.averageLength)
  }
  return { documents, scores }
}

/** The score of each document of a corpus for a query (BM25 with weighted fields): what it shares no word with has 0. */
export function lexicalScores(corpus: Corpus, concepts: readonly Concept[]): Float64Array {
  const sums = new Float64Array(corpus.size)
  const best = new Float64Array(corpus.size)
  for (const { members } of concepts) {
    const touched: number[] = []
    for (const member of members) {
      const { documents, scores } = memberScores(corpus, member)
      for (let i = 0; i < documents.length; i++) {
        const number = documents[i]!
        if (best[number] === 0) touched.push(number)
        if (scores[i]! > best[number]!) best[number] = scores[i]!
      }
    }
    for (const number of touched) {
      sums[number]! += best[number]!
      best[number] = 0
    }
  }
  return sums
}
