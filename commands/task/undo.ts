import { MhvError } from '../../src/errors.ts'
import type { Written } from '../../src/handle.ts'
import { differences } from '../../src/tasks/history.ts'
import { shownAs } from '../../src/tasks/known.ts'
import type { Environment } from '../../src/tasks/seal.ts'
import { isOverridden } from '../../src/tasks/task-state.ts'
import type { Workplace } from '../../src/terminal/base-command.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { Args } from '../../src/terminal/oclif.ts'
import { shortFormsOf } from '../../src/terminal/short-forms.ts'
import { changeLine } from '../../src/terminal/task/render-history.ts'
import { type TakenBack, undoLast, withLeftAlone } from '../../src/undo-last.ts'
import { leftBehind } from '../../src/worktrees/left-behind.ts'

const UNDO = { kind: 'UndoTask' } as const

/** What an undo did to a task, and what it left alone because others have set it since. */
function whatBecame(
  { before, after, kinds, leftAlone }: TakenBack,
  nameOf: (text: string) => string,
): string {
  const by = [...new Set(leftAlone.map((each) => each.by))].join(', ')
  if (kinds.length === 0) return `left as it is, since ${by} changed it`
  const left =
    leftAlone.length > 0
      ? `; ${leftAlone.map(({ field }) => field).join(', ')} left as set since by ${by}`
      : ''
  if (before!.deleted !== after.deleted) return `${after.deleted ? 'deleted' : 'restored'}${left}`
  const changes = differences(before!, after).map((change) => changeLine(change, nameOf))
  return `taken back (${changes.join('; ')})${left}`
}

/** Ends overrides of gates that were taken back with the completions that they belong to. */
async function endOverridesOf(
  { repository }: Workplace,
  { result }: Written<readonly TakenBack[]>,
  environment: () => Promise<Environment>,
): Promise<void> {
  for (const { before, after } of result) {
    if (!before || !isOverridden(before)) continue
    const { endOverrides } = await import('../../src/gating/override-gates.ts')
    await endOverrides(repository, before, after, await environment())
  }
}

/** The other parts of a change that has not ended may not be there yet, so that no step of theirs would work. */
async function requireEnded({ repository, store }: Workplace, error: unknown): Promise<never> {
  if (error instanceof MhvError && error.error === 'PART_OF_CHANGE') {
    const { requireNoneOpen } = await import('../../src/federation/saga.ts')
    await requireNoneOpen({ name: store.name, repository })
  }
  throw error
}

export default class TaskUndo extends ChangeCommand {
  static override aliases = shortFormsOf('task:undo')
  static override summary = 'Take the last command on tasks back.'
  static override description =
    'That is a new event: nothing leaves the history. Again takes back the one before. What somebody else has set since stays.\n\nWithout a number: your own last command in this repository, on all the tasks that it changed. Undoing a creation or an import deletes its tasks, and mhv task restore brings them back. A branch or worktree that a start made stays.'
  static override examples = ['mhv undo', 'mhv undo 12']
  static override args = {
    tasks: Args.string({
      description: 'numbers, ranges or ids (3,7-9); your own last command when left out',
    }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskUndo)
    const workplace = await this.workplace(flags, args.tasks)
    const { repository, store } = workplace
    const undone =
      args.tasks === undefined
        ? undoLast(repository, store, await this.environment(store))
        : this.undoOf(workplace, args.tasks)
    const written = await undone.catch((error: unknown) => requireEnded(workplace, error))
    await endOverridesOf(workplace, written, () => this.environment(store))
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
      const task = written.view.summary(text)
      return task ? shownAs(task) : text
    }
    const said = new Map(
      written.result.map((receipt) => [
        receipt.after.id,
        whatBecame(receipt, nameOf) + (stays.get(receipt.before?.branch ?? '') ?? ''),
      ]),
    )
    const takenBack = written.result.flatMap(({ before, after }) =>
      before ? differences(before, after).map(({ field }) => ({ number: after.number, field })) : [],
    )
    const leftAlone = written.result.flatMap(({ after: { number }, leftAlone }) =>
      leftAlone.map((each) => ({ number, ...each })),
    )
    this.report(
      workplace,
      written,
      flags.json,
      ({ after }) => said.get(after.id)!,
      ({ after }) => said.get(after.id)!,
      {
        ...(left.length > 0 ? { left_behind: left } : {}),
        ...(takenBack.length > 0 ? { taken_back: takenBack } : {}),
        ...(leftAlone.length > 0 ? { left_alone: leftAlone } : {}),
      },
    )
  }

  /** Takes the last command on each task that words name back. */
  private async undoOf(workplace: Workplace, words: string): Promise<Written<readonly TakenBack[]>> {
    const targets = await this.targets(workplace, words)
    const written = await this.change(workplace, targets, () => [UNDO], true)
    return { ...written, result: written.result.map((receipt) => withLeftAlone(receipt, UNDO)) }
  }
}
