import {
  CLOSED_STATUSES,
  PRIORITIES,
  type Priority,
  STATUSES,
  type Status,
  TASK_TYPES,
  type TaskType,
} from '../../schemas/vocabulary.ts'
import {
  AT,
  bloomBit,
  FLAG,
  flagsAt,
  hashOfId,
  isClosed,
  LAST_DEADLINE,
  NO_DEADLINE,
  priorityAt,
  ROW_INTS,
  statusAt,
  typeAt,
} from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { readyTasks } from './ready.ts'
import { waitingOn } from './waiting.ts'

/** From `since` to before `until`, instants in milliseconds since 1970. */
export interface Span {
  readonly since?: number
  readonly until?: number
}

/** What a task has to be to be listed; every condition that is given has to hold. */
export interface Filter {
  /** `open` is everything that has not ended, `waiting` pending with an open dependency, `ready` what can start now. */
  readonly statuses?: readonly AskedStatus[]
  readonly types?: readonly TaskType[]
  readonly priorities?: readonly Priority[]
  /** Lower case; matches a whole name or address, or a part of it. Empty text: nobody. */
  readonly assignee?: string
  /** All of these; none at all where the list is empty. */
  readonly labels?: readonly string[]
  /** None of these. */
  readonly withoutLabels?: readonly string[]
  /** Inclusive dates `YYYY-MM-DD`; null: no deadline at all. */
  readonly deadline?: { readonly from?: string; readonly to?: string } | null
  readonly overdue?: boolean
  readonly created?: Span
  readonly updated?: Span
  readonly completed?: Span
  /** Ids, one of which is the parent; no parent where the list is empty. */
  readonly parents?: readonly string[]
  /** Ids, one of which is among the dependencies; no dependency where the list is empty. */
  readonly dependsOn?: readonly string[]
  /** Empty text: no branch. */
  readonly branch?: string
  /** `system` or `system:id`; empty text: made here. */
  readonly source?: string
  /** Empty text: none. */
  readonly estimate?: string
  /** Lower case words, each of which has to be in title, description, comments or labels. */
  readonly text?: readonly string[]
  /** Lower case parts of single fields of the published JSON. */
  readonly contains?: readonly { readonly field: SearchedField; readonly part: string }[]
  readonly slots?: ReadonlySet<number>
  readonly deleted?: boolean
  /** Somebody has let its gates pass. */
  readonly overridden?: boolean
}

/** What “now” means to a filter: an instant in milliseconds, and the local date. */
export interface Today {
  readonly now: number
  readonly date: string
}

export type SearchedField = 'title' | 'description' | 'reason' | 'created_by' | 'completed_by'

export const ASKED_STATUSES = ['open', 'all', 'waiting', 'ready', ...STATUSES] as const
export type AskedStatus = (typeof ASKED_STATUSES)[number]

type Test = (slot: number) => boolean

/** Whether a deadline has passed: a date ends at local midnight, an instant at once. */
export function isOverdue(deadline: string, today: Today): boolean {
  return deadline.length === 10 ? deadline < today.date : Date.parse(deadline) < today.now
}

const minutesOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / 60_000
const DAY = 1440

function within(snapshot: Snapshot, span: Span, place: number): Test {
  const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = span
  return (slot) => {
    const at = snapshot.wide[(slot * ROW_INTS + place) / 2]!
    return at !== 0 && at >= since && at < until
  }
}

const bitsOf = <T>(all: readonly T[], wanted: readonly T[] = all) =>
  wanted.reduce((bits, word) => bits | (1 << all.indexOf(word)), 0)

const OPEN_STATUSES = STATUSES.filter((status) => !CLOSED_STATUSES.includes(status))

/** The stored statuses behind the ones asked for; `waiting` and `ready` need a second look at these. */
const STORED: Readonly<Record<AskedStatus, readonly Status[]>> = {
  ...(Object.fromEntries(STATUSES.map((status) => [status, [status]])) as Record<Status, [Status]>),
  open: OPEN_STATUSES,
  all: STATUSES,
  waiting: ['pending'],
  ready: ['pending', 'failed'],
}
const isDerived = (status: AskedStatus) => status === 'waiting' || status === 'ready'

