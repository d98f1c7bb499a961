import * as rules from '../../schemas/task.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { checked } from '../../src/terminal/input/input.ts'
import { Flags } from '../../src/terminal/oclif.ts'

export default class TaskCancel extends ChangeCommand {
  static override summary = 'Cancel tasks: they will not be done.'
  static override description =
    'A worktree goes into the trash if its work is merged and nothing would be lost; else it stays, with its branch. `mhv task reopen` takes the tasks up again.'
  static override examples = [
    'mhv task cancel 12 --reason "duplicate of #7"',
    'mhv task cancel 3,7-9 --reason obsolete',
  ]
  static override args = { tasks: ChangeCommand.tasksArgument }
  static override flags = { reason: Flags.string({ char: 'r', required: true, description: 'why' }) }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskCancel)
    const workplace = await this.workplace(flags, args.tasks)
    const targets = await this.targets(workplace, args.tasks)
    const reason = checked('reason', rules.givenReason, flags.reason.trim(), '"duplicate of #7"')
    const written = await this.change(workplace, targets, () => [{ kind: 'CancelTask', reason }])
    await this.reportEnd(workplace, written, flags.json, 'cancelled')
  }
}
