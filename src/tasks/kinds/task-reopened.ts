import type { EventDraft } from '../../../schemas/event.ts'
import { backTo } from '../back-to.ts'
import { draft, type Kind } from '../event-kind.ts'
import { gateOutcomes } from '../gate-outcomes.ts'
import { requireMove } from '../status-moves.ts'
import type { TaskState } from '../task-state.ts'

export interface ReopenTask {
  readonly kind: 'ReopenTask'
  readonly reason: string | null
}

/** `to`, `commit` and `gates` are set where an undo returns to more than a pending task. */
export const taskReopened: Kind<'TaskReopened'> = {
  evolve: (task, { at, data }) => ({
    ...task,
    status: data.to ?? 'pending',
    reason: data.reason ?? null,
    statusAt: at,
    commit: data.commit ?? null,
    gates: data.gates ? gateOutcomes(data.gates) : task.gates,
  }),
  revert: (before, _event, now) => [backTo(before, now)],
}

/** Errors: ILLEGAL_MOVE. */
export function reopenTask({ reason }: ReopenTask, task: TaskState): EventDraft[] {
  if (task.status === 'pending') return []
  if (task.status === 'in_progress') return []
  requireMove(task, 'pending')
  return [draft('TaskReopened', reason ? { reason } : {})]
}
