import { expect, test } from 'vitest'
import { relationFindings } from '../../src/doctor/relations.ts'
import { initialState, type TaskState } from '../../src/tasks/task-state.ts'

const ID = (n: number) => `01JF3ZK4Q8M6W2T5V7X9Y0${String(n).padStart(4, '0')}`

/** Task n, with dependencies given as [task, event that added it]. */
function task(
  n: number,
  more: Partial<TaskState> = {},
  dependsOn: readonly (readonly [string, string])[] = [],
): TaskState {
  return {
    ...initialState(ID(n)),
    number: n,
    title: `Task ${n}`,
    dependsOn: new Map(dependsOn.map(([id, event]) => [id, [event]])),
    ...more,
  }
}

const none = new Set<string>()
const brief = (tasks: readonly TaskState[], unreadable: ReadonlySet<string> = none) =>
  relationFindings(tasks, unreadable).map(({ code, severity, fix }) => [code, severity, fix])

test('tasks that are in order have no findings', () => {
  expect(
    brief([
      task(1, {}, [[ID(2), ID(90)]]),
      task(2, { parent: ID(1) }),
      task(3, {}, [['other/01JF3ZK4Q8M6W2T5V7X9Y09999', ID(91)]]),
    ]),
  ).toEqual([])
})

test('a number that is missing or taken twice is an error; of deleted tasks it is none', () => {
  expect(brief([task(1, { number: 0 })])).toEqual([['NUMBER_MISSING', 'error', `mhv task show ${ID(1)}`]])
  expect(brief([task(1), task(2, { number: 1 })])).toEqual([
    ['NUMBER_TAKEN_TWICE', 'error', `mhv task show ${ID(2)}`],
  ])
  expect(brief([task(1), task(2, { number: 1, deleted: true })])).toEqual([])
})

test('an alias of several tasks is told only where no task has it as its number', () => {
  const aliased = [task(1, { aliases: [7] }), task(2, { aliases: [7] })]
  expect(brief(aliased)).toEqual([['ALIAS_AMBIGUOUS', 'warning', `mhv task show ${ID(1)}`]])
  expect(brief([...aliased, task(7)])).toEqual([])
})

test('dependencies and parents that are not here are errors, deleted ones warnings, unreadable ones told elsewhere', () => {
  const gone = ID(99)
  expect(brief([task(1, { parent: gone }, [[gone, ID(90)]])])).toEqual([
    ['DEPENDENCY_MISSING', 'error', `mhv task depend 1 --on ${gone} --remove`],
    ['PARENT_MISSING', 'error', 'mhv task edit 1 --parent none'],
  ])
  expect(brief([task(1, { parent: gone }, [[gone, ID(90)]])], new Set([gone]))).toEqual([])
  const deleted = task(2, { deleted: true })
  expect(brief([task(1, { parent: ID(2) }, [[ID(2), ID(90)]]), deleted])).toEqual([
    ['DEPENDENCY_DELETED', 'warning', `mhv task depend 1 --on ${ID(2)} --remove`],
    ['PARENT_DELETED', 'warning', 'mhv task edit 1 --parent none'],
  ])
})

test('a cycle is told with the newest of its edges to cut', () => {
  const cycle = [
    task(1, {}, [[ID(2), ID(91)]]),
    task(2, {}, [[ID(3), ID(93)]]),
    task(3, {}, [[ID(1), ID(92)]]),
  ]
  const outside = task(4, {}, [[ID(1), ID(99)]])
  expect(brief([outside, ...cycle])).toEqual([
    ['DEPENDENCY_CYCLE', 'error', 'mhv task depend 2 --on 3 --remove'],
  ])
  expect(brief([task(1, {}, [[ID(1), ID(90)]])])).toEqual([
    ['DEPENDENCY_CYCLE', 'error', 'mhv task depend 1 --on 1 --remove'],
  ])
  expect(brief([task(1, { parent: ID(2) }), task(2, { parent: ID(1) })])).toEqual([
    ['PARENT_CYCLE', 'error', 'mhv task edit 1 --parent none'],
  ])
})

test('a subtask that waits for its parent, itself or through others, is told: merges can make one', () => {
  expect(brief([task(1), task(2, { parent: ID(1) }, [[ID(1), ID(90)]])])).toEqual([
    ['DEPENDENCY_CYCLE', 'error', 'mhv task depend 2 --on 1 --remove'],
  ])
  const through = [task(1), task(2, { parent: ID(1) }, [[ID(3), ID(92)]]), task(3, {}, [[ID(1), ID(91)]])]
  expect(brief(through)).toEqual([['DEPENDENCY_CYCLE', 'error', 'mhv task depend 2 --on 3 --remove']])
})

test('two cycles that share a task are both told', () => {
  const found = brief([
    task(1, {}, [
      [ID(2), ID(91)],
      [ID(3), ID(92)],
    ]),
    task(2, {}, [[ID(1), ID(93)]]),
    task(3, {}, [[ID(1), ID(94)]]),
  ])
  expect(found.map(([, , fix]) => fix)).toEqual([
    'mhv task depend 2 --on 1 --remove',
    'mhv task depend 3 --on 1 --remove',
  ])
})
