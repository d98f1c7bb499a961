import type { EventDraft, TaskEvent } from '../../../schemas/event.ts'
import type { Status } from '../../../schemas/vocabulary.ts'
import { MhvError } from '../../errors.ts'
import { draft, type Kind } from '../event-kind.ts'
import { possibleMoves } from '../status-moves.ts'
import type { TaskState } from '../task-state.ts'

export interface UnblockTask {
  readonly kind: 'UnblockTask'
}

/** The event says what the task returns to, so that folding needs no memory of what it was. */
export const taskUnblocked: Kind<'TaskUnblocked'> = {
  evolve: (task, { at, data }) => ({ ...task, status: data.to, reason: null, statusAt: at }),
  revert: (before, event) =>
    before.status === 'blocked'
      ? [{ ...draft('TaskBlocked', { reason: before.reason ?? 'blocked' }), undoes: [event.id] }]
      : [],
}

/**
 * @param statusBefore the status that the task had before it was blocked
 * Errors: ILLEGAL_MOVE for a task that has ended.
 */
export function unblockTask(_command: UnblockTask, task: TaskState, statusBefore: Status): EventDraft[] {
  if (task.status === 'pending' || task.status === 'in_progress') return []
  if (task.status !== 'blocked') {
    throw new MhvError('ILLEGAL_MOVE', `#${task.number} is ${task.status}, not blocked.`, {
      recovery: possibleMoves(task),
      data: { number: task.number, from: task.status },
    })
  }
  return [draft('TaskUnblocked', { to: statusBefore })]
}

/** The status before the run of TaskBlocked events that ends the history of statuses. */
export function statusBeforeBlock(history: readonly { event: TaskEvent; before: TaskState }[]): Status {
  for (let i = history.length - 1; i >= 0; i--) {
    const step = history[i]!
    if (step.event.kind === 'TaskBlocked' && step.before.status !== 'blocked') return step.before.status
  }
  return 'pending'
}
