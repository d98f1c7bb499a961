import type { Entry, Place } from '../query/place.ts'
import { conceptsOf } from '../search/concepts.ts'
import { type Corpus, corpusOf, type Layer } from '../search/corpus.ts'
import { type Contribution, explain } from '../search/explain.ts'
import { feedbackConcepts, ranked } from '../search/feedback.ts'
import { type Concept, hasAll, lexicalScores } from '../search/lexical-scores.ts'
import { type HasPhrase, phrasesIn, withoutFalsePhrases } from '../search/phrases.ts'
import { conceptsOfTask, similarityTo } from '../search/similarity.ts'
import { hitsIn, type Snippet, snippetOf } from '../search/snippet.ts'
import { type TaskText, termCounts } from '../search/task-terms.ts'
import { type OnProgress, searchLayers, textOf } from './search-index.ts'

/** Places that are searched together, as one corpus. */
export interface Searched {
  readonly corpus: Corpus
  /** The task of a document's number. */
  entryOf(number: number): Entry
  numberOf(entry: Entry): number
  textOf(number: number): TaskText
  readonly hasPhrase: HasPhrase
}

/** A task that a search has found. */
export interface Found {
  readonly entry: Entry
  /** Comparable within one answer only; of similar tasks from 0 to 1. */
  readonly score: number
  readonly snippet: Snippet | null
  /** Where in the title what was looked for is: UTF-16 offsets. */
  readonly hits: readonly { readonly from: number; readonly to: number }[]
  readonly why: readonly Contribution[]
  /** How near its meaning is to what was asked, as a model has it: a cosine. */
  readonly meaning?: number | null
}

/** Of so many of the best documents it is made sure that they have the phrases that brought them there. */
const MADE_SURE_OF = 20

/** From so many parts on a query describes something, rather than naming it. */
const DESCRIPTION = 3

/** Places with their search indexes as one. */
function searchedOver(places: readonly Place[], indexes: readonly (readonly Layer[])[]): Searched {
  const firsts: number[] = []
  const layers: Layer[] = []
  let size = 0
  for (const [i, { snapshot }] of places.entries()) {
    const first = size
    firsts.push(first)
    for (const { segment, numbers } of indexes[i]!) {
      layers.push({
        segment,
        numbers: first === 0 ? numbers : numbers.map((slot) => (slot < 0 ? -1 : slot + first)),
      })
    }
    size += snapshot.slots
  }
  const entryOf = (number: number): Entry => {
    let place = firsts.length - 1
    while (firsts[place]! > number) place--
    return { place, slot: number - firsts[place]! }
  }
  const texts = new Map<number, TaskText>()
  const taskText = (number: number) => {
    const { place, slot } = entryOf(number)
    const text = texts.get(number) ?? textOf(places[place]!.snapshot, slot)
    texts.set(number, text)
    return text
  }
  return {
    corpus: corpusOf(layers, size),
    entryOf,
    numberOf: ({ place, slot }) => firsts[place]! + slot,
    textOf: taskText,
    hasPhrase: phrasesIn(taskText),
  }
}

/**
 * Opens the search indexes of several places.
 * @param directoryOf where each keeps its index; null where it cannot be kept
 */
export const openSearch = (
  places: readonly Place[],
  directoryOf: (place: number) => string | null,
  onProgress: OnProgress,
): Searched =>
  searchedOver(
    places,
    places.map(({ snapshot }, i) => searchLayers(snapshot, directoryOf(i), onProgress)!),
  )

/**
 * What a query is looked for by: its own parts, and what goes with them where it describes something.
 * @param thesaurus groups of words that stand for each other, in lines
 * @param most how many documents are wanted, and which of them may be shown
 */
export function expandedQuery(
  searched: Searched,
  query: string,
  thesaurus: readonly string[],
  most = 0,
  isWanted = (_: number) => true,
): { readonly concepts: Concept[]; readonly scores: Float64Array } {
  const { corpus } = searched
  const concepts = conceptsOf(corpus, query, thesaurus)
  const looked = new Set<number>()
  const madeSure = (scores: Float64Array) => {
    const numbers = ranked(scores, Math.max(most, MADE_SURE_OF), isWanted).filter((one) => !looked.has(one))
    withoutFalsePhrases(corpus, concepts, scores, numbers, searched.hasPhrase)
    for (const number of numbers) looked.add(number)
    return scores
  }
  const scores = madeSure(lexicalScores(corpus, concepts))
  // A name is looked for, not what goes with it: tasks without it would only be in the way.
  if (concepts.length < DESCRIPTION || hasAll(corpus, concepts)) return { concepts, scores }
  const feedback = feedbackConcepts(corpus, concepts, scores, (number) => termCounts(searched.textOf(number)))
  const added = lexicalScores(corpus, feedback)
  return {
    concepts: [...concepts, ...feedback],
    scores: madeSure(scores.map((score, i) => score + added[i]!)),
  }
}

