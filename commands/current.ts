import { findTask } from '../src/query/find-task.ts'
import { ChangeCommand } from '../src/terminal/change-command.ts'
import { taskJsonTexts } from '../src/terminal/task/task-json.ts'
import { requireCurrentTask } from '../src/worktrees/current-task.ts'

export default class Current extends ChangeCommand {
  static override summary = 'Name the task whose branch is checked out here.'
  static override description = 'Fails with NO_CURRENT_TASK where no task’s branch is checked out.'
  static override examples = ['mhv current', 'mhv current --json']

  async run(): Promise<void> {
    const { flags } = await this.parse(Current)
    const { repository, store } = await this.workplace(flags)
    const view = await store.view()
    const slot = findTask(view, await requireCurrentTask(repository))
    if (flags.json) this.print(`{"schema":1,"task":${taskJsonTexts(view, store.name, [slot])[0]}}`)
    else this.print(`#${view.number(slot)} ${view.head(slot).title}`)
  }
}
