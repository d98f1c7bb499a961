import { CLOSED_STATUSES } from '../../schemas/vocabulary.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'

/**
 * For each slot, the ids of its dependencies that are still open: derived whenever it is asked for, never stored. One
 * that is not in this repository counts as open.
 */
export function waitingOn(snapshot: Snapshot, slots: readonly number[]): Map<number, readonly string[]> {
  const dependents = slots.filter((slot) => snapshot.flags(slot) & FLAG.HAS_DEPENDENCIES)
  snapshot.willRead(dependents.length)
  const ids = new Set(dependents.flatMap((slot) => snapshot.head(slot).dependsOn))
  const found = snapshot.slotsOfIds([...ids])
  const isOpen = (id: string) => {
    const slot = found.get(id)
    if (slot === undefined) return true
    return !(snapshot.flags(slot) & FLAG.DELETED) && !CLOSED_STATUSES.includes(snapshot.status(slot))
  }
  const waiting = new Map<number, readonly string[]>()
  for (const slot of dependents) {
    const open = snapshot.head(slot).dependsOn.filter(isOpen)
    if (open.length > 0) waiting.set(slot, open)
  }
  return waiting
}

/** Those of the slots that are in a dependency cycle among them, which concurrent edits can close although no single command may: none is ever ready. */
export function inCycle(snapshot: Snapshot, slots: readonly number[]): Set<number> {
  const members = new Set<number>()
  const state = new Map<number, 'open' | 'done'>()
  const dependents = slots.filter((slot) => snapshot.flags(slot) & FLAG.HAS_DEPENDENCIES)
  const found = snapshot.slotsOfIds([...new Set(dependents.flatMap((slot) => snapshot.head(slot).dependsOn))])
  const next = (slot: number) =>
    snapshot.flags(slot) & FLAG.HAS_DEPENDENCIES
      ? snapshot.head(slot).dependsOn.flatMap((id) => found.get(id) ?? [])
      : []
  for (const start of dependents) {
    if (state.has(start)) continue
    const stack: { slot: number; rest: number[] }[] = [{ slot: start, rest: next(start) }]
    state.set(start, 'open')
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const to = top.rest.pop()
      if (to === undefined) {
        state.set(top.slot, 'done')
        stack.pop()
      } else if (state.get(to) === 'open') {
        const from = stack.findIndex((frame) => frame.slot === to)
        for (const frame of stack.slice(from)) members.add(frame.slot)
      } else if (!state.has(to)) {
        state.set(to, 'open')
        stack.push({ slot: to, rest: next(to) })
      }
    }
  }
  return members
}
