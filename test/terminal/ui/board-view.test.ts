import { describe, expect, test } from 'vitest'
import { boardOf, boardView } from '../../../src/terminal/ui/board-view.tsx'
import { NO_FILTER, taskKey } from '../../../src/terminal/ui/task-source.ts'
import { snapshotOf, type TaskFields } from '../../support/any-snapshot.ts'
import { ulidOf } from '../../support/task-log.ts'
import { keyed, uiOver } from '../../support/ui-state.ts'

const TASKS: readonly TaskFields[] = [
  { status: 'pending' },
  { status: 'pending', dependsOn: [ulidOf(1)] },
  { status: 'in_progress' },
  { status: 'completed' },
  { status: 'blocked', reason: 'nobody knows' },
]
const over = (...tasks: readonly TaskFields[]) =>
  uiOver({ name: 'demo', nicknames: [], snapshot: snapshotOf(...tasks) })
const ui = over(...TASKS)
const sorted = (state: ReturnType<typeof over>) => ({
  ...state,
  sort: { key: 'number', descending: false } as const,
})
const columns = (state: ReturnType<typeof over>) =>
  boardOf(state).map(({ status, entries }) => [
    status,
    entries.map((entry) => state.source.wordOf(entry)).join(' '),
  ])

test('tasks stand in the column of their status, whichever the list is filtered by', () => {
  expect(columns(sorted(ui))).toEqual([
    ['pending', '1 2'],
    ['blocked', '5'],
    ['in_progress', '3'],
    ['completed', '4'],
  ])
})

test('failed and cancelled tasks have a column where there are any', () => {
  const state = over({ status: 'failed' }, { status: 'cancelled' })
  expect(columns(state).slice(-2)).toEqual([
    ['failed', '1'],
    ['cancelled', '2'],
  ])
})

test('the other filters hold', () => {
  const state = sorted({ ...ui, filter: { ...NO_FILTER, text: 'Task 4' } })
  expect(columns(state).map(([, words]) => words)).toEqual(['', '', '', '4'])
})

describe('the cursor', () => {
  const state = sorted(ui)
  test.each<readonly [readonly string[], number | null]>([
    [[], 1],
    [['down'], 2],
    [['down', 'down', 'down'], 2],
    [['down', 'right'], 5],
    [['right', 'right'], 3],
    [['right', 'right', 'right', 'right', 'right'], 4],
    [['left'], 1],
    [['end'], 2],
    [['end', 'home'], 1],
  ])('after %j is on task %s', (keys, number) => {
    expect(keyed(boardView, state, null, ...keys).focus).toBe(
      number === null ? null : taskKey('demo', ulidOf(number)),
    )
  })

  test('follows its task into another column', () => {
    const { state: cursor } = keyed(boardView, state, null, 'down')
    const later = sorted(over({ status: 'pending' }, { status: 'in_progress' }, ...TASKS.slice(2)))
    expect(boardView.focus(cursor, later, null)).toBe(taskKey('demo', ulidOf(2)))
    const step = boardView.update(cursor, { name: 'left', text: '' }, later, null)
    expect(step?.state).toMatchObject({ status: 'blocked', at: 0 })
  })

  test('stays in its place where its task is gone', () => {
    const { state: cursor } = keyed(boardView, state, null, 'right', 'right')
    const later = sorted(over({ status: 'pending' }, { status: 'in_progress' }))
    expect(boardView.focus(cursor, later, null)).toBe(taskKey('demo', ulidOf(2)))
  })

  test('is on no task in an empty column', () => {
    expect(keyed(boardView, sorted(over({})), null, 'right').focus).toBeNull()
  })
})

describe('a card is moved by the key of the frame that does so everywhere', () => {
  test.each<readonly [TaskFields, string, string | undefined]>([
    [{ status: 'pending' }, '.', 's'],
    [{ status: 'in_progress' }, '.', 'd'],
    [{ status: 'blocked', reason: 'x' }, '.', 'B'],
    [{ status: 'failed' }, '.', 's'],
    [{ status: 'completed' }, '.', undefined],
    [{ status: 'completed' }, ',', 'R'],
    [{ status: 'cancelled' }, ',', 'R'],
    [{ status: 'in_progress' }, ',', 'b'],
  ])('%j with %s: %s', (task, key, pressed) => {
    const state = over(task)
    const column = boardOf(state).findIndex(({ entries }) => entries.length > 0)
    const keys = [...Array.from({ length: column }, () => 'right'), key]
    expect(keyed(boardView, state, null, ...keys)).toMatchObject({ focus: taskKey('demo', ulidOf(1)) })
    expect(keyed(boardView, state, null, ...keys).presses).toBe(pressed)
  })

  test('an empty column has none to move', () => {
    const state = over({ status: 'completed' })
    expect(boardView.update(boardView.initial, { name: '.', text: '.' }, state, null)).toBeNull()
  })
})

test('what is at a place of the board is the card there, or its column', () => {
  const place = { state: boardView.initial, data: null, ui: sorted(ui), width: 80, height: 10 }
  // Four columns of 20: pending, blocked, in_progress, completed.
  expect(boardView.at(place, 3, 2)).toMatchObject({ status: 'pending', at: 1 })
  expect(boardView.at(place, 45, 1)).toMatchObject({ status: 'in_progress', at: 0 })
  expect(boardView.at(place, 45, 0)).toMatchObject({ status: 'in_progress', at: 0 })
  expect(boardView.at(place, 3, 9)).toMatchObject({ status: 'pending', at: 1 })
  expect(boardView.at({ ...place, width: 83 }, 82, 1)).toBeNull()
  const empty = { ...place, ui: over({ status: 'pending' }) }
  expect(boardView.at(empty, 25, 4)).toMatchObject({ status: 'blocked', id: null })
})
