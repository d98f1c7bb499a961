import { MhvError } from '../../errors.ts'
import type { Reconciled } from '../../lifecycle/reconcile-worktrees.ts'
import { hasWorktrees } from '../../lifecycle/worktree-trash.ts'
import type { Environment } from '../../tasks/seal.ts'
import type { Workplace } from '../base-command.ts'
import { note } from '../output/output-mode.ts'
import { canLeave } from './go-to.ts'

/**
 * What `done`, `cancel` and `delete` do at their end: worktrees of these tasks go as far as nothing is lost. The command
 * itself has done its work by then, so that a failure here is told and is none of it.
 * @returns null where there is nothing to look at
 */
export async function cleanUp(
  { repository, store }: Workplace,
  tasks: readonly string[],
  environment: Environment,
): Promise<Reconciled | null> {
  if (tasks.length === 0 || !hasWorktrees(repository)) return null
  try {
    const [{ loadConfig }, { reconcileWorktrees }] = await Promise.all([
      import('../../config/load-config.ts'),
      import('../../lifecycle/reconcile-worktrees.ts'),
    ])
    const { config } = await loadConfig(repository.workTree)
    const options = { tasks, config, environment, canLeave: canLeave() }
    return await reconcileWorktrees(repository, store, options)
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    note(`Note: worktrees were not cleaned up: ${error.message}\n`)
    return null
  }
}
