import type { EventDraft } from '../../../schemas/event.ts'
import { requireAcyclic } from '../dependency-path.ts'
import { draft, type Kind } from '../event-kind.ts'
import type { Known } from '../known.ts'
import { removalsSince, withAdded } from '../observed-set.ts'
import type { TaskState } from '../task-state.ts'

export interface AddDependency {
  readonly kind: 'AddDependency'
  readonly on: readonly string[]
}

export const dependencyAdded: Kind<'DependencyAdded'> = {
  evolve: (task, { id, data }) => ({ ...task, dependsOn: withAdded(task.dependsOn, [data.depends_on], id) }),
  revert: (before, { data }, now) => {
    const remove = removalsSince(before.dependsOn, now.dependsOn, [data.depends_on])
    return remove.length > 0 ? [draft('DependencyRemoved', { remove })] : []
  },
}

/** Errors: DEPENDENCY_CYCLE with the path that would close. */
export function addDependency({ on }: AddDependency, task: TaskState, known: Known): EventDraft[] {
  // What was stored with a name that the repository had once is the same task.
  const nowCalled = (id: string) => known.summary(id)?.id ?? id
  const there = new Set([...task.dependsOn.keys()].map(nowCalled))
  const added = [...new Set(on)].filter((id) => !there.has(nowCalled(id)))
  for (const id of added) requireAcyclic(known, [task.id, id], 'dependency')
  return added.map((id) => draft('DependencyAdded', { depends_on: id }))
}
