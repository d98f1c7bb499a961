import { PRIORITIES, STATUSES, TASK_TYPES } from '../../schemas/vocabulary.ts'
import { MhvError } from '../errors.ts'
import {
  ASKED_STATUSES,
  type Filter,
  filterTasks,
  type SearchedField,
  type Span,
  type Today,
} from '../query/filter.ts'
import { findTasks, slotsNamed } from '../query/find-task.ts'
import { parseTaskNames } from '../query/number-list.ts'
import { estimateMinutes, SORT_KEYS, type SortBy, type SortKey, sortTasks } from '../query/sort.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { Workplace } from './base-command.ts'
import { localDate, now } from './clock.ts'
import { dateOrInstant, startOf } from './date-or-instant.ts'
import { NONE } from './none.ts'
import { Flags } from './oclif.ts'
import { COLUMN_NAMES, type ColumnName } from './task-table.ts'

export const FORMATS = ['table', 'json', 'jsonl', 'csv', 'markdown'] as const
export type Format = (typeof FORMATS)[number]

export const several = (description: string) =>
  Flags.string({ multiple: true, multipleNonGreedy: true, delimiter: ',', description })
const when = (field: string, side: string) =>
  Flags.string({ description: `${field} ${side} a date (2026-11-27, -7d) or instant` })

export const listFlags = {
  status: several(
    `open, all, ${STATUSES.join(', ')}, waiting (pending, with an open dependency), ready (can start now); default open`,
  ),
  type: several(TASK_TYPES.join(', ')),
  priority: several(PRIORITIES.join(', ')),
  assignee: Flags.string({ char: 'a', description: 'part of the name or address; “me”, “none”' }),
  label: several('has all of these labels; “none”: has no label'),
  'no-label': several('has none of these labels'),
  deadline: Flags.string({
    description: 'on a date (2026-11-27, today), between two (2026-11-01..2026-11-30), or “none”',
  }),
  overdue: Flags.boolean({ description: 'its deadline has passed' }),
  'created-after': when('created', 'at or after'),
  'created-before': when('created', 'before'),
  'updated-after': when('changed', 'at or after'),
  'updated-before': when('changed', 'before'),
  'completed-after': when('completed', 'at or after'),
  'completed-before': when('completed', 'before'),
  parent: Flags.string({ description: 'is a part of one of these tasks (3,7-9); “none”' }),
  'depends-on': Flags.string({ description: 'depends on one of these tasks (3,7-9); “none”' }),
  branch: Flags.string({ description: 'has this branch; “none”' }),
  estimate: Flags.string({ description: 'has this estimate (3h); “none”' }),
  source: Flags.string({ description: 'was imported from this system, or system:id; “none”' }),
  title: Flags.string({ description: 'has this in its title' }),
  description: Flags.string({ description: 'has this in its description' }),
  reason: Flags.string({ description: 'has this in the reason of its status' }),
  'created-by': Flags.string({ description: 'part of the name or address of who created it' }),
  'completed-by': Flags.string({ description: 'part of the name or address of who completed it' }),
  text: Flags.string({ description: 'has all of these words in title, description, comments or labels' }),
  number: Flags.string({ description: 'numbers and ranges (3,7-9)' }),
  overridden: Flags.boolean({ description: 'somebody let its gates pass although they had not' }),
  deleted: Flags.boolean({ description: 'the deleted ones instead' }),
  sort: several(`keys, “:desc” after one turns it round: ${SORT_KEYS.join(', ')}; default urgency`),
  limit: Flags.integer({ char: 'n', min: 0, description: 'at most so many; 0 for all, as without it' }),
  columns: several(COLUMN_NAMES.join(', ')),
  format: Flags.string({ options: FORMATS, description: 'form of the output' }),
  at: Flags.string({ description: 'as it was at a date (its end), an instant, or a commit of the task log' }),
}

export interface ListFlags {
  readonly json?: boolean
  readonly [name: string]: string | readonly string[] | number | boolean | undefined
}

export interface Listing {
  readonly slots: readonly number[]
  /** How many there are without the limit. */
  readonly total: number
  /** null for the usual ones. */
  readonly columns: readonly ColumnName[] | null
  readonly format: Format
  readonly today: Today
}

const SEARCHED: readonly SearchedField[] = ['title', 'description', 'reason', 'created_by', 'completed_by']

const text = (value: ListFlags[string]) => (typeof value === 'string' ? value : undefined)

