import { resolve } from 'node:path'
import * as rules from '../../schemas/task.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { moveWorktree } from '../../src/lifecycle/move-worktree.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { checked } from '../../src/terminal/input/input.ts'
import { Args } from '../../src/terminal/oclif.ts'
import { placeFlags } from '../../src/terminal/places/place-flags.ts'
import { withoutPlaces } from '../../src/terminal/places/workplace.ts'
import { canLeave, goTo } from '../../src/terminal/worktrees/go-to.ts'

export default class WorktreeMove extends MhvCommand {
  static override summary = 'Move a worktree to another directory.'
  static override description =
    'As `git worktree move` does, into a directory that is there or to a new one. Refused where it is locked or in use, was copied, or has submodules. Set-up commands do not run again: what they made with absolute paths is theirs to mend.'
  static override examples = [
    'mhv worktree move 12 ../elsewhere',
    'mhv worktree move ../demo.worktrees/12-login ~/login',
  ]
  static override args = {
    worktree: Args.string({ required: true, description: 'number or id of its task, or its path' }),
    path: Args.string({ required: true, description: 'where it goes' }),
  }
  static override flags = { ...placeFlags }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(WorktreeMove)
    const { repository, store } = await this.workplace(flags, args.worktree)
    const { config } = await loadConfig(repository.workTree)
    const place = resolve(checked('path', rules.line(4096), args.path, '../work'))
    const { from, to, wasHere } = await moveWorktree(
      repository,
      store,
      config,
      withoutPlaces([args.worktree])[0]!,
      place,
      canLeave(),
    )
    if (flags.json) this.printJson({ from, worktree: to })
    else this.did(`${from} is now ${to}`, [to])
    if (wasHere) goTo(to)
  }
}
