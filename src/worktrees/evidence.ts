import { branchName } from '../../schemas/task.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { checkedOutBranch, currentTask } from './current-task.ts'
import { branchTip } from './read-facts.ts'

export interface Evidence {
  readonly commit: string | null
  readonly branch: string | null
}

/**
 * The commit and branch that a task's work is on: its own branch where it still exists, else what is checked out here
 * when that is claimed for the task, else nothing.
 */
export async function evidenceFor(
  repository: Repository,
  task: { id: string; branch: string | null },
): Promise<Evidence> {
  const tip = task.branch && (await branchTip(repository, task.branch))
  if (tip) return { commit: tip, branch: task.branch }
  if ((await currentTask(repository)) !== task.id) return { commit: null, branch: null }
  const head = await runGit(['rev-parse', '--verify', '--quiet', 'HEAD'], repository.git)
  const branch = checkedOutBranch(repository)
  return {
    commit: head.status === 0 ? head.stdout.toString('utf8').trim() : null,
    branch: branchName.safeParse(branch).success ? branch : null,
  }
}
