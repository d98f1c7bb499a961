import { MhvCommand } from '../../src/terminal/base-command.ts'
import {
  chosenFile,
  configFileFlags,
  judgementOf,
  noteFaults,
  worktreeAround,
} from '../../src/terminal/config-files.ts'
import { Args } from '../../src/terminal/oclif.ts'

export default class ConfigUnset extends MhvCommand {
  static override summary = 'Take one value out of a file of configuration.'
  static override description =
    'From the repository’s file where there is a worktree, else from your own. What is weaker counts then: your own file, or the default. A section that would have nothing else in it goes too, with the comments within; those outside stay.'
  static override examples = ['mhv config unset gating.jobs', 'mhv config unset aliases.mine']
  static override args = {
    key: Args.string({ required: true, description: 'what is taken out; a key that there is not, too' }),
  }
  static override flags = configFileFlags

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ConfigUnset)
    const [{ unsetValue }, { readKey }, { stepsOf }] = await Promise.all([
      import('../../src/configuring/change-config.ts'),
      import('../../src/configuring/key-path.ts'),
      import('../../src/config/change-content.ts'),
    ])
    // What was misspelt in the file has to come out too.
    const key = stepsOf(args.key)
    const place = chosenFile(flags, await worktreeAround(flags, key), key)
    const change = await unsetValue(place, key, judgementOf(place))
    const { path, isChanged } = change
    noteFaults(change)
    if (!isChanged) readKey(args.key)
    if (flags.json) return this.printJson({ key: args.key, path, changed: isChanged })
    this.aside(isChanged ? `Took ${args.key} out of ${path}.` : `${path} says nothing of ${args.key}.`)
  }
}
