import { MhvError } from '../../src/errors.ts'
import { lastChangeBy } from '../../src/store/last-change.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { shortFormsOf } from '../../src/terminal/short-forms.ts'

export default class TaskUndo extends ChangeCommand {
  static override aliases = shortFormsOf('task:undo')
  static override description =
    'Take the last command on tasks back, by a new event: nothing leaves the history. Again takes back the one before.\n\nWithout a number: your own last command in this repository, on all the tasks that it changed. A branch or worktree that it made stays.'
  static override examples = ['mhv undo', 'mhv undo 12']
  static override args = { tasks: ChangeCommand.tasksArgument }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskUndo)
    const workplace = await this.workplace()
    const { repository, store } = workplace
    const view = await store.view()
    const targets =
      args.tasks === undefined
        ? await lastChangeBy(repository, view.tip!, await store.identity())
        : await this.targets(workplace, args.tasks)
    if (targets.length === 0) {
      throw new MhvError('NOTHING_TO_UNDO', 'There is no recent command of yours here.', {
        recovery: ['mhv undo 1'],
      })
    }
    const written = await this.change(workplace, targets, () => [{ kind: 'UndoTask' }])
    this.report(
      workplace,
      written,
      flags.json,
      ({ kinds }) => `taken back by ${kinds.join(', ')}`,
      () => 'unchanged',
    )
  }
}
