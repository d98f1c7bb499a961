import { existsSync } from 'node:fs'
import { gitDirectories, type Repository } from '../git/repository.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { checkedOutBranch } from '../worktrees/current-task.ts'
import { namedPlace, readClaims } from '../worktrees/read-facts.ts'
import { isFinished } from './survey-worktrees.ts'

/** Linked worktrees of a repository. */
export interface WorktreeCounts {
  readonly total: number
  /** Those whose task has ended or is gone, and those whose directory is not there: `mhv worktree list` tells more. */
  readonly attention: number
}

/** Counts worktrees by reading files; git is asked, once, only where there are any. Errors: GIT_FAILED. */
export async function countWorktrees(repository: Repository, view: Snapshot): Promise<WorktreeCounts> {
  const linked = gitDirectories(repository).slice(1)
  if (linked.length === 0) return { total: 0, attention: 0 }
  const claims = await readClaims(repository)
  const isAbandoned = (gitDir: string) => {
    if (!existsSync(namedPlace(gitDir))) return true
    const branch = checkedOutBranch({ ...repository, gitDir })
    const id = branch === null ? undefined : claims.get(branch)
    if (id === undefined) return false
    const slot = view.slotOfId(id)
    if (slot === undefined) return true
    return isFinished({ status: view.status(slot), deleted: (view.flags(slot) & FLAG.DELETED) !== 0 })
  }
  return { total: linked.length, attention: linked.filter(isAbandoned).length }
}
