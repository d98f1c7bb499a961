import { PRIORITIES, TASK_TYPES } from '../../../schemas/vocabulary.ts'
import { MhvError } from '../../errors.ts'
import {
  ASKED_STATUSES,
  type Filter,
  filterTasks,
  type SearchedField,
  type Span,
  type Today,
} from '../../query/filter.ts'
import { type Group, type GroupKey, groupTasks } from '../../query/grouping.ts'
import { noneOf } from '../../query/none-of.ts'
import type { Entry } from '../../query/place.ts'
import { estimateMinutes, SORT_KEYS, type SortBy, type SortKey, sortTasks } from '../../query/sort.ts'
import { dateOrInstant, startOf } from '../input/date-or-instant.ts'
import { NONE } from '../input/none.ts'
import { localDate } from '../output/clock.ts'
import { note } from '../output/output-mode.ts'
import type { Template } from '../output/read-template.ts'
import type { AskedPlace, PlacesAsked } from '../places/places-asked.ts'
import type { ListFlags } from './list-flags.ts'
import { FORMATS, type Format } from './listing-formats.ts'
import { COLUMN_NAMES, type ColumnName } from './task-table.ts'
import { tasksNamed } from './tasks-named.ts'

export interface WordsFilter {
  /** By the names of the flags of `task list`. */
  readonly flags: ListFlags
  /** The command that lists the same without words. */
  readonly command: string
}

export interface Listing {
  readonly asked: PlacesAsked
  /** Every task that the flags select, in order. */
  readonly found: readonly Entry[]
  /** Those of them that are shown. */
  readonly entries: readonly Entry[]
  /** null where they are not grouped. */
  readonly groups: readonly Group[] | null
  /** null for the usual ones. */
  readonly columns: readonly ColumnName[] | null
  /** What is shown where none are named, if not what a list usually shows. */
  readonly usual?: readonly ColumnName[]
  readonly format: Format | 'template'
  /** What each task is written by, where that is the format. */
  readonly template: Template | null
  readonly today: Today
  /** What words were taken for; null where none were given. */
  readonly filter: WordsFilter | null
}

const SEARCHED: readonly SearchedField[] = ['title', 'description', 'reason', 'created_by', 'completed_by']

const text = (value: ListFlags[string]) => (typeof value === 'string' ? value : undefined)

const OR_A_TEMPLATE = " Or a template for each task: --format '{number} {title}'."

/** Words that have to be among the legal ones. @param also what else there could be. Errors: INVALID_INPUT. */
function words<T extends string>(
  flag: string,
  given: ListFlags[string],
  legal: readonly T[],
  also = '',
): T[] | undefined {
  if (!Array.isArray(given)) return undefined
  return given.map((word: string) => {
    const found = legal.find(
      (value) => value === word.trim().toLowerCase().replace('-', '_') || value === word.trim(),
    )
    if (found) return found
    const { rule, meant } = noneOf(word, legal)
    throw new MhvError('INVALID_INPUT', `--${flag} ${JSON.stringify(word)} ${rule}${also}`, {
      recovery: [`mhv task list --${flag} ${meant ?? legal[0]}`],
      data: { field: flag, value: word, legal, ...(meant ? { meant } : {}), instead: meant ?? legal[0] },
    })
  })
}

function span(flags: ListFlags, field: string, at: string): Span | undefined {
  const since = text(flags[`${field}-after`])
  const until = text(flags[`${field}-before`])
  if (!since && !until) return undefined
  const asked = {
    ...(since ? { since: startOf(dateOrInstant(`${field}-after`, since, at)) } : {}),
    ...(until ? { until: startOf(dateOrInstant(`${field}-before`, until, at)) } : {}),
  }
  if (asked.since !== undefined && asked.until !== undefined && asked.until <= asked.since) {
    throw emptySpan(field, `${since}..${until}`)
  }
  return asked
}

const emptySpan = (field: string, value: string) =>
  new MhvError(
    'INVALID_INPUT',
    `Between the two times of ${field} (${value}) there is nothing: turn them round.`,
    {
      recovery: ['mhv help'],
      data: { field, value },
    },
  )

