import type { Repository } from '../git/repository.ts'
import type { TaskState } from '../tasks/task-state.ts'
import { claimOf } from '../worktrees/current-task.ts'
import { listBranches, readClaims } from '../worktrees/read-facts.ts'
import { type Finding, mendable, quote, reported } from './finding.ts'

/**
 * Branches that are claimed for tasks, and tasks in hand whose branch is gone. Only those claimed here are looked for:
 * of a task that somebody started in another clone, the branch may be there alone.
 */
export async function branchFindings(
  repository: Repository,
  tasks: readonly TaskState[],
  unreadable: ReadonlySet<string>,
): Promise<Finding[]> {
  const [branches, claims] = await Promise.all([listBranches(repository), readClaims(repository)])
  const byId = new Map(tasks.map((task) => [task.id, task]))
  const found: Finding[] = []
  for (const [branch, id] of claims) {
    const task = byId.get(id)
    const isHere = branches.has(branch)
    if (!task && !unreadable.has(id)) {
      const message = `The branch ${branch} is claimed for task ${id}, which is not in this repository.`
      const step = `git config --unset ${quote(claimOf(branch))}`
      found.push(reported('CLAIM_WITHOUT_TASK', 'warning', message, step))
    } else if (!isHere && task?.status === 'in_progress' && task.branch === branch) {
      const message = `#${task.number} ${task.title} is in progress on the branch ${branch}, which is gone; starting it again makes a new one.`
      found.push(reported('BRANCH_GONE', 'warning', message, `mhv start ${task.number}`))
    } else if (!isHere) {
      const message = `The branch ${branch} is claimed for a task, but is gone.`
      found.push(mendable('CLAIM_WITHOUT_BRANCH', 'warning', message, { kind: 'unclaim', branch }))
    }
  }
  return found
}
