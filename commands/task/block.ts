import * as rules from '../../schemas/task.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { checked } from '../../src/terminal/input/input.ts'
import { Flags } from '../../src/terminal/oclif.ts'

export default class TaskBlock extends ChangeCommand {
  static override summary = 'Say that tasks are blocked, and by what.'
  static override description =
    'Waiting for a dependency needs no saying: it is derived. `mhv task unblock` takes the block away.'
  static override examples = ['mhv task block 12 --reason "waiting for the vendor"']
  static override args = { tasks: ChangeCommand.tasksArgument }
  static override flags = {
    reason: Flags.string({ char: 'r', required: true, description: 'what is in the way' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskBlock)
    const workplace = await this.workplace(flags, args.tasks)
    const targets = await this.targets(workplace, args.tasks)
    const reason = checked('reason', rules.givenReason, flags.reason.trim(), '"waiting for the vendor"')
    const written = await this.change(workplace, targets, () => [{ kind: 'BlockTask', reason }])
    this.report(
      workplace,
      written,
      flags.json,
      () => 'blocked',
      () => 'is blocked for that already',
    )
  }
}
