import type { EventDraft } from '../../../schemas/event.ts'
import { draft, type Kind } from '../event-kind.ts'
import type { TaskState } from '../task-state.ts'

export interface AddCriterion {
  readonly kind: 'AddCriterion'
  readonly id: string
  readonly text: string
}

export const criterionAdded: Kind<'CriterionAdded'> = {
  evolve: (task, { data }) => ({
    ...task,
    criteria: [
      ...task.criteria.filter((criterion) => criterion.id !== data.id),
      { id: data.id, text: data.text, met: data.met ?? false, evidence: null },
    ],
  }),
  revert: (_before, { data }) => [draft('CriterionRemoved', { criterion: data.id })],
}

export function addCriterion({ id, text }: AddCriterion, task: TaskState): EventDraft[] {
  if (task.criteria.some((criterion) => criterion.text === text)) return []
  return [draft('CriterionAdded', { id, text })]
}
