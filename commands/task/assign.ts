import * as rules from '../../schemas/task.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { checked } from '../../src/terminal/input.ts'
import { Args } from '../../src/terminal/oclif.ts'

export default class TaskAssign extends ChangeCommand {
  static override description = 'Say who does tasks: a name or address, “me”, or “none”.'
  static override examples = [
    'mhv task assign 12 ann@example.com',
    'mhv task assign 3,7-9 me',
    'mhv task assign 12 none',
  ]
  static override args = {
    tasks: Args.string({ required: true, description: 'numbers, ranges or ids (3,7-9)' }),
    person: Args.string({ required: true, description: 'a name or address, “me” or “none”' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskAssign)
    const workplace = await this.workplace()
    const targets = await this.targets(workplace, args.tasks)
    const { actor } = await this.environment(workplace.store)
    const assignee =
      args.person === 'none'
        ? null
        : checked(
            'assignee',
            rules.person,
            args.person === 'me' ? actor : args.person.trim(),
            'ann@example.com',
          )
    const written = await this.change(workplace, targets, () => [{ kind: 'AssignTask', assignee }])
    const said = assignee ? `assigned to ${assignee}` : 'assigned to nobody'
    this.report(
      workplace,
      written,
      flags.json,
      () => said,
      () => `is ${said} already`,
    )
  }
}
