import { MhvCommand } from '../src/terminal/base-command.ts'
import { Args } from '../src/terminal/oclif.ts'
import { SHELLS, type Shell, shellFunction } from '../src/terminal/shell-function.ts'

export default class ShellInit extends MhvCommand {
  static override summary = 'Print a function that lets your shell follow mhv.'
  static override description =
    'With it, `mhv start` and `mhv switch` change the directory of the shell to the task’s worktree. A line in the shell’s own file keeps it: see the examples.'
  static override examples = [
    'eval "$(mhv shell-init bash)"   # in ~/.bashrc',
    'eval "$(mhv shell-init zsh)"    # in ~/.zshrc',
    'mhv shell-init fish | source    # in ~/.config/fish/config.fish',
  ]
  static override args = {
    shell: Args.string({ required: true, options: SHELLS, description: 'which shell' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ShellInit)
    const code = shellFunction(args.shell as Shell)
    if (flags.json) this.printJson({ shell: args.shell, code })
    else this.print(code)
  }
}
