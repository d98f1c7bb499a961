import { expect, test } from 'vitest'
import { MAX_CLOCK, type StoredEvent } from '../../schemas/event.ts'
import { compareEvents, headsOf, orderEvents } from '../../src/tasks/event-order.ts'
import { instantOf, ulidOf } from '../support/task-log.ts'

const event = (n: number, clock: number, ...after: number[]): StoredEvent => ({
  id: ulidOf(n),
  kind: 'TaskAssigned',
  v: 1,
  after: after.map(ulidOf),
  clock,
  at: instantOf(n),
  by: 'Ann',
  data: { assignee: null },
})
const order = (...events: StoredEvent[]) => {
  const { order, quarantined } = orderEvents(events)
  return { order: order.map(({ id }) => id), set: quarantined.map(({ event, why }) => [event.id, why]) }
}

test('events go by clock, then by id', () => {
  const events = [event(4, 2, 1), event(1, 1), event(3, 2, 1), event(2, 3, 4)]
  expect(order(...events)).toEqual({ order: [1, 3, 4, 2].map(ulidOf), set: [] })
  expect(compareEvents(events[0]!, events[0]!)).toBe(0)
})

test('a clock that is not one more than the highest it follows is set aside', () => {
  expect(order(event(1, 1), event(2, 3, 1), event(3, 2))).toEqual({
    order: [ulidOf(1)],
    set: [
      [ulidOf(3), 'clock 2 does not follow 0'],
      [ulidOf(2), 'clock 3 does not follow 1'],
    ],
  })
})

test('of several events that it follows, the highest clock counts', () => {
  const log = [event(1, 1), event(2, 2, 1), event(3, 3, 2), event(4, 2, 1)]
  expect(order(...log, event(5, 4, 3, 4)).set).toEqual([])
  expect(order(...log, event(5, 3, 3, 4)).set).toHaveLength(1)
})

test('an event that follows one that is missing, set aside or later is set aside too', () => {
  expect(order(event(1, 1), event(2, 2, 9)).set[0]![1]).toContain(`follows ${ulidOf(9)}`)
  const chain = order(event(1, 1), event(2, 5, 1), event(3, 6, 2), event(4, 2, 1))
  expect(chain.order).toEqual([1, 4].map(ulidOf))
  expect(chain.set.map(([id]) => id)).toEqual([2, 3].map(ulidOf))
  expect(order(event(1, 1, 1)).order).toEqual([])
  expect(order(event(1, 2, 2), event(2, 2, 1)).order).toEqual([])
})

test('a clock beyond the last is set aside, so that nobody can use up the clock for all', () => {
  const before = { ...event(1, MAX_CLOCK), after: [] }
  expect(order(before, event(2, MAX_CLOCK + 1, 1)).set.map(([, why]) => why)).toEqual([
    `clock ${MAX_CLOCK} does not follow 0`,
    `clock ${MAX_CLOCK + 1} is beyond ${MAX_CLOCK}`,
  ])
})

test('a new event follows what nobody has seen yet', () => {
  expect(headsOf([event(1, 1), event(4, 2, 1), event(3, 2, 1), event(2, 3, 3)])).toEqual([2, 4].map(ulidOf))
  expect(headsOf([])).toEqual([])
})
