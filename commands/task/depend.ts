import { MhvError } from '../../src/errors.ts'
import { findLiveTask, findTask, type TaskName } from '../../src/query/find-task.ts'
import { parseTaskNames } from '../../src/query/number-list.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { Flags } from '../../src/terminal/oclif.ts'

export default class TaskDepend extends ChangeCommand {
  static override description =
    'Say that tasks have to wait for others, or with --remove that they no longer do. A dependency that would close a cycle is refused, with the cycle shown.'
  static override examples = [
    'mhv task depend 12 --on 7',
    'mhv task depend 12 --on 3,7-9',
    'mhv task depend 12 --on 7 --remove',
  ]
  static override args = {
    tasks: ChangeCommand.tasksArgument,
  }
  static override flags = {
    on: Flags.string({
      required: true,
      multiple: true,
      multipleNonGreedy: true,
      description: 'the tasks that they wait for (3,7-9)',
    }),
    remove: Flags.boolean({ description: 'take the dependency away' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskDepend)
    const workplace = await this.workplace()
    const targets = await this.targets(workplace, args.tasks)
    if (flags.on.some((word) => word.includes('#') && !word.startsWith('#'))) {
      throw new MhvError(
        'INVALID_INPUT',
        'Tasks of other repositories cannot be named yet; give numbers of this one.',
        {
          recovery: ['mhv task list'],
        },
      )
    }
    const others = parseTaskNames(flags.on)
    const written = await this.change(workplace, targets, (view) => {
      // What is to go may point to a task that is not here any more: its id is enough then.
      const find = flags.remove ? findTask : findLiveTask
      const named = (name: TaskName) =>
        flags.remove && typeof name === 'string' ? name : view.head(find(view, name)).id
      const on = others.map(named)
      return [flags.remove ? { kind: 'RemoveDependency', on } : { kind: 'AddDependency', on }]
    })
    const number = (id: string) => `#${written.view.summary(id)?.number ?? id}`
    this.report(
      workplace,
      written,
      flags.json,
      ({ after }) => `depends on ${[...after.dependsOn.keys()].map(number).join(', ') || 'nothing'}`,
      () => 'depends so already',
    )
  }
}
