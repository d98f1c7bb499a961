import type { Repository } from '../git/repository.ts'
import { listBranches, listWorktrees } from './read-facts.ts'

export interface LeftBehind {
  readonly branch: string
  /** Where it is checked out beside the main checkout; null where it is not. */
  readonly worktree: string | null
}

/** What is still here of branches that tasks have forgotten: an undone start leaves them, as work may be on them. */
export async function leftBehind(repository: Repository, names: readonly string[]): Promise<LeftBehind[]> {
  if (names.length === 0) return []
  const [branches, worktrees] = await Promise.all([listBranches(repository), listWorktrees(repository)])
  return names
    .filter((branch) => branches.has(branch))
    .map((branch) => {
      const own = worktrees.find((worktree) => worktree.branch === branch && !worktree.isMain)
      return { branch, worktree: own?.path ?? null }
    })
}
