import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PRIORITIES, STATUSES, TASK_TYPES } from '../../schemas/vocabulary.ts'
import { onlyPlace } from '../../src/query/place.ts'
import { estimateMinutes, SORT_KEYS, type SortBy, type SortKey, sortTasks } from '../../src/query/sort.ts'
import type { Snapshot } from '../../src/snapshot/snapshot.ts'
import { allSlots, snapshotOf, type TaskFields } from '../support/any-snapshot.ts'
import { runs } from '../support/nasty-text.ts'

const sortSlots = (snapshot: Snapshot, slots: readonly number[], by: readonly SortBy[]) =>
  sortTasks([onlyPlace('demo', snapshot)], [slots], by).map(({ slot }) => slot)

const sorted = (tasks: readonly TaskFields[], key: SortKey, descending = false) => {
  const snapshot = snapshotOf(...tasks)
  return sortSlots(snapshot, allSlots(snapshot), [{ key, descending }]).map((slot) => snapshot.number(slot))
}

describe('each key', () => {
  test.each<[SortKey, TaskFields[], number[]]>([
    ['number', [{ number: 9 }, { number: 10 }, { number: 2 }], [2, 9, 10]],
    ['title', [{ title: 'beta' }, { title: 'Alpha' }, { title: 'alpine' }], [2, 3, 1]],
    ['status', STATUSES.map((status) => ({ status })), [2, 5, 3, 1, 4, 6]],
    ['type', [{ type: 'epic' }, { type: 'task' }, { type: 'bug' }], [2, 3, 1]],
    ['priority', PRIORITIES.map((priority) => ({ priority })), [4, 3, 2, 1]],
    ['deadline', [{ deadline: '2026-12-01' }, { deadline: '2026-11-30T10:00:00Z' }], [2, 1]],
    ['assignee', [{ assignee: 'bob' }, { assignee: 'Ann' }], [2, 1]],
    [
      'created',
      [{ createdAt: '2026-11-02T00:00:00.000Z' }, { createdAt: '2026-11-01T00:00:00.000Z' }],
      [2, 1],
    ],
    [
      'updated',
      [{ updatedAt: '2026-11-02T00:00:00.000Z' }, { updatedAt: '2026-11-01T00:00:00.000Z' }],
      [2, 1],
    ],
    [
      'completed',
      [{ completedAt: '2040-01-01T00:00:00.000Z' }, { completedAt: '2026-11-01T00:00:00.000Z' }],
      [2, 1],
    ],
    [
      'estimate',
      [{ estimate: '1d' }, { estimate: '9h' }, { estimate: '90m' }, { estimate: '0.5h' }],
      [4, 3, 1, 2],
    ],
    [
      'urgency',
      [{}, { priority: 'high' }, { deadline: '2026-11-27' }, { status: 'in_progress', priority: 'low' }],
      [4, 2, 3, 1],
    ],
  ])('%s', (key, tasks, order) => {
    expect(sorted(tasks, key)).toEqual(order)
    expect(sorted(tasks, key, true)).toEqual([...order].reverse())
  })
})

test.each<[SortKey, TaskFields]>([
  ['deadline', { deadline: '2026-12-01' }],
  ['assignee', { assignee: 'ann' }],
  ['completed', { completedAt: '2026-11-01T00:00:00.000Z' }],
  ['estimate', { estimate: '0m' }],
])('tasks without %s come last in either direction', (key, fields) => {
  expect(sorted([{}, fields], key)).toEqual([2, 1])
  expect(sorted([{}, fields], key, true)).toEqual([2, 1])
})

test('later keys decide where earlier ones are equal, the number in the end', () => {
  const snapshot = snapshotOf(
    { title: 'b' },
    { title: 'a', priority: 'high' },
    { title: 'a' },
    { title: 'a' },
  )
  const slots = sortSlots(
    snapshot,
    [3, 2, 1, 0],
    [
      { key: 'title', descending: false },
      { key: 'priority', descending: true },
    ],
  )
  expect(slots.map((slot) => snapshot.number(slot))).toEqual([3, 4, 2, 1])
})

const anyTask = fc.record({
  number: fc.integer({ min: 1, max: 3 }),
  title: fc.constantFrom('a', 'A', 'b'),
  status: fc.constantFrom(...STATUSES),
  type: fc.constantFrom(...TASK_TYPES.slice(0, 2)),
  priority: fc.constantFrom(...PRIORITIES),
  deadline: fc.constantFrom(null, '2026-11-27', '2026-11-27T00:00:00Z'),
  assignee: fc.constantFrom(null, 'ann', 'bob'),
  estimate: fc.constantFrom(null, '1h', '60m'),
})

test('the order does not depend on where tasks lie in the index, nor on how often it is asked for', () => {
  fc.assert(
    fc.property(
      fc.array(anyTask, { maxLength: 8 }),
      fc.array(fc.record({ key: fc.constantFrom(...SORT_KEYS), descending: fc.boolean() }), { maxLength: 2 }),
      (tasks, by) => {
        const named = tasks.map((task, i) => ({ ...task, id: `01JF3ZK4Q8M6W2T5V7X9Y0A1B${i}` }))
        const order = (list: readonly TaskFields[]) => {
          const snapshot = snapshotOf(...list)
          return sortSlots(snapshot, allSlots(snapshot), by).map((slot) => snapshot.head(slot).id)
        }
        expect(order([...named].reverse())).toEqual(order(named))
      },
    ),
    runs(300),
  )
})

test('an estimate is compared by working time: a day has eight hours, a week five days', () => {
  expect(['90m', '1.5h', '1d', '1w', '5pt', ''].map(estimateMinutes)).toEqual([90, 90, 480, 2400, 5, -1])
})

test('over several places the order is one: equal tasks by place, then by number, unless asked for by name', () => {
  const places = [
    onlyPlace('beta', snapshotOf({ priority: 'low' }, { priority: 'high' }, {})),
    onlyPlace('alpha', snapshotOf({}, { priority: 'high' }, { status: 'in_progress' })),
  ]
  const all = places.map(({ snapshot }) => allSlots(snapshot))
  const shown = (...by: SortBy[]) =>
    sortTasks(places, all, by).map(
      ({ place, slot }) => `${places[place]!.name}#${places[place]!.snapshot.number(slot)}`,
    )
  expect(shown({ key: 'urgency', descending: false })).toEqual([
    'alpha#3', 'beta#2', 'alpha#2', 'beta#3', 'alpha#1', 'beta#1',
  ]) // biome-ignore format: a list
  expect(shown({ key: 'repository', descending: false })).toEqual([
    'alpha#1', 'alpha#2', 'alpha#3', 'beta#1', 'beta#2', 'beta#3',
  ]) // biome-ignore format: a list
  expect(shown({ key: 'repository', descending: true })[0]).toBe('beta#1')
})
