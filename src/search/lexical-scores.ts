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

/** Saturation of a term's frequency, and how much a document's length counts: the usual ones of BM25, 1.2 in halves. */
const K1 = 2.4
const B = 0.75

/** Inverse document frequency, never negative (as in Lucene's BM25). */
export const rarity = (documents: number, having: number) =>
  Math.log(1 + (documents - having + 0.5) / (having + 0.5))

/** How much a count in a document says, from 0 to K1 + 1. @param length beside the average one */
const saturated = (count: number, length: number) => (count * (K1 + 1)) / (count + K1 * (1 - B + B * length))

const KNOWN = new WeakMap<Corpus, Map<string, Postings>>()

/** Documents that have all of some terms, with the least of their counts. */
function together(corpus: Corpus, terms: readonly string[]): Postings {
  if (terms.length === 1) return corpus.postings(terms[0]!)
  const known = KNOWN.get(corpus) ?? new Map<string, Postings>()
  KNOWN.set(corpus, known)
  const name = terms.join(' ')
  const found = known.get(name) ?? joint(corpus, terms)
  known.set(name, found)
  return found
}

function joint(corpus: Corpus, terms: readonly string[]): Postings {
  const lists = terms
    .map((term) => corpus.postings(term))
    .sort((a, b) => a.documents.length - b.documents.length)
  let common = lists[0]!
  for (const { documents, counts } of lists.slice(1)) {
    if (common.documents.length === 0) break
    const mine = new Map<number, number>()
    common.documents.forEach((document, i) => {
      mine.set(document, common.counts[i]!)
    })
    const both = { documents: new Int32Array(mine.size), counts: new Int32Array(mine.size) }
    let size = 0
    for (let i = 0; i < documents.length; i++) {
      const count = mine.get(documents[i]!)
      if (count === undefined) continue
      both.documents[size] = documents[i]!
      both.counts[size++] = Math.min(count, counts[i]!)
    }
    common = { documents: both.documents.subarray(0, size), counts: both.counts.subarray(0, size) }
  }
  return common
}

/** Whether some document has every word of a query itself. */
export function hasAll(corpus: Corpus, concepts: readonly Concept[]): boolean {
  const words = concepts.flatMap(({ members }) =>
    members.flatMap(({ terms, relation }) => (relation === 'word' ? terms : [])),
  )
  return words.length > 0 && together(corpus, words).documents.length > 0
}

/** How rare the word itself is, where documents have it. */
export function ownRarity(corpus: Corpus, { members }: Concept): number {
  const own = members.find(({ relation }) => relation === 'word')
  const having = own ? together(corpus, own.terms).documents.length : 0
  return having === 0 ? Number.POSITIVE_INFINITY : rarity(corpus.documents, having)
}

/**
 * Calls back with what a member is worth in each document that has it.
 * @param most how rare it may count as: a word that stands for another says no more than that one
 */
export function eachScore(
  corpus: Corpus,
  { terms, weight }: Member,
  most: number,
  add: (number: number, score: number) => void,
): void {
  const { documents, counts } = together(corpus, terms)
  const worth = weight * Math.min(most, rarity(corpus.documents, documents.length))
  const { lengths } = corpus
  for (let i = 0; i < documents.length; i++) {
    const number = documents[i]!
    add(number, worth * saturated(counts[i]!, lengths[number]!))
  }
}

/** The score of each document of a corpus for a query (BM25 with weighted fields): what it shares no word with has 0. */
export function lexicalScores(corpus: Corpus, concepts: readonly Concept[]): Float64Array {
  const sums = new Float64Array(corpus.size)
  const best = new Float64Array(corpus.size)
  for (const concept of concepts) {
    const { members } = concept
    const most = ownRarity(corpus, concept)
    if (members.length === 1) {
      eachScore(corpus, members[0]!, most, (number, score) => {
        sums[number]! += score
      })
      continue
    }
    for (const member of members) {
      eachScore(corpus, member, most, (number, score) => {
        // What a better member adds to what a lesser one has brought already.
        if (score > best[number]!) {
          sums[number]! += score - best[number]!
          best[number] = score
        }
      })
    }
    best.fill(0)
  }
  return sums
}
