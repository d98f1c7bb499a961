import * as rules from '../../schemas/task.ts'
import { MhvError } from '../../src/errors.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { checked } from '../../src/terminal/input/input.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { readLabel } from '../../src/terminal/task/fields.ts'

export default class TaskLabel extends ChangeCommand {
  static override summary = 'Add labels to tasks, or take them off.'
  static override description =
    'The words after the tasks are labels to add; --remove takes one off. Both go together.'
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
    add: Flags.string({
      char: 'a',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      description: 'a label to add that would be taken for a task, such as 2026; repeat for more',
    }),
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
    const workplace = await this.workplace(flags, (argv as string[])[0])
    const { targets, rest } = await this.targetsAndRest(workplace, argv as string[], {
      what: 'a label',
      isNeeded: false,
      mayBeSeveral: true,
    })
    const add = [...rest.flatMap((word) => word.split(',')), ...(flags.add ?? [])].map(readLabel)
    const remove = (flags.remove ?? []).map((text) => checked('label', rules.label, text, 'auth'))
    if (add.length + remove.length === 0) {
      throw new MhvError('USAGE', 'No label is named.')
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
