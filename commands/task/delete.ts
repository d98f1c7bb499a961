import * as rules from '../../schemas/task.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { checked } from '../../src/terminal/input/input.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'

export default class TaskDelete extends ChangeCommand {
  static override summary = 'Delete tasks; `mhv task restore` brings them back.'
  static override description =
    'Their files, history and numbers stay, so nothing is lost. A worktree goes into the trash if its work is merged and nothing in it would be lost; else it stays, with its branch.'
  static override examples = ['mhv task delete 12', 'mhv task delete 3,7-9 --reason "test data"']
  static override args = {
    tasks: Args.string({ required: true, description: 'numbers, ranges or ids (3,7-9)' }),
  }
  static override flags = { reason: Flags.string({ char: 'r', description: 'why' }) }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskDelete)
    const workplace = await this.workplace(flags, args.tasks)
    const targets = await this.targets(workplace, args.tasks)
    const reason = flags.reason
      ? checked('reason', rules.givenReason, flags.reason.trim(), '"test data"')
      : null
    const written = await this.change(workplace, targets, () => [{ kind: 'DeleteTask', reason }], true)
    await this.reportEnd(workplace, written, flags.json, 'deleted')
  }
}
