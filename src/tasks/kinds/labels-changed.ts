import type { EventDraft } from '../../../schemas/event.ts'
import { draft, type Kind } from '../event-kind.ts'
import { observedAdditions, withAdded, withRemoved } from '../observed-set.ts'
import type { TaskState } from '../task-state.ts'

export interface ChangeLabels {
  readonly kind: 'ChangeLabels'
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

export const labelsChanged: Kind<'LabelsChanged'> = {
  evolve: (task, { id, data }) => ({
    ...task,
    labels: withAdded(withRemoved(task.labels, data.remove ?? []), data.add ?? [], id),
  }),
  revert: (_before, { id, data }, now) => {
    const added = (data.add ?? []).filter((label) => now.labels.get(label)?.includes(id))
    const removed = (data.remove ?? [])
      .map((removal) => removal.value)
      .filter((label) => !now.labels.has(label))
    if (added.length + removed.length === 0) return []
    return [
      draft('LabelsChanged', {
        ...(removed.length > 0 ? { add: removed } : {}),
        ...(added.length > 0 ? { remove: added.map((value) => ({ value, adds: [id] })) } : {}),
      }),
    ]
  },
}

export function changeLabels({ add, remove }: ChangeLabels, task: TaskState): EventDraft[] {
  const added = [...new Set(add)].filter((label) => !task.labels.has(label) && !remove.includes(label))
  const removed = observedAdditions(task.labels, [...new Set(remove)])
  if (added.length + removed.length === 0) return []
  return [
    draft('LabelsChanged', {
      ...(added.length > 0 ? { add: added } : {}),
      ...(removed.length > 0 ? { remove: removed } : {}),
    }),
  ]
}
