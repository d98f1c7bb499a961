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

/** From `since` to before `until`, instants in milliseconds since 1970. */
export interface Span {
  readonly since?: number
  readonly until?: number
}

/** What a task has to be to be listed; every condition that is given has to hold. */
export interface Filter {
  /** `open` is everything that has not ended. */
  readonly statuses?: readonly (Status | 'open' | 'all')[]
  readonly types?: readonly TaskType[]
  readonly priorities?: readonly Priority[]
  /** Lower case; matches a whole name or address, or a part of it. Empty text: nobody. */
  readonly assignee?: string
  /** All of these. */
  readonly labels?: readonly string[]
  /** None of these. */
  readonly withoutLabels?: readonly string[]
  /** Inclusive dates `YYYY-MM-DD`; null: no deadline at all. */
  readonly deadline?: { readonly from?: string; readonly to?: string } | null
  readonly overdue?: boolean
  readonly created?: Span
  readonly updated?: Span
  readonly completed?: Span
  readonly parent?: string
  /** Id of a task that has to be among the dependencies. */
  readonly dependsOn?: string
  readonly branch?: string
  /** `system` or `system:id`. */
  readonly source?: string
  readonly estimate?: string
  /** Lower case words, each of which has to be in title, description, comments or labels. */
  readonly text?: readonly string[]
  /** Lower case parts of single fields of the published JSON. */
  readonly contains?: readonly { readonly field: SearchedField; readonly part: string }[]
  readonly numbers?: ReadonlySet<number>
  readonly deleted?: boolean
}

/** What “now” means to a filter: an instant in milliseconds, and the local date. */
export interface Today {
  readonly now: number
  readonly date: string
}

export type SearchedField = 'title' | 'description' | 'reason' | 'created_by' | 'completed_by'

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

/** What every list asks of every task, in one look at one column. */
function packedTest(snapshot: Snapshot, filter: Filter): Test {
  const named = filter.statuses ?? ['open']
  const wanted = named.flatMap((status) =>
    status === 'all' ? STATUSES : status === 'open' ? OPEN_STATUSES : [status],
  )
  const statuses = bitsOf(STATUSES, wanted)
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
  if (filter.numbers) tests.push((slot) => filter.numbers!.has(snapshot.number(slot)))
  if (filter.labels) {
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
  if (filter.dependsOn) {
    const bit = bloomBit(filter.dependsOn)
    tests.push((slot) => (column(AT.DEPENDENCIES)(slot) & bit) !== 0)
  }
  if (filter.parent) {
    const parent = hashOfId(filter.parent)
    tests.push((slot) => column(AT.PARENT_HASH)(slot) === parent)
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
  if (filter.labels) tests.push((slot) => filter.labels!.every((label) => head(slot).labels.includes(label)))
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
  if (filter.parent) tests.push((slot) => head(slot).parent === filter.parent)
  if (filter.dependsOn) tests.push((slot) => head(slot).dependsOn.includes(filter.dependsOn!))
  if (filter.branch) tests.push((slot) => head(slot).branch === filter.branch)
  if (filter.estimate) tests.push((slot) => head(slot).estimate === filter.estimate)
  if (filter.source) {
    const wanted = filter.source
    tests.push((slot) => head(slot).source === wanted || head(slot).source.startsWith(`${wanted}:`))
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
    for (const test of cheap) if (!test(slot)) continue next
    candidates.push(slot)
  }
  const exact = headTests(snapshot, filter, today, localDate)
  if (exact.length === 0) return candidates
  snapshot.willRead('heads', candidates.length)
  if (filter.text) snapshot.willRead('json', candidates.length)
  return candidates.filter((slot) => exact.every((test) => test(slot)))
}
