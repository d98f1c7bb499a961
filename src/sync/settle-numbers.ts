import { readObjects } from '../git/objects.ts'
import type { Repository } from '../git/repository.ts'
import { commitMessage, type Line, write } from '../handle.ts'
import { planRenumbering, type Renumbering } from '../merge/plan-renumbering.ts'
import { taskPath } from '../store/task-path.ts'
import type { TaskStore } from '../store/task-store.ts'
import { fold, type TaskLog } from '../tasks/fold.ts'
import { type Environment, seal } from '../tasks/seal.ts'
import { collidingSlots } from './colliding-slots.ts'

/** Which of these tasks some logs hold. */
export async function heldBy(
  repository: Repository,
  tips: readonly string[],
  ids: readonly string[],
): Promise<Set<string>> {
  const asked = tips.flatMap((tip) => ids.map((id) => ({ id, name: `${tip}:${taskPath(id)}` })))
  const contents = await readObjects(
    repository,
    asked.map(({ name }) => name),
  )
  return new Set(asked.flatMap(({ id }, i) => (contents[i] ? [id] : [])))
}

/**
 * Gives other numbers to the tasks of this clone whose numbers the main remote gave to others, until no two share one.
 * A task that a newer version of the program has changed keeps its number: that version will settle it.
 * @param heldThere which of some tasks the remote had before this exchange
 * Errors: those of `write`.
 */
export async function settleNumbers(
  store: TaskStore,
  heldThere: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
  environment: Environment,
): Promise<readonly Renumbering[]> {
  const { result } = await write(store, environment, async (view) => {
    const tasks = collidingSlots(view).map((slot) => ({ id: view.head(slot).id, number: view.number(slot) }))
    const had = await heldThere(tasks.map(({ id }) => id))
    const planned = planRenumbering(tasks, (id) => had.has(id), view.highestNumber)
    const loaded = await store.load(
      view,
      planned.map(({ id }) => id),
    )
    const settled = planned.filter(({ id }) => loaded.get(id)?.writable)
    const logs: TaskLog[] = []
    const lines: Line[] = []
    for (const { id, to } of settled) {
      const { log } = loaded.get(id)!
      const sealed = seal(log, [{ kind: 'TaskRenumbered', data: { number: to } }], environment)
      logs.push(sealed)
      lines.push({ task: fold(sealed), events: sealed.events.slice(log.events.length) })
    }
    return { result: settled, logs, message: commitMessage(lines) }
  })
  return result
}
