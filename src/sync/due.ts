import { readRef } from '../git/refs.ts'
import { GATES_REF, TASKS_REF } from '../store/git-store.ts'
import type { FetchedLogs } from './fetch-logs.ts'
import type { Sync } from './sync-result.ts'

/** What to push, by the refs' names on the remote. */
export async function due({ repository, tally }: Sync, fetched: FetchedLogs): Promise<Map<string, string>> {
  const wanted = new Map<string, string>()
  const tasks = (await readRef(repository, TASKS_REF))!
  if (tasks !== fetched.tasks) wanted.set(fetched.place.tasks, tasks)
  const gates = tally.problems.length > 0 ? null : await readRef(repository, GATES_REF)
  if (gates && gates !== fetched.gatesAtPlace) wanted.set(fetched.place.gates, gates)
  return wanted
}
