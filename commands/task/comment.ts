import * as rules from '../../schemas/task.ts'
import { findLiveTasks } from '../../src/query/find-task.ts'
import { editText } from '../../src/terminal/asking/editor.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { checked, readStandardInput } from '../../src/terminal/input/input.ts'
import { Args } from '../../src/terminal/oclif.ts'

const readComment = (text: string) =>
  checked('comment', rules.commentText, text.replace(/\r\n/g, '\n').trimEnd(), '"Reproduced on Linux too"')

export default class TaskComment extends ChangeCommand {
  static override summary = 'Comment on tasks.'
  static override description =
    'Without a text your editor opens; “-” reads standard input. A comment has at most 16 KB.'
  static override examples = [
    'mhv task comment 12 "Reproduced on Linux too"',
    'make test 2>&1 | tail -50 | mhv task comment 12 -',
    'mhv task comment 12',
  ]
  static override args = {
    tasks: ChangeCommand.tasksArgument,
    text: Args.string({ description: 'the comment, or - for standard input' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskComment)
    const workplace = await this.workplace(flags, args.tasks)
    const { targets, rest } = await this.targetsAndRest(workplace, [args.tasks, args.text], {
      what: 'a comment',
      isNeeded: false,
    })
    // Before the editor opens: what is written in it would be lost.
    findLiveTasks(await workplace.store.view(), targets)
    const [given] = rest
    const text =
      given === undefined
        ? await editText(workplace.repository, '', readComment)
        : readComment(given === '-' ? await readStandardInput() : given)
    const written = await this.change(workplace, targets, () => [{ kind: 'AddComment', text }])
    this.report(
      workplace,
      written,
      flags.json,
      () => 'commented on',
      () => 'is commented on already',
    )
  }
}
