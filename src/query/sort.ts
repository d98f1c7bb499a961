import { PRIORITIES, STATUSES } from '../../schemas/vocabulary.ts'
import { AT, NO_DEADLINE, priorityAt, ROW_INTS, statusAt, typeAt } from '../snapshot/row.ts'
import { type Entry, entriesOf, type Place } from './place.ts'

export const SORT_KEYS = [
  'urgency',
  'repository',
  'number',
  'title',
  'status',
  'type',
  'priority',
  'deadline',
  'assignee',
  'created',
  'updated',
  'completed',
  'estimate',
] as const
export type SortKey = (typeof SORT_KEYS)[number]

export interface SortBy {
  readonly key: SortKey
  readonly descending: boolean
}

const UNITS: Readonly<Record<string, number>> = { m: 1, h: 60, d: 480, w: 2400, pt: 1 }

/** Working minutes of an estimate, a day having eight hours; points count as they are. -1 for none. */
export function estimateMinutes(estimate: string): number {
  const match = /^([\d.]+)(m|h|d|w|pt)$/.exec(estimate)
  return match ? Number(match[1]) * UNITS[match[2]!]! : -1
}

/** Work in hand first, then what is free to be taken up. */
export const STATUS_ORDER: readonly string[] = [
  'in_progress',
  'failed',
  'blocked',
  'pending',
  'completed',
  'cancelled',
]
const STATUS_RANK = STATUSES.map((status) => STATUS_ORDER.indexOf(status))

/**
 * Work in hand, then by priority, then by deadline, as one number: two small ranks above the deadline's minutes, which
 * take 32 bits.
 */
function urgency(columns: Int32Array, slot: number): number {
  const packed = columns[slot * ROW_INTS + AT.PACKED]!
  const rank = STATUS_RANK[statusAt(packed)]! * PRIORITIES.length - priorityAt(packed)
  return rank * 2 ** 32 + columns[slot * ROW_INTS + AT.DEADLINE]!
}

type Value = (slot: number) => number | string

function sortValue({ name, snapshot }: Place, key: SortKey): Value {
  const { columns, wide } = snapshot
  const packed = snapshot.packed
  switch (key) {
    case 'urgency':
      return (slot) => urgency(columns, slot)
    case 'repository':
      return () => name
    case 'number':
      return (slot) => columns[slot * ROW_INTS + AT.NUMBER]!
    case 'title':
      return (slot) => snapshot.head(slot).title.toLowerCase()
    case 'status':
      return (slot) => STATUS_RANK[statusAt(packed(slot))]!
    case 'type':
      return (slot) => typeAt(packed(slot))
    case 'priority':
      return (slot) => -priorityAt(packed(slot))
    case 'deadline':
      return (slot) => columns[slot * ROW_INTS + AT.DEADLINE]!
    case 'assignee':
      return (slot) => snapshot.head(slot).assignee.toLowerCase()
    case 'created':
      return (slot) => wide[(slot * ROW_INTS + AT.CREATED) / 2]!
    case 'updated':
      return (slot) => wide[(slot * ROW_INTS + AT.UPDATED) / 2]!
    case 'completed':
      return (slot) => wide[(slot * ROW_INTS + AT.COMPLETED) / 2]!
    case 'estimate':
      return (slot) => estimateMinutes(snapshot.head(slot).estimate)
  }
}

/** What stands for no value: such tasks come last in either direction. */
const MISSING: Partial<Readonly<Record<SortKey, number | string>>> = {
  deadline: NO_DEADLINE,
  assignee: '',
  completed: 0,
  estimate: -1,
}

const TEXTS: readonly SortKey[] = ['repository', 'title', 'assignee']
const READS_HEADS: readonly SortKey[] = ['title', 'assignee', 'estimate']

/** The value of a key for each task, in the order of places; numbers in one piece of memory. */
function valuesOf(
  places: readonly Place[],
  found: readonly (readonly number[])[],
  length: number,
  key: SortKey,
): Float64Array | (number | string)[] {
  const values = TEXTS.includes(key) ? new Array<number | string>(length) : new Float64Array(length)
  let at = 0
  for (const [place, slots] of found.entries()) {
    const value = sortValue(places[place]!, key)
    for (const slot of slots) values[at++] = value(slot)
  }
  return values
}

/**
 * Tasks in order of the keys, ties by place, by number, then by id. Total: equal on every run and clone.
 * @param found the slots of each place
 */
export function sortTasks(
  places: readonly Place[],
  found: readonly (readonly number[])[],
  by: readonly SortBy[],
): Entry[] {
  if (by.some(({ key }) => READS_HEADS.includes(key))) {
    for (const [place, slots] of found.entries()) places[place]!.snapshot.willRead('heads', slots.length)
  }
  const entries = found.flatMap((slots, place) => entriesOf(place, slots))
  // By position in the list: each value is worked out once, not once for each comparison.
  const keys = by.map(({ key, descending }) => ({
    values: valuesOf(places, found, entries.length, key),
    sign: descending ? -1 : 1,
    missing: MISSING[key],
  }))
  const numbers = valuesOf(places, found, entries.length, 'number') as Float64Array
  const idAt = (at: number) => places[entries[at]!.place]!.snapshot.head(entries[at]!.slot).id
  const order = entries.map((_, at) => at)
  order.sort((a, b) => {
    for (let i = 0; i < keys.length; i++) {
      const { values, sign, missing } = keys[i]!
      const x = values[a]!
      const y = values[b]!
      if (x === y) continue
      if (x === missing || y === missing) return x === missing ? 1 : -1
      return x < y ? -sign : sign
    }
    const apart = entries[a]!.place - entries[b]!.place || numbers[a]! - numbers[b]!
    if (apart !== 0) return apart
    // Two clones may have given out one number. Slots are no help: they differ with the history of an index.
    return idAt(a) < idAt(b) ? -1 : 1
  })
  return order.map((at) => entries[at]!)
}
