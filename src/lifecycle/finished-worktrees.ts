import { gitDirectories, type Repository } from '../git/repository.ts'
import { FLAG } from '../snapshot/row.ts'
import type { TaskStore } from '../store/task-store.ts'
import { checkedOutBranch } from '../worktrees/current-task.ts'
import { readClaims } from '../worktrees/read-facts.ts'
import { isFinished } from './survey-worktrees.ts'

/**
 * Whether a linked worktree has the branch of a task checked out that nobody works on any more. Cheap, for hooks that
 * run at every checkout: only then is it worth finding out whether it may go.
 * Errors: those of the store's view.
 */
export async function hasFinishedWorktree(repository: Repository, store: TaskStore): Promise<boolean> {
  const linked = gitDirectories(repository).filter((gitDir) => gitDir !== repository.commonDir)
  const branches = linked.flatMap((gitDir) => checkedOutBranch({ ...repository, gitDir }) ?? [])
  if (branches.length === 0) return false
  const claims = await readClaims(repository)
  const ids = branches.flatMap((branch) => claims.get(branch) ?? [])
  if (ids.length === 0) return false
  const view = await store.view()
  return ids.some((id) => {
    const slot = view.slotOfId(id)
    if (slot === undefined) return false
    return isFinished({ status: view.status(slot), deleted: (view.flags(slot) & FLAG.DELETED) !== 0 })
  })
}
