import type { Corpus } from './corpus.ts'
import { type Concept, rarity } from './lexical-scores.ts'
import { type TaskText, type TermCounts, termCounts } from './task-terms.ts'
import { spelt, type Word, wordsIn } from './tokens.ts'

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

type Spelling = 'parts' | 'wholes'
const SPELLINGS: readonly Spelling[] = ['parts', 'wholes']
/** Counts in one of two spellings: “dark-mode” and “dark mode” are one in parts, “sign-in” and “signin” as wholes. */
function speller(): (task: TaskText, spelling: Spelling) => ReadonlyMap<string, number> {
  const known = new Map<string, readonly Word[]>()
  const wordsOf = (text: string) => {
    const words = known.get(text) ?? wordsIn(text)
    known.set(text, words)
    return words
  }
  return (task, spelling) => termCounts(task, (text) => spelt(wordsOf(text), spelling === 'wholes')).counts
}

function weighted(corpus: Corpus, counts: ReadonlyMap<string, number>): Weighted {
  const worths = new Map<string, number>()
  let square = 0
  for (const [term, count] of counts) {
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

/**
 * The highest that the cosine to a text can be with those of its terms that another has: less than all of it, however
 * the other's terms weigh (Cauchy–Schwarz).
 */
function highestCosine({ worths, length }: Weighted, other: ReadonlyMap<string, number>): number {
  let square = 0
  for (const [term, worth] of worths) if (other.has(term)) square += worth * worth
  return length === 0 ? 0 : Math.sqrt(square) / length
}

/**
 * How alike other tasks are to one, 0 to 1: by their titles, or by all that they say where both say more.
 * @param least what is less alike may come out lower still, which spares looking for all that it says
 */
export function similarityTo(corpus: Corpus, task: TaskText, least = 0): (other: TaskText) => number {
  const countsOf = speller()
  const vectorsOf = (text: TaskText) =>
    SPELLINGS.map((spelling) => ({ spelling, own: weighted(corpus, countsOf(text, spelling)) }))
  const titles = vectorsOf({ title: task.title })
  const all = task.description ? vectorsOf(task) : null
  const between = (vectors: typeof titles, other: TaskText) =>
    Math.max(
      ...vectors.map(({ spelling, own }) => {
        const counts = countsOf(other, spelling)
        return highestCosine(own, counts) < least ? 0 : cosine(own, weighted(corpus, counts))
      }),
    )
  return (other) => {
    const byTitle = between(titles, { title: other.title })
    return all === null || !other.description ? byTitle : Math.max(byTitle, between(all, other))
  }
}
