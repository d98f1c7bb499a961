import { MhvError } from '../errors.ts'
import { moveRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { claimOf } from './current-task.ts'
import { listWorktrees } from './read-facts.ts'
import { removeIfEmpty } from './remove-if-empty.ts'
import type { StartPlan } from './start-request.ts'

/** What a start has made so far. */
export interface MadeByStart {
  readonly branch: string
  /** Commit at which it made the branch; null where the branch was there before. */
  commit: string | null
  isClaimed: boolean
  isFollowing: boolean
  /** Directories above the worktree's that were not there before, the deepest first. */
  readonly around: readonly string[]
  /** Takes back an entry among what git ignores. */
  include: () => void
}

/**
 * Takes back what a start that failed has made, except what somebody uses by now: a branch that has a commit of its own
 * or is checked out stays with its claim, a directory that holds anything stays.
 */
export async function takeBack(repository: Repository, made: MadeByStart): Promise<void> {
  made.include()
  made.around.forEach(removeIfEmpty)
  if (made.commit !== null && !(await dropBranch(repository, made.branch, made.commit))) return
  const settings = [
    ...(made.isClaimed ? [claimOf(made.branch)] : []),
    ...(made.isFollowing ? ['remote', 'merge', 'rebase'].map((key) => `branch.${made.branch}.${key}`) : []),
  ]
  for (const name of settings) await runGit(['config', '--unset', name], repository.git)
}

/** The same where the worktree was made: it goes if git finds nothing in it that it did not put there, else all stays. */
export async function takeBackWhole(
  repository: Repository,
  { path, addWorktree }: Pick<StartPlan, 'path' | 'addWorktree'>,
  made: MadeByStart,
): Promise<void> {
  if (addWorktree && path !== null) {
    const args = ['status', '--porcelain', '--ignored', '--untracked-files=all']
    const status = await runGit(args, { cwd: path })
    if (status.status !== 0 || status.stdout.length > 0) return
    const removed = await runGit(['worktree', 'remove', path], repository.git)
    if (removed.status !== 0) return
  }
  await takeBack(repository, made)
}

/** Deletes a branch if it is still where it was made and checked out nowhere. */
async function dropBranch(repository: Repository, branch: string, commit: string): Promise<boolean> {
  try {
    const isUsed = (await listWorktrees(repository)).some((worktree) => worktree.branch === branch)
    return !isUsed && (await moveRef(repository, `refs/heads/${branch}`, null, commit))
  } catch (error) {
    // The error that made the start fail is the one to tell.
    if (error instanceof MhvError) return false
    throw error
  }
}
