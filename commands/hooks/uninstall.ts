import { changeHooks } from '../../src/change-hooks.ts'
import { uninstallHooks } from '../../src/hooks/install.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'

export default class HooksUninstall extends MhvCommand {
  static override summary = 'Take the git hooks away, and put back what was there before.'
  static override description =
    'The hooks directory and the configuration are as before installation, byte for byte. A hook that another tool has put in the place of ours since stays, and is named.'
  static override examples = ['mhv hooks uninstall']

  async run(): Promise<void> {
    const { flags } = await this.parse(HooksUninstall)
    const { repository } = await this.workplace()
    const { changed, foreign, left, removed, written } = await changeHooks(repository, () =>
      uninstallHooks(repository),
    )
    if (flags.json) return this.printJson({ changed, removed, foreign, written, left })
    this.aside(changed ? 'Took the hooks away.' : 'There were no hooks of mhv.')
    if (foreign.length > 0) {
      this.heed(
        `Left alone, since something else has put its own in the place of ours: ${foreign.join(', ')}.`,
      )
    }
    if (written.length > 0) {
      this.heed(`Left alone, since somebody has written into these hooks of mhv: ${written.join(', ')}.`)
    }
    if (left.length > 0) {
      this.heed(`Earlier hooks that those took the place of are kept as ${left.join(', ')}.`)
    }
  }
}
