import { moveRef, readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { plainBranchRef } from '../store/fetched-log-refs.ts'
import { type FetchedLogs, trackedLogs } from './fetch-logs.ts'
import type { RemotePlaces } from './remote-places.ts'

/** Whether plain `git fetch` is told to fetch by a refspec, as it stands in the configuration. */
export async function isFetchedBy(repository: Repository, remote: string, refspec: string): Promise<boolean> {
  const said = await runGit(['config', '--get-all', `remote.${remote}.fetch`], repository.git)
  return said.stdout.toString('utf8').split('\n').includes(refspec)
}

/** The refspec with which `git clone` has all branches of a remote fetched. */
export const branchesRefspec = (remote: string): string => `+refs/heads/*:refs/remotes/${remote}/*`

/** What was last fetched of a remote, as trackedLogs says; of a log in a branch what plain `git fetch` has brought. */
export async function lastFetchedLogs(repository: Repository, places: RemotePlaces): Promise<FetchedLogs> {
  const logs = await trackedLogs(repository, places)
  if (logs.place !== places.branch) return logs
  const plain = await readRef(repository, plainBranchRef(places.remote, places.branch.tasks))
  return plain ? { ...logs, tasks: plain } : logs
}

/**
 * Moves what plain `git fetch` brings of the branch on to what a sync has found, as git itself does when it fetches or
 * pushes a branch: what is there later and is older was then fetched later, and what is gone was pruned.
 */
export async function moveOnPlainBranch(
  repository: Repository,
  { remote, branch }: RemotePlaces,
  tip: string,
): Promise<void> {
  const plain = plainBranchRef(remote, branch.tasks)
  const was = await readRef(repository, plain)
  if (was === tip) return
  if (was === null && !(await isFetchedBy(repository, remote, branchesRefspec(remote)))) return
  await moveRef(repository, plain, tip, was)
}
