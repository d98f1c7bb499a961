import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'

/** Whether some tasks share a number or have none: seldom, and so without a table of all numbers. */
export function hasCollisions(view: Snapshot): boolean {
  const numbers = new Int32Array(view.slots)
  let count = 0
  for (let slot = 0; slot < view.slots; slot++) {
    if (!(view.flags(slot) & FLAG.GONE)) numbers[count++] = view.number(slot)
  }
  const sorted = numbers.subarray(0, count).sort()
  return sorted.some((number, i) => number === 0 || number === sorted[i - 1])
}

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

/** A number that several tasks have, and which. */
export interface Collision {
  readonly number: number
  readonly tasks: readonly string[]
}

export function collisionsIn(view: Snapshot): Collision[] {
  const tasksOf = new Map<number, string[]>()
  for (const slot of collidingSlots(view)) {
    const number = view.number(slot)
    if (number > 0) tasksOf.set(number, [...(tasksOf.get(number) ?? []), view.head(slot).id])
  }
  return [...tasksOf].map(([number, tasks]) => ({ number, tasks })).sort((a, b) => a.number - b.number)
}
