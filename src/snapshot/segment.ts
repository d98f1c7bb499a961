import type { TaskState } from '../tasks/task-state.ts'
import { AT, encodeRow, ROW_BYTES, ROW_INTS, type Texts } from './row.ts'

/** Changing what a row, a head or the JSON holds, or what an event means, needs a new number: old files are rebuilt. */
export const INDEX_SCHEMA = 6

/** A task that could not be read, and why; it is named in every answer rather than missing from it. */
export interface Problem {
  readonly path: string
  readonly code: string
  readonly message: string
  /** The other repository that it is about; the path is its name then. */
  readonly repository?: string
}

export interface IndexedTask {
  readonly task: TaskState
  readonly writable: boolean
}

/**
 * Rows and their texts, as they lie in a file: in the heap first the heads of all rows, which lists read, then all of
 * their JSON, each in the order of the rows. Offsets in the rows count from the heap's beginning.
 */
export interface Segment {
  readonly rows: Buffer
  readonly heap: Buffer
  /** The highest of all numbers and aliases. */
  readonly highestNumber: number
}

/** Rows without the places of their texts yet, and these texts in the order of the rows. */
export function assembleSegment(rows: Buffer, texts: readonly Texts[], highestNumber: number): Segment {
  const columns = new Int32Array(rows.buffer, rows.byteOffset, rows.length / 4)
  const wide = new Float64Array(rows.buffer, rows.byteOffset, rows.length / 8)
  const parts = texts.map(({ head }) => head)
  let at = 0
  for (const [row, { head }] of texts.entries()) {
    columns[row * ROW_INTS + AT.HEAD] = at
    at += head.length
  }
  for (const [row, { json }] of texts.entries()) {
    wide[(row * ROW_INTS + AT.JSON) / 2] = at
    at += json.length
    parts.push(json)
  }
  return { rows, heap: Buffer.concat(parts, at), highestNumber }
}

export function encodeSegment(tasks: readonly IndexedTask[]): Segment {
  const buffer = new ArrayBuffer(tasks.length * ROW_BYTES)
  const rows = new Int32Array(buffer)
  const wide = new Float64Array(buffer)
  let highestNumber = 0
  const texts = tasks.map(({ task, writable }, row) => {
    highestNumber = Math.max(highestNumber, task.number, ...task.aliases)
    return encodeRow(task, writable, rows, wide, row)
  })
  return assembleSegment(Buffer.from(buffer), texts, highestNumber)
}

/** Where the JSON begins in the heap of a segment: all before it are heads. */
export function headsEnd(rows: Buffer): number {
  if (rows.length === 0) return 0
  // A copy, since a part of a larger buffer need not lie where a double may.
  return new Float64Array(new Uint8Array(rows.subarray(0, ROW_BYTES)).buffer)[AT.JSON / 2]!
}

/** Puts segments end to end: workers make them side by side. */
export function joinSegments(segments: readonly Segment[]): Segment {
  const rows = Buffer.from(new ArrayBuffer(segments.reduce((sum, segment) => sum + segment.rows.length, 0)))
  const columns = new Int32Array(rows.buffer)
  const wide = new Float64Array(rows.buffer)
  const heads = segments.map((segment) => segment.heap.subarray(0, headsEnd(segment.rows)))
  const jsons = segments.map((segment, i) => segment.heap.subarray(heads[i]!.length))
  let first = 0
  let headAt = 0
  let jsonAt = heads.reduce((sum, bytes) => sum + bytes.length, 0)
  for (const [i, segment] of segments.entries()) {
    rows.set(segment.rows, first * ROW_BYTES)
    const end = first + segment.rows.length / ROW_BYTES
    for (; first < end; first++) {
      columns[first * ROW_INTS + AT.HEAD]! += headAt
      wide[(first * ROW_INTS + AT.JSON) / 2]! += jsonAt - heads[i]!.length
    }
    headAt += heads[i]!.length
    jsonAt += jsons[i]!.length
  }
  return {
    rows,
    heap: Buffer.concat([...heads, ...jsons]),
    highestNumber: segments.reduce((highest, segment) => Math.max(highest, segment.highestNumber), 0),
  }
}
