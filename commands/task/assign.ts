import { MhvError } from '../../src/errors.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { Args } from '../../src/terminal/oclif.ts'
import { readPerson } from '../../src/terminal/task/fields.ts'

export default class TaskAssign extends ChangeCommand {
  static override summary = 'Say who does tasks.'
  static override description =
    'A task has one assignee or none. “me” is you, by the name and address that git has of you.'
  static override examples = [
    'mhv task assign 12 ann@example.com',
    'mhv task assign 3,7-9 me',
    'mhv task assign 12 none',
  ]
  static override args = {
    tasks: ChangeCommand.tasksArgument,
    person: Args.string({ description: 'a name or address, “me” or “none”' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskAssign)
    const workplace = await this.workplace(flags, args.tasks)
    const { targets, rest } = await this.targetsAndRest(workplace, [args.tasks, args.person], {
      what: 'a person',
      isNeeded: true,
    })
    const person = rest[0]
    if (person === undefined) throw new MhvError('USAGE', 'Nobody is named.')
    const { actor } = await this.environment(workplace.store)
    const assignee = readPerson(person, actor)
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
