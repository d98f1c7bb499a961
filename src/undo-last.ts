import { MhvError } from './errors.ts'
import type { Repository } from './git/repository.ts'
import { handle, type TaskReceipt, type Written } from './handle.ts'
import { commandsBy, eventsOf } from './store/commands-by.ts'
import type { TaskStore } from './store/task-store.ts'
import type { Environment } from './tasks/seal.ts'

/**
 * Takes back the last command of whoever acts, on all the tasks that it changed; one of which nothing is left to take
 * back is passed over for the one before it.
 * @returns what became of the tasks that changed
 * Errors: NOTHING_TO_UNDO; those of handle.
 */
export async function undoLast(
  repository: Repository,
  store: TaskStore,
  environment: Environment,
): Promise<Written<readonly TaskReceipt[]>> {
  const view = await store.view()
  for (const commit of await commandsBy(repository, view.tip!, await store.identity())) {
    const events = await eventsOf(repository, commit)
    const written = await handle(
      store,
      {
        targets: [...view.slotsOfIds([...events.keys()]).keys()],
        commands: (_view, id) => [{ kind: 'UndoTask', events: events.get(id)! }],
        trailers: [`Mtos-Undoes: ${commit}`],
      },
      environment,
    )
    if (!written.changed) continue
    return { ...written, result: written.result.filter(({ kinds }) => kinds.length > 0) }
  }
  throw new MhvError('NOTHING_TO_UNDO', 'There is no recent command of yours here.', {
    recovery: ['git log --oneline refs/mtos/tasks'],
  })
}
