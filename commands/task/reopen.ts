import * as rules from '../../schemas/task.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { checked } from '../../src/terminal/input/input.ts'
import { Flags } from '../../src/terminal/oclif.ts'

export default class TaskReopen extends ChangeCommand {
  static override summary = 'Reopen completed or cancelled tasks.'
  static override description = 'They are pending again.'
  static override examples = ['mhv task reopen 12', 'mhv task reopen 12 --reason "came back in 2.1"']
  static override args = { tasks: ChangeCommand.tasksArgument }
  static override flags = { reason: Flags.string({ char: 'r', description: 'why' }) }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskReopen)
    const workplace = await this.workplace(flags, args.tasks)
    const targets = await this.targets(workplace, args.tasks)
    const reason = flags.reason
      ? checked('reason', rules.givenReason, flags.reason.trim(), '"came back in 2.1"')
      : null
    const written = await this.change(workplace, targets, () => [{ kind: 'ReopenTask', reason }])
    this.report(
      workplace,
      written,
      flags.json,
      () => 'reopened',
      ({ after }) => `is open already (${after.status})`,
    )
  }
}
