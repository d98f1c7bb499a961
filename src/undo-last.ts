import { MhvError } from './errors.ts'
import type { Repository } from './git/repository.ts'
import { git } from './git/run.ts'
import { handle, type TaskReceipt, type Written } from './handle.ts'
import { commandsBy, eventsOf } from './store/commands-by.ts'
import type { TaskStore } from './store/task-store.ts'
import type { Environment } from './tasks/seal.ts'
import { changedSince, type LeftAlone, planUndo, type UndoTask } from './tasks/undo.ts'

export interface TakenBack extends TaskReceipt {
  /** What others have set since, and therefore keeps. */
  readonly leftAlone: readonly LeftAlone[]
}

/**
 * Takes back the last command of whoever acts, on all the tasks that it changed; one of which nothing is left to take
 * back is passed over for the one before it.
 * @returns what became of the tasks that changed, and of those that others have changed since
 * Errors: NOTHING_TO_UNDO, also where others have changed since all that the command set; those of handle.
 */
export async function undoLast(
  repository: Repository,
  store: TaskStore,
  environment: Environment,
): Promise<Written<readonly TakenBack[]>> {
  const view = await store.view()
  for (const commit of await commandsBy(repository, view.tip!, await store.identity())) {
    const events = await eventsOf(repository, commit)
    const undo = (id: string): UndoTask => ({ kind: 'UndoTask', events: events.get(id)! })
    const written = await handle(
      store,
      {
        targets: [...view.slotsOfIds([...events.keys()]).keys()],
        commands: (_view, id) => [undo(id)],
        trailers: [`Mtos-Undoes: ${commit}`],
      },
      environment,
    )
    const result = written.result
      .map((receipt) => withLeftAlone(receipt, undo(receipt.after.id)))
      .filter(({ kinds, leftAlone }) => kinds.length + leftAlone.length > 0)
    if (written.changed) return { ...written, result }
    const [first] = result
    if (first) throw changedSince(first.after.number, first.leftAlone)
  }
  throw new MhvError(
    'NOTHING_TO_UNDO',
    'There is no recent command of yours here; what was deleted comes back by mhv task restore.',
    {
      recovery: ['git log --oneline refs/mtos/tasks', 'mhv task list --deleted'],
    },
  )
}

/** What an undo would take back first. */
export interface LastCommand {
  readonly repository: string
  /** What it did, as the log has it: `TaskCommented #2 Tidy up`. */
  readonly said: string
  /** Seconds since 1970. */
  readonly at: number
}

/** The last command of whoever acts in a repository that is not taken back yet; null where there is none. */
export async function lastCommand(
  name: string,
  repository: Repository,
  store: TaskStore,
): Promise<LastCommand | null> {
  const { tip } = await store.view()
  const [commit] = tip ? await commandsBy(repository, tip, await store.identity()) : []
  if (!commit) return null
  const shown = await git(['log', '--max-count=1', '--format=%ct%x00%s', commit], repository.git)
  const [at, said = ''] = shown.trim().split('\0')
  return { repository: name, said, at: Number(at) }
}

/** A receipt with what the undo left alone. */
export const withLeftAlone = (receipt: TaskReceipt, command: UndoTask): TakenBack => ({
  ...receipt,
  leftAlone: planUndo(command, receipt.history).leftAlone,
})
