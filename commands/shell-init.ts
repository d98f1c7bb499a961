import { MhvCommand } from '../src/terminal/base-command.ts'
import { Args } from '../src/terminal/oclif.ts'
import { SHELLS, type Shell, shellFunction } from '../src/terminal/shell-function.ts'

export default class ShellInit extends MhvCommand {
  static override description =
    'Print a shell function that lets `mhv start` and `mhv switch` change the shell’s directory.'
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
