import { shellWord } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import type { TaskState } from '../tasks/task-state.ts'
import { claimOf } from '../worktrees/current-task.ts'
import { findAgain, type Worktree, whereabouts } from '../worktrees/missing-worktree.ts'
import { listBranches, listWorktrees, readClaims } from '../worktrees/read-facts.ts'
import { type Finding, mendable, reported } from './finding.ts'

/**
 * Branches that are claimed for tasks, and tasks in hand whose branch is gone. Only those claimed here are looked for:
 * of a task that somebody started in another clone, the branch may be there alone.
 */
export async function branchFindings(
  repository: Repository,
  tasks: readonly TaskState[],
  unreadable: ReadonlySet<string>,
): Promise<Finding[]> {
  const [branches, claims, worktrees] = await Promise.all([
    listBranches(repository),
    readClaims(repository),
    listWorktrees(repository),
  ])
  const byId = new Map(tasks.map((task) => [task.id, task]))
  const found: Finding[] = []
  for (const [branch, id] of claims) {
    const task = byId.get(id)
    const isHere = branches.has(branch)
    if (!task && !unreadable.has(id)) {
      const message = `The branch ${branch} is claimed for task ${id}, which is not in this repository.`
      const step = `git config --unset ${shellWord(claimOf(branch))}`
      found.push(reported('CLAIM_WITHOUT_TASK', 'warning', message, step))
    } else if (!isHere && task?.status === 'in_progress' && task.branch === branch) {
      const message = `#${task.number} ${task.title} is in progress on the branch ${branch}, which is gone; starting it again makes a new one.`
      found.push(reported('BRANCH_GONE', 'warning', message, `mhv start ${task.number}`))
    } else if (!isHere) {
      const message = `The branch ${branch} is claimed for a task, but is gone.`
      found.push(mendable('CLAIM_WITHOUT_BRANCH', 'warning', message, { kind: 'unclaim', branch }))
    }
  }
  for (const worktree of worktrees) {
    const id = worktree.branch === null ? undefined : claims.get(worktree.branch)
    if (id === undefined || worktree.state !== 'gone') continue
    found.push(missingWorktree(worktree, byId.get(id)))
  }
  return found
}

function missingWorktree(worktree: Worktree, task: TaskState | undefined): Finding {
  const { path, branch } = worktree
  const whose = task ? `#${task.number} ${task.title}` : branch
  const message = `The worktree of ${whose} is not at ${path} any more: ${whereabouts(worktree)}.`
  const [step, ...next] = findAgain(worktree)
  return reported('WORKTREE_MISSING', 'warning', message, step!, ...next)
}
