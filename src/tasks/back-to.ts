import type { EventData, EventDraft } from '../../schemas/event.ts'
import { draft } from './event-kind.ts'
import type { TaskState } from './task-state.ts'

/** What a task had before it was started, as the event that takes the start back carries it. */
export const beforeStart = ({ startedAt, branch, base }: TaskState): EventData<'TaskStartReverted'> => ({
  ...(startedAt ? { started_at: startedAt } : {}),
  ...(branch ? { branch } : {}),
  ...(base ? { base } : {}),
})

/**
 * The event that gives a task the status back that it had, with all that belongs to it: reason, commit, gates, end.
 * @param kind what says so where the task was neither blocked nor ended
 */
export function backTo(
  before: TaskState,
  now: TaskState,
  kind: 'TaskReopened' | 'TaskStartReverted' | 'TaskUnblocked' = 'TaskReopened',
): EventDraft {
  const reason = before.reason ? { reason: before.reason } : {}
  const commit = before.commit ? { commit: before.commit } : {}
  // A fold hands on what an event leaves alone, so the same array means that nobody changed it.
  const gates = before.gates === now.gates ? {} : { gates: before.gates.map((outcome) => ({ ...outcome })) }
  switch (before.status) {
    case 'blocked':
      return draft('TaskBlocked', { reason: before.reason ?? 'blocked' })
    case 'cancelled':
      return draft('TaskCancelled', reason)
    case 'completed':
      return draft('TaskCompleted', {
        ...reason,
        ...commit,
        ...gates,
        ...(before.completedAt ? { completed_at: before.completedAt } : {}),
        ...(before.completedBy ? { completed_by: before.completedBy } : {}),
      })
    default:
      return draft(kind, {
        to: before.status,
        ...reason,
        ...(kind === 'TaskReopened' ? { ...commit, ...gates } : {}),
        ...(kind === 'TaskStartReverted' ? beforeStart(before) : {}),
      })
  }
}
