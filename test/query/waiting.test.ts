import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { inCycle, waitingOn } from '../../src/query/waiting.ts'
import { allSlots, snapshotOf } from '../support/any-snapshot.ts'
import { runs } from '../support/nasty-text.ts'
import { ulidOf } from '../support/task-log.ts'

test('a task waits for its dependencies that are open, or not here', () => {
  const snapshot = snapshotOf(
    { dependsOn: [2, 3, 4, 5, 6].map(ulidOf).concat(ulidOf(99), 'crackerjack/X') },
    { status: 'completed' },
    { status: 'cancelled' },
    { deleted: true },
    { status: 'failed' },
    {},
    { dependsOn: [ulidOf(2)] },
  )
  const open = [ulidOf(5), ulidOf(6), ulidOf(99), 'crackerjack/X'].sort()
  expect(waitingOn(snapshot, allSlots(snapshot))).toEqual(new Map([[0, open]]))
  expect(waitingOn(snapshot, [5, 6])).toEqual(new Map())
})

test('the members of a cycle are found, what only leads to one is not', () => {
  const snapshot = snapshotOf(
    { dependsOn: [ulidOf(2)] },
    { dependsOn: [ulidOf(3)] },
    { dependsOn: [ulidOf(2), ulidOf(4)] },
    {},
    { dependsOn: [ulidOf(5)] },
  )
  expect(inCycle(snapshot, allSlots(snapshot))).toEqual(new Set([1, 2, 4]))
})

test('in any graph, the members of cycles are those that lead back to themselves', () => {
  const size = 7
  const edges = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 14 })
  fc.assert(
    fc.property(edges, (edges) => {
      const next = (from: number) => edges.filter(([start]) => start === from).map(([, to]) => to)
      const reach = (from: number) => {
        const seen = new Set<number>()
        for (const todo = next(from); todo.length > 0; ) {
          const to = todo.pop()!
          if (!seen.has(to)) todo.push(...next(to))
          seen.add(to)
        }
        return seen
      }
      const tasks = Array.from({ length: size }, (_, i) => ({
        dependsOn: [...new Set(next(i))].map((to) => ulidOf(to + 1)),
      }))
      const snapshot = snapshotOf(...tasks)
      const slots = allSlots(snapshot)
      expect([...inCycle(snapshot, slots)].sort()).toEqual(slots.filter((slot) => reach(slot).has(slot)))
    }),
    runs(1000),
  )
})

test('a chain of ten thousand tasks is walked without running out of stack', () => {
  const size = 10_000
  const snapshot = snapshotOf(
    ...Array.from({ length: size }, (_, i) => ({ dependsOn: [ulidOf(((i + 1) % size) + 1)] })),
  )
  expect(inCycle(snapshot, allSlots(snapshot)).size).toBe(size)
})
