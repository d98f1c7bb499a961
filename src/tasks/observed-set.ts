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

/**
 * What takes an addition back: the removal of whatever has been added to the set for a value since. It may be another
 * addition than the first, where that was removed and the removal undone. None where nothing would be left of what had
 * the value in the set before.
 */
export function removalsSince(
  before: ObservedSet,
  now: ObservedSet,
  values: readonly string[],
): { value: string; adds: string[] }[] {
  return values.flatMap((value) => {
    const earlier = before.get(value) ?? []
    const all = now.get(value) ?? []
    const adds = all.filter((id) => !earlier.includes(id))
    const isKept = earlier.length > 0 && adds.length === all.length
    return adds.length === 0 || isKept ? [] : [{ value, adds }]
  })
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
