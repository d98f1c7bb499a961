import { MhvError } from '../errors.ts'
import type { TaskReceipt, Written } from '../handle.ts'
import type { TaskNames } from '../query/find-task.ts'
import { listNumbers, namesTasks, parseTaskNames } from '../query/number-list.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { Command } from '../tasks/decide.ts'
import { currentTask, requireCurrentTask } from '../worktrees/current-task.ts'
import { MhvCommand, unexpectedWord } from './base-command.ts'
import { Args } from './oclif.ts'
import { isQuiet } from './output/output-mode.ts'
import { placeFlags } from './places/place-flags.ts'
import { namesOf, numbered, type Workplace } from './places/workplace.ts'
import { problemsJson, taskJsonTexts } from './task/task-json.ts'

/** Of more tasks than this, those of which the same is said share a line. */
const MOST_SHOWN = 20

interface RestOfWords {
  /** What follows the tasks, such as `a person`. */
  readonly what: string
  readonly isNeeded: boolean
  /** Whether a number can be meant; inside a task's worktree a lone one is then no task. */
  readonly mayBeNumber?: boolean
  /** Whether several of them may be given. */
  readonly mayBeSeveral?: boolean
}

/** A command that changes tasks that there are: which ones, the write, and what is said of it. */
export abstract class ChangeCommand extends MhvCommand {
  static override baseFlags = { ...MhvCommand.baseFlags, ...placeFlags }

  static tasksArgument = Args.string({
    description: 'numbers, ranges or ids (3,7-9); inside a task’s worktree its own when left out',
  })

  /** The tasks that the words name, or the one whose worktree this is. */
  protected async targets(workplace: Workplace, words: string | undefined): Promise<TaskNames> {
    if (words !== undefined) return parseTaskNames([words], namesOf(workplace))
    // What is checked out where nobody stands says nothing of what is meant.
    if (workplace.elsewhere) throw new MhvError('USAGE', 'Name the task: this is another repository.')
    return [await requireCurrentTask(workplace.repository)]
  }

  /**
   * Tells the words of a command that begins with tasks apart: where the first one names none, the task is the one
   * whose worktree this is. A word that could be a task's is taken for nothing else, since whoever gives several tasks
   * with blanks between would have them stored as names, labels and comments.
   */
  protected async targetsAndRest(
    workplace: Workplace,
    words: readonly (string | undefined)[],
    { what, isNeeded, mayBeNumber, mayBeSeveral }: RestOfWords,
  ): Promise<{ targets: TaskNames; rest: string[] }> {
    const { repository, elsewhere } = workplace
    const given = words.filter((word) => word !== undefined)
    const [first, ...rest] = given
    const isTask = first !== undefined && namesTasks(first)
    if (isTask && mayBeNumber && rest.length === 0 && !elsewhere && (await currentTask(repository))) {
      return { targets: await this.targets(workplace, undefined), rest: given }
    }
    const stray = mayBeNumber ? undefined : (isTask ? rest : given).find(namesTasks)
    if (stray !== undefined) {
      throw new MhvError(
        'USAGE',
        `“${stray}” is not taken for ${what}, since it could be a task; several tasks go in one list (3,7-9).`,
      )
    }
    if (isNeeded && isTask && rest.length === 0) {
      throw new MhvError('USAGE', `“${first}” names a task; ${what} is missing.`)
    }
    // oclif counts the tasks among the words, also where they are left out.
    const [, second] = isTask ? rest : given
    if (second !== undefined && !mayBeSeveral) throw unexpectedWord(second)
    return isTask
      ? { targets: await this.targets(workplace, first), rest }
      : { targets: await this.targets(workplace, undefined), rest: given }
  }

  /** Writes the same commands to every target, all or nothing. */
  protected async change(
    workplace: Workplace,
    targets: TaskNames,
    commands: (view: Snapshot, id: string) => readonly Command[],
    withDeleted = false,
  ): Promise<Written<readonly TaskReceipt[]>> {
    // Commands that only show tasks find them in the same way, and load neither the write path nor the validator.
    const { handle } = await import('../handle.ts')
    const request = { targets, commands, withDeleted }
    return handle(workplace.store, request, await this.environment(workplace.store))
  }

  /**
   * `report` for what ends tasks: then their worktrees go, as far as nothing is lost, and what became of them is said.
   * @param end what a task is then, such as `completed`
   */
  protected async reportEnd(
    workplace: Workplace,
    written: Written<readonly TaskReceipt[]>,
    json: boolean,
    end: string,
    did: (receipt: TaskReceipt) => string = () => end,
  ): Promise<void> {
    const [{ cleanUp }, { reconciledJson, reportReconciled }, { unblocked, unblockedLine }] =
      await Promise.all([
        import('./worktrees/clean-up.ts'),
        import('./worktrees/report-removal.ts'),
        import('./task/unblocked.ts'),
      ])
    const ids = written.result.map(({ after }) => after.id)
    const cleaned = await cleanUp(workplace, ids, await this.environment(workplace.store))
    const freed = await unblocked(workplace, written)
    this.report(workplace, written, json, did, () => `is ${end} already`, {
      ...(cleaned && json ? { worktrees: reconciledJson(cleaned) } : {}),
      unblocks: freed.map(({ ref }) => ref),
    })
    const line = unblockedLine(workplace, freed)
    if (line && !json) this.aside(line)
    if (cleaned) reportReconciled(cleaned, json || isQuiet() ? null : process.stdout)
  }

  /**
   * Prints what became of each task; where only the answer is wanted, which ones they are.
   * @param did what a changed task is now, such as `assigned to ann`
   * @param already what is said of one that needed no change
   */
  protected report(
    workplace: Workplace,
    written: Written<readonly TaskReceipt[]>,
    json: boolean,
    did: (receipt: TaskReceipt) => string,
    already: (receipt: TaskReceipt) => string,
    more: object = {},
  ): void {
    const { store } = workplace
    const { view, result } = written
    if (json) {
      const slots = result.map(({ after }) => view.slotOfId(after.id)!)
      const tasks = taskJsonTexts(view, store.name, slots)
      const tail = JSON.stringify({
        changed: written.changed,
        problems: problemsJson(view, store.name),
        ...more,
      }).slice(1)
      const body =
        tasks.length === 1 ? `"task":${tasks[0]}` : `"tasks":[${tasks.join(',')}],"total":${tasks.length}`
      this.print(`{"schema":1,${body},${tail}`)
      return
    }
    if (isQuiet()) {
      for (const { after } of result) this.print(numbered(workplace, after.number))
      return
    }
    const saidOf = (receipt: TaskReceipt) => (receipt.kinds.length > 0 ? did(receipt) : already(receipt))
    if (result.length <= MOST_SHOWN) {
      for (const receipt of result) {
        this.print(`${numbered(workplace, receipt.after.number)} ${saidOf(receipt)}: ${receipt.after.title}`)
      }
      return
    }
    const numbersBy = new Map<string, number[]>()
    for (const receipt of result) {
      const said = saidOf(receipt)
      const numbers = numbersBy.get(said)
      if (numbers) numbers.push(receipt.after.number)
      else numbersBy.set(said, [receipt.after.number])
    }
    for (const [said, numbers] of numbersBy) {
      this.print(
        `${numbers.length === 1 ? '1 task' : `${numbers.length} tasks`} ${said}: ${workplace.elsewhere ? numbered(workplace, listNumbers(numbers)) : listNumbers(numbers)}`,
      )
    }
  }
}
