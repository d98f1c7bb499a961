import { PRIORITIES, STATUSES } from '../../schemas/vocabulary.ts'
import { AT, NO_DEADLINE, priorityAt, ROW_INTS, statusAt, typeAt } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'

export const SORT_KEYS = [
  'urgency',
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
const STATUS_ORDER = ['in_progress', 'failed', 'blocked', 'pending', 'completed', 'cancelled']
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

function sortValue(snapshot: Snapshot, key: SortKey): Value {
  const { columns, wide } = snapshot
  const packed = snapshot.packed
  switch (key) {
    case 'urgency':
      return (slot) => urgency(columns, slot)
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

const READS_HEADS: readonly SortKey[] = ['title', 'assignee', 'estimate']

/** The slots in order of the keys, ties by number, then by id. Total: equal on every run and clone. */
export function sortTasks(snapshot: Snapshot, slots: readonly number[], by: readonly SortBy[]): number[] {
  if (by.some(({ key }) => READS_HEADS.includes(key))) snapshot.willRead('heads', slots.length)
  const keys = [...by, { key: 'number' as const, descending: false }].map(({ key, descending }) => {
    const value = sortValue(snapshot, key)
    // By place in the list: each value is worked out once, not once for each comparison.
    return { values: slots.map(value), sign: descending ? -1 : 1, missing: MISSING[key] }
  })
  const places = slots.map((_, place) => place)
  places.sort((a, b) => {
    for (let i = 0; i < keys.length; i++) {
      const { values, sign, missing } = keys[i]!
      const x = values[a]!
      const y = values[b]!
      if (x === y) continue
      if (x === missing || y === missing) return x === missing ? 1 : -1
      return x < y ? -sign : sign
    }
    // Two clones may have given out one number. Slots are no help: they differ with the history of an index.
    return snapshot.head(slots[a]!).id < snapshot.head(slots[b]!).id ? -1 : 1
  })
  return places.map((place) => slots[place]!)
}
