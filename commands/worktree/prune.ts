import { loadConfig } from '../../src/config/load-config.ts'
import { reconcileWorktrees } from '../../src/lifecycle/reconcile-worktrees.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { Flags } from '../../src/terminal/oclif.ts'
import { isQuiet } from '../../src/terminal/output/output-mode.ts'
import { placeFlags } from '../../src/terminal/places/place-flags.ts'
import { canLeave } from '../../src/terminal/worktrees/go-to.ts'
import { reconciledJson, reportReconciled } from '../../src/terminal/worktrees/report-removal.ts'

export default class WorktreePrune extends MhvCommand {
  static override summary = 'Remove worktrees that are done with; nothing is lost.'
  static override description =
    'Of completed, cancelled and deleted tasks those go whose work is merged (worktrees.remove), of orphans those older than worktrees.orphan. Everything else stays, and the reason is told. They go into the trash, from where `mhv worktree undo` brings them back; what has been there for longer than worktrees.trash is deleted.'
  static override examples = ['mhv worktree prune --dry-run', 'mhv worktree prune']
  static override flags = {
    'dry-run': Flags.boolean({ char: 'n', description: 'only say what would go' }),
    ...placeFlags,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(WorktreePrune)
    const { repository, store } = await this.workplace(flags)
    const { config } = await loadConfig(repository.workTree)
    const result = await reconcileWorktrees(repository, store, {
      config,
      environment: await this.environment(store),
      orphans: true,
      canLeave: canLeave(),
      dryRun: flags['dry-run'] ?? false,
    })
    if (flags.json) this.printJson({ dry_run: flags['dry-run'] ?? false, ...reconciledJson(result) })
    else if (isQuiet()) for (const { path } of result.removed) this.print(path)
    else if (result.removed.length + result.kept.length === 0) this.aside('No worktree is to be removed.')
    reportReconciled(result, flags.json || isQuiet() ? null : process.stdout)
    if (flags.json) return
    for (const { trash, path, reason } of result.astray) {
      this.heed(`The removed worktree ${path} (${trash}) stays in the trash beyond its time: ${reason}.`)
    }
    if (result.emptied > 0) {
      this.aside(
        `${result.emptied === 1 ? '1 worktree' : `${result.emptied} worktrees`} left the trash for good.`,
      )
    }
  }
}
