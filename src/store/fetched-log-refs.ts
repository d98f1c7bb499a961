import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import type { RemoteMark } from './remote-marks.ts'
import { ROOT } from './task-store.ts'

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
  return [`refs/mtos/remotes/${remote}/tasks`, `refs/remotes/${remote}/mtos/tasks`]
}

/** Whether what was fetched is a task log: anybody may have a branch that is called as one. */
export const isLogTip = async (repository: Repository, tip: string): Promise<boolean> =>
  (await runGit(['cat-file', '-e', `${tip}:${ROOT.file}`], repository.git)).status === 0
