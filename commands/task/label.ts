import * as rules from '../../schemas/task.ts'
import { MhvError } from '../../src/errors.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { checked } from '../../src/terminal/input.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'

export default class TaskLabel extends ChangeCommand {
  static override description = 'Add labels to tasks, or take them off with --remove.'
  static override examples = [
    'mhv task label 12 auth backend',
    'mhv task label 3,7-9 --remove stale',
    'mhv task label 12 auth --remove triage',
  ]
  static override strict = false
  static override args = {
    tasks: ChangeCommand.tasksArgument,
    labels: Args.string({ description: 'labels to add' }),
  }
  static override flags = {
    remove: Flags.string({
      char: 'r',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      description: 'a label to take off; repeat for more',
    }),
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(TaskLabel)
    const workplace = await this.workplace()
    const { targets, rest } = await this.targetsAndRest(workplace, argv as string[], 0)
    const label = (text: string) => checked('label', rules.label, text, 'auth')
    const add = rest.flatMap((word) => word.split(',')).map(label)
    const remove = (flags.remove ?? []).map(label)
    if (add.length + remove.length === 0) {
      throw new MhvError('USAGE', 'No label is named.', { recovery: ['mhv task label 12 auth'] })
    }
    const written = await this.change(workplace, targets, () => [{ kind: 'ChangeLabels', add, remove }])
    const now = (labels: Iterable<string>) => [...labels].sort().join(', ') || 'no labels'
    this.report(
      workplace,
      written,
      flags.json,
      ({ after }) => `has ${now(after.labels.keys())}`,
      () => 'is labelled so already',
    )
  }
}
