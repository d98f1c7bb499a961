import { isAbsolute, resolve } from 'node:path'
import * as rules from '../../schemas/task.ts'
import { startTask } from '../../src/lifecycle/start-task.ts'
import { parseTaskName } from '../../src/query/number-list.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { warnOfLostHooks } from '../../src/terminal/gating/warn-of-lost-hooks.ts'
import { checked } from '../../src/terminal/input/input.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { note } from '../../src/terminal/output/output-mode.ts'
import { namesOf, requireFiles } from '../../src/terminal/places/workplace.ts'
import { shortFormsOf } from '../../src/terminal/short-forms.ts'
import { goTo } from '../../src/terminal/worktrees/go-to.ts'
import {
  setUpFlags,
  setUpJson,
  setUpLines,
  setUpOptions,
  wasSetUp,
} from '../../src/terminal/worktrees/set-up-flags.ts'

export default class TaskStart extends ChangeCommand {
  static override aliases = shortFormsOf('task:start')
  static override summary = 'Start a task: its branch, and a worktree for it.'
  static override description =
    'Marks it in progress, and makes its branch task/N and a linked worktree beside the repository.\n\nThe worktree gets what .worktreeinclude lists of the ignored files, a port number of its own, and runs the configured set-up commands once. Run again, it finishes what was interrupted, or says where the worktree is. With `mhv shell-init` the shell goes there.'
  static override examples = [
    'mhv start 12',
    'mhv start 12 --base origin/main',
    'mhv start 12 --no-worktree',
    'mhv start 12 --force',
  ]
  static override args = { task: Args.string({ required: true, description: 'its number or id' }) }
  static override flags = {
    worktree: Flags.boolean({
      default: true,
      allowNo: true,
      description: 'make a linked worktree; the default',
    }),
    path: Flags.string({
      description: 'directory of the worktree; ../REPOSITORY.worktrees/N-title unless given or configured',
    }),
    branch: Flags.string({ char: 'b', description: 'name of the branch; task/N unless given or configured' }),
    base: Flags.string({
      description: 'commit that a new branch begins at; HEAD unless given or configured',
    }),
    track: Flags.boolean({
      allowNo: true,
      description: 'have a new branch follow its base, a branch of a remote; not so unless configured',
    }),
    ...setUpFlags,
    force: Flags.boolean({ char: 'f', description: 'start it although it is blocked or waits for others' }),
    reason: Flags.string({ description: 'why it is started all the same; recorded', dependsOn: ['force'] }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskStart)
    const workplace = await this.workplace(flags, args.task)
    requireFiles(workplace)
    const name = parseTaskName(args.task, namesOf(workplace))
    const reason =
      flags.reason && checked('reason', rules.givenReason, flags.reason.trim(), '"the API is mocked"')
    const path = flags.path && checked('path', rules.line(4096), flags.path, '../work')
    const { written, plan, setAside, removed, setUp } = await startTask(
      workplace.repository,
      workplace.store,
      name,
      await this.environment(workplace.store),
      {
        worktree: flags.worktree,
        ...(flags.branch ? { branch: checked('branch', rules.branchName, flags.branch, 'task/12') } : {}),
        ...(path ? { path: isAbsolute(path) ? path : resolve(path) } : {}),
        ...(flags.base ? { base: checked('base', rules.line(200), flags.base, 'main') } : {}),
        ...(flags.track === undefined ? {} : { track: flags.track }),
        ...setUpOptions(flags),
        force: flags.force,
        reason: reason || null,
      },
    )
    await warnOfLostHooks(workplace.repository)
    const isSetUp = setUp !== null && wasSetUp(setUp)
    const changed = written.changed || plan.createBranch || plan.addWorktree || isSetUp
    this.report(
      workplace,
      written,
      flags.json,
      () => 'started',
      () => (changed ? 'start resumed' : 'is started already'),
      {
        branch: plan.branch,
        worktree: plan.path,
        changed,
        set_aside: setAside,
        ...setUpJson(setUp),
      },
    )
    if (plan.claimBranch && !plan.createBranch && written.changed) {
      note(
        `Note: the branch ${plan.branch} was there before. On it, commands without a number now mean ${args.task}.\n`,
      )
    }
    if (setAside) {
      note(`Note: what an interrupted start had left holds other files; it is in ${setAside} now.\n`)
    }
    if (removed) {
      note(
        `Note: this is a new worktree; one that was removed is in the trash, and mhv worktree undo ${removed} would bring it back.\n`,
      )
    }
    for (const line of setUp ? setUpLines(setUp) : []) note(`${line}\n`)
    if (!flags.json) {
      this.aside(`  branch    ${plan.branch}`)
      if (plan.path) this.aside(`  worktree  ${plan.path}`)
    }
    if (plan.path) goTo(plan.path)
  }
}
