import { shownAs } from '../../src/tasks/known.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { Flags } from '../../src/terminal/oclif.ts'
import { noteUnseen, relatedTasks } from '../../src/terminal/task/related-tasks.ts'

export default class TaskDepend extends ChangeCommand {
  static override summary = 'Say that tasks have to wait for others.'
  static override description =
    'With --remove they no longer do. A dependency that would close a cycle is refused, with the cycle shown.'
  static override examples = [
    'mhv task depend 12 --on 7',
    'mhv task depend 12 --on 3,7-9',
    'mhv task depend crackerjack#12 --on akosha#7',
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
      description: 'the tasks that they wait for (3,7-9), of other repositories too (akosha#7)',
    }),
    remove: Flags.boolean({ description: 'take the dependency away' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskDepend)
    const workplace = await this.workplace(flags, args.tasks)
    const targets = await this.targets(workplace, args.tasks)
    const others = await relatedTasks(workplace, flags.on, flags.remove)
    const written = await this.change(workplace, targets, (view) => {
      return [{ kind: flags.remove ? 'RemoveDependency' : 'AddDependency', on: others(view) }]
    })
    const named = (id: string) => {
      const task = written.view.summary(id)
      return task ? shownAs(task) : id
    }
    this.report(
      workplace,
      written,
      flags.json,
      ({ after }) => `depends on ${[...after.dependsOn.keys()].map(named).join(', ') || 'nothing'}`,
      () => (flags.remove ? 'does not depend on that' : 'depends so already'),
    )
    if (flags.remove) return
    for (const { after } of written.result) noteUnseen(written.view, after.dependsOn.keys())
  }
}
