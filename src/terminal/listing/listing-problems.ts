import { shellWord } from '../../errors.ts'
import { printable } from '../../printable.ts'
import { saidOf } from '../../repos/said-of.ts'
import { shortAge } from '../output/clock.ts'
import { isQuiet } from '../output/output-mode.ts'
import type { PlacesAsked } from '../places/places-asked.ts'
import { problemsJson } from '../task/task-json.ts'

/** What could not be read, a sentence each: of whole repositories first, then of single files. */
export function problemLines({ places, problems, isSeveral, time }: PlacesAsked): string[] {
  const ofRepositories = problems.map(({ repository, message, fetchedAt }) => {
    const age = fetchedAt && shortAge(Date.parse(time) - Date.parse(fetchedAt))
    return `${printable(saidOf(repository, message), 1000)}${age ? ` Shown as it was fetched ${age} ago.` : ''}`
  })
  const ofFiles = places.flatMap(({ name, snapshot }) =>
    snapshot.problems.map(({ path, message, repository }) =>
      // What is about another repository says itself whose tasks wait for it.
      isSeveral && repository === undefined ? `${name}: ${path}: ${message}` : `${path}: ${message}`,
    ),
  )
  return [...ofRepositories, ...ofFiles]
}

/** Milliseconds for which what was fetched passes for what is there now. */
const NOTEWORTHY = 60_000

/** How old what is shown of repositories without a clone is, where that matters; of a problem it is told with that. */
function ageLine({ places, problems }: PlacesAsked): string | null {
  const told = new Set(problems.map(({ repository }) => repository))
  const old = places.flatMap(({ name, fetchedAt }) => {
    // By the clock of the fetch, not by the time that is looked at.
    const age = fetchedAt === null || told.has(name) ? 0 : Date.now() - Date.parse(fetchedAt)
    return age >= NOTEWORTHY ? [{ name, age }] : []
  })
  if (old.length === 0) return null
  const oldest = shortAge(Math.max(...old.map(({ age }) => age)))
  const names = old.length > 4 ? `${old.length} repositories` : old.map(({ name }) => name).join(', ')
  return `Fetched up to ${oldest} ago: ${names}. --max-age 0s asks again.`
}

/** What was fetched and is not among what is shown. */
const unmergedIn = ({ places, isSeveral }: PlacesAsked) =>
  places.flatMap(({ name, workplace, unmerged }) =>
    unmerged.map(({ remote, changes }) => {
      const what = changes === 1 ? '1 change' : `${changes} changes`
      const { workTree, commonDir } = workplace!.repository
      const elsewhere = isSeveral ? `-C ${shellWord(workTree ?? commonDir)} ` : ''
      const message = `${what} to tasks fetched from ${remote} and not merged yet`
      return { repository: name, message, sync: `mhv ${elsewhere}sync --remote ${shellWord(remote)}` }
    }),
  )

/** What people are told beside a listing: what could not be read, and what may have changed since. */
export function besideListing(asked: PlacesAsked): string {
  const age = ageLine(asked)
  const problems = problemLines(asked).map((line) => `Problem: ${line}`)
  if (isQuiet()) return problems.map((line) => `${line}\n`).join('')
  const lines = [
    ...problems,
    ...(age ? [age] : []),
    ...unmergedIn(asked).map(({ repository, message, sync }) => `${repository}: ${message}: ${sync}`),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** When what is shown was fetched, of each repository that is known by its URL. */
export const fetchTimes = ({ places }: PlacesAsked): Record<string, string> =>
  Object.fromEntries(places.flatMap(({ name, fetchedAt }) => (fetchedAt === null ? [] : [[name, fetchedAt]])))

/** What could not be read, for the `problems` of an answer. */
export function problemDocuments(asked: PlacesAsked): object[] {
  const ofRepositories = asked.problems.map(({ repository, code, message, fetchedAt }) => ({
    repository,
    code,
    message: printable(message, 1000),
    fetched_at: fetchedAt,
  }))
  const unmerged = unmergedIn(asked).map(({ repository, message, sync }) => ({
    repository,
    code: 'LOG_BEHIND',
    message: `${message}.`,
    fix: [sync],
  }))
  const ofFiles = asked.places.flatMap(({ name, snapshot }) => problemsJson(snapshot, name))
  return [...ofRepositories, ...ofFiles, ...unmerged]
}
