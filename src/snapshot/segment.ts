import type { TaskState } from '../tasks/task-state.ts'
import { AT, encodeRow, ROW_BYTES, ROW_INTS } from './row.ts'

/** Changing what a row, a head or the JSON holds, or what an event means, needs a new number: old files are rebuilt. */
export const INDEX_SCHEMA = 2

/** A task that could not be read, and why; it is named in every answer rather than missing from it. */
export interface Problem {
  readonly path: string
  readonly code: string
  readonly message: string
}

export interface IndexedTask {
  readonly task: TaskState
  readonly writable: boolean
}

/** Rows and their bytes, as they lie in a file. Offsets in the rows count from the heap's beginning. */
export interface Segment {
  readonly rows: Buffer
  readonly heap: Buffer
  /** The highest of all numbers and aliases. */
  readonly highestNumber: number
}

export function encodeSegment(tasks: readonly IndexedTask[]): Segment {
  const buffer = new ArrayBuffer(tasks.length * ROW_BYTES)
  const rows = new Int32Array(buffer)
  const wide = new Float64Array(buffer)
  const parts: Buffer[] = []
  let heapAt = 0
  let highestNumber = 0
  tasks.forEach(({ task, writable }, row) => {
    const bytes = encodeRow(task, writable, rows, wide, row, heapAt)
    parts.push(bytes)
    heapAt += bytes.length
    highestNumber = Math.max(highestNumber, task.number, ...task.aliases)
  })
  return { rows: Buffer.from(buffer), heap: Buffer.concat(parts), highestNumber }
}

/** Puts segments end to end: workers make them side by side. */
export function joinSegments(segments: readonly Segment[]): Segment {
  let heapAt = 0
  const moved = segments.map(({ rows, heap }) => {
    const copy = new ArrayBuffer(rows.length)
    new Uint8Array(copy).set(rows)
    const wide = new Float64Array(copy)
    for (let row = 0; row < rows.length / ROW_BYTES; row++) {
      const place = (row * ROW_INTS + AT.HEAP) / 2
      wide[place] = wide[place]! + heapAt
    }
    heapAt += heap.length
    return Buffer.from(copy)
  })
  return {
    rows: Buffer.concat(moved),
    heap: Buffer.concat(segments.map((segment) => segment.heap)),
    highestNumber: segments.reduce((highest, segment) => Math.max(highest, segment.highestNumber), 0),
  }
}
