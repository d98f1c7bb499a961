import { handle, type TaskReceipt, type Written } from '../handle.ts'
import type { TaskName } from '../query/find-task.ts'
import { listNumbers, namesTasks, parseTaskNames } from '../query/number-list.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { Command } from '../tasks/decide.ts'
import { requireCurrentTask } from '../worktrees/current-task.ts'
import { MhvCommand, type Workplace } from './base-command.ts'
import { Args } from './oclif.ts'
import { problemsJson, taskJsonTexts } from './task-json.ts'

/** Of more tasks than this, those of which the same is said share a line. */
const MOST_SHOWN = 20

/** A command that changes tasks that there are: which ones, the write, and what is said of it. */
export abstract class ChangeCommand extends MhvCommand {
  static tasksArgument = Args.string({
    description: 'numbers, ranges or ids (3,7-9); inside a task’s worktree its own when left out',
  })

  /** The tasks that the words name, or the one whose worktree this is. */
  protected async targets(workplace: Workplace, words: string | undefined): Promise<TaskName[]> {
    return words === undefined ? [await requireCurrentTask(workplace.repository)] : parseTaskNames([words])
  }

  /**
   * Tells the words of a command that begins with tasks apart: where the first one names none, or no word would be left
   * over, the task is the one whose worktree this is.
   * @param least how many words have to follow the tasks
   */
  protected async targetsAndRest(
    workplace: Workplace,
    words: readonly (string | undefined)[],
    least: number,
  ): Promise<{ targets: TaskName[]; rest: string[] }> {
    const given = words.filter((word) => word !== undefined)
    const [first, ...rest] = given
    if (first !== undefined && namesTasks(first) && rest.length >= least) {
      return { targets: parseTaskNames([first]), rest }
    }
    return { targets: [await requireCurrentTask(workplace.repository)], rest: given }
  }

  /** Writes the same commands to every target, all or nothing. */
  protected async change(
    workplace: Workplace,
    targets: readonly TaskName[],
    commands: (view: Snapshot, id: string) => readonly Command[],
  ): Promise<Written<readonly TaskReceipt[]>> {
    return handle(workplace.store, { targets, commands }, await this.environment(workplace.store))
  }

  /**
   * Prints what became of each task.
   * @param did what a changed task is now, such as `assigned to ann`
   * @param already what is said of one that needed no change
   */
  protected report(
    { store }: Workplace,
    written: Written<readonly TaskReceipt[]>,
    json: boolean,
    did: (receipt: TaskReceipt) => string,
    already: (receipt: TaskReceipt) => string,
    more: object = {},
  ): void {
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
    const saidOf = (receipt: TaskReceipt) => (receipt.kinds.length > 0 ? did(receipt) : already(receipt))
    if (result.length <= MOST_SHOWN) {
      for (const receipt of result) {
        this.print(`#${receipt.after.number} ${saidOf(receipt)}: ${receipt.after.title}`)
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
        `${numbers.length === 1 ? '1 task' : `${numbers.length} tasks`} ${said}: ${listNumbers(numbers)}`,
      )
    }
  }
}
