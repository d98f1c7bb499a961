import { MhvError, shellWord } from '../../errors.ts'
import type { Entry } from '../../query/place.ts'
import { fused } from '../../search/fusion.ts'
import type { MeaningRanking } from '../../searching/search-by-meaning.ts'
import type { Found, Searched } from '../../searching/search-tasks.ts'
import { localDate } from '../output/clock.ts'
import { progressBar } from '../output/progress.ts'
import type { AskedPlace, PlacesAsked } from '../places/places-asked.ts'
import type { ListFlags } from './list-flags.ts'
import { slotsAsked } from './read-listing.ts'
import { searchDirectory } from './search-directory.ts'
import { tasksNamed } from './tasks-named.ts'

/** How a task has its score where it was ranked both by words and by meaning; null for a ranking that it is not in. */
export interface Fusion {
  readonly words: { readonly rank: number; readonly score: number; readonly adds: number } | null
  readonly meaning: { readonly rank: number; readonly cosine: number; readonly adds: number } | null
}

export interface SearchResult extends Found {
  readonly fusion?: Fusion
}

/** What a search answers. */
export interface SearchListing {
  readonly asked: PlacesAsked
  /** The best ones, as many as were asked for. */
  readonly results: readonly SearchResult[]
  /** How many tasks have to do with what was asked. */
  readonly total: number
  readonly mode: SearchMode
  /** Whether scores say how alike tasks are, from 0 to 1. */
  readonly isSimilarity: boolean
  /** Why a model that was set up had no part in it; null where none was, or it had. */
  readonly failure: MhvError | null
}

/** What the ranking rested on: words and what they stand for, or a model of sentences as well. */
export type SearchMode = 'lexical' | 'hybrid'

/** Where the search index of a place is kept: of what is only fetched too, beside it. */
const directoryOf = ({ workplace }: AskedPlace) => workplace && searchDirectory(workplace.repository)

/** Which tasks may be shown: those that the flags let through, ended ones among them unless a status was asked for. */
async function wanted(asked: PlacesAsked, flags: ListFlags): Promise<(number: number) => boolean> {
  const today = { now: Date.parse(asked.time), date: localDate(asked.time) }
  const status = flags.status ?? (flags.overdue ? undefined : ['all'])
  const slots = await slotsAsked(asked, { ...flags, ...(status ? { status } : {}) }, today)
  // By their numbers in the search, which are the slots of one place behind those of another.
  const isWanted = new Uint8Array(asked.places.reduce((sum, { snapshot }) => sum + snapshot.slots, 0))
  let first = 0
  for (const [place, { snapshot }] of asked.places.entries()) {
    for (const slot of slots[place]!) isWanted[first + slot] = 1
    first += snapshot.slots
  }
  return (number) => isWanted[number] === 1
}

/** The one task that others are to be like. Errors: INVALID_INPUT, TASK_NOT_FOUND, UNKNOWN_REPOSITORY, REPOSITORY_MISSING. */
async function taskNamed(asked: PlacesAsked, word: string): Promise<Entry> {
  const named = await tasksNamed(asked, word, true)
  const entries = asked.places.flatMap((each, place) =>
    [...named.slotsIn(each)].map((slot) => ({ place, slot })),
  )
  if (entries.length === 1) return entries[0]!
  if (entries.length === 0) {
    throw new MhvError('USAGE', `${word} is of a repository that is not searched.`, {
      recovery: [`mhv search --similar ${shellWord(word)} --all`],
    })
  }
  const names = entries.map(({ place, slot }) => {
    const { name, snapshot } = asked.places[place]!
    return `${name}#${snapshot.number(slot)}`
  })
  throw new MhvError(
    'USAGE',
    `${word} is not one task but ${names.length}: ${names.slice(0, 5).join(', ')}.`,
    {
      recovery: names.slice(0, 3).map((name) => `mhv search --similar ${name}`),
    },
  )
}

/** So many of the best of each ranking are made one; what comes later in both is not what was looked for. */
const FUSED = 200

