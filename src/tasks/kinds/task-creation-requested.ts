import type { Kind } from '../event-kind.ts'

/** The words that a task was asked for in: evidence for the history, without an effect on the task's fields. */
export const taskCreationRequested: Kind<'TaskCreationRequested'> = {
  evolve: (task) => task,
}
