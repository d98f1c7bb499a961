import type { EventDraft, StoredEvent } from '../../schemas/event.ts'
import { type Command, decide } from '../../src/tasks/decide.ts'
import { steps, type TaskLog } from '../../src/tasks/fold.ts'
import type { Known, TaskSummary } from '../../src/tasks/known.ts'
import { seal } from '../../src/tasks/seal.ts'

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A ULID of its own for each number; greater for greater ones. */
export function ulidOf(n: number): string {
  let rest = ''
  for (let left = n; rest.length < 8; left = Math.floor(left / 32)) rest = DIGITS[left % 32] + rest
  return `01JF3ZK4Q8M6W2T5V7${rest}`
}

export const TASK = ulidOf(0)
export const ANN = 'Ann <ann@example.com>'
/** A minute after the one before for each event of a log. */
export const instantOf = (n: number) => new Date(Date.UTC(2026, 10, 20, 10, n)).toISOString()

/** A summary of another task, pending and alone unless said otherwise. */
export const other = (number: number, more: Partial<TaskSummary> = {}): TaskSummary => ({
  id: ulidOf(900_000 + number),
  number,
  title: `Task ${number}`,
  status: 'pending',
  deleted: false,
  parent: null,
  dependsOn: [],
  ...more,
})

/** A repository of these tasks. */
export function knownOf(...tasks: readonly TaskSummary[]): Known {
  return {
    nextNumber: 1 + Math.max(0, ...tasks.map((task) => task.number)),
    summary: (id) => tasks.find((task) => task.id === id),
    childrenOf: (id) => tasks.filter((task) => task.parent === id),
  }
}

/** The log with drafts sealed; a writer of its own takes other ids, as another clone would. */
export function appended(log: TaskLog, drafts: readonly EventDraft[], writer = 1): TaskLog {
  let next = writer * 10_000 + log.events.length
  return seal(log, drafts, {
    now: instantOf(log.events.length),
    newId: () => ulidOf(++next),
    actor: ANN,
  })
}

export const decided = (log: TaskLog, command: Command, known: Known = knownOf()): EventDraft[] =>
  decide(command, steps(log), known)

/** The log after commands, each decided on what the ones before have made. */
export function after(log: TaskLog, ...commands: readonly Command[]): TaskLog {
  return commands.reduce((now, command) => appended(now, decided(now, command)), log)
}

export const NO_TASK: TaskLog = { id: TASK, events: [] }
export const create = (data: Partial<Extract<Command, { kind: 'CreateTask' }>['data']> = {}): Command => ({
  kind: 'CreateTask',
  id: TASK,
  data: { number: 12, title: 'Fix auth bug', ...data },
})

/** The set of both logs' events. */
export function united(a: TaskLog, b: TaskLog): TaskLog {
  const events = new Map<string, StoredEvent>([...a.events, ...b.events].map((event) => [event.id, event]))
  return { id: a.id, events: [...events.values()] }
}
