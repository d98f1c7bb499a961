import { AT, FLAG, ROW_BYTES, ROW_INTS } from './row.ts'
import type { Segment } from './segment.ts'
import type { Snapshot } from './snapshot.ts'

/** All tasks of a snapshot as one segment, without what was replaced or is gone. */
export function compactSegment(snapshot: Snapshot): Segment {
  snapshot.willRead(snapshot.slots)
  const memory = new ArrayBuffer(snapshot.slots * ROW_BYTES)
  const columns = new Int32Array(memory)
  const wide = new Float64Array(memory)
  const parts: Buffer[] = []
  let row = 0
  let heapAt = 0
  for (let slot = 0; slot < snapshot.slots; slot++) {
    if (snapshot.flags(slot) & FLAG.GONE) continue
    const from = slot * ROW_INTS
    columns.set(snapshot.columns.subarray(from, from + ROW_INTS), row * ROW_INTS)
    wide[(row * ROW_INTS + AT.HEAP) / 2] = heapAt
    const bytes = snapshot.bytes(slot)
    parts.push(bytes)
    heapAt += bytes.length
    row++
  }
  return {
    rows: Buffer.from(memory, 0, row * ROW_BYTES),
    heap: Buffer.concat(parts),
    highestNumber: snapshot.highestNumber,
  }
}
