import { describe, expect, test } from 'vitest'
import type { UiState } from '../../../src/terminal/ui/state.ts'
import { update } from '../../../src/terminal/ui/update.ts'
import { VIEW_NAMES } from '../../../src/terminal/ui/view-names.ts'
import { VIEWS } from '../../../src/terminal/ui/views.ts'
import { snapshotOf } from '../../support/any-snapshot.ts'
import { ulidOf } from '../../support/task-log.ts'
import { uiOver } from '../../support/ui-state.ts'

const ui = uiOver({
  name: 'demo',
  nicknames: [],
  snapshot: snapshotOf(
    { status: 'pending' },
    ...Array.from({ length: 9 }, () => ({ status: 'completed' as const })),
  ),
})
const pressed = (state: UiState, name: string) => update(state, { kind: 'key', key: { name, text: name } })
const typed = (state: UiState, ...names: readonly string[]) =>
  names.reduce((last, name) => pressed(last.state, name), { state, effects: [] } as ReturnType<typeof update>)

test('every view can be begun with, and is opened by a digit of its own', () => {
  expect(VIEWS.map(({ id }) => id)).toEqual(VIEW_NAMES.slice(1))
  expect(VIEWS.map(({ key }) => key)).toEqual(['2', '3', '4', '5', '6', '7', '8'])
  for (const { id, key } of VIEWS) expect(pressed(ui, key).state.view).toBe(id)
})

test('what takes time is asked of a command when a view opens, and never by a key in it', () => {
  expect(pressed(ui, '4').effects).toEqual([{ kind: 'view', id: 'plan', argv: ['plan'] }])
  expect(typed(ui, '4', 'down', 'G', 'up').effects).toEqual([])
  expect(pressed(ui, '2').effects).toEqual([])
})

describe('a key of a view', () => {
  test('is the key of the frame that it stands for, on the task that the cursor is on', () => {
    const { state, effects } = typed(ui, '2', '.')
    expect(effects).toMatchObject([{ kind: 'run', title: 'Start #1', commands: [['task', 'start', '1']] }])
    expect(state.running).toBe('Start #1')
  })

  test('waits for what runs', () => {
    const { state, effects } = typed({ ...ui, running: 'Sync' }, '2', '.')
    expect(effects).toEqual([])
    expect(state.status?.text).toContain('Wait for “Sync” to end')
  })

  test('shows what a command prints while it runs', () => {
    const gates = uiOver({ name: 'demo', nicknames: [], snapshot: snapshotOf({ status: 'in_progress' }) })
    const { state, effects } = typed(gates, '6', 'r')
    expect(effects).toEqual([{ kind: 'show', argv: ['gate', 'run', '1'] }])
    expect(state).toMatchObject({ running: 'gate run 1', output: { code: null } })
  })
})

test('the wheel over a view moves the cursor there, and the list stays where it is', () => {
  const board = typed(ui, '2', 'right', 'right', 'right').state
  const { state } = update(board, { kind: 'mouse', mouse: { kind: 'down', x: 3, y: 5 } })
  expect(state.views.board?.state).toMatchObject({ status: 'completed', at: 3 })
  expect(state.at).toBe(ui.at)
  expect(state.source.keyOf(state.found[state.at]!)).toBe(`demo/${ulidOf(1)}`)
})

describe('a click in a view', () => {
  const press = (state: UiState, x: number, y: number) =>
    update(state, { kind: 'mouse', mouse: { kind: 'press', x, y } }).state

  test('puts its cursor on what is there', () => {
    const board = typed(ui, '2').state
    const { views, focus } = press({ ...board, focus: 'task' }, 65, 4)
    expect(views.board?.state).toMatchObject({ status: 'completed', at: 2 })
    expect(focus).toBe('list')
    const gates = uiOver({
      name: 'demo',
      nicknames: [],
      snapshot: snapshotOf({ status: 'in_progress' }, { status: 'in_progress' }),
    })
    // Each has two lines.
    expect(press(typed(gates, '6').state, 5, 3).views.gates?.state).toEqual({ at: 1 })
    expect(press(typed(gates, '6').state, 5, 9).views.gates?.state).toEqual({ at: 0 })
  })

  test('does nothing below what a command has printed, which the wheel scrolls', () => {
    const lines = Array.from({ length: 90 }, (_, i) => `line ${i}`)
    const output = { title: 'x', gates: [], lines, top: 0, code: 0 }
    const board = { ...typed(ui, '2').state, output }
    expect(press(board, 65, 4)).toEqual(board)
    const { state } = update(board, { kind: 'mouse', mouse: { kind: 'down', x: 5, y: 5 } })
    expect(state.output?.top).toBe(3)
    expect(state.views).toEqual(board.views)
    const beside = { ...ui, output }
    expect(update(beside, { kind: 'mouse', mouse: { kind: 'down', x: 60, y: 5 } }).state.output?.top).toBe(3)
  })
})