/** Words that have to be among the legal ones. Errors: INVALID_INPUT. */
function words<T extends string>(
  flag: string,
  given: ListFlags[string],
  legal: readonly T[],
): T[] | undefined {
  if (!Array.isArray(given)) return undefined
  return given.map((word: string) => {
    const found = legal.find(
      (value) => value === word.trim().toLowerCase().replace('-', '_') || value === word.trim(),
    )
    if (found) return found
    throw new MhvError(
      'INVALID_INPUT',
      `--${flag} ${JSON.stringify(word)} is none of: ${legal.join(', ')}.`,
      {
        recovery: [`mhv task list --${flag} ${legal[0]}`],
        data: { field: flag, value: word, legal },
      },
    )
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

async function assigneeFilter(workplace: Workplace, word: string | undefined): Promise<string | undefined> {
  if (word === NONE) return ''
  if (word === 'me') return (await workplace.store.identity()).email.toLowerCase()
  return word?.toLowerCase()
}

function sortKeys(given: ListFlags[string]): SortBy[] {
  const keys = Array.isArray(given) ? (given as string[]) : ['urgency']
  return keys.map((word) => {
    const [name = '', direction = 'asc'] = word.split(':')
    const [key] = words('sort', [name], SORT_KEYS) as [SortKey]
    if (direction !== 'asc' && direction !== 'desc') {
      throw new MhvError('INVALID_INPUT', `--sort ${word}: the direction is asc or desc.`, {
        recovery: [`mhv task list --sort ${key}:desc`],
        data: { field: 'sort', value: word, legal: ['asc', 'desc'] },
      })
    }
    return { key, descending: direction === 'desc' }
  })
}

/** Drops the properties without a value, which exact optional properties may not have. */
const defined = <T extends object>(value: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T

/**
 * What the flags ask for, filtered and sorted.
 * @param at the time that the tasks are looked at, by which words such as `today` and what is overdue are judged
 * Errors: INVALID_INPUT, USAGE, TASK_NOT_FOUND.
 */
export async function readListing(
  workplace: Workplace,
  snapshot: Snapshot,
  flags: ListFlags,
  at = now(),
): Promise<Listing> {
  const format = (text(flags.format) ?? (flags.json ? 'json' : 'table')) as Format
  if (flags.json && format !== 'json') {
    throw new MhvError('USAGE', `--json and --format ${format} contradict each other.`)
  }
  const today = { now: Date.parse(at), date: localDate(at) }
  const named = (word: string) => parseTaskNames([word], workplace.store.name)
  const idsOf = (word: string | undefined) => {
    if (word === undefined || word === NONE) return word && []
    return findTasks(snapshot, named(word), true).map((slot) => snapshot.head(slot).id)
  }
  const filter = defined<Filter>({
    statuses: words('status', flags.status, ASKED_STATUSES) ?? (flags.overdue ? ['open'] : undefined),
    types: words('type', flags.type, TASK_TYPES),
    priorities: words('priority', flags.priority, PRIORITIES),
    assignee: await assigneeFilter(workplace, text(flags.assignee)),
    labels: labelFilter(flags.label),
    withoutLabels: flags['no-label'] as readonly string[] | undefined,
    deadline: deadlineFilter(text(flags.deadline), at),
    overdue: flags.overdue === true ? true : undefined,
    created: span(flags, 'created', at),
    updated: span(flags, 'updated', at),
    completed: span(flags, 'completed', at),
    parents: idsOf(text(flags.parent)),
    dependsOn: idsOf(text(flags['depends-on'])),
    branch: orEmpty(text(flags.branch)),
    source: orEmpty(text(flags.source)),
    estimate: estimateFilter(text(flags.estimate)),
    contains: SEARCHED.flatMap((field) => {
      const part = text(flags[field.replace('_', '-')])?.toLowerCase()
      return part === undefined ? [] : [{ field, part }]
    }),
    text: text(flags.text)?.toLowerCase().split(/\s+/).filter(Boolean),
    slots: flags.number ? new Set(slotsNamed(snapshot, named(text(flags.number)!))) : undefined,
    deleted: flags.deleted === true ? true : undefined,
    overridden: flags.overridden === true ? true : undefined,
  })
  const wantsAll = filter.deleted || filter.overridden || filter.completed || filter.slots
  const complete = wantsAll && !filter.statuses ? { ...filter, statuses: ['all' as const] } : filter
  const found = sortTasks(snapshot, filterTasks(snapshot, complete, today, localDate), sortKeys(flags.sort))
  const limit = typeof flags.limit === 'number' && flags.limit > 0 ? flags.limit : found.length
  return {
    slots: found.slice(0, limit),
    total: found.length,
    columns: words('columns', flags.columns, COLUMN_NAMES) ?? null,
    format,
    today,
  }
}
