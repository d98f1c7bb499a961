import { differences } from '../../src/tasks/history.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { Args } from '../../src/terminal/oclif.ts'
import { changeLine } from '../../src/terminal/render-history.ts'
import { shortFormsOf } from '../../src/terminal/short-forms.ts'
import { undoLast } from '../../src/undo-last.ts'
import { leftBehind } from '../../src/worktrees/left-behind.ts'

export default class TaskUndo extends ChangeCommand {
  static override aliases = shortFormsOf('task:undo')
  static override summary = 'Take the last command on tasks back.'
  static override description =
    'That is a new event: nothing leaves the history. Again takes back the one before.\n\nWithout a number: your own last command in this repository, on all the tasks that it changed. Undoing a creation or an import deletes its tasks, and mhv task restore brings them back. A branch or worktree that a start made stays.'
  static override examples = ['mhv undo', 'mhv undo 12']
  static override args = {
    tasks: Args.string({
      description: 'numbers, ranges or ids (3,7-9); your own last command when left out',
    }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskUndo)
    const workplace = await this.workplace()
    const { repository, store } = workplace
    const written =
      args.tasks === undefined
        ? await undoLast(repository, store, await this.environment(store))
        : await this.change(
            workplace,
            await this.targets(workplace, args.tasks),
            () => [{ kind: 'UndoTask' }],
            true,
          )
    const forgotten = written.result.flatMap(({ before, after }) =>
      before?.branch && !after.branch ? [before.branch] : [],
    )
    const left = await leftBehind(repository, forgotten)
    const stays = new Map(
      left.map(({ branch, worktree }) => [
        branch,
        worktree ? `; branch ${branch} and its worktree stay` : `; branch ${branch} stays`,
      ]),
    )
    const nameOf = (text: string) => {
      const number = written.view.summary(text)?.number
      return number ? `#${number}` : text
    }
    this.report(
      workplace,
      written,
      flags.json,
      ({ before, after }) => {
        const changes = differences(before!, after).map((change) => changeLine(change, nameOf))
        return `taken back (${changes.join('; ')})${stays.get(before?.branch ?? '') ?? ''}`
      },
      () => 'unchanged',
      left.length > 0 ? { left_behind: left } : {},
    )
  }
}
