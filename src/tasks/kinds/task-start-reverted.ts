import type { EventDraft } from '../../../schemas/event.ts'
import { MhvError } from '../../errors.ts'
import { backTo } from '../back-to.ts'
import { draft, type Kind } from '../event-kind.ts'
import { possibleMoves } from '../status-moves.ts'
import type { TaskState } from '../task-state.ts'

export interface RevertStart {
  readonly kind: 'RevertStart'
  readonly reason: string | null
}

/** The branch stays recorded: commits may stand on it. */
export const taskStartReverted: Kind<'TaskStartReverted'> = {
  evolve: (task, { at, data }) => ({
    ...task,
    status: data.to ?? 'pending',
    reason: data.reason ?? null,
    statusAt: at,
  }),
  revert: (before, _event, now) =>
    before.status === 'in_progress'
      ? [draft('TaskStarted', before.reason ? { reason: before.reason } : {})]
      : [backTo(before, now)],
}

/** Errors: ILLEGAL_MOVE for a task that is neither in progress nor pending. */
export function revertStart({ reason }: RevertStart, task: TaskState): EventDraft[] {
  if (task.status === 'pending') return []
  if (task.status !== 'in_progress') {
    throw new MhvError('ILLEGAL_MOVE', `#${task.number} is ${task.status}, not in progress.`, {
      recovery: possibleMoves(task),
      data: { number: task.number, from: task.status },
    })
  }
  return [draft('TaskStartReverted', reason ? { reason } : {})]
}
