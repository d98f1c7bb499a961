import { MhvError } from '../../errors.ts'
import type { Repository } from '../../git/repository.ts'
import { hasFinishedWorktree } from '../../lifecycle/finished-worktrees.ts'
import { openGitStore } from '../../store/git-store.ts'
import { hookEnvironment } from '../environment.ts'
import { note } from '../output/output-mode.ts'

/**
 * What hooks do after git has changed what is merged: worktrees of finished tasks go as far as nothing is lost. Those
 * that stay are not spoken of, since git is run often. git has done its work by then, so a failure is told and no more.
 */
export async function tidyWorktrees(repository: Repository): Promise<void> {
  try {
    const store = openGitStore(repository)
    if (!(await hasFinishedWorktree(repository, store))) return
    const [{ loadConfig }, { reconcileWorktrees }, { removedLine }] = await Promise.all([
      import('../../config/load-config.ts'),
      import('../../lifecycle/reconcile-worktrees.ts'),
      import('./report-removal.ts'),
    ])
    const { config } = await loadConfig(repository.workTree)
    if (!config.hooks.cleanup) return
    const environment = await hookEnvironment(repository)
    const { removed } = await reconcileWorktrees(repository, store, { config, environment })
    for (const each of removed) note(`mhv: ${removedLine(each)}\n`)
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    if (error.error === 'NOT_INITIALISED') return
    process.stderr.write(`mhv: worktrees were not looked after: ${error.message}\n`)
  }
}
