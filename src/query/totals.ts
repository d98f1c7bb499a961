import { STATUSES, type Status } from '../../schemas/vocabulary.ts'
import { type Entry, type Place, slotsByPlace } from './place.ts'

export type StatusCounts = Readonly<Record<Status, number>>

/** How many of the tasks have which status, for each place. */
export function countStatuses(places: readonly Place[], entries: readonly Entry[]): StatusCounts[] {
  const counts = places.map(
    () => Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<Status, number>,
  )
  for (const [place, slots] of slotsByPlace(places, entries).entries()) {
    const { status } = places[place]!.snapshot
    for (const slot of slots) counts[place]![status(slot)]++
  }
  return counts
}

/** All tasks that were counted. */
export const totalOf = (counts: StatusCounts): number =>
  STATUSES.reduce((sum, status) => sum + counts[status], 0)

export const sumOf = (all: readonly StatusCounts[]): StatusCounts =>
  Object.fromEntries(
    STATUSES.map((status) => [status, all.reduce((sum, counts) => sum + counts[status], 0)]),
  ) as StatusCounts
