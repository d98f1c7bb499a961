import { MhvCommand } from '../src/terminal/base-command.ts'
import {
  COMPLETED_SHELLS,
  type CompletedShell,
  completionScript,
} from '../src/terminal/completion/scripts.ts'
import { Args } from '../src/terminal/oclif.ts'

export default class Completion extends MhvCommand {
  static override summary = 'Print what makes your shell complete mhv’s command lines.'
  static override description =
    'Tab then completes commands, flags, and what goes with them: numbers of tasks, shown with their titles and those that fit the command first, also of other repositories (akosha#), labels, people, branches and repositories. It shows what mhv has read last, and never waits for git.\n\n`mhv shell-init` prints the same for bash, zsh and fish, and the function that follows mhv into worktrees. In zsh it goes below compinit.'
  static override examples = [
    'eval "$(mhv completion bash)"   # in ~/.bashrc',
    'eval "$(mhv completion zsh)"    # in ~/.zshrc',
    'mhv completion fish | source    # in ~/.config/fish/config.fish',
    'mhv completion powershell | Out-String | Invoke-Expression   # in $PROFILE',
  ]
  static override args = {
    shell: Args.string({ required: true, options: COMPLETED_SHELLS, description: 'which shell' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Completion)
    const code = completionScript(args.shell as CompletedShell)
    if (flags.json) this.printJson({ shell: args.shell, code })
    else this.print(code)
  }
}
