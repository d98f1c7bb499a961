import { CLOSED_STATUSES, type Status } from '../../schemas/vocabulary.ts'
import { FLAG, isClosed } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { isReference } from '../tasks/known.ts'

/**
 * For each slot, the ids of its dependencies that are still open, references of other repositories' tasks among them:
 * derived whenever it is asked for, never stored. One that is not known here counts as open.
 */
export function waitingOn(snapshot: Snapshot, slots: readonly number[]): Map<number, readonly string[]> {
  const dependents = slots.filter((slot) => snapshot.flags(slot) & FLAG.HAS_DEPENDENCIES)
  snapshot.willRead('heads', dependents.length)
  const isOpen = (id: string) => {
    if (isReference(id)) {
      const task = snapshot.elsewhere.task(id)
      return !task || !(task.deleted || CLOSED_STATUSES.includes(task.status))
    }
    const slot = snapshot.slotOfId(id)
    if (slot === undefined) return true
    return !(snapshot.flags(slot) & FLAG.DELETED) && !isClosed(snapshot.packed(slot))
  }
  const waiting = new Map<number, readonly string[]>()
  for (const slot of dependents) {
    const open = snapshot.head(slot).dependsOn.filter(isOpen)
    if (open.length > 0) waiting.set(slot, open)
  }
  return waiting
}

/**
 * A task's status in words: one that nobody has begun and whose dependencies are still open is waiting.
 * @param waiting for the slot and others, where that is known
 */
export function statusSaid(
  snapshot: Snapshot,
  slot: number,
  waiting: ReadonlyMap<number, readonly string[]> | null = null,
): Status | 'waiting' {
  const status = snapshot.status(slot)
  return status === 'pending' && (waiting ?? waitingOn(snapshot, [slot])).has(slot) ? 'waiting' : status
}

/**
 * Slots of the tasks whose last open dependencies were among some that have ended, in order of numbers. One that
 * somebody has said is blocked still is.
 * @param ended ids, or references of other repositories' tasks
 */
export function unblockedBy(snapshot: Snapshot, ended: readonly string[]): number[] {
  const dependents = [...new Set(ended.flatMap((id) => snapshot.slotsDependingOn(id)))].filter((slot) => {
    const status = snapshot.status(slot)
    return !(snapshot.flags(slot) & FLAG.DELETED) && status !== 'blocked' && !CLOSED_STATUSES.includes(status)
  })
  const waiting = waitingOn(snapshot, dependents)
  return dependents
    .filter((slot) => !waiting.has(slot))
    .sort((a, b) => snapshot.number(a) - snapshot.number(b))
}
