import type { EventDraft } from '../../../schemas/event.ts'
import { criterionAt } from '../criterion-at.ts'
import { draft, type Kind } from '../event-kind.ts'
import type { TaskState } from '../task-state.ts'

export interface RemoveCriterion {
  readonly kind: 'RemoveCriterion'
  /** Its place in the task's list, from 1. */
  readonly place: number
}

export const criterionRemoved: Kind<'CriterionRemoved'> = {
  evolve: (task, { data }) => ({
    ...task,
    criteria: task.criteria.filter((criterion) => criterion.id !== data.criterion),
  }),
  revert: (before, { data }) => {
    const at = before.criteria.findIndex((criterion) => criterion.id === data.criterion)
    const was = before.criteria[at]
    return was ? [draft('CriterionAdded', { ...was, place: at + 1 })] : []
  },
}

export function removeCriterion({ place }: RemoveCriterion, task: TaskState): EventDraft[] {
  return [draft('CriterionRemoved', { criterion: criterionAt(task, place).id })]
}
