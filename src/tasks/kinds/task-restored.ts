import type { EventDraft } from '../../../schemas/event.ts'
import { draft, type Kind } from '../event-kind.ts'
import type { TaskState } from '../task-state.ts'

export interface RestoreTask {
  readonly kind: 'RestoreTask'
}

export const taskRestored: Kind<'TaskRestored'> = {
  evolve: (task) => ({ ...task, deleted: false }),
  revert: () => [draft('TaskDeleted', {})],
}

export function restoreTask(_command: RestoreTask, task: TaskState): EventDraft[] {
  return task.deleted ? [draft('TaskRestored', {})] : []
}
