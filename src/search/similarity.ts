import type { Corpus } from './corpus.ts'
import { type Concept, rarity } from './lexical-scores.ts'
import { type TaskText, type TermCounts, termCounts } from './task-terms.ts'

/** Of a text that is looked for by itself, so many of its most telling terms. */
const MOST_TERMS = 40

const worthOf = (corpus: Corpus, term: string, count: number) =>
  (1 + Math.log(count)) * rarity(corpus.documents, corpus.postings(term).documents.length)

/** A task as a query for others like it. */
export function conceptsOfTask(corpus: Corpus, { counts }: TermCounts): Concept[] {
  const worths = [...counts]
    .map(([term, count]) => ({ term, worth: worthOf(corpus, term, count) }))
    .sort((a, b) => b.worth - a.worth || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_TERMS)
  const highest = worths[0]?.worth ?? 1
  return worths.map(({ term, worth }) => ({
    text: term,
    members: [{ terms: [term], weight: worth / highest, relation: 'word' }],
  }))
}

/** Cosine of the angle between two documents as weighted terms, 0 to 1. */
function cosine(corpus: Corpus, a: TermCounts, b: TermCounts): number {
  let product = 0
  let squareA = 0
  let squareB = 0
  for (const [term, count] of a.counts) {
    const worth = worthOf(corpus, term, count)
    squareA += worth * worth
    const other = b.counts.get(term)
    if (other !== undefined) product += worth * worthOf(corpus, term, other)
  }
  for (const [term, count] of b.counts) squareB += worthOf(corpus, term, count) ** 2
  return product === 0 ? 0 : product / Math.sqrt(squareA * squareB)
}

/**
 * How alike two tasks are, 0 to 1: by their titles, or by all that they say where both say more.
 */
export function similarity(corpus: Corpus, a: TaskText, b: TaskText): number {
  const titles = cosine(corpus, termCounts({ title: a.title }), termCounts({ title: b.title }))
  if (!a.description || !b.description) return titles
  return Math.max(titles, cosine(corpus, termCounts(a), termCounts(b)))
}
