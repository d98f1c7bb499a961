import type { EventDraft } from '../../../schemas/event.ts'
import { backTo } from '../back-to.ts'
import { draft, type Kind } from '../event-kind.ts'
import { requireMove } from '../status-moves.ts'
import type { TaskState } from '../task-state.ts'

export interface BlockTask {
  readonly kind: 'BlockTask'
  readonly reason: string
}

export const taskBlocked: Kind<'TaskBlocked'> = {
  evolve: (task, { at, data }) => ({ ...task, status: 'blocked', reason: data.reason, statusAt: at }),
  revert: (before, _event, now) => [backTo(before, now, 'TaskUnblocked')],
}

/** A blocked task can be given another reason. Errors: ILLEGAL_MOVE. */
export function blockTask({ reason }: BlockTask, task: TaskState): EventDraft[] {
  if (task.status === 'blocked' && task.reason === reason) return []
  if (task.status !== 'blocked') requireMove(task, 'blocked')
  return [draft('TaskBlocked', { reason })]
}
