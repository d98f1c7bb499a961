import type { EventKind, TaskEvent } from '../../schemas/event.ts'
import type { Kind } from './event-kind.ts'
import { commentAdded } from './kinds/comment-added.ts'
import { commentRemoved } from './kinds/comment-removed.ts'
import { criterionAdded } from './kinds/criterion-added.ts'
import { criterionChecked } from './kinds/criterion-checked.ts'
import { criterionRemoved } from './kinds/criterion-removed.ts'
import { dependencyAdded } from './kinds/dependency-added.ts'
import { dependencyRemoved } from './kinds/dependency-removed.ts'
import { gateOverridden } from './kinds/gate-overridden.ts'
import { labelsChanged } from './kinds/labels-changed.ts'
import { linksAdded } from './kinds/links-added.ts'
import { linksRemoved } from './kinds/links-removed.ts'
import { parentSet } from './kinds/parent-set.ts'
import { taskAssigned } from './kinds/task-assigned.ts'
import { taskBlocked } from './kinds/task-blocked.ts'
import { taskCancelled } from './kinds/task-cancelled.ts'
import { taskCompleted } from './kinds/task-completed.ts'
import { taskCreated } from './kinds/task-created.ts'
import { taskCreationRequested } from './kinds/task-creation-requested.ts'
import { taskDeleted } from './kinds/task-deleted.ts'
import { taskEdited } from './kinds/task-edited.ts'
import { taskFailed } from './kinds/task-failed.ts'
import { taskRenumbered } from './kinds/task-renumbered.ts'
import { taskReopened } from './kinds/task-reopened.ts'
import { taskRestored } from './kinds/task-restored.ts'
import { taskStartReverted } from './kinds/task-start-reverted.ts'
import { taskStarted } from './kinds/task-started.ts'
import { taskUnblocked } from './kinds/task-unblocked.ts'
import type { TaskState } from './task-state.ts'

/** Fold version 1: what each kind of event means. A change of meaning is a new version beside this one, never an edit. */
export const KINDS: { readonly [K in EventKind]: Kind<K> } = {
  TaskCreationRequested: taskCreationRequested,
  TaskCreated: taskCreated,
  TaskEdited: taskEdited,
  TaskAssigned: taskAssigned,
  LabelsChanged: labelsChanged,
  CommentAdded: commentAdded,
  CommentRemoved: commentRemoved,
  DependencyAdded: dependencyAdded,
  DependencyRemoved: dependencyRemoved,
  LinksAdded: linksAdded,
  LinksRemoved: linksRemoved,
  ParentSet: parentSet,
  CriterionAdded: criterionAdded,
  CriterionChecked: criterionChecked,
  CriterionRemoved: criterionRemoved,
  TaskStarted: taskStarted,
  TaskStartReverted: taskStartReverted,
  TaskBlocked: taskBlocked,
  TaskUnblocked: taskUnblocked,
  TaskCompleted: taskCompleted,
  TaskFailed: taskFailed,
  GateOverridden: gateOverridden,
  TaskCancelled: taskCancelled,
  TaskReopened: taskReopened,
  TaskRenumbered: taskRenumbered,
  TaskDeleted: taskDeleted,
  TaskRestored: taskRestored,
}

/** The task after one more event. Total: no event is illegal to fold. */
export function evolve(task: TaskState, event: TaskEvent): TaskState {
  const kind = KINDS[event.kind] as Kind<EventKind>
  const next = kind.evolve(task, event as never)
  // Belongs to the status: whatever moves a task out of completed, also concurrently, takes its end away.
  const end = next.status === 'completed' ? {} : { completedAt: null, completedBy: null }
  // A number is no content: who gives one, in an import or a sync, has not changed the task.
  const updatedAt = event.kind === 'TaskRenumbered' ? task.updatedAt : event.at
  return { ...next, ...end, updatedAt }
}
