import { STATUSES, type Status } from '../../schemas/vocabulary.ts'
import { statusAt } from '../snapshot/row.ts'
import type { Entry, Place } from './place.ts'

export type StatusCounts = Readonly<Record<Status, number>>

/** How many of the tasks have which status, for each place. */
export function countStatuses(places: readonly Place[], entries: readonly Entry[]): StatusCounts[] {
  const width = STATUSES.length
  const counts = new Int32Array(places.length * width)
  for (const { place, slot } of entries) {
    counts[place * width + statusAt(places[place]!.snapshot.packed(slot))]! += 1
  }
  return places.map(
    (_, place) =>
      Object.fromEntries(STATUSES.map((status, i) => [status, counts[place * width + i]!])) as StatusCounts,
  )
}

/** All tasks that were counted. */
export const totalOf = (counts: StatusCounts): number =>
  STATUSES.reduce((sum, status) => sum + counts[status], 0)

export const sumOf = (all: readonly StatusCounts[]): StatusCounts =>
  Object.fromEntries(
    STATUSES.map((status) => [status, all.reduce((sum, counts) => sum + counts[status], 0)]),
  ) as StatusCounts
