import type { EventDraft, TaskEvent } from '../../../schemas/event.ts'
import type { Status } from '../../../schemas/vocabulary.ts'
import { MhvError } from '../../errors.ts'
import { backTo } from '../back-to.ts'
import { draft, type Kind } from '../event-kind.ts'
import { possibleMoves } from '../status-moves.ts'
import type { TaskState } from '../task-state.ts'

export interface UnblockTask {
  readonly kind: 'UnblockTask'
}

/** The event says what the task returns to, so that folding needs no memory of what it was. */
export const taskUnblocked: Kind<'TaskUnblocked'> = {
  evolve: (task, { at, data }) => ({
    ...task,
    status: data.to,
    reason: data.reason ?? null,
    statusAt: at,
  }),
  revert: (before, _event, now) => (before.status === 'blocked' ? [backTo(before, now)] : []),
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

/**
 * The status that a blocked task had before it was blocked. Where an undo blocked it again, what counts is what it was
 * before the event that was undone.
 */
export function statusBeforeBlock(
  history: readonly { event: TaskEvent; before: TaskState; after: TaskState }[],
): Status {
  const at = history.findLastIndex(
    ({ before, after }) => before.status !== 'blocked' && after.status === 'blocked',
  )
  if (at < 0) return 'pending'
  const { event, before } = history[at]!
  const undone = history.findIndex((step) => event.undoes?.includes(step.event.id))
  return undone >= 0 && undone < at ? statusBeforeBlock(history.slice(0, undone)) : before.status
}
