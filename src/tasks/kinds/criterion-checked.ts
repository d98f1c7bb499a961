import type { EventDraft } from '../../../schemas/event.ts'
import { criterionAt } from '../criterion-at.ts'
import { draft, type Kind } from '../event-kind.ts'
import type { Criterion, TaskState } from '../task-state.ts'

export interface CheckCriterion {
  readonly kind: 'CheckCriterion'
  /** Its place in the task's list, from 1. */
  readonly place: number
  readonly met: boolean
  readonly evidence: string | null
}

export const criterionChecked: Kind<'CriterionChecked'> = {
  evolve: (task, { data }) => ({
    ...task,
    criteria: task.criteria.map((criterion) =>
      criterion.id === data.criterion
        ? { ...criterion, met: data.met, evidence: data.evidence ?? null }
        : criterion,
    ),
  }),
  revert: (before, { data }, now) => {
    const is = (criterion: Criterion) => criterion.id === data.criterion
    const was = now.criteria.some(is) && before.criteria.find(is)
    return was ? [draft('CriterionChecked', { criterion: was.id, met: was.met, evidence: was.evidence })] : []
  },
}

export function checkCriterion({ place, met, evidence }: CheckCriterion, task: TaskState): EventDraft[] {
  const criterion = criterionAt(task, place)
  if (criterion.met === met && (evidence === null || criterion.evidence === evidence)) return []
  return [
    draft('CriterionChecked', { criterion: criterion.id, met, ...(evidence === null ? {} : { evidence }) }),
  ]
}
