import { FOLD_VERSION, type StoredEvent, type TaskEvent } from '../../schemas/event.ts'
import type { Step } from './event-kind.ts'
import { type OrderedLog, orderEvents } from './event-order.ts'
import { evolve, KINDS } from './evolve.ts'
import { initialState, type TaskState } from './task-state.ts'

/** The events of one task. */
export interface TaskLog {
  readonly id: string
  readonly events: readonly StoredEvent[]
}

/** Whether this program knows the fold that the events need. */
export function isFoldable(events: readonly StoredEvent[]): boolean {
  return events.every((event) => event.v <= FOLD_VERSION && Object.hasOwn(KINDS, event.kind))
}

/** Orders a foldable log. */
export function orderLog(log: TaskLog): OrderedLog<TaskEvent> {
  return orderEvents(log.events as readonly TaskEvent[])
}

/** The task that the events make. The log has to be foldable. */
export function fold(log: TaskLog): TaskState {
  return orderLog(log).order.reduce(evolve, initialState(log.id))
}

/** The fold with every intermediate state, oldest first. */
export function steps(log: TaskLog): Step[] {
  let state = initialState(log.id)
  return orderLog(log).order.map((event) => {
    const before = state
    state = evolve(state, event)
    return { event, before, after: state }
  })
}

/** The task as it was at an instant (ISO 8601), by the times that its events carry; null if it did not exist yet. */
export function foldUntil(log: TaskLog, instant: string): TaskState | null {
  const until = orderLog(log).order.filter((event) => event.at <= instant)
  const exists = until.some(({ kind }) => kind === 'TaskCreated')
  return exists ? until.reduce(evolve, initialState(log.id)) : null
}
