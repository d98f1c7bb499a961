import type { EventDraft } from '../../../schemas/event.ts'
import { draft, type Kind } from '../event-kind.ts'
import type { TaskState } from '../task-state.ts'

export interface DeleteTask {
  readonly kind: 'DeleteTask'
  readonly reason: string | null
}

/** A tombstone: the file, its events and its number stay. */
export const taskDeleted: Kind<'TaskDeleted'> = {
  evolve: (task) => ({ ...task, deleted: true }),
  revert: () => [draft('TaskRestored', {})],
}

export function deleteTask({ reason }: DeleteTask, task: TaskState): EventDraft[] {
  return task.deleted ? [] : [draft('TaskDeleted', reason ? { reason } : {})]
}
