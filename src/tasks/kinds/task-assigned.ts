import type { EventDraft } from '../../../schemas/event.ts'
import { draft, type Kind } from '../event-kind.ts'
import type { TaskState } from '../task-state.ts'

export interface AssignTask {
  readonly kind: 'AssignTask'
  /** null takes the assignment away. */
  readonly assignee: string | null
}

export const taskAssigned: Kind<'TaskAssigned'> = {
  evolve: (task, { data }) => ({ ...task, assignee: data.assignee }),
  revert: (before, _event, now) =>
    before.assignee === now.assignee ? [] : [draft('TaskAssigned', { assignee: before.assignee })],
}

export function assignTask({ assignee }: AssignTask, task: TaskState): EventDraft[] {
  return assignee === task.assignee ? [] : [draft('TaskAssigned', { assignee })]
}
