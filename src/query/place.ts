import type { Snapshot } from '../snapshot/snapshot.ts'

/** A repository with its tasks, as a listing goes over it; one repository is a listing of one place. */
export interface Place {
  readonly name: string
  readonly nicknames: readonly string[]
  readonly snapshot: Snapshot
}

/** A task of a listing. */
export interface Entry {
  /** Index of its place. */
  readonly place: number
  readonly slot: number
}

/** The slots of the entries, for each place, in the order of the entries. */
export function slotsByPlace(places: readonly Place[], entries: readonly Entry[]): number[][] {
  const slots: number[][] = places.map(() => [])
  for (const { place, slot } of entries) slots[place]!.push(slot)
  return slots
}

/** A place for a snapshot that is looked at by itself. */
export const onlyPlace = (name: string, snapshot: Snapshot): Place => ({ name, nicknames: [], snapshot })

export const entriesOf = (place: number, slots: readonly number[]): Entry[] =>
  slots.map((slot) => ({ place, slot }))
