import { MhvError } from '../../errors.ts'
import { findLiveTask, slotsNamed } from '../../query/find-task.ts'
import { parseTaskName } from '../../query/number-list.ts'
import type { Place, TaskNode } from '../../query/task-graph.ts'

/** A task as people type it, with the repository in front where that is not the one around them. */
export interface TypedTask {
  readonly repository: string | null
  readonly word: string
}

/** `akosha#12`, `akosha/01J…`, `12`, `#12`, `01J…`. */
export function typedTask(text: string): TypedTask {
  const match = /^([^#/]+)(#.*|\/.*)$/.exec(text)
  return match
    ? { repository: match[1]!, word: match[2]!.replace(/^\//, '') }
    : { repository: null, word: text }
}

/** A number without a repository, with the tasks of some repositories that have it. */
function unclear(places: readonly Place[], word: string): MhvError {
  const having = places.flatMap(({ name, snapshot }) => {
    const task = parseTaskName(word, name)
    return snapshot ? slotsNamed(snapshot, [task]).map((slot) => `${name}#${snapshot.number(slot)}`) : []
  })
  if (having.length === 0) {
    const names = places.map(({ name }) => name).join(', ')
    return new MhvError('TASK_NOT_FOUND', `There is no task ${word} in ${names}.`, { data: { task: word } })
  }
  const named = having.length === 1 ? `which is ${having[0]}` : `one of ${having.join(', ')}`
  const message = `${word} is of no repository in particular here: name the task, ${named}.`
  return new MhvError('USAGE', message, {
    recovery: [`mhv task show ${having[0]}`],
    data: { candidates: having },
  })
}

/**
 * The task that is meant, of some repositories.
 * Errors: UNKNOWN_REPOSITORY; REPOSITORY_MISSING; USAGE for a number that could be of several, with those that have it; TASK_NOT_FOUND; those of findLiveTask.
 */
export function namedTask(places: readonly Place[], { repository, word }: TypedTask): Omit<TaskNode, 'kind'> {
  const called = (place: Place) =>
    [place.name, ...place.nicknames].some((name) => name.toLowerCase() === repository?.toLowerCase())
  const [place, ...others] = repository === null ? places : places.filter(called)
  if (!place) {
    throw new MhvError('UNKNOWN_REPOSITORY', `No repository here is called ${repository}.`, {
      data: { repository },
    })
  }
  if (others.length > 0) {
    throw unclear(
      places.filter((one) => repository === null || called(one)),
      word,
    )
  }
  const { name, snapshot } = place
  if (!snapshot) throw new MhvError('REPOSITORY_MISSING', `The tasks of ${name} cannot be seen.`)
  return { repository: name, snapshot, slot: findLiveTask(snapshot, parseTaskName(word, name)) }
}
