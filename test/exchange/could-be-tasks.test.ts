import { expect, test } from 'vitest'
import { couldBeTasks } from '../../src/exchange/could-be-tasks.ts'

const records = (...values: readonly unknown[]) =>
  values.map((value, i) => ({ place: `item ${i + 1}`, value }))

test.each([
  [{ id: 1, title: 'Lamp', status: 'in stock' }, false],
  [{ id: 1, title: 'On lamps', status: 'published' }, false],
  [{ id: 1, title: 'Lamplighter', status: 'active', priority: 2 }, false],
  [{ id: 1, title: 'Home', priority: '0.8' }, false],
  [{ id: '1', title: 'Lamps', type: 'film', labels: ['x'] }, false],
  [{ id: '1', title: 'Lamps', type: 'film', status: 'open' }, false],
  [{ id: '1', title: 'A song', labels: ['x'], assignee: 'ann' }, false],
  [{ id: '1', title: 'No words', status: '', priority: null }, false],
  [{ title: 'No id', status: 'open' }, false],
  [{ id: '', title: 'Empty id', status: 'open' }, false],
  [{ id: 1, title: 'Fix the lamp', status: 'To do' }, true],
  [{ id: 1, title: 'Fix the lamp', priority: 'P1', type: 'bug' }, true],
  [{ id: 1, title: 'Fix the lamp', priority: 0, status: '' }, true],
  ['Fix the lamp', false],
] as const)('%j', (value, isTask) => {
  expect(couldBeTasks(records(value))).toBe(isTask)
})

test('all rows have to fit, and one of them has to say a status or a priority', () => {
  const [said, mute] = [
    { id: 1, title: 'A', status: 'open' },
    { id: 2, title: 'B' },
  ]
  expect(couldBeTasks(records(said, mute))).toBe(true)
  expect(couldBeTasks(records(mute, mute))).toBe(false)
  expect(couldBeTasks(records(said, { id: 3, title: 'C', status: 'sold' }))).toBe(false)
  expect(couldBeTasks(records())).toBe(false)
})
