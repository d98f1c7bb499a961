import { PRIORITIES, TASK_TYPES } from '../../schemas/vocabulary.ts'
import { isClosed } from '../snapshot/row.ts'
import { shiftDate } from './dates.ts'
import { isOverdue, type Today } from './filter.ts'
import type { Entry, Place } from './place.ts'
import { STATUS_ORDER } from './sort.ts'

export const GROUP_KEYS = ['repo', 'assignee', 'priority', 'deadline', 'label', 'status', 'type'] as const
export type GroupKey = (typeof GROUP_KEYS)[number]

/** Tasks that have something in common. */
export interface Group {
  readonly name: string
  /** Positions in the list of entries, in its order. */
  readonly members: readonly number[]
}

/** What a group is called whose tasks lack what the others are grouped by. */
const WITHOUT = 'none'

/** Groups by deadline in their order; `past` are tasks that have ended and so are not late. */
const DEADLINES = ['overdue', 'today', 'this_week', 'later', 'past']

/** A week is the seven days that follow today: on a Sunday there would be nothing left of a calendar's. */
function deadlineGroup(
  deadline: string,
  hasEnded: boolean,
  today: Today,
  localDate: (instant: string) => string,
): string {
  if (deadline === '') return WITHOUT
  if (isOverdue(deadline, today)) return hasEnded ? 'past' : 'overdue'
  const date = deadline.length === 10 ? deadline : localDate(deadline)
  if (date <= today.date) return 'today'
  return date <= shiftDate(today.date, 7) ? 'this_week' : 'later'
}

type NamesOf = (entry: Entry) => readonly string[]

function namesBy(
  places: readonly Place[],
  by: GroupKey,
  today: Today,
  localDate: (instant: string) => string,
): NamesOf {
  const snapshotOf = ({ place }: Entry) => places[place]!.snapshot
  switch (by) {
    case 'repo':
      return ({ place }) => [places[place]!.name]
    case 'assignee':
      return (entry) => [snapshotOf(entry).head(entry.slot).assignee || WITHOUT]
    case 'priority':
      return (entry) => [snapshotOf(entry).priority(entry.slot)]
    case 'status':
      return (entry) => [snapshotOf(entry).status(entry.slot)]
    case 'type':
      return (entry) => [snapshotOf(entry).type(entry.slot)]
    case 'label':
      return (entry) => {
        const { labels } = snapshotOf(entry).head(entry.slot)
        return labels.length > 0 ? labels : [WITHOUT]
      }
    case 'deadline':
      return (entry) => {
        const snapshot = snapshotOf(entry)
        const hasEnded = isClosed(snapshot.packed(entry.slot))
        return [deadlineGroup(snapshot.head(entry.slot).deadline, hasEnded, today, localDate)]
      }
  }
}

/** The order of groups whose names are known beforehand; others go by their names. */
const ORDER: Partial<Readonly<Record<GroupKey, readonly string[]>>> = {
  priority: [...PRIORITIES].reverse(),
  deadline: DEADLINES,
  status: STATUS_ORDER,
  type: TASK_TYPES,
}

/** Names for which there is no group yet come after those that are known, and “none” after all of them. */
function compareNames(order: readonly string[]): (a: string, b: string) => number {
  const rank = (name: string) => {
    if (name === WITHOUT) return Number.POSITIVE_INFINITY
    const place = order.indexOf(name)
    return place < 0 ? order.length : place
  }
  return (a, b) => {
    const [x, y] = [rank(a), rank(b)]
    return x === y ? (a < b ? -1 : 1) : x - y
  }
}

/** The entries by what they have in common; one with several labels is in several groups. */
export function groupTasks(
  places: readonly Place[],
  entries: readonly Entry[],
  by: GroupKey,
  today: Today,
  localDate: (instant: string) => string,
): Group[] {
  const namesOf = namesBy(places, by, today, localDate)
  const groups = new Map<string, number[]>()
  for (const [position, entry] of entries.entries()) {
    for (const name of namesOf(entry)) {
      const members = groups.get(name)
      if (members) members.push(position)
      else groups.set(name, [position])
    }
  }
  const order = by === 'repo' ? places.map(({ name }) => name) : (ORDER[by] ?? [])
  const compare = compareNames(order)
  return [...groups].sort(([a], [b]) => compare(a, b)).map(([name, members]): Group => ({ name, members }))
}
