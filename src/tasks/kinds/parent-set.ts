import type { EventDraft } from '../../../schemas/event.ts'
import { requireAcyclic } from '../dependency-path.ts'
import { draft, type Kind } from '../event-kind.ts'
import type { Known } from '../known.ts'
import type { TaskState } from '../task-state.ts'

export interface SetParent {
  readonly kind: 'SetParent'
  readonly parent: string | null
}

export const parentSet: Kind<'ParentSet'> = {
  evolve: (task, { data }) => ({ ...task, parent: data.parent }),
  revert: (before, _event, now) =>
    before.parent === now.parent ? [] : [draft('ParentSet', { parent: before.parent })],
}

/** Errors: DEPENDENCY_CYCLE when the task, or what it waits for, waits for the parent. */
export function setParent({ parent }: SetParent, task: TaskState, known: Known): EventDraft[] {
  if (parent === task.parent) return []
  if (parent) requireAcyclic(known, [parent, task.id], 'parent')
  return [draft('ParentSet', { parent })]
}
