import { printable } from '../printable.ts'
import { shortAge } from './clock.ts'
import type { PlacesAsked } from './places-asked.ts'
import { problemsJson } from './task-json.ts'

/** What could not be read, a sentence each: of whole repositories first, then of single files. */
export function problemLines({ places, problems, isSeveral, time }: PlacesAsked): string[] {
  const ofRepositories = problems.map(({ repository, message, fetchedAt }) => {
    const age = fetchedAt && shortAge(Date.parse(time) - Date.parse(fetchedAt))
    return `${repository}: ${printable(message, 1000)}${age ? ` Shown as it was fetched ${age} ago.` : ''}`
  })
  const ofFiles = places.flatMap(({ name, snapshot }) =>
    snapshot.problems.map(({ path, message }) => `${isSeveral ? `${name}: ` : ''}${path}: ${message}`),
  )
  return [...ofRepositories, ...ofFiles]
}

/** The same for the `problems` of an answer. */
export function problemDocuments({ places, problems }: PlacesAsked): object[] {
  const ofRepositories = problems.map(({ repository, code, message, fetchedAt }) => ({
    repository,
    code,
    message: printable(message, 1000),
    fetched_at: fetchedAt,
  }))
  return [...ofRepositories, ...places.flatMap(({ name, snapshot }) => problemsJson(snapshot, name))]
}