/** The slots that are waiting or ready where that was asked for, or have a status that was asked for by itself. */
function withDerived(
  snapshot: Snapshot,
  named: readonly AskedStatus[],
  slots: readonly number[],
): readonly number[] {
  if (!named.some(isDerived)) return slots
  const plain = named.filter((status) => !isDerived(status)).flatMap((status) => STORED[status])
  const waiting = named.includes('waiting') ? waitingOn(snapshot, slots) : new Map()
  const ready = new Set(named.includes('ready') ? readyTasks(snapshot, slots) : [])
  return slots.filter((slot) => {
    const status = snapshot.status(slot)
    const isWaiting = status === 'pending' && waiting.has(slot)
    const isReady = STORED.ready.includes(status) && ready.has(slot)
    return plain.includes(status) || isWaiting || isReady
  })
}

/** What every list asks of every task, in one look at one column. */
function packedTest(snapshot: Snapshot, filter: Filter): Test {
  const named = filter.statuses ?? ['open']
  const statuses = bitsOf(
    STATUSES,
    named.flatMap((status) => STORED[status]),
  )
  const types = bitsOf(TASK_TYPES, filter.types)
  const priorities = bitsOf(PRIORITIES, filter.priorities)
  const marks = filter.deleted ? FLAG.DELETED : 0
  const { columns } = snapshot
  return (slot) => {
    const packed = columns[slot * ROW_INTS + AT.PACKED]!
    if (((statuses >> statusAt(packed)) & 1) === 0) return false
    if ((flagsAt(packed) & (FLAG.GONE | FLAG.DELETED)) !== marks) return false
    return ((types >> typeAt(packed)) & (priorities >> priorityAt(packed)) & 1) !== 0
  }
}

/** Conditions on columns alone: cheap, so they run first. */
function columnTests(snapshot: Snapshot, filter: Filter, today: Today): Test[] {
  const tests = [packedTest(snapshot, filter)]
  const { columns } = snapshot
  const column =
    (place: number): ((slot: number) => number) =>
    (slot) =>
      columns[slot * ROW_INTS + place]!
  if (filter.overridden) tests.push((slot) => (snapshot.flags(slot) & FLAG.OVERRIDDEN) !== 0)
  if (filter.slots) tests.push((slot) => filter.slots!.has(slot))
  if (filter.labels?.length === 0) tests.push((slot) => column(AT.LABELS)(slot) === 0)
  else if (filter.labels) {
    const bits = filter.labels.reduce((all, label) => all | bloomBit(label), 0)
    const at = column(AT.LABELS)
    tests.push((slot) => (at(slot) & bits) === bits)
  }
  const deadline = column(AT.DEADLINE)
  if (filter.deadline === null) tests.push((slot) => deadline(slot) === NO_DEADLINE)
  else if (filter.deadline) {
    // An instant falls on a day that depends on the zone: a day of slack here, the exact date is compared below.
    const from = filter.deadline.from
      ? Math.min(minutesOf(filter.deadline.from) - DAY, LAST_DEADLINE)
      : Number.NEGATIVE_INFINITY
    const to = filter.deadline.to ? minutesOf(filter.deadline.to) + 2 * DAY : Number.POSITIVE_INFINITY
    tests.push((slot) => deadline(slot) !== NO_DEADLINE && deadline(slot) >= from && deadline(slot) <= to)
  }
  if (filter.overdue) {
    const latest = minutesOf(today.date) + 2 * DAY
    tests.push((slot) => deadline(slot) < latest && !isClosed(snapshot.packed(slot)))
  }
  if (filter.created) tests.push(within(snapshot, filter.created, AT.CREATED))
  if (filter.updated) tests.push(within(snapshot, filter.updated, AT.UPDATED))
  if (filter.completed) tests.push(within(snapshot, filter.completed, AT.COMPLETED))
  if (filter.assignee === '') tests.push((slot) => column(AT.ASSIGNEE_HASH)(slot) === 0)
  else if (filter.assignee !== undefined) tests.push((slot) => column(AT.ASSIGNEE_HASH)(slot) !== 0)
  const dependencies = column(AT.DEPENDENCIES)
  if (filter.dependsOn?.length === 0) tests.push((slot) => !(snapshot.flags(slot) & FLAG.HAS_DEPENDENCIES))
  else if (filter.dependsOn) {
    const bits = filter.dependsOn.reduce((all, id) => all | bloomBit(id), 0)
    tests.push((slot) => (dependencies(slot) & bits) !== 0)
  }
  const parent = column(AT.PARENT_HASH)
  if (filter.parents?.length === 0) tests.push((slot) => !(snapshot.flags(slot) & FLAG.HAS_PARENT))
  else if (filter.parents) {
    const hashes = new Set(filter.parents.map(hashOfId))
    tests.push((slot) => hashes.has(parent(slot)))
  }
  return tests
}

