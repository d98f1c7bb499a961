import { MhvError } from '../../errors.ts'
import { parseCondition } from '../../query/condition.ts'
import { type Reading, repositoriesMeeting, tasksMeeting } from '../../query/judge.ts'
import type { Entry } from '../../query/place.ts'
import type { Listing } from './read-listing.ts'

/** What a list is found guilty of. */
export interface Verdict {
  readonly condition: string
  readonly tasks: readonly Entry[]
  /** Names of repositories that could not be read, or only in part. */
  readonly repositories: readonly string[]
  readonly error: MhvError
}

/** Tasks that a message names; the list itself shows all of them. */
const NAMED = 5

function readingsOf({ asked: { places, problems } }: Listing): Reading[] {
  const names = new Set([...places.map(({ name }) => name), ...problems.map(({ repository }) => repository)])
  return [...names].map((name) => {
    const own = problems.filter(({ repository }) => repository === name)
    // What a repository waits for elsewhere and cannot be seen is no part of it.
    const inFiles = places.some(
      (place) =>
        place.name === name && place.snapshot.problems.some(({ repository }) => repository === undefined),
    )
    return {
      name,
      hasProblem: own.length > 0 || inFiles,
      isStale: own.some(({ fetchedAt }) => fetchedAt !== null),
    }
  })
}

/**
 * Judges every task that the flags select, those beyond the limit too; null where none is as the condition says.
 * Errors: INVALID_INPUT for the condition, UNKNOWN_REPOSITORY for a name in it that nothing has.
 */
export function judgeListing(listing: Listing, text: string): Verdict | null {
  const { asked, found, today } = listing
  const condition = parseCondition(text, asked.nameOf)
  const readings = readingsOf(listing)
  const tasks = tasksMeeting(condition, asked.places, readings, found, today)
  const repositories = repositoriesMeeting(condition, readings)
  if (tasks.length + repositories.length === 0) return null
  const refs = tasks.map(({ place, slot }) => {
    const { name, snapshot } = asked.places[place]!
    return `${name}#${snapshot.number(slot)}`
  })
  const titled = tasks.slice(0, NAMED).map(({ place, slot }, i) => {
    return `${refs[i]} ${asked.places[place]!.snapshot.head(slot).title}`
  })
  const rest = tasks.length - titled.length
  const counted = [
    ...(tasks.length > 0 ? [tasks.length === 1 ? '1 task' : `${tasks.length} tasks`] : []),
    ...(repositories.length === 1 ? ['1 repository'] : []),
    ...(repositories.length > 1 ? [`${repositories.length} repositories`] : []),
  ]
  const named = [...repositories, ...titled, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ')
  const [first] = refs
  const error = new MhvError('CONDITION_MET', `“${text}” holds for ${counted.join(' and ')}: ${named}.`, {
    ...(first ? { recovery: [`mhv task show ${asked.isSeveral ? first : first.replace(/^.*#/, '')}`] } : {}),
    data: { condition: text, total: tasks.length, tasks: refs, repositories },
  })
  return { condition: text, tasks, repositories, error }
}
