import { MhvError } from '../errors.ts'
import type { Entry } from '../query/place.ts'
import {
  type Found,
  foundAt,
  openSearch,
  type Searched,
  searchTasks,
  similarTasks,
} from '../searching/search-tasks.ts'
import { storeDirectory } from '../store/git-store.ts'
import { localDate } from './clock.ts'
import type { ListFlags } from './list-flags.ts'
import type { AskedPlace, PlacesAsked } from './places-asked.ts'
import { progressBar } from './progress.ts'
import { slotsAsked } from './read-listing.ts'
import { tasksNamed } from './tasks-named.ts'

/** What a search answers. */
export interface SearchListing {
  readonly asked: PlacesAsked
  /** The best ones, as many as were asked for. */
  readonly results: readonly Found[]
  /** How many tasks have to do with what was asked. */
  readonly total: number
  readonly mode: SearchMode
  /** Whether scores say how alike tasks are, from 0 to 1. */
  readonly isSimilarity: boolean
}

/** What the ranking rested on: words and what they stand for, or a model of sentences as well. */
export type SearchMode = 'lexical' | 'hybrid'

/** Where the search index of a place is kept; what is only fetched has none. */
const directoryOf = ({ workplace }: AskedPlace) =>
  workplace === null ? null : `${storeDirectory(workplace.repository)}/search`

/** Which tasks may be shown: those that the flags let through, ended ones among them unless a status was asked for. */
async function wanted(asked: PlacesAsked, flags: ListFlags): Promise<(entry: Entry) => boolean> {
  const today = { now: Date.parse(asked.time), date: localDate(asked.time) }
  const status = flags.status ?? (flags.overdue ? undefined : ['all'])
  const slots = (await slotsAsked(asked, { ...flags, ...(status ? { status } : {}) }, today)).map(
    (each) => new Set(each),
  )
  return ({ place, slot }) => slots[place]!.has(slot)
}

/** The one task that others are to be like. Errors: INVALID_INPUT, TASK_NOT_FOUND, UNKNOWN_REPOSITORY, REPOSITORY_MISSING. */
async function taskNamed(asked: PlacesAsked, word: string): Promise<Entry> {
  const named = await tasksNamed(asked, word, true)
  const entries = asked.places.flatMap((each, place) =>
    [...named.slotsIn(each)].map((slot) => ({ place, slot })),
  )
  if (entries.length === 1) return entries[0]!
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

const isSame = (a: Entry, b: Entry) => a.place === b.place && a.slot === b.slot

/** Errors: USAGE; those of readListing. */
export async function readSearch(
  asked: PlacesAsked,
  query: string,
  flags: ListFlags,
): Promise<SearchListing> {
  const isWanted = await wanted(asked, flags)
  const searched = await openSearch(
    asked.places,
    (place) => directoryOf(asked.places[place]!),
    progressBar('Indexing tasks'),
  )
  const limit = typeof flags.limit === 'number' && flags.limit > 0 ? flags.limit : Number.POSITIVE_INFINITY
  if (typeof flags.similar === 'string') return similarTo(asked, searched, flags.similar, isWanted, limit)
  const { concepts, scores, numbers } = searchTasks(searched, query, isWanted)
  const results = numbers
    .slice(0, limit)
    .map((number) => foundAt(searched, concepts, number, scores[number]!))
  return { asked, results, total: numbers.length, mode: 'lexical', isSimilarity: false }
}

async function similarTo(
  asked: PlacesAsked,
  searched: Searched,
  word: string,
  isWanted: (entry: Entry) => boolean,
  limit: number,
): Promise<SearchListing> {
  const itself = await taskNamed(asked, word)
  const text = searched.textOf(searched.numberOf(itself))
  const { concepts, similar } = similarTasks(
    searched,
    text,
    (entry) => !isSame(entry, itself) && isWanted(entry),
  )
  const results = similar
    .slice(0, limit)
    .map(({ number, score }) => foundAt(searched, concepts, number, score))
  return { asked, results, total: similar.length, mode: 'lexical', isSimilarity: true }
}
