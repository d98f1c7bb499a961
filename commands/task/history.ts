import { findTasks } from '../../src/query/find-task.ts'
import { changesOf } from '../../src/tasks/history.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { fitted } from '../../src/terminal/output/wrapped.ts'
import { renderHistory } from '../../src/terminal/task/render-history.ts'
import { refsOf } from '../../src/terminal/task/task-json.ts'

export default class TaskHistory extends ChangeCommand {
  static override summary = 'Show who changed what in tasks, and when.'
  static override description =
    'Each change is shown with what was before and after. A change that lost against a concurrent one is marked.'
  static override examples = ['mhv task history 12', 'mhv task history 12 --json']
  static override args = { tasks: ChangeCommand.tasksArgument }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskHistory)
    const workplace = await this.workplace(flags, args.tasks)
    const view = await workplace.store.view()
    const names = await this.targets(workplace, args.tasks)
    const ids = findTasks(view, names, false).map((slot) => view.head(slot).id)
    const logs = await workplace.store.load(view, ids)
    const histories = ids.map((id) => {
      const { task, log } = logs.get(id)!
      return { ref: `${workplace.store.name}#${task.number}`, id, title: task.title, events: changesOf(log) }
    })
    const refOf = refsOf(view, workplace.store.name)
    const own = `${workplace.store.name}#`
    const shortRef = (id: string) => {
      const ref = refOf(id)
      return ref.startsWith(own) ? ref.slice(own.length - 1) : ref
    }
    const nameOf = (text: string) => (/^(?:[\w.-]+\/)?[0-7][0-9A-Z]{25}$/.test(text) ? shortRef(text) : text)
    if (flags.json) this.printJson(histories.length === 1 ? { history: histories[0]! } : { histories })
    else
      await this.printLong(
        await fitted(
          histories
            .map((history) => renderHistory({ ...history, ref: shortRef(history.id) }, nameOf))
            .join('\n\n'),
        ),
      )
  }
}
