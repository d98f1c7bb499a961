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

/** A text as weighted terms, with the length of that vector. */
interface Weighted {
  readonly worths: ReadonlyMap<string, number>
  readonly length: number
}

function weighted(corpus: Corpus, task: TaskText): Weighted {
  const worths = new Map<string, number>()
  let square = 0
  for (const [term, count] of termCounts(task).counts) {
    const worth = worthOf(corpus, term, count)
    worths.set(term, worth)
    square += worth * worth
  }
  return { worths, length: Math.sqrt(square) }
}

/** Cosine of the angle between two texts as weighted terms, 0 to 1. */
function cosine(a: Weighted, b: Weighted): number {
  let product = 0
  for (const [term, worth] of a.worths) product += worth * (b.worths.get(term) ?? 0)
  return product === 0 ? 0 : product / (a.length * b.length)
}

/** How alike other tasks are to one, 0 to 1: by their titles, or by all that they say where both say more. */
export function similarityTo(corpus: Corpus, task: TaskText): (other: TaskText) => number {
  const title = weighted(corpus, { title: task.title })
  const all = task.description ? weighted(corpus, task) : null
  return (other) => {
    const byTitle = cosine(title, weighted(corpus, { title: other.title }))
    if (all === null || !other.description) return byTitle
    return Math.max(byTitle, cosine(all, weighted(corpus, other)))
  }
}
