import * as rules from '../../schemas/task.ts'
import { findLiveTasks } from '../../src/query/find-task.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { checked } from '../../src/terminal/input.ts'
import { Flags } from '../../src/terminal/oclif.ts'
import { shortFormsOf } from '../../src/terminal/short-forms.ts'
import { evidenceFor } from '../../src/worktrees/evidence.ts'

export default class TaskComplete extends ChangeCommand {
  static override aliases = shortFormsOf('task:complete')
  static override summary = 'Complete tasks, with evidence of the work.'
  static override description =
    'The evidence is the commit and the branch of the work. Refused while a dependency, a subtask or a criterion is open; --force --reason completes all the same and records why.'
  static override examples = [
    'mhv done 12',
    'mhv done 3,7-9',
    'mhv done',
    'mhv done 12 --force --reason "the rest moved to #15"',
  ]
  static override args = { tasks: ChangeCommand.tasksArgument }
  static override flags = {
    force: Flags.boolean({
      char: 'f',
      description: 'complete it although something is open',
      dependsOn: ['reason'],
    }),
    reason: Flags.string({ description: 'why it is complete all the same; recorded', dependsOn: ['force'] }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskComplete)
    const workplace = await this.workplace()
    const reason = flags.reason
      ? checked('reason', rules.reason, flags.reason.trim(), '"the rest moved to #15"')
      : null
    const targets = await this.targets(workplace, args.tasks)
    // 1. Evidence of the work. 2. Quality gates on it belong here, between the evidence and the event. 3. The event.
    const view = await workplace.store.view()
    const evidence = new Map(
      await Promise.all(
        findLiveTasks(view, targets).map(async (slot) => {
          const { id, branch } = view.head(slot)
          return [id, await evidenceFor(workplace.repository, { id, branch: branch || null })] as const
        }),
      ),
    )
    const written = await this.change(workplace, targets, (_view, id) => [
      {
        kind: 'CompleteTask',
        force: flags.force ?? false,
        reason,
        ...(evidence.get(id) ?? { commit: null, branch: null }),
      },
    ])
    this.report(
      workplace,
      written,
      flags.json,
      () => 'completed',
      () => 'is completed already',
    )
  }
}
