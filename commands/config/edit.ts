import { MhvError } from '../../src/errors.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { chosenFile, configFileFlags, judgementOf } from '../../src/terminal/config-files.ts'
import { editText } from '../../src/terminal/editor.ts'
import { repositoryAround } from '../../src/terminal/repository-around.ts'

export default class ConfigEdit extends MhvCommand {
  static override summary = 'Edit a file of configuration, checked before it counts.'
  static override description =
    'Opens the editor that git uses. What is wrong does not take the place of the file: it is refused with every fault named, and what you wrote is kept in a file of its own. The repository’s file where there is a worktree, else your own; of package.json the part "mhv".'
  static override examples = ['mhv config edit', 'mhv config edit --user']
  static override flags = configFileFlags

  async run(): Promise<void> {
    const { flags } = await this.parse(ConfigEdit)
    const repository = await repositoryAround()
    const place = chosenFile(flags, repository?.workTree ?? null)
    const { openConfig, replaceConfig } = await import('../../src/configuring/replace-config.ts')
    const opened = await openConfig(place)
    if (!process.stdin.isTTY) {
      throw new MhvError(
        'USAGE',
        'There is no terminal to open an editor in; mhv config set changes one value.',
        {
          recovery: ['mhv config set --help'],
        },
      )
    }
    const judgement = await judgementOf(place)
    const { path, isChanged } = await editText(
      repository ?? { git: { cwd: process.cwd() } },
      opened.text,
      (text) => replaceConfig(place, opened, text, judgement),
      opened.name,
    )
    if (flags.json) return this.printJson({ path, changed: isChanged })
    this.aside(isChanged ? `Changed ${path}.` : `Nothing was changed in ${path}.`)
  }
}