/** How telling each term of a query is, for snippets: what feedback added is not what somebody looks for. */
const worthsOf = (concepts: readonly Concept[]) =>
  new Map(
    concepts.flatMap(({ members }) =>
      members.flatMap(({ terms, weight, relation }) =>
        relation === 'feedback' ? [] : terms.map((term) => [term, weight] as const),
      ),
    ),
  )

/** How many documents have a score. */
const countOf = (scores: Float64Array, isWanted: (number: number) => boolean) =>
  scores.reduce((count, score, number) => count + (score > 0 && isWanted(number) ? 1 : 0), 0)

/** What a search for words finds: numbers of documents, the best first. */
export interface Ranking {
  readonly concepts: readonly Concept[]
  readonly scores: Float64Array
  readonly numbers: readonly number[]
  /** How many there are in all. */
  readonly total: number
}

/**
 * Tasks that have to do with a query.
 * @param most how many are wanted
 * @param isWanted which of them may be shown
 */
export async function searchTasks(
  searched: Searched,
  query: string,
  most: number,
  isWanted: (number: number) => boolean,
): Promise<Ranking> {
  const { THESAURUS_LINES } = await import('../search/thesaurus-lines.ts')
  const { concepts, scores } = expandedQuery(searched, query, THESAURUS_LINES, most, isWanted)
  return { concepts, scores, numbers: ranked(scores, most, isWanted), total: countOf(scores, isWanted) }
}

/** What is shown of a task that was found. @param isExplained whether to say why */
export function foundAt(
  searched: Searched,
  concepts: readonly Concept[],
  number: number,
  score: number,
  isExplained: boolean,
): Found {
  const text = searched.textOf(number)
  const worths = worthsOf(concepts)
  return {
    entry: searched.entryOf(number),
    score,
    hits: hitsIn(text.title, worths).map(({ from, to }) => ({ from, to })),
    snippet: snippetOf(text, worths),
    why: isExplained ? explain(searched.corpus, concepts, number, searched.hasPhrase) : [],
  }
}

/** Candidates whose similarity is worked out, which reads all that they say. */
const CANDIDATES = 50

/**
 * Tasks that are like a text, the most alike first, with how alike they are, 0 to 1.
 * @param least how alike they have to be for that to be worked out exactly
 */
export function similarTasks(
  searched: Searched,
  task: TaskText,
  isWanted: (number: number) => boolean,
  { candidates = CANDIDATES, least = 0 } = {},
): { readonly concepts: readonly Concept[]; readonly similar: readonly { number: number; score: number }[] } {
  const { corpus } = searched
  const concepts = conceptsOfTask(corpus, termCounts(task))
  const alike = similarityTo(corpus, task, least)
  const similar = ranked(lexicalScores(corpus, concepts), candidates, isWanted)
    .map((number) => ({ number, score: alike(searched.textOf(number)) }))
    .sort((a, b) => b.score - a.score || a.number - b.number)
  return { concepts, similar }
}

/** From so alike a title or text on, a task may be there already. */
const DUPLICATE = 0.85
const MOST_DUPLICATES = 3
/** What is nearly the same is among the first that share its words. */
const HINT_CANDIDATES = 10
/** So many tasks may be indexed on the way; where there are more, nobody has to wait for a hint. */
const INDEXED_FOR_A_HINT = 200

/**
 * Slots of tasks that are so like one that it may be one of them, the most alike first. Nothing where an index would have to
 * be made first.
 * @param isWanted which slots may be named
 */
export function likelyDuplicates(
  place: Place,
  directory: string,
  task: TaskText,
  isWanted: (slot: number) => boolean,
): { readonly slot: number; readonly score: number }[] {
  const layers = searchLayers(place.snapshot, directory, () => {}, INDEXED_FOR_A_HINT)
  if (layers === null) return []
  const { similar } = similarTasks(searchedOver([place], [layers]), task, isWanted, {
    candidates: HINT_CANDIDATES,
    least: DUPLICATE,
  })
  return similar
    .filter(({ score }) => score >= DUPLICATE)
    .slice(0, MOST_DUPLICATES)
    .map(({ number, score }) => ({ slot: number, score }))
}
