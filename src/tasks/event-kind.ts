import type { EventData, EventDraft, EventKind, EventOf, TaskEvent } from '../../schemas/event.ts'
import type { TaskState } from './task-state.ts'

/** One event of a history, with the task before and after it. */
export interface Step {
  readonly event: TaskEvent
  readonly before: TaskState
  readonly after: TaskState
}

/** What a kind of event means: its effect on a task and, where there is one, the draft that takes it back. */
export interface Kind<K extends EventKind> {
  /** The task after the event. Total: it never throws, whatever the task's state. */
  evolve(task: TaskState, event: EventOf<K>): TaskState
  /**
   * Drafts that restore what the event changed.
   * @param before the task as it was when the event was folded
   * @param now the task as it is
   */
  revert?(before: TaskState, event: EventOf<K>, now: TaskState): EventDraft[]
}

/** A draft with its kind and data checked against each other. */
export function draft<K extends EventKind>(kind: K, data: EventData<K>): EventDraft {
  return { kind, data } as unknown as EventDraft
}
