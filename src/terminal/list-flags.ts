import { PRIORITIES, STATUSES, TASK_TYPES } from '../../schemas/vocabulary.ts'
import { MhvError } from '../errors.ts'
import { type Filter, filterTasks, type SearchedField, type Span, type Today } from '../query/filter.ts'
import { findTask } from '../query/find-task.ts'
import { parseTaskNames } from '../query/number-list.ts'
import { SORT_KEYS, type SortBy, type SortKey, sortTasks } from '../query/sort.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { Workplace } from './base-command.ts'
import { localDate, now } from './clock.ts'
import { dateOrInstant, startOf } from './date-or-instant.ts'
import { Flags } from './oclif.ts'
import { COLUMN_NAMES, type ColumnName, DEFAULT_COLUMNS } from './task-table.ts'

export const FORMATS = ['table', 'json', 'jsonl', 'csv', 'markdown'] as const
export type Format = (typeof FORMATS)[number]

export const several = (description: string) =>
  Flags.string({ multiple: true, multipleNonGreedy: true, delimiter: ',', description })
const when = (field: string, side: string) =>
  Flags.string({ description: `${field} ${side} a date (2026-11-27, -7d) or instant` })

export const listFlags = {
  status: several(`open, all, ${STATUSES.join(', ')}; default open`),
  type: several(TASK_TYPES.join(', ')),
  priority: several(PRIORITIES.join(', ')),
  assignee: Flags.string({ char: 'a', description: 'part of the name or address; “me”, “none”' }),
  label: several('has all of these labels'),
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
  parent: Flags.string({ description: 'is a part of this task' }),
  'depends-on': Flags.string({ description: 'depends on this task' }),
  branch: Flags.string({ description: 'has this branch' }),
  estimate: Flags.string({ description: 'has this estimate' }),
  source: Flags.string({ description: 'was imported from this system, or system:id' }),
  title: Flags.string({ description: 'has this in its title' }),
  description: Flags.string({ description: 'has this in its description' }),
  reason: Flags.string({ description: 'has this in the reason of its status' }),
  'created-by': Flags.string({ description: 'part of the name or address of who created it' }),
  'completed-by': Flags.string({ description: 'part of the name or address of who completed it' }),
  text: Flags.string({ description: 'has all of these words in title, description, comments or labels' }),
  number: Flags.string({ description: 'numbers and ranges (3,7-9)' }),
  deleted: Flags.boolean({ description: 'the deleted ones instead' }),
  sort: several(`keys, “:desc” after one turns it round: ${SORT_KEYS.join(', ')}; default urgency`),
  limit: Flags.integer({ char: 'n', min: 0, description: 'at most so many' }),
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
  readonly columns: readonly ColumnName[]
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
  return {
    ...(since ? { since: startOf(dateOrInstant(`${field}-after`, since, at)) } : {}),
    ...(until ? { until: startOf(dateOrInstant(`${field}-before`, until, at)) } : {}),
  }
}

function deadlineFilter(word: string | undefined, at: string): Filter['deadline'] | undefined {
  if (word === undefined) return undefined
  if (word === 'none') return null
  const [from, to] = word.includes('..') ? word.split('..') : [word, word]
  const date = (side: string | undefined) =>
    side ? dateOrInstant('deadline', side, at).slice(0, 10) : undefined
  const [first, last] = [date(from), date(to)]
  return { ...(first ? { from: first } : {}), ...(last ? { to: last } : {}) }
}

async function assigneeFilter(workplace: Workplace, word: string | undefined): Promise<string | undefined> {
  if (word === 'none') return ''
  if (word === 'me') return (await workplace.store.identity()).email.toLowerCase()
  return word?.toLowerCase()
}

function sortKeys(given: ListFlags[string]): SortBy[] {
  const keys = Array.isArray(given) ? (given as string[]) : ['urgency']
  return keys.map((word) => {
    const [name = '', direction = 'asc'] = word.split(':')
    const [key] = words('sort', [name], SORT_KEYS) as [SortKey]
    const [way] = words('sort', [direction], ['asc', 'desc']) as ['asc' | 'desc']
    return { key, descending: way === 'desc' }
  })
}

/** Drops the properties without a value, which exact optional properties may not have. */
const defined = <T extends object>(value: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T

/** What the flags ask for, filtered and sorted. Errors: INVALID_INPUT, TASK_NOT_FOUND. */
export async function readListing(
  workplace: Workplace,
  snapshot: Snapshot,
  flags: ListFlags,
): Promise<Listing> {
  const at = now()
  const today = { now: Date.parse(at), date: localDate(at) }
  const idOf = (word: string | undefined) =>
    word === undefined ? undefined : snapshot.head(findTask(snapshot, parseTaskNames([word])[0]!)).id
  const filter = defined<Filter>({
    statuses:
      words('status', flags.status, ['open', 'all', ...STATUSES]) ?? (flags.overdue ? ['open'] : undefined),
    types: words('type', flags.type, TASK_TYPES),
    priorities: words('priority', flags.priority, PRIORITIES),
    assignee: await assigneeFilter(workplace, text(flags.assignee)),
    labels: flags.label as readonly string[] | undefined,
    withoutLabels: flags['no-label'] as readonly string[] | undefined,
    deadline: deadlineFilter(text(flags.deadline), at),
    overdue: flags.overdue === true ? true : undefined,
    created: span(flags, 'created', at),
    updated: span(flags, 'updated', at),
    completed: span(flags, 'completed', at),
    parent: idOf(text(flags.parent)),
    dependsOn: idOf(text(flags['depends-on'])),
    branch: text(flags.branch),
    source: text(flags.source),
    estimate: text(flags.estimate),
    contains: SEARCHED.flatMap((field) => {
      const part = text(flags[field.replace('_', '-')])?.toLowerCase()
      return part === undefined ? [] : [{ field, part }]
    }),
    text: text(flags.text)?.toLowerCase().split(/\s+/).filter(Boolean),
    numbers: flags.number
      ? new Set(parseTaskNames([text(flags.number)!]).filter((name) => typeof name === 'number'))
      : undefined,
    deleted: flags.deleted === true ? true : undefined,
  })
  const wantsAll = filter.deleted || filter.completed || filter.numbers
  const complete = wantsAll && !filter.statuses ? { ...filter, statuses: ['all' as const] } : filter
  const found = sortTasks(snapshot, filterTasks(snapshot, complete, today, localDate), sortKeys(flags.sort))
  const limit = typeof flags.limit === 'number' && flags.limit > 0 ? flags.limit : found.length
  return {
    slots: found.slice(0, limit),
    total: found.length,
    columns: words('columns', flags.columns, COLUMN_NAMES) ?? DEFAULT_COLUMNS,
    format: flags.json ? 'json' : ((text(flags.format) ?? 'table') as Format),
    today,
  }
}
