import { changeHooks } from '../../src/change-hooks.ts'
import { installHooks } from '../../src/hooks/install.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { ownProgram } from '../../src/terminal/own-program.ts'

export default class HooksInstall extends MhvCommand {
  static override summary = 'Install the git hooks, in front of those that are there.'
  static override description =
    'Of pre-commit and pre-push, which run the gates configured for them; commit-msg, which adds the trailer `Task: #N` on a task’s branch; post-merge, post-rewrite and post-checkout, which take away worktrees of finished tasks whose work is merged.\n\nHooks that are there run first, with their arguments, standard input and exit status. Run again, it mends an installation that another tool has come in the way of. `mhv hooks uninstall` takes everything back.'
  static override examples = ['mhv hooks install']

  async run(): Promise<void> {
    const { flags } = await this.parse(HooksInstall)
    const { repository } = await this.workplace()
    const { directory, former, changed, saved } = await changeHooks(repository, () =>
      installHooks(repository, ownProgram()),
    )
    if (flags.json) return this.printJson({ directory, former, changed, saved })
    this.aside(changed ? `Installed the hooks in ${directory}.` : `The hooks are in ${directory} already.`)
    if (saved.length > 0) this.heed(`Hooks of mhv that were written into are kept as ${saved.join(', ')}.`)
    if (former !== null) this.aside(`Those in ${former} run first, as before.`)
  }
}
