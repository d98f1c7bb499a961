import type { EventDraft } from '../../../schemas/event.ts'
import { draft, type Kind } from '../event-kind.ts'
import { requireMove } from '../status-moves.ts'
import type { TaskState } from '../task-state.ts'

export interface ReopenTask {
  readonly kind: 'ReopenTask'
  readonly reason: string | null
}

/** `to` is set where an undo returns to a status other than pending. */
export const taskReopened: Kind<'TaskReopened'> = {
  evolve: (task, { at, data }) => ({
    ...task,
    status: data.to ?? 'pending',
    reason: data.reason ?? null,
    statusAt: at,
    completedAt: null,
    completedBy: null,
    commit: null,
  }),
  revert: (before, event) => {
    const why = before.reason ? { reason: before.reason } : {}
    const back =
      before.status === 'cancelled'
        ? draft('TaskCancelled', why)
        : draft('TaskCompleted', { ...why, ...(before.commit ? { commit: before.commit } : {}) })
    return [{ ...back, undoes: [event.id] }]
  },
}

/** Errors: ILLEGAL_MOVE. */
export function reopenTask({ reason }: ReopenTask, task: TaskState): EventDraft[] {
  if (task.status === 'pending') return []
  if (task.status === 'in_progress') return []
  requireMove(task, 'pending')
  return [draft('TaskReopened', reason ? { reason } : {})]
}
