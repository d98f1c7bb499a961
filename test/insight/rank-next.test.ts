import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NEXT_WEIGHTS } from '../../schemas/next-weights.ts'
import { PRIORITIES } from '../../schemas/vocabulary.ts'
import { rankNext, type Workable } from '../../src/insight/rank-next.ts'

const workable = (number: number, more: Partial<Workable> = {}): Workable => ({
  repository: 'demo',
  number,
  id: `id-${number}`,
  isInProgress: false,
  priority: 'medium',
  hoursLeft: null,
  hoursNeeded: 8,
  unblocks: 0,
  slack: 1,
  ...more,
})

const orderOf = (tasks: readonly Workable[], weights = {}) =>
  rankNext(tasks, { ...NEXT_WEIGHTS, ...weights }).map(({ task }) => task.number)

test.each<[string, Partial<Workable>, Partial<Workable>]>([
  [
    'what is in progress, before everything else together',
    { isInProgress: true, priority: 'low' },
    { priority: 'critical', hoursLeft: -5, unblocks: 100, slack: 0 },
  ],
  ['what is overdue', { hoursLeft: -1 }, { hoursLeft: 100 }],
  ['a deadline that leaves too little time', { hoursLeft: 6 }, { hoursLeft: 20 }],
  ['the same deadline for what takes longer', { hoursLeft: 50, hoursNeeded: 40 }, { hoursLeft: 50 }],
  ['the higher priority', { priority: 'high' }, {}],
  ['what more tasks wait for', { unblocks: 4 }, { unblocks: 1 }],
  ['the critical path', { unblocks: 1, slack: 0 }, { unblocks: 1, slack: 0.8 }],
])('first comes %s', (_, first, second) => {
  expect(orderOf([workable(1, second), workable(2, first)])).toEqual([2, 1])
})

test('ties go by repository, then number, then id', () => {
  const tasks = [
    workable(2),
    workable(1, { repository: 'zeta' }),
    workable(1, { id: 'b' }),
    workable(1, { id: 'a' }),
  ]
  expect(rankNext(tasks, NEXT_WEIGHTS).map(({ task }) => task)).toEqual([
    tasks[3],
    tasks[2],
    tasks[0],
    tasks[1],
  ])
})

test('a weight of nothing takes a reason away', () => {
  const tasks = [workable(1), workable(2, { priority: 'critical' })]
  expect(orderOf(tasks)).toEqual([2, 1])
  expect(orderOf(tasks, { priority: 0 })).toEqual([1, 2])
})

test('the parts are the score', () => {
  const [{ score, parts }] = rankNext(
    [workable(1, { hoursLeft: 16, unblocks: 3, slack: 0.5 })],
    NEXT_WEIGHTS,
  ) as [ReturnType<typeof rankNext>[number]]
  expect(parts).toEqual({ in_progress: 0, deadline: 1.5, priority: 1, unblocks: 1, critical_path: 0.75 })
  expect(score).toBe(4.25)
})

test('the order does not depend on the order in which tasks come', () => {
  const any = fc.record({
    isInProgress: fc.boolean(),
    priority: fc.constantFrom(...PRIORITIES),
    hoursLeft: fc.option(fc.integer({ min: -10, max: 50 })),
    hoursNeeded: fc.integer({ min: 1, max: 9 }),
    unblocks: fc.integer({ min: 0, max: 3 }),
    slack: fc.constantFrom(0, 0.25, 1),
  })
  fc.assert(
    fc.property(fc.array(any, { maxLength: 25 }), fc.integer(), (all, turn) => {
      const tasks = all.map((more, i) => workable(i + 1, more))
      const at = tasks.length === 0 ? 0 : Math.abs(turn) % tasks.length
      const turned = [...tasks.slice(at), ...tasks.slice(0, at)].reverse()
      expect(orderOf(turned)).toEqual(orderOf(tasks))
    }),
    { seed: 1, numRuns: process.env.MHV_LONG ? 5000 : 200 },
  )
})
