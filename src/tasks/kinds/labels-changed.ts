import type { EventDraft } from '../../../schemas/event.ts'
import { draft, type Kind } from '../event-kind.ts'
import { observedAdditions, removalsSince, withAdded, withRemoved } from '../observed-set.ts'
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
  revert: (before, { data }, now) => {
    const remove = removalsSince(before.labels, now.labels, data.add ?? [])
    const add = (data.remove ?? [])
      .map((removal) => removal.value)
      .filter((label) => before.labels.has(label) && !now.labels.has(label))
    if (add.length + remove.length === 0) return []
    return [
      draft('LabelsChanged', {
        ...(add.length > 0 ? { add } : {}),
        ...(remove.length > 0 ? { remove } : {}),
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
