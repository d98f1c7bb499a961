import type { EventDraft } from '../../../schemas/event.ts'
import { MhvError } from '../../errors.ts'
import { backTo, beforeStart } from '../back-to.ts'
import { draft, type Kind, type Step } from '../event-kind.ts'
import { possibleMoves } from '../status-moves.ts'
import type { TaskState } from '../task-state.ts'

export interface RevertStart {
  readonly kind: 'RevertStart'
  readonly reason: string | null
}

/** The task forgets its branch, which git keeps: commits may stand on it. */
export const taskStartReverted: Kind<'TaskStartReverted'> = {
  evolve: (task, { at, data }) => ({
    ...task,
    status: data.to ?? 'pending',
    reason: data.reason ?? null,
    statusAt: at,
    startedAt: data.started_at ?? null,
    branch: data.branch ?? null,
    base: data.base ?? null,
  }),
  revert: (before, _event, now) =>
    before.status === 'in_progress'
      ? [
          draft('TaskStarted', {
            ...beforeStart(before),
            ...(before.reason ? { reason: before.reason } : {}),
          }),
        ]
      : [backTo(before, now)],
}

/**
 * @param history the task's steps so far
 * Errors: ILLEGAL_MOVE for a task that is neither in progress nor pending.
 */
export function revertStart(
  { reason }: RevertStart,
  task: TaskState,
  history: readonly Step[],
): EventDraft[] {
  if (task.status === 'pending') return []
  if (task.status !== 'in_progress') {
    throw new MhvError('ILLEGAL_MOVE', `#${task.number} is ${task.status}, not in progress.`, {
      recovery: possibleMoves(task),
      data: { number: task.number, from: task.status },
    })
  }
  // Since it was last neither in progress nor blocked: it may have been blocked in between, or started once more.
  const since = history.findLastIndex(({ after }) => !['in_progress', 'blocked'].includes(after.status))
  const start = history.slice(since + 1).find(({ event }) => event.kind === 'TaskStarted')
  return [
    draft('TaskStartReverted', {
      ...(reason ? { reason } : {}),
      ...(start ? beforeStart(start.before) : {}),
    }),
  ]
}