/** What a sentence model, where one was set up, has to say of the tasks. What is wrong with it leaves the words. */
async function meaningOf(
  asked: PlacesAsked,
  query: string,
): Promise<{ readonly ranking: MeaningRanking | null; readonly failure: MhvError | null }> {
  const { currentModel, vectorsDirectory } = await import('../../searching/current-model.ts')
  const top = asked.places.find(({ workplace }) => workplace)?.workplace?.repository.workTree ?? null
  try {
    const { model } = await currentModel(top)
    if (model === null) return { ranking: null, failure: null }
    const [{ requireWhole }, { openTransformersEmbedder }, { searchByMeaning }] = await Promise.all([
      import('../../embedding/model-folder.ts'),
      import('../../embedding/transformers-embedder.ts'),
      import('../../searching/search-by-meaning.ts'),
    ])
    requireWhole(model)
    const embedder = openTransformersEmbedder(model)
    try {
      const directory = (place: number) => {
        const { workplace } = asked.places[place]!
        return workplace && vectorsDirectory(workplace.repository.commonDir)
      }
      const progress = progressBar('Embedding tasks')
      const ranking = await searchByMeaning(asked.places, directory, embedder, query, FUSED, progress)
      return { ranking, failure: null }
    } finally {
      await embedder.close()
    }
  } catch (error) {
    if (error instanceof MhvError) return { ranking: null, failure: error }
    throw error
  }
}

type Places = ReadonlyMap<number, { readonly rank: number; readonly adds: number }>

/** The places that tasks have in one ranking, from 1, and what these add to a score that is made of several. */
const placesIn = (ranking: readonly number[]): Places =>
  new Map(fused([ranking]).map(({ number, score }, i) => [number, { rank: i + 1, adds: score }]))

/** Errors: USAGE; those of readListing. */
export async function readSearch(
  asked: PlacesAsked,
  query: string,
  flags: ListFlags,
): Promise<SearchListing> {
  const [{ foundAt, openSearch, searchTasks }, isWanted] = await Promise.all([
    import('../../searching/search-tasks.ts'),
    wanted(asked, flags),
  ])
  const searched = openSearch(
    asked.places,
    (place) => directoryOf(asked.places[place]!),
    progressBar('Indexing tasks'),
  )
  const limit = typeof flags.limit === 'number' && flags.limit > 0 ? flags.limit : Number.POSITIVE_INFINITY
  if (typeof flags.similar === 'string') return similarTo(asked, searched, flags, isWanted, limit)
  const { ranking, failure } =
    flags['no-model'] === true ? { ranking: null, failure: null } : await meaningOf(asked, query)
  const most = ranking === null ? limit : Math.max(limit, FUSED)
  const { concepts, scores, numbers, total } = await searchTasks(searched, query, most, isWanted)
  const isExplained = flags.explain === true
  const found = (number: number, score: number) => foundAt(searched, concepts, number, score, isExplained)
  if (ranking === null) {
    const results = numbers.map((number) => found(number, scores[number]!))
    return { asked, results, total, mode: 'lexical', isSimilarity: false, failure }
  }
  const near = ranking.numbers.filter(isWanted)
  const [byWords, byMeaning] = [numbers, near].map(placesIn) as [Places, Places]
  const fusionOf = (number: number): Fusion => {
    const [words, meaning] = [byWords.get(number), byMeaning.get(number)]
    return {
      words: words ? { ...words, score: scores[number]! } : null,
      meaning: meaning ? { ...meaning, cosine: ranking.scores.get(number)! } : null,
    }
  }
  const results = fused([numbers, near])
    .slice(0, limit)
    .map(({ number, score }) => ({
      ...found(number, score),
      meaning: ranking.scores.get(number) ?? null,
      ...(isExplained ? { fusion: fusionOf(number) } : {}),
    }))
  const beyond = near.filter((number) => scores[number] === 0).length
  return { asked, results, total: total + beyond, mode: 'hybrid', isSimilarity: false, failure }
}

async function similarTo(
  asked: PlacesAsked,
  searched: Searched,
  flags: ListFlags,
  isWanted: (number: number) => boolean,
  limit: number,
): Promise<SearchListing> {
  const { foundAt, similarTasks } = await import('../../searching/search-tasks.ts')
  const itself = searched.numberOf(await taskNamed(asked, flags.similar as string))
  const { concepts, similar } = similarTasks(
    searched,
    searched.textOf(itself),
    (number) => number !== itself && isWanted(number),
  )
  const results = similar
    .slice(0, limit)
    .map(({ number, score }) => foundAt(searched, concepts, number, score, flags.explain === true))
  return { asked, results, total: similar.length, mode: 'lexical', isSimilarity: true, failure: null }
}
