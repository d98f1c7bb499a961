import { FLAG, ROW_BYTES, type Texts } from './row.ts'
import { assembleSegment, type Segment } from './segment.ts'
import type { Snapshot } from './snapshot.ts'

/** All tasks of a snapshot as one segment, without what was replaced or is gone. */
export function compactSegment(snapshot: Snapshot): Segment {
  snapshot.willRead('all', snapshot.slots)
  const kept: Uint8Array[] = []
  const texts: Texts[] = []
  const rows = new Uint8Array(snapshot.columns.buffer, snapshot.columns.byteOffset)
  for (let slot = 0; slot < snapshot.slots; slot++) {
    if (snapshot.flags(slot) & FLAG.GONE) continue
    kept.push(rows.subarray(slot * ROW_BYTES, (slot + 1) * ROW_BYTES))
    texts.push(snapshot.texts(slot))
  }
  const memory = Buffer.from(new ArrayBuffer(kept.length * ROW_BYTES))
  for (const [row, bytes] of kept.entries()) memory.set(bytes, row * ROW_BYTES)
  return assembleSegment(memory, texts, snapshot.highestNumber)
}
