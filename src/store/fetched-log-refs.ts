import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import type { RemoteMark } from './remote-marks.ts'
import { ROOT } from './task-store.ts'

/** Where a host that takes branches only keeps the log. */
export const TASKS_BRANCH = 'refs/heads/mtos/tasks'

/** Where a remote's log is kept after a fetch. */
export const trackingRef = (remote: string) => `refs/mtos/remotes/${remote}/tasks`

/** Where a sync keeps it that found it in a branch. */
export const branchTrackingRef = (remote: string) => `refs/mtos/remotes/${remote}/branch-tasks`

/** Where plain `git fetch` puts a branch, unless it is configured otherwise. */
export const plainBranchRef = (remote: string, branch: string): string =>
  branch.replace('refs/heads/', `refs/remotes/${remote}/`)

/**
 * The refs to which plain `git fetch` brings a remote's log: a ref of ours, and on hosts that take branches only a branch,
 * which may be somebody else's where no sync has found the log there.
 * @param mark what the last sync saw; where that was a branch, only that is looked at, since every list asks
 */
export function fetchedLogRefs(remote: string, mark: RemoteMark | null): string[] {
  if (mark?.ref.startsWith('refs/heads/')) return [plainBranchRef(remote, mark.ref)]
  return [trackingRef(remote), plainBranchRef(remote, TASKS_BRANCH)]
}

/** Whether what was fetched is a task log: anybody may have a branch that is called as one. */
export const isLogTip = async (repository: Repository, tip: string): Promise<boolean> =>
  (await runGit(['cat-file', '-e', `${tip}:${ROOT.file}`], repository.git)).status === 0
