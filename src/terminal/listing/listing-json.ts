import type { MhvError } from '../../errors.ts'
import { countStatuses, totalOf } from '../../query/totals.ts'
import { errorJson } from '../failing/render-error.ts'
import { taskDocuments } from '../task/task-json.ts'
import { fetchTimes, problemDocuments } from './listing-problems.ts'
import type { Listing } from './read-listing.ts'

/** The names of the groups that each entry is in; null where there are none. */
export function groupNames({ entries, groups }: Listing): readonly (readonly string[])[] | null {
  if (!groups) return null
  const names: string[][] = entries.map(() => [])
  for (const { name, members } of groups) for (const position of members) names[position]!.push(name)
  return names
}

function groupKeys(listing: Listing): { readonly keys?: (position: number) => string } {
  const names = groupNames(listing)
  return names ? { keys: (position) => `"groups":${JSON.stringify(names[position])},` } : {}
}

/** How many tasks of each repository have which status. */
function totalsOf({ asked: { places }, found }: Listing): object {
  const counts = countStatuses(places, found)
  return Object.fromEntries(places.map(({ name }, i) => [name, { total: totalOf(counts[i]!), ...counts[i] }]))
}

/**
 * The list as one document.
 * @param error what speaks against the list as a whole, although it could be made
 */
export function listingJson(listing: Listing, error: MhvError | null): Buffer {
  const { asked, entries, found, groups, filter } = listing
  const { places, isSeveral } = asked
  const keys = [
    `"total":${found.length}`,
    ...(isSeveral ? [`"totals":${JSON.stringify(totalsOf(listing))}`] : []),
    ...(isSeveral ? [`"fetched_at":${JSON.stringify(fetchTimes(asked))}`] : []),
    ...(groups
      ? [
          `"groups":${JSON.stringify(groups.map(({ name, members }) => ({ group: name, total: members.length })))}`,
        ]
      : []),
    `"problems":${JSON.stringify(problemDocuments(asked))}`,
    ...(filter ? [`"filter":${JSON.stringify({ ...filter.flags, command: filter.command })}`] : []),
    ...(error ? [`"error":${errorJson(error)}`] : []),
  ]
  return taskDocuments(places, entries, ',', {
    before: '{"schema":1,"tasks":[',
    after: `],${keys.join(',')}}\n`,
    ...groupKeys(listing),
  })
}

/** The list as a document for each task, in lines. */
export const listingJsonLines = (listing: Listing): Buffer =>
  taskDocuments(listing.asked.places, listing.entries, '\n', {
    after: listing.entries.length > 0 ? '\n' : '',
    ...groupKeys(listing),
  })
