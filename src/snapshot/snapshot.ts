import {
  PRIORITIES,
  type Priority,
  STATUSES,
  type Status,
  TASK_TYPES,
  type TaskType,
} from '../../schemas/vocabulary.ts'
import type { Known, TaskSummary } from '../tasks/known.ts'
import { checksum } from './checksum.ts'
import {
  AT,
  FLAG,
  flagsAt,
  type Head,
  hash,
  parseHead,
  priorityAt,
  ROW_BYTES,
  ROW_INTS,
  statusAt,
  typeAt,
} from './row.ts'
import type { Problem, Segment } from './segment.ts'

/** The index holds bytes that nobody wrote there. It is rebuilt, and the command runs again. */
export class CorruptIndex extends Error {}

/** Gives bytes of a heap: from memory, or from a file when they are asked for. */
export interface Heap {
  read(at: number, length: number): Buffer
  /** Says that many places will be read, so that one large read may serve them. */
  willRead(fraction: number): void
}

export const memoryHeap = (bytes: Buffer): Heap => ({
  read: (at, length) => bytes.subarray(at, at + length),
  willRead: () => {},
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
  /** The task's JSON as stored in the index: see taskJson. */
  json(slot: number): Buffer
  /** Everything that the heap holds for the slot. */
  bytes(slot: number): Buffer
  willRead(slots: number): void
  /** Slots of the tasks that have the number now, or else of those that had it. */
  slotsOfNumber(number: number): number[]
  slotOfId(id: string): number | undefined
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

export function openSnapshot(parts: SnapshotParts): Snapshot {
  const base = parts.rows.length / ROW_BYTES
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
  const heapAt = (slot: number) => wide[(slot * ROW_INTS + AT.HEAP) / 2]!
  const headLength = (slot: number) => columns[slot * ROW_INTS + AT.HEAD_LENGTH]!
  const jsonLength = (slot: number) => columns[slot * ROW_INTS + AT.JSON_LENGTH]!
  const checked = (slot: number, at: number, length: number, sum: number) => {
    const bytes = (heapOf.get(slot) ?? parts.heap).read(at, length)
    if (checksum(bytes) !== columns[slot * ROW_INTS + sum]) throw new CorruptIndex()
    return bytes
  }
  const heads = new Map<number, Head>()
  const head = (slot: number) => {
    const known = heads.get(slot)
    if (known) return known
    const text = checked(slot, heapAt(slot), headLength(slot), AT.HEAD_SUM)
    const parsed = parseHead(text.toString('utf8'))
    heads.set(slot, parsed)
    return parsed
  }
  const slotsOfIds = (ids: readonly string[]) => {
    const wanted = new Set(ids.map(hash))
    const found = new Map<string, number>()
    if (wanted.size === 0) return found
    const names = new Set(ids)
    for (let slot = 0; slot < slots; slot++) {
      if (!wanted.has(columns[slot * ROW_INTS + AT.ID_HASH]!) || flags(slot) & FLAG.GONE) continue
      const { id } = head(slot)
      if (names.has(id)) found.set(id, slot)
    }
    return found
  }
  const slotOfId = (id: string) => slotsOfIds([id]).get(id)
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
    json: (slot) => checked(slot, heapAt(slot) + headLength(slot), jsonLength(slot), AT.JSON_SUM),
    bytes: (slot) => (heapOf.get(slot) ?? parts.heap).read(heapAt(slot), headLength(slot) + jsonLength(slot)),
    willRead: (count) => parts.heap.willRead(slots === 0 ? 0 : count / slots),
    slotsOfNumber,
    slotOfId,
    slotsOfIds,
    summary: (id) => {
      const slot = slotOfId(id)
      return slot === undefined ? undefined : summaryAt(slot)
    },
    childrenOf: (id) => {
      const children: TaskSummary[] = []
      for (let slot = 0; slot < slots; slot++) {
        const has = flags(slot)
        if (has & FLAG.HAS_PARENT && !(has & FLAG.GONE) && head(slot).parent === id)
          children.push(summaryAt(slot))
      }
      return children
    },
  }
}
