import { loadConfig } from '../../src/config/load-config.ts'
import { removeWorktrees } from '../../src/lifecycle/remove-worktrees.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { placeFlags } from '../../src/terminal/places/place-flags.ts'
import { withoutPlaces } from '../../src/terminal/places/workplace.ts'
import { canLeave, goTo } from '../../src/terminal/worktrees/go-to.ts'
import { keptLine, reconciledJson, removedLine } from '../../src/terminal/worktrees/report-removal.ts'

export default class WorktreeRemove extends MhvCommand {
  static override summary = 'Move worktrees into the trash, if nothing is lost.'
  static override description =
    'Refused, with every reason, where a worktree holds what is nowhere else: changed and untracked files, commits of a detached head or of a submodule, an operation in progress, other repositories; and where it is locked or in use. Its branch goes too if it is merged or pushed, else it stays. Files that git ignores go along, and all comes back with `mhv worktree undo`.'
  static override examples = [
    'mhv worktree remove 12',
    'mhv worktree remove 3,7-9 ../old-work',
    'mhv worktree remove 12 --with-changes',
  ]
  static override strict = false
  static override args = {
    worktrees: Args.string({
      required: true,
      description: 'numbers or ids of tasks, paths or branches; several with blanks',
    }),
  }
  static override flags = {
    'with-changes': Flags.boolean({
      description: 'also with changed and untracked files, which go into the trash too',
    }),
    'dry-run': Flags.boolean({ char: 'n', description: 'only say what would go' }),
    ...placeFlags,
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(WorktreeRemove)
    const { repository, store } = await this.workplace(flags, ...(argv as string[]))
    const { config } = await loadConfig(repository.workTree)
    const result = await removeWorktrees(
      repository,
      store,
      withoutPlaces(argv as string[]),
      flags['with-changes'] ?? false,
      {
        config,
        environment: await this.environment(store),
        canLeave: canLeave(),
        dryRun: flags['dry-run'] ?? false,
      },
    )
    const { removed, kept, main } = result
    if (flags.json)
      this.printJson(reconciledJson({ removed, kept, main, settled: [], emptied: 0, astray: [] }))
    else {
      for (const each of removed) this.did(removedLine(each), [each.path])
      for (const each of kept) this.heed(keptLine(each))
    }
    if (removed.some(({ wasHere, trash }) => wasHere && trash !== null)) goTo(main)
  }
}
