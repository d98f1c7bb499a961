import * as rules from '../../schemas/task.ts'
import { MhvError } from '../../src/errors.ts'
import { completeTasks } from '../../src/gating/complete-tasks.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { gateProgress } from '../../src/terminal/gating/gate-progress.ts'
import { warnOfLostHooks } from '../../src/terminal/gating/warn-of-lost-hooks.ts'
import { expiryOf } from '../../src/terminal/input/expiry.ts'
import { checked } from '../../src/terminal/input/input.ts'
import { Flags } from '../../src/terminal/oclif.ts'
import { now } from '../../src/terminal/output/clock.ts'
import { note } from '../../src/terminal/output/output-mode.ts'
import { shortFormsOf } from '../../src/terminal/short-forms.ts'

export default class TaskComplete extends ChangeCommand {
  static override aliases = shortFormsOf('task:complete')
  static override summary = 'Complete tasks, with evidence of the work.'
  static override description =
    'The evidence is the commit and the branch of the work, and what the quality gates say of it that the repository is configured with. Refused while a dependency, a subtask or a criterion is open, which --force --reason passes, and while a required gate fails, which --override --reason passes; either is recorded. Of several tasks all are completed or none.'
  static override examples = [
    'mhv done 12',
    'mhv done 3,7-9',
    'mhv done',
    'mhv done 12 --force --reason "the rest moved to #15"',
    'mhv done 12 --override --reason "the feed is down" --expires 7d',
  ]
  static override args = { tasks: ChangeCommand.tasksArgument }
  static override flags = {
    force: Flags.boolean({
      char: 'f',
      description: 'complete it although something is open',
      dependsOn: ['reason'],
    }),
    override: Flags.boolean({
      description: 'complete it although gates do not pass; they are let pass on this tree',
      dependsOn: ['reason'],
    }),
    reason: Flags.string({ description: 'why it is complete all the same; recorded' }),
    approver: Flags.string({ description: 'who agreed to the override', dependsOn: ['override'] }),
    expires: Flags.string({
      description: 'when the override ends: after a time (7d), or at the end of a date (2026-11-27)',
      dependsOn: ['override'],
    }),
    'no-cache': Flags.boolean({ description: 'run gates although passes are recorded' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskComplete)
    const workplace = await this.workplace({ ...flags, maxAge: 0 }, args.tasks)
    const { repository, store } = workplace
    if (flags.reason !== undefined && !flags.force && !flags.override) {
      throw new MhvError('USAGE', '--reason goes with --force or --override.')
    }
    const given = (field: string, rule: typeof rules.reason, value: string | undefined, example: string) =>
      value === undefined ? null : checked(field, rule, value.trim(), example)
    const reason = given('reason', rules.givenReason, flags.reason, '"the rest moved to #15"')
    const approver = given('approver', rules.person, flags.approver, 'bob@example.com')
    const expires = flags.expires === undefined ? null : expiryOf(flags.expires, now())
    const targets = await this.targets(workplace, args.tasks)
    await warnOfLostHooks(repository)
    const { onProgress, end } = gateProgress()
    const { written, warnings } = await completeTasks(
      repository,
      store,
      {
        targets,
        force: flags.force ?? false,
        reason,
        override: flags.override ? { approver, expires } : null,
        useCache: !flags['no-cache'],
        onProgress,
        onReports: async (reports, remarks) => {
          end()
          if (!flags.json && reports.length > 0) {
            const { printGates } = await import('../../src/terminal/gating/print-gates.ts')
            await printGates(reports, process.stderr)
          }
          for (const remark of remarks) note(`${remark}\n`)
        },
      },
      () => this.environment(store),
    ).finally(end)
    await this.reportEnd(workplace, written, flags.json, 'completed', ({ kinds }) =>
      kinds.includes('GateOverridden') ? 'completed, its gates overridden' : 'completed',
    )
    for (const warning of warnings) process.stderr.write(`${warning}\n`)
  }
}
