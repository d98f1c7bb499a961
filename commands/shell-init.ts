import { MhvCommand } from '../src/terminal/base-command.ts'
import { completionScript } from '../src/terminal/completion/scripts.ts'
import { Args, Flags } from '../src/terminal/oclif.ts'
import { SHELLS, type Shell, shellFunction } from '../src/terminal/shell-function.ts'

export default class ShellInit extends MhvCommand {
  static override summary = 'Print what lets your shell follow mhv, and complete it.'
  static override description =
    'With it, `mhv start` and `mhv switch` change the directory of the shell to the task’s worktree. Tab completes its command lines: see `mhv completion --help`. A line in the shell’s own file keeps it, in zsh below compinit: see the examples.'
  static override examples = [
    'eval "$(mhv shell-init bash)"   # in ~/.bashrc',
    'eval "$(mhv shell-init zsh)"    # in ~/.zshrc',
    'mhv shell-init fish | source    # in ~/.config/fish/config.fish',
    'eval "$(mhv shell-init bash --no-completion)"',
  ]
  static override args = {
    shell: Args.string({ required: true, options: SHELLS, description: 'which shell' }),
  }

  static override flags = {
    completion: Flags.boolean({ default: true, allowNo: true, description: 'completion too; the default' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ShellInit)
    const shell = args.shell as Shell
    const code = [shellFunction(shell), ...(flags.completion ? [completionScript(shell)] : [])].join('\n')
    if (flags.json) this.printJson({ shell: args.shell, code })
    else this.print(code)
  }
}