/** A filter by a text that a task may be without: empty for `none`. */
const orEmpty = (word: string | undefined) => (word === NONE ? '' : word)

/** Errors: INVALID_INPUT for what no task can have. */
function estimateFilter(word: string | undefined): string | undefined {
  if (word === undefined || word === NONE) return orEmpty(word)
  if (estimateMinutes(word) >= 0) return word
  throw new MhvError(
    'INVALID_INPUT',
    `No estimate is ${JSON.stringify(word)}: it is an amount with its unit, 3h.`,
    {
      recovery: ['mhv help'],
      data: { field: 'estimate', value: word, example: '3h' },
    },
  )
}

function labelFilter(given: ListFlags[string]): readonly string[] | undefined {
  if (!Array.isArray(given)) return undefined
  return given.length === 1 && given[0] === NONE ? [] : given
}

function deadlineFilter(word: string | undefined, at: string): Filter['deadline'] | undefined {
  if (word === undefined) return undefined
  if (word === NONE) return null
  const [from, to] = word.includes('..') ? word.split('..') : [word, word]
  const date = (side: string | undefined) =>
    side ? dateOrInstant('deadline', side, at).slice(0, 10) : undefined
  const [first, last] = [date(from), date(to)]
  if (first && last && last < first) throw emptySpan('deadline', word)
  return { ...(first ? { from: first } : {}), ...(last ? { to: last } : {}) }
}

/** Who “me” is, each repository says by itself; of one that is only fetched, as the first that is here does. */
async function assigneeFilters(
  places: readonly AskedPlace[],
  word: string | undefined,
): Promise<readonly (string | undefined)[]> {
  if (word !== 'me') return places.map(() => (word === NONE ? '' : word?.toLowerCase()))
  const here = places.find(({ workplace }) => workplace)?.workplace
  return Promise.all(
    places.map(async ({ workplace }) =>
      ((workplace ?? here) ? (await (workplace ?? here)!.store.identity()).email : word).toLowerCase(),
    ),
  )
}

function sortKeys(given: ListFlags[string]): SortBy[] {
  const keys = Array.isArray(given) ? (given as string[]) : ['urgency']
  return keys.map((word) => {
    const [name = '', direction = 'asc'] = word.split(':')
    const [key] = words('sort', [name], SORT_KEYS) as [SortKey]
    if (direction !== 'asc' && direction !== 'desc') {
      throw new MhvError('INVALID_INPUT', `--sort ${word}: the direction is asc or desc.`, {
        recovery: [`mhv task list --sort ${key}:desc`],
        data: { field: 'sort', value: word, legal: ['asc', 'desc'], instead: `${key}:desc` },
      })
    }
    return { key, descending: direction === 'desc' }
  })
}

