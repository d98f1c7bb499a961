import { isAbsolute, resolve } from 'node:path'
import * as rules from '../../schemas/task.ts'
import { createWorktree } from '../../src/lifecycle/create-worktree.ts'
import { namesTasks, parseTaskName } from '../../src/query/number-list.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { warnOfLostHooks } from '../../src/terminal/gating/warn-of-lost-hooks.ts'
import { checked } from '../../src/terminal/input/input.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { isQuiet, note } from '../../src/terminal/output/output-mode.ts'
import { placeFlags } from '../../src/terminal/places/place-flags.ts'
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

export default class WorktreeCreate extends MhvCommand {
  static override aliases = shortFormsOf('worktree:create')
  static override summary = 'Make a worktree for a started task or for any branch.'
  static override description =
    'For a task that has none. Makes it ready for work as `mhv start` does, and changes no task. A branch that only one remote has is taken up from there; any other that is missing begins at --base, or HEAD.\n\nRun again, it finishes what was interrupted, or says where the worktree is. With `mhv shell-init` the shell goes there.'
  static override examples = [
    'mhv worktree create 12',
    'mhv wc review/login --base origin/main',
    'mhv wc topic --path ../topic --no-setup',
  ]
  static override args = {
    what: Args.string({ required: true, description: 'number or id of the task, or name of the branch' }),
  }
  static override flags = {
    path: Flags.string({
      description: 'directory of the worktree; ../REPOSITORY.worktrees/NAME unless given or configured',
    }),
    base: Flags.string({
      description: 'commit that a new branch begins at; HEAD unless given or configured',
    }),
    track: Flags.boolean({
      allowNo: true,
      description: 'have a new branch follow its base, a branch of a remote; not so unless configured',
    }),
    ...setUpFlags,
    ...placeFlags,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(WorktreeCreate)
    const workplace = await this.workplace(flags, args.what)
    requireFiles(workplace)
    const { repository, store } = workplace
    const wanted = namesTasks(args.what)
      ? { task: parseTaskName(args.what, namesOf(workplace)) }
      : { branch: checked('branch', rules.branchName, args.what, 'task/12') }
    const path = flags.path && checked('path', rules.line(4096), flags.path, '../work')
    const { actor } = await this.environment(store)
    const { plan, task, setAside, setUp } = await createWorktree(repository, store, wanted, actor, {
      ...(path ? { path: isAbsolute(path) ? path : resolve(path) } : {}),
      ...(flags.base ? { base: checked('base', rules.line(200), flags.base, 'main') } : {}),
      ...(flags.track === undefined ? {} : { track: flags.track }),
      ...setUpOptions(flags),
    })
    await warnOfLostHooks(repository)
    const changed = plan.createBranch || plan.addWorktree || wasSetUp(setUp)
    const ofTask = task && { ref: `${store.name}#${task.number}`, ...task }
    if (setAside) {
      note(`Note: what an interrupted command had left holds other files; it is in ${setAside} now.\n`)
    }
    for (const line of setUpLines(setUp)) note(`${line}\n`)
    if (flags.json) {
      const { branch, path: worktree } = plan
      this.printJson({ task: ofTask, branch, worktree, changed, set_aside: setAside, ...setUpJson(setUp) })
    } else if (isQuiet()) this.print(plan.path!)
    else {
      const what = task ? `#${task.number}` : plan.branch
      this.print(`Worktree of ${what} ${changed ? 'made' : 'is there already'}`)
      this.print(`  branch    ${plan.branch}`)
      this.print(`  worktree  ${plan.path}`)
    }
    goTo(plan.path!)
  }
}
