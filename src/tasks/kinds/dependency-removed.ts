import type { EventDraft } from '../../../schemas/event.ts'
import { draft, type Kind } from '../event-kind.ts'
import { observedAdditions, withRemoved } from '../observed-set.ts'
import type { TaskState } from '../task-state.ts'

export interface RemoveDependency {
  readonly kind: 'RemoveDependency'
  readonly on: readonly string[]
}

export const dependencyRemoved: Kind<'DependencyRemoved'> = {
  evolve: (task, { data }) => ({ ...task, dependsOn: withRemoved(task.dependsOn, data.remove) }),
  revert: (before, { data }, now) =>
    data.remove
      .filter(({ value }) => before.dependsOn.has(value) && !now.dependsOn.has(value))
      .map(({ value }) => draft('DependencyAdded', { depends_on: value })),
}

export function removeDependency({ on }: RemoveDependency, task: TaskState): EventDraft[] {
  const remove = observedAdditions(task.dependsOn, [...new Set(on)])
  return remove.length === 0 ? [] : [draft('DependencyRemoved', { remove })]
}
