import { CLOSED_STATUSES, type Status } from '../schemas/vocabulary.ts'
import { MhvError } from '../src/errors.ts'
import { findLiveTask } from '../src/query/find-task.ts'
import { parseTaskName } from '../src/query/number-list.ts'
import { ChangeCommand } from '../src/terminal/change-command.ts'
import { Args } from '../src/terminal/oclif.ts'
import { namesOf, requireFiles } from '../src/terminal/places/workplace.ts'
import { goTo } from '../src/terminal/worktrees/go-to.ts'
import { missingWorktree } from '../src/worktrees/missing-worktree.ts'
import { listWorktrees, readClaims } from '../src/worktrees/read-facts.ts'

function stepsToStart(number: number, status: Status): string[] {
  const start = `mhv start ${number}`
  if (CLOSED_STATUSES.includes(status)) return [`mhv task reopen ${number}`, start]
  return status === 'blocked' ? [`mhv task unblock ${number}`, start] : [start]
}

export default class Switch extends ChangeCommand {
  static override summary = 'Go to the worktree of a task.'
  static override description =
    'Prints the directory of the worktree; with `mhv shell-init` the shell goes there.'
  static override examples = ['mhv switch 12', 'cd "$(mhv switch 12)"']
  static override args = { task: Args.string({ required: true, description: 'its number or id' }) }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Switch)
    const workplace = await this.workplace(flags, args.task)
    requireFiles(workplace)
    const { repository, store } = workplace
    const view = await store.view()
    const slot = findLiveTask(view, parseTaskName(args.task, namesOf(workplace)))
    const { id, branch } = view.head(slot)
    const number = view.number(slot)
    const [worktrees, claims] = await Promise.all([listWorktrees(repository), readClaims(repository)])
    // A branch that was renamed keeps its claim.
    const worktree =
      worktrees.find((candidate) => branch !== '' && candidate.branch === branch) ??
      worktrees.find((candidate) => candidate.branch !== null && claims.get(candidate.branch) === id) ??
      worktrees.find(({ madeFor, branch: other }) => madeFor === id && !claims.has(other ?? ''))
    if (!worktree) {
      throw new MhvError('NO_WORKTREE', `#${number} has no worktree.`, {
        recovery: stepsToStart(number, view.status(slot)),
      })
    }
    if (worktree.state !== 'there') throw missingWorktree(number, worktree)
    goTo(worktree.path)
    if (flags.json) this.printJson({ ref: `${store.name}#${number}`, id, branch, worktree: worktree.path })
    else this.print(worktree.path)
  }
}