/** Drops the properties without a value, which exact optional properties may not have. */
const defined = <T extends object>(value: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T

/** What every place is asked alike. Errors: INVALID_INPUT. */
function commonFilter(flags: ListFlags, at: string): Filter {
  return defined<Filter>({
    statuses: words('status', flags.status, ASKED_STATUSES) ?? (flags.overdue ? ['open'] : undefined),
    types: words('type', flags.type, TASK_TYPES),
    priorities: words('priority', flags.priority, PRIORITIES),
    labels: labelFilter(flags.label),
    withoutLabels: flags['no-label'] as readonly string[] | undefined,
    deadline: deadlineFilter(text(flags.deadline), at),
    overdue: flags.overdue === true ? true : undefined,
    created: span(flags, 'created', at),
    updated: span(flags, 'updated', at),
    completed: span(flags, 'completed', at),
    branch: orEmpty(text(flags.branch)),
    source: orEmpty(text(flags.source)),
    estimate: estimateFilter(text(flags.estimate)),
    contains: SEARCHED.flatMap((field) => {
      const part = text(flags[field.replace('_', '-')])?.toLowerCase()
      return part === undefined ? [] : [{ field, part }]
    }),
    text: text(flags.text)?.toLowerCase().split(/\s+/).filter(Boolean),
    deleted: flags.deleted === true ? true : undefined,
    overridden: flags.overridden === true ? true : undefined,
  })
}

/** The filter of each place. Errors: INVALID_INPUT, TASK_NOT_FOUND, UNKNOWN_REPOSITORY, NO_IDENTITY. */
async function filtersOf(asked: PlacesAsked, flags: ListFlags): Promise<Filter[]> {
  const common = commonFilter(flags, asked.time)
  const idsIn = async (word: string | undefined) => {
    if (word === undefined || word === NONE) return () => (word === undefined ? undefined : [])
    return (await tasksNamed(asked, word, true)).idsIn
  }
  const assignees = await assigneeFilters(asked.places, text(flags.assignee))
  const parentsIn = await idsIn(text(flags.parent))
  const dependenciesIn = await idsIn(text(flags['depends-on']))
  const numbers = text(flags.number)
  const slotsIn = numbers === undefined ? () => undefined : (await tasksNamed(asked, numbers, false)).slotsIn
  return asked.places.map((place, i) => {
    const filter = defined<Filter>({
      ...common,
      assignee: assignees[i],
      parents: parentsIn(place),
      dependsOn: dependenciesIn(place),
      slots: slotsIn(place),
    })
    const wantsAll = filter.deleted || filter.overridden || filter.completed || filter.slots
    return wantsAll && !filter.statuses ? { ...filter, statuses: ['all' as const] } : filter
  })
}

/** The slots of each place that the flags let through. Errors: INVALID_INPUT, TASK_NOT_FOUND, UNKNOWN_REPOSITORY, NO_IDENTITY. */
export async function slotsAsked(asked: PlacesAsked, flags: ListFlags, today: Today): Promise<number[][]> {
  const filters = await filtersOf(asked, flags)
  return asked.places.map(({ snapshot }, i) => filterTasks(snapshot, filters[i]!, today, localDate))
}

/** How the list is written. Errors: INVALID_INPUT. */
async function formatOf(flags: ListFlags): Promise<Pick<Listing, 'format' | 'template'>> {
  const given = text(flags.format) ?? (flags.json ? 'json' : 'table')
  if (!given.includes('{'))
    return { format: words('format', [given], FORMATS, OR_A_TEMPLATE)![0]!, template: null }
  const { taskTemplate } = await import('./task-records.ts')
  if (flags.columns)
    note('Note: --columns counts for nothing beside a template, which names its own fields.\n')
  return { format: 'template', template: taskTemplate(given, 'mhv task list') }
}

/**
 * What the flags ask for, filtered and sorted. The time that the tasks are looked at is what words such as `today`, and
 * what is overdue, are judged by.
 * Errors: INVALID_INPUT, USAGE, TASK_NOT_FOUND, UNKNOWN_REPOSITORY, NO_IDENTITY.
 */
export async function readListing(
  asked: PlacesAsked,
  flags: ListFlags,
  filter: WordsFilter | null = null,
): Promise<Listing> {
  const { format, template } = await formatOf(flags)
  if (flags.json && format !== 'json') {
    throw new MhvError('USAGE', `--json and --format ${text(flags.format)} contradict each other.`)
  }
  const { places, time } = asked
  const today = { now: Date.parse(time), date: localDate(time) }
  const slots = await slotsAsked(asked, flags, today)
  const found = sortTasks(places, slots, sortKeys(flags.sort))
  const limit = typeof flags.limit === 'number' && flags.limit > 0 ? flags.limit : found.length
  const entries = found.slice(0, limit)
  const groupBy = text(flags['group-by']) as GroupKey | undefined
  return {
    asked,
    found,
    entries,
    groups: groupBy ? groupTasks(places, entries, groupBy, today, localDate) : null,
    columns: words('columns', flags.columns, COLUMN_NAMES) ?? null,
    format,
    template,
    today,
    filter,
  }
}
