import { MhvCommand, wordsOf } from '../../src/terminal/base-command.ts'
import { listFlags } from '../../src/terminal/listing/list-flags.ts'
import { listTasks } from '../../src/terminal/listing/list-tasks.ts'
import { Args } from '../../src/terminal/oclif.ts'
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
    'mhv ready critical bugs',
    'mhv ready --all',
    'mhv ready --json',
  ]
  // The words may come without quotes around them.
  static override strict = false
  static override args = {
    words: Args.string({ description: 'which ones, in words: overdue bugs in akosha assigned to me' }),
  }
  static override flags = flags

  async run(): Promise<void> {
    const { raw, flags } = await this.parse(TaskReady)
    const text = wordsOf(raw)
    const words = text === '' ? null : { text, command: 'task ready' }
    await listTasks({ ...flags, status: ['ready'] }, () => this.workplace(), words)
  }
}
