import type { ObservedSet } from './task-state.ts'

/** The set with `values` added by the event `id`. */
export function withAdded(set: ObservedSet, values: readonly string[], id: string): ObservedSet {
  const next = new Map(set)
  for (const value of values) next.set(value, [...(next.get(value) ?? []), id])
  return next
}

/** The set without the additions that a removal names; an addition it had not seen keeps its value in the set. */
export function withRemoved(
  set: ObservedSet,
  removals: readonly { value: string; adds: readonly string[] }[],
): ObservedSet {
  const next = new Map(set)
  for (const { value, adds } of removals) {
    const left = (next.get(value) ?? []).filter((id) => !adds.includes(id))
    if (left.length > 0) next.set(value, left)
    else next.delete(value)
  }
  return next
}

/** What a removal event of `values` has to name: each value with the additions that are visible now. */
export function observedAdditions(
  set: ObservedSet,
  values: readonly string[],
): { value: string; adds: string[] }[] {
  return values.flatMap((value) => {
    const adds = set.get(value)
    return adds ? [{ value, adds: [...adds] }] : []
  })
}
