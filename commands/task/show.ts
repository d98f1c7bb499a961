import { MhvError } from '../../src/errors.ts'
import { findTasks } from '../../src/query/find-task.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { Flags } from '../../src/terminal/oclif.ts'
import { openListing } from '../../src/terminal/places/view-at.ts'
import { showTasks } from '../../src/terminal/task/show-tasks.ts'

export default class TaskShow extends ChangeCommand {
  static override summary = 'Show everything about tasks.'
  static override description =
    'Fields, dependencies both ways, criteria, comments, branch and worktree. --at shows them as they were at an earlier time.'
  static override examples = [
    'mhv task show 12',
    'mhv task show 3,7-9 --json',
    'mhv task show 12 --at 2026-11-01',
    'mhv task show',
  ]
  static override args = { tasks: ChangeCommand.tasksArgument }
  static override flags = {
    at: Flags.string({
      description: 'as it was at a date (its end), an instant, or a commit of the task log',
    }),
    format: Flags.string({ description: "a template for each task: '{number}\\t{status}\\t{branch}'" }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskShow)
    const { format } = flags
    if (format !== undefined && flags.json) {
      throw new MhvError('USAGE', `--json and --format ${format} contradict each other.`)
    }
    const workplace = await this.workplace(flags, args.tasks)
    const names = await this.targets(workplace, args.tasks)
    const { snapshot, time } = await openListing(workplace, flags.at)
    const slots = findTasks(snapshot, names, false)
    if (format !== undefined) {
      const { showWritten } = await import('../../src/terminal/listing/show-written.ts')
      return this.print(await showWritten(workplace, snapshot, slots, time, format))
    }
    await showTasks(workplace, snapshot, slots, time, flags.json)
  }
}
