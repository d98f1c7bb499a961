import type { Status } from '../../schemas/vocabulary.ts'
import { MhvError } from '../errors.ts'
import type { TaskState } from './task-state.ts'

const MOVES: Readonly<Record<Status, readonly Status[]>> = {
  pending: ['in_progress', 'blocked', 'completed', 'cancelled'],
  in_progress: ['pending', 'blocked', 'completed', 'failed', 'cancelled'],
  blocked: ['cancelled'],
  failed: ['in_progress', 'completed', 'cancelled'],
  completed: ['pending'],
  cancelled: ['pending'],
}

const VERB: Readonly<Record<Status, (n: number) => string>> = {
  pending: (n) => `mhv task reopen ${n}`,
  in_progress: (n) => `mhv start ${n}`,
  blocked: (n) => `mhv task block ${n} --reason "…"`,
  completed: (n) => `mhv done ${n}`,
  failed: (n) => `mhv done ${n}`,
  cancelled: (n) => `mhv task cancel ${n} --reason "…"`,
}

/** Commands that are legal from the task's status. */
export function possibleMoves(task: TaskState): string[] {
  const moves = MOVES[task.status].map((to) =>
    task.status === 'in_progress' && to === 'pending' ? `mhv undo ${task.number}` : VERB[to](task.number),
  )
  if (task.status === 'blocked') moves.unshift(`mhv task unblock ${task.number}`)
  return [...new Set(moves)]
}

/** Whether the table of statuses has a move. */
export const isMove = (from: Status, to: Status): boolean => MOVES[from].includes(to)

/** Refuses a move that is not in the table of statuses, naming those that are. Errors: ILLEGAL_MOVE. */
export function requireMove(task: TaskState, to: Status): void {
  if (isMove(task.status, to)) return
  const reach = task.status === 'blocked' ? ['what it was before', 'cancelled'] : MOVES[task.status]
  throw new MhvError(
    'ILLEGAL_MOVE',
    `#${task.number} is ${task.status} and cannot become ${to}; from here it can become ${reach.join(', ')}.`,
    { recovery: possibleMoves(task), data: { number: task.number, from: task.status, to, possible: reach } },
  )
}
