import {
  PRIORITIES,
  type Priority,
  STATUSES,
  type Status,
  TASK_TYPES,
  type TaskType,
} from '../../schemas/vocabulary.ts'
import { type Elsewhere, isReference, type Known, type TaskSummary } from '../tasks/known.ts'
import { checksum } from './checksum.ts'
import type { Later } from './later.ts'
import {
  AT,
  bloomBit,
  FLAG,
  flagsAt,
  Head,
  hashOfId,
  ID_LENGTH,
  priorityAt,
  ROW_BYTES,
  ROW_INTS,
  statusAt,
  type Texts,
  typeAt,
} from './row.ts'
import { headsEnd, type Problem, type Segment } from './segment.ts'
import { type SlotTable, slotTable } from './slot-table.ts'

/** The index holds bytes that nobody wrote there. It is rebuilt, and the command runs again. */
export class CorruptIndex extends Error {}

/** Gives bytes of a heap: from memory, or from a file when they are asked for. */
export interface Heap {
  read(at: number, length: number): Buffer
  /** Everything before a place, checked. */
  readHeads(end: number): Buffer
  /** Says that most of what follows a place will be read, so that one large read may serve it. */
  willReadFrom(at: number): void
}

export const memoryHeap = (bytes: Buffer): Heap => ({
  read: (at, length) => bytes.subarray(at, at + length),
  readHeads: (end) => bytes.subarray(0, end),
  willReadFrom: () => {},
})

/** A later state of some tasks, laid over the ones before it. */
export interface Overlay {
  readonly segment: Segment
  /** Slot of each row: one that exists is replaced, one beyond the end is added. */
  readonly slots: readonly number[]
  /** Slots whose files are gone. */
  readonly gone: readonly number[]
}

/**
 * All tasks of a repository at one tip, by slot: columns in memory, texts on demand. Read-only and synchronous, so that
 * decisions and queries can run on it without waiting.
 */
export interface Snapshot extends Known {
  readonly tip: string | null
  readonly slots: number
  readonly problems: readonly Problem[]
  readonly highestNumber: number
  /** What is known of tasks in other repositories; nothing unless something was joined. */
  readonly elsewhere: Elsewhere
  /** Of a moment of the past what came after it; absent where this is now. */
  readonly later?: Later<Snapshot>
  /** All columns; see row.ts for their places. */
  readonly columns: Int32Array
  readonly wide: Float64Array
  number(slot: number): number
  packed(slot: number): number
  flags(slot: number): number
  status(slot: number): Status
  priority(slot: number): Priority
  type(slot: number): TaskType
  head(slot: number): Head
  /** The bytes in which the place of the slot's head counts; null where heads are read one by one. */
  headsAround(slot: number): Buffer | null
  /** The task's JSON as stored in the index: see taskJson. */
  json(slot: number): Buffer
  /** Everything that the heap holds for the slot, unchecked. */
  texts(slot: number): Texts
  /** Says of how many slots heads, or JSON, or all texts are going to be read. */
  willRead(what: 'heads' | 'json' | 'all', slots: number): void
  /** Slots of the tasks that are parts of a task. */
  slotsWithin(parent: string): number[]
  /** Slots of the tasks that name a task among their dependencies. */
  slotsDependingOn(id: string): number[]
  /** Slots of the tasks that have the number now, or else of those that had it. */
  slotsOfNumber(number: number): number[]
  slotOfId(id: string): number | undefined
  /** In the order of slots. */
  slotsOfIds(ids: readonly string[]): Map<string, number>
}

export interface SnapshotParts {
  readonly tip: string | null
  readonly rows: Buffer
  readonly heap: Heap
  readonly overlays: readonly Overlay[]
  readonly problems: readonly Problem[]
  readonly highestNumber: number
}

/** From this share of the tasks on, one read of all is faster than one for each. */
const WORTH_ONE_READ = 0.1

/** From so many ids on, a table of all is faster than a walk through the slots for each. */
const WORTH_A_TABLE = 16

const NOTHING: Elsewhere = { task: () => undefined, childrenOf: () => [] }

