import { MhvCommand } from '../../src/terminal/base-command.ts'
import { listFlags } from '../../src/terminal/list-flags.ts'
import { listTasks } from '../../src/terminal/list-tasks.ts'
import { shortFormsOf } from '../../src/terminal/short-forms.ts'

const { status: _status, deleted: _deleted, at: _at, ...flags } = listFlags

export default class TaskReady extends MhvCommand {
  static override aliases = shortFormsOf('task:ready')
  static override summary = 'List what can be started now.'
  static override description =
    'Those are the tasks that are pending and wait for nothing (`mhv task list --status ready`). Takes the filters of `mhv task list`.'
  static override examples = [
    'mhv ready',
    'mhv ready --assignee me --limit 5',
    'mhv ready --all',
    'mhv ready --json',
  ]
  static override flags = flags

  async run(): Promise<void> {
    const { flags } = await this.parse(TaskReady)
    await listTasks({ ...flags, status: ['ready'] }, () => this.workplace())
  }
}
