import { describe, expect, test } from 'vitest'
import { resolveDate, shiftDate } from '../../src/query/dates.ts'
import {
  findLiveTask,
  findLiveTasks,
  findTask,
  findTasks,
  type TaskNames,
} from '../../src/query/find-task.ts'
import { listNumbers, parseTaskName, parseTaskNames } from '../../src/query/number-list.ts'
import { snapshotOf } from '../support/any-snapshot.ts'
import { ulidOf } from '../support/task-log.ts'

const refused = (error: string, more: object = {}) => expect.objectContaining({ error, ...more })

describe('finding a task', () => {
  const snapshot = snapshotOf(
    { number: 5 },
    { number: 6, aliases: [5, 7] },
    { number: 8, aliases: [7, 9] },
    { deleted: true, number: 11 },
  )

  test('by its number, before any other that had it', () => expect(findTask(snapshot, 5)).toBe(0))
  test('by the number that only it had', () => expect(findTask(snapshot, 9)).toBe(2))
  test('by its id', () => expect(findTask(snapshot, ulidOf(2))).toBe(1))

  test('by a number that several had: refused, with all of them named', () => {
    expect(() => findTask(snapshot, 7)).toThrow(
      refused('AMBIGUOUS_NUMBER', {
        recovery: [`mhv task show ${ulidOf(2)}`, `mhv task show ${ulidOf(3)}`],
        message: expect.stringMatching(/#6 Task 2 .*#8 Task 3/),
      }),
    )
  })

  test('that is not there', () => {
    expect(() => findTask(snapshot, 99)).toThrow(refused('TASK_NOT_FOUND'))
    expect(() => findTask(snapshot, ulidOf(99))).toThrow(refused('TASK_NOT_FOUND'))
    expect(() => findTask(snapshot, 0)).toThrow(refused('TASK_NOT_FOUND'))
  })

  test('that is deleted: found, but not among the living', () => {
    expect(findTask(snapshot, 11)).toBe(3)
    expect(() => findLiveTask(snapshot, 11)).toThrow(
      refused('TASK_NOT_FOUND', { recovery: ['mhv task restore 11'] }),
    )
    expect(findLiveTask(snapshot, 5)).toBe(0)
  })
})

describe('task names', () => {
  const id = ulidOf(1)
  test.each<[string[], TaskNames]>([
    [['12'], [12]],
    [['#12'], [12]],
    [['3,7-9'], [3, { from: 7, to: 9 }]],
    [['demo#3,demo#7-demo#9'], [3, { from: 7, to: 9 }]],
    [
      ['#3-#5', '4', '1'],
      [{ from: 3, to: 5 }, 4, 1],
    ],
    [[' 3 , 4 '], [3, 4]],
    [['7-7'], [{ from: 7, to: 7 }]],
    [[id], [id]],
    [
      [id.toLowerCase(), '2'],
      [id, 2],
    ],
  ])('%j', (words, names) => expect(parseTaskNames(words, 'demo')).toEqual(names))

  test.each([
    '',
    '0',
    '-1',
    '3,',
    '9-7',
    'abc',
    '1.5',
    '1e3',
    '٣',
    '$(id)',
    '../1',
    '12345678901',
    'other#3',
    'other#1-3',
  ])('%j is refused', (word) =>
    expect(() => parseTaskNames([word], 'demo')).toThrow(refused('INVALID_INPUT')),
  )
})

test('one task is not a list, and a task of another repository is called so', () => {
  expect(parseTaskName('#7', 'demo')).toBe(7)
  for (const word of ['1,2', '1-2', '7-7']) {
    expect(() => parseTaskName(word, 'demo')).toThrow(refused('INVALID_INPUT'))
  }
  expect(() => parseTaskName('other#3', 'demo')).toThrow(/task of the repository other; this one is demo/)
})

describe('a range', () => {
  const snapshot = snapshotOf({ number: 9 }, { number: 4 }, { number: 6, deleted: true })
  test('means the tasks that there are in it, in order of numbers', () =>
    expect(findTasks(snapshot, [{ from: 1, to: 100 }], false)).toEqual([1, 0]))
  test('takes in deleted tasks where they are asked for', () =>
    expect(findTasks(snapshot, [{ from: 1, to: 100 }], true)).toEqual([1, 2, 0]))
  test('names each task once, where it is named first', () =>
    expect(findLiveTasks(snapshot, [9, { from: 1, to: 100 }])).toEqual([0, 1]))
  test('has to have one', () =>
    expect(() => findTasks(snapshot, [{ from: 7, to: 8 }], false)).toThrow(
      refused('TASK_NOT_FOUND', { message: 'There is no task from #7 to #8.' }),
    ))
  test('of deleted tasks only leads to the list of them', () =>
    expect(() => findTasks(snapshot, [{ from: 5, to: 8 }], false)).toThrow(
      refused('TASK_NOT_FOUND', {
        message: 'There is no task from #5 to #8 that is not deleted.',
        recovery: ['mhv task list --deleted --number 5-8'],
      }),
    ))
})

test.each([
  [[], ''],
  [[7], '7'],
  [[9, 3, 8, 7, 3], '3,7-9'],
])('numbers are listed as they are read: %j', (numbers, text) => {
  expect(listNumbers(numbers)).toBe(text)
})

describe('dates', () => {
  test.each([
    ['today', '2026-02-28'],
    ['TOMORROW', '2026-03-01'],
    ['yesterday', '2026-02-27'],
    ['+3d', '2026-03-03'],
    ['-2w', '2026-02-14'],
    ['+0d', '2026-02-28'],
    ['2028-02-29', '2028-02-29'],
    ['2026-02-29', null],
    ['2026-13-01', null],
    ['2026-1-1', null],
    ['3d', null],
    ['constructor', null],
    ['', null],
  ])('%j', (word, date) => expect(resolveDate(word, '2026-02-28')).toBe(date))

  test('shifting crosses months, years and leap days', () => {
    expect(shiftDate('2026-12-31', 1)).toBe('2027-01-01')
    expect(shiftDate('2028-03-01', -1)).toBe('2028-02-29')
  })
})