/** Slots of the tasks that depend on other repositories' tasks. */
export function slotsReachingOut(snapshot: Snapshot): number[] {
  const found: number[] = []
  const { columns, slots } = snapshot
  for (let slot = 0, at: number = AT.PACKED; slot < slots; slot++, at += ROW_INTS) {
    if ((columns[at]! & ((FLAG.REACHES_OUT | FLAG.GONE) << 16)) === FLAG.REACHES_OUT << 16) found.push(slot)
  }
  return found
}

/**
 * The same tasks, with what is known of other repositories' tasks.
 * @param unseen what could not be looked at there
 */
export const joined = (
  snapshot: Snapshot,
  elsewhere: Elsewhere,
  unseen: readonly Problem[] = [],
): Snapshot => ({
  ...snapshot,
  elsewhere,
  problems: unseen.length > 0 ? [...snapshot.problems, ...unseen] : snapshot.problems,
  summary: (id) => (isReference(id) ? elsewhere.task(id) : snapshot.summary(id)),
  childrenOf: (id) => (isReference(id) ? elsewhere.childrenOf(id) : snapshot.childrenOf(id)),
})

export function openSnapshot(parts: SnapshotParts): Snapshot {
  const base = parts.rows.length / ROW_BYTES
  const jsonAt = headsEnd(parts.rows)
  const slots = parts.overlays.reduce(
    (count, overlay) => overlay.slots.reduce((highest, slot) => Math.max(highest, slot + 1), count),
    base,
  )
  const memory = new ArrayBuffer(slots * ROW_BYTES)
  const columns = new Int32Array(memory)
  const wide = new Float64Array(memory)
  const bytes = new Uint8Array(memory)
  bytes.set(parts.rows)
  const heapOf = new Map<number, Heap>()
  for (const { segment, slots: places, gone } of parts.overlays) {
    const heap = memoryHeap(segment.heap)
    places.forEach((slot, row) => {
      bytes.set(segment.rows.subarray(row * ROW_BYTES, (row + 1) * ROW_BYTES), slot * ROW_BYTES)
      heapOf.set(slot, heap)
    })
    for (const slot of gone) columns[slot * ROW_INTS + AT.PACKED]! |= FLAG.GONE << 16
  }
  const packed = (slot: number) => columns[slot * ROW_INTS + AT.PACKED]!
  const flags = (slot: number) => flagsAt(packed(slot))
  const headBytes = (slot: number) => {
    const at = slot * ROW_INTS
    return (heapOf.get(slot) ?? parts.heap).read(columns[at + AT.HEAD]!, columns[at + AT.HEAD_LENGTH]!)
  }
  const jsonBytes = (slot: number) => {
    const at = slot * ROW_INTS
    return (heapOf.get(slot) ?? parts.heap).read(wide[(at + AT.JSON) / 2]!, columns[at + AT.JSON_LENGTH]!)
  }
  const checked = (slot: number, bytes: Buffer, sum: number) => {
    if (checksum(bytes) !== columns[slot * ROW_INTS + sum]) throw new CorruptIndex()
    return bytes
  }
  let allHeads: Buffer | null = null
  /** The same with a character for each byte, of which a part is no copy: made when enough has been copied. */
  let allText: string | null = null
  let copied = 0
  const isAtHand = (slot: number) =>
    allHeads !== null && (flags(slot) & FLAG.PLAIN_HEAD) !== 0 && !heapOf.has(slot)
  const textAtHand = (slot: number, length: number) => {
    const from = columns[slot * ROW_INTS + AT.HEAD]!
    if (++copied > slots / 2) allText ??= allHeads!.toString('latin1')
    return allText?.slice(from, from + length) ?? allHeads!.toString('latin1', from, from + length)
  }
  const heads = new Map<number, Head>()
  let last = { slot: -1, head: new Head('') }
  const head = (slot: number) => {
    // Of what is at hand only the last one is kept, which is asked for all that is shown of it: thousands that are kept
    // cost more than to make them again.
    if (last.slot === slot) return last.head
    const known = heads.get(slot)
    if (known) return known
    if (isAtHand(slot)) {
      last = { slot, head: new Head(textAtHand(slot, columns[slot * ROW_INTS + AT.HEAD_LENGTH]!)) }
      return last.head
    }
    const parsed = new Head(checked(slot, headBytes(slot), AT.HEAD_SUM).toString('utf8'))
    heads.set(slot, parsed)
    return parsed
  }
  const hasId = (slot: number, id: string) => {
    if (flags(slot) & FLAG.GONE) return false
    return (isAtHand(slot) ? textAtHand(slot, ID_LENGTH) : head(slot).id) === id
  }
  const slotsWhere = (place: number, mask: number, value: number, holds: (head: Head) => boolean) => {
    const found: number[] = []
    for (let slot = 0; slot < slots; slot++) {
      if ((columns[slot * ROW_INTS + place]! & mask) !== value || flags(slot) & FLAG.GONE) continue
      if (holds(head(slot))) found.push(slot)
    }
    return found
  }
  const slotsWithin = (parent: string) =>
    slotsWhere(AT.PARENT_HASH, -1, hashOfId(parent), (head) => head.parent === parent)
  const slotsDependingOn = (id: string) =>
    slotsWhere(AT.DEPENDENCIES, bloomBit(id), bloomBit(id), (head) => head.dependsOn.includes(id))
  let asked = 0
  let table: SlotTable | null = null
  const slotOfId = (id: string) => {
    const hash = hashOfId(id)
    if (++asked > WORTH_A_TABLE) {
      table ??= slotTable(columns, slots)
      return table(hash, (slot) => hasId(slot, id))
    }
    for (let slot = 0, at: number = AT.ID_HASH; slot < slots; slot++, at += ROW_INTS) {
      if (columns[at] === hash && hasId(slot, id)) return slot
    }
    return undefined
  }
  const slotsOfIds = (ids: readonly string[]) => {
    const found: [string, number][] = []
    for (const id of ids) {
      const slot = slotOfId(id)
      if (slot !== undefined) found.push([id, slot])
    }
    return new Map(found.sort(([, a], [, b]) => a - b))
  }
  const slotsOfNumber = (number: number) => {
    const now: number[] = []
    const once: number[] = []
    for (let slot = 0; slot < slots; slot++) {
      if (flags(slot) & FLAG.GONE) continue
      if (columns[slot * ROW_INTS + AT.NUMBER] === number) now.push(slot)
      else if (flags(slot) & FLAG.HAS_ALIASES && head(slot).aliases.includes(number)) once.push(slot)
    }
    return now.length > 0 ? now : once
  }
  const summaryAt = (slot: number): TaskSummary => {
    const { id, title, parent, dependsOn } = head(slot)
    return {
      id,
      number: columns[slot * ROW_INTS + AT.NUMBER]!,
      title,
      status: STATUSES[statusAt(packed(slot))]!,
      deleted: (flags(slot) & FLAG.DELETED) !== 0,
      parent: parent || null,
      dependsOn,
    }
  }
  return {
    tip: parts.tip,
    slots,
    problems: parts.problems,
    highestNumber: parts.highestNumber,
    elsewhere: NOTHING,
    nextNumber: parts.highestNumber + 1,
    columns,
    wide,
    number: (slot) => columns[slot * ROW_INTS + AT.NUMBER]!,
    packed,
    flags,
    status: (slot) => STATUSES[statusAt(packed(slot))]!,
    priority: (slot) => PRIORITIES[priorityAt(packed(slot))]!,
    type: (slot) => TASK_TYPES[typeAt(packed(slot))]!,
    head,
    headsAround: (slot) => heapOf.get(slot)?.readHeads(Number.POSITIVE_INFINITY) ?? allHeads,
    json: (slot) => checked(slot, jsonBytes(slot), AT.JSON_SUM),
    texts: (slot) => ({ head: headBytes(slot), json: jsonBytes(slot) }),
    willRead: (what, count) => {
      const many = count > slots * WORTH_ONE_READ
      if (what === 'heads' && many) allHeads ??= parts.heap.readHeads(jsonAt)
      if (what === 'json' && many) parts.heap.willReadFrom(jsonAt)
      if (what === 'all') parts.heap.willReadFrom(0)
    },
    slotsWithin,
    slotsDependingOn,
    slotsOfNumber,
    slotOfId,
    slotsOfIds,
    summary: (id) => {
      const slot = slotOfId(id)
      return slot === undefined ? undefined : summaryAt(slot)
    },
    childrenOf: (id) => slotsWithin(id).map(summaryAt),
  }
}
