import type { EventDraft } from '../../../schemas/event.ts'
import { draft, type Kind } from '../event-kind.ts'
import type { TaskState } from '../task-state.ts'

export interface AddCriterion {
  readonly kind: 'AddCriterion'
  readonly id: string
  readonly text: string
}

export const criterionAdded: Kind<'CriterionAdded'> = {
  evolve: (task, { data }) => {
    const { id, text, met = false, evidence = null, place } = data
    const others = task.criteria.filter((criterion) => criterion.id !== id)
    const at = place === undefined ? others.length : place - 1
    return { ...task, criteria: [...others.slice(0, at), { id, text, met, evidence }, ...others.slice(at)] }
  },
  revert: (_before, { data }, now) =>
    now.criteria.some((criterion) => criterion.id === data.id)
      ? [draft('CriterionRemoved', { criterion: data.id })]
      : [],
}

export function addCriterion({ id, text }: AddCriterion, task: TaskState): EventDraft[] {
  if (task.criteria.some((criterion) => criterion.text === text)) return []
  return [draft('CriterionAdded', { id, text })]
}
