import type { Snapshot } from '../snapshot/snapshot.ts'
import { waitingOn } from './waiting.ts'

/**
 * Those of the slots that wait for nothing, in their order. A cycle, which concurrent edits can close and also through
 * several repositories, needs no look of its own: what is open in it waits for its next member, until that has ended.
 */
export function readyTasks(snapshot: Snapshot, slots: readonly number[]): number[] {
  const waiting = waitingOn(snapshot, slots)
  return slots.filter((slot) => !waiting.has(slot))
}
