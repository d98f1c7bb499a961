import { isAncestor, readRef } from '../git/refs.ts'
import { GATES_REF, TASKS_REF } from '../store/git-store.ts'
import type { FetchedLogs } from './fetch-logs.ts'
import type { Sync } from './sync-result.ts'

/**
 * What to push, by the refs' names on the remote.
 * @param isRewound whether the log there was moved back
 */
export async function due(
  { repository, tally, sameTree }: Sync,
  fetched: FetchedLogs,
  isRewound: boolean,
): Promise<Map<string, string>> {
  const wanted = new Map<string, string>()
  const tasks = (await readRef(repository, TASKS_REF))!
  // A merge that brought nothing which the remote lacks stays here: see takeInTasks.
  const isThere = async (ours: string, theirs: string | null) =>
    theirs !== null && (await sameTree(ours, theirs))
  // The files may be what they were at an earlier state: the history that follows it is missing there all the same.
  const lacksHistory =
    isRewound && fetched.tasks !== tasks && (await isAncestor(repository, fetched.tasks!, tasks))
  if (lacksHistory || !(await isThere(tasks, fetched.tasks))) wanted.set(fetched.place.tasks, tasks)
  const gates = tally.problems.length > 0 ? null : await readRef(repository, GATES_REF)
  if (gates && !(await isThere(gates, fetched.gatesAtPlace))) wanted.set(fetched.place.gates, gates)
  return wanted
}
