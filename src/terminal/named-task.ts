import { MhvError } from '../errors.ts'
import { findLiveTask } from '../query/find-task.ts'
import { parseTaskName } from '../query/number-list.ts'
import type { Place, TaskNode } from '../query/task-graph.ts'

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

/**
 * The task that is meant, of some repositories.
 * Errors: UNKNOWN_REPOSITORY; REPOSITORY_MISSING; USAGE for a number that could be of several; those of findLiveTask.
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
    throw new MhvError(
      'USAGE',
      `${word} could be a task of several repositories: name it as ${place.name}#12.`,
    )
  }
  const { name, snapshot } = place
  if (!snapshot) throw new MhvError('REPOSITORY_MISSING', `The tasks of ${name} cannot be seen.`)
  return { repository: name, snapshot, slot: findLiveTask(snapshot, parseTaskName(word, name)) }
}
