import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'

/** Slots of tasks that share a number or have none. */
export function collidingSlots(view: Snapshot): number[] {
  const first = new Map<number, number>()
  const found = new Set<number>()
  for (let slot = 0; slot < view.slots; slot++) {
    if (view.flags(slot) & FLAG.GONE) continue
    const number = view.number(slot)
    const other = first.get(number)
    if (other === undefined) first.set(number, slot)
    else found.add(other)
    if (other !== undefined || number === 0) found.add(slot)
  }
  return [...found]
}
