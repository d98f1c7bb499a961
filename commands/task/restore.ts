import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { Args } from '../../src/terminal/oclif.ts'

export default class TaskRestore extends ChangeCommand {
  static override summary = 'Bring deleted tasks back.'
  static override description =
    'They come back as they were; `mhv task list --deleted` shows which there are.'
  static override examples = ['mhv task list --deleted', 'mhv task restore 12']
  static override args = {
    tasks: Args.string({ required: true, description: 'numbers, ranges or ids (3,7-9)' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskRestore)
    const workplace = await this.workplace(flags, args.tasks)
    const targets = await this.targets(workplace, args.tasks)
    const written = await this.change(workplace, targets, () => [{ kind: 'RestoreTask' }], true)
    this.report(
      workplace,
      written,
      flags.json,
      () => 'restored',
      () => 'is not deleted',
    )
  }
}
