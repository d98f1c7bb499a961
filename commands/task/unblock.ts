import { ChangeCommand } from '../../src/terminal/change-command.ts'

export default class TaskUnblock extends ChangeCommand {
  static override summary = 'Say that nothing blocks tasks any more.'
  static override description = 'They become what they were before `mhv task block`.'
  static override examples = ['mhv task unblock 12']
  static override args = { tasks: ChangeCommand.tasksArgument }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskUnblock)
    const workplace = await this.workplace(flags, args.tasks)
    const targets = await this.targets(workplace, args.tasks)
    const written = await this.change(workplace, targets, () => [{ kind: 'UnblockTask' }])
    this.report(
      workplace,
      written,
      flags.json,
      ({ after }) => `unblocked, ${after.status} again`,
      () => 'is not blocked',
    )
  }
}
