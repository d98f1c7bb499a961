import { findLiveTasks, findTasks } from '../../src/query/find-task.ts'
import { parseTaskNames } from '../../src/query/number-list.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { Flags } from '../../src/terminal/oclif.ts'

export default class TaskDepend extends ChangeCommand {
  static override summary = 'Say that tasks have to wait for others.'
  static override description =
    'With --remove they no longer do. A dependency that would close a cycle is refused, with the cycle shown.'
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
    const others = parseTaskNames(flags.on, workplace.store.name)
    const written = await this.change(workplace, targets, (view) => {
      const idsOf = (slots: readonly number[]) => slots.map((slot) => view.head(slot).id)
      if (!flags.remove) return [{ kind: 'AddDependency', on: idsOf(findLiveTasks(view, others)) }]
      // What is to go may point to a task that is not here any more: its id is enough then.
      const on = others.flatMap((name) =>
        typeof name === 'string' ? name : idsOf(findTasks(view, [name], true)),
      )
      return [{ kind: 'RemoveDependency', on }]
    })
    const number = (id: string) => `#${written.view.summary(id)?.number ?? id}`
    this.report(
      workplace,
      written,
      flags.json,
      ({ after }) => `depends on ${[...after.dependsOn.keys()].map(number).join(', ') || 'nothing'}`,
      () => (flags.remove ? 'does not depend on that' : 'depends so already'),
    )
  }
}