/** Conditions that need a task's short texts. */
function headTests(
  snapshot: Snapshot,
  filter: Filter,
  today: Today,
  localDate: (instant: string) => string,
): Test[] {
  const tests: Test[] = []
  const head = snapshot.head
  if (filter.assignee) tests.push((slot) => head(slot).assignee.toLowerCase().includes(filter.assignee!))
  if (filter.labels?.length)
    tests.push((slot) => filter.labels!.every((label) => head(slot).labels.includes(label)))
  if (filter.withoutLabels) {
    tests.push((slot) => !filter.withoutLabels!.some((label) => head(slot).labels.includes(label)))
  }
  if (filter.deadline) {
    const { from = '', to = '9999-99-99' } = filter.deadline
    tests.push((slot) => {
      const text = head(slot).deadline
      const date = text.length === 10 ? text : localDate(text)
      return date >= from && date <= to
    })
  }
  if (filter.overdue) tests.push((slot) => isOverdue(head(slot).deadline, today))
  const { parents, dependsOn, branch, estimate, source } = filter
  if (parents?.length) tests.push((slot) => parents.includes(head(slot).parent))
  if (dependsOn?.length) tests.push((slot) => head(slot).dependsOn.some((id) => dependsOn.includes(id)))
  if (branch !== undefined) tests.push((slot) => head(slot).branch === branch)
  if (estimate !== undefined) tests.push((slot) => head(slot).estimate === estimate)
  if (source !== undefined) {
    tests.push(
      (slot) => head(slot).source === source || (source !== '' && head(slot).source.startsWith(`${source}:`)),
    )
  }
  for (const { field, part } of filter.contains ?? []) {
    tests.push((slot) => {
      const task = JSON.parse(snapshot.json(slot).toString('utf8')) as Record<SearchedField, string | null>
      return (task[field] ?? '').toLowerCase().includes(part)
    })
  }
  if (filter.text) tests.push(textTest(snapshot, filter.text))
  return tests
}

interface Searched {
  readonly title: string
  readonly description: string
  readonly labels: readonly string[]
  readonly comments: readonly { readonly text: string }[]
}

/** First a look at the raw JSON, which rules most tasks out without parsing it. */
function textTest(snapshot: Snapshot, words: readonly string[]): Test {
  const plain = words.every((word) => /^[\x20-\x7e]+$/.test(word) && !/["\\]/.test(word))
  return (slot) => {
    const raw = snapshot.json(slot).toString('utf8')
    if (plain) {
      const lower = raw.toLowerCase()
      if (!words.every((word) => lower.includes(word))) return false
    }
    const task = JSON.parse(raw) as Searched
    const texts = [
      task.title,
      task.description,
      ...task.labels,
      ...task.comments.map((comment) => comment.text),
    ]
    const all = texts.join('\n').toLowerCase()
    return words.every((word) => all.includes(word))
  }
}

/** Slots of the tasks that a filter lets through, in the order of slots. */
export function filterTasks(
  snapshot: Snapshot,
  filter: Filter,
  today: Today,
  localDate: (instant: string) => string,
): number[] {
  const cheap = columnTests(snapshot, filter, today)
  const candidates: number[] = []
  next: for (let slot = 0; slot < snapshot.slots; slot++) {
    // By index: an iterator for each slot costs more than most tests do.
    for (let i = 0; i < cheap.length; i++) if (!cheap[i]!(slot)) continue next
    candidates.push(slot)
  }
  const exact = headTests(snapshot, filter, today, localDate)
  const derived = withDerived(snapshot, filter.statuses ?? [], candidates)
  if (exact.length === 0) return [...derived]
  snapshot.willRead('heads', derived.length)
  if (filter.text) snapshot.willRead('json', derived.length)
  return derived.filter((slot) => exact.every((test) => test(slot)))
}
