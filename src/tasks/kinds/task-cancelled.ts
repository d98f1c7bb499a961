import type { EventDraft } from '../../../schemas/event.ts'
import { backTo } from '../back-to.ts'
import { draft, type Kind } from '../event-kind.ts'
import { requireMove } from '../status-moves.ts'
import type { TaskState } from '../task-state.ts'

export interface CancelTask {
  readonly kind: 'CancelTask'
  readonly reason: string | null
}

export const taskCancelled: Kind<'TaskCancelled'> = {
  evolve: (task, { at, data }) => ({
    ...task,
    status: 'cancelled',
    reason: data.reason ?? null,
    statusAt: at,
  }),
  revert: (before, _event, now) => [backTo(before, now)],
}

/** Errors: ILLEGAL_MOVE. */
export function cancelTask({ reason }: CancelTask, task: TaskState): EventDraft[] {
  if (task.status === 'cancelled') return []
  requireMove(task, 'cancelled')
  return [draft('TaskCancelled', reason ? { reason } : {})]
}
