import type { Snapshot } from '../snapshot/snapshot.ts'
import { inCycle, waitingOn } from './waiting.ts'

/** Those of the slots that wait for nothing and are in no dependency cycle, in their order. */
export function readyTasks(snapshot: Snapshot, slots: readonly number[]): number[] {
  const waiting = waitingOn(snapshot, slots)
  const all = Array.from({ length: snapshot.slots }, (_, slot) => slot)
  const cyclic = inCycle(snapshot, all)
  return slots.filter((slot) => !waiting.has(slot) && !cyclic.has(slot))
}
