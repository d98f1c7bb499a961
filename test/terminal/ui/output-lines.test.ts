import { expect, test } from 'vitest'
import { outputLines } from '../../../src/terminal/ui/output-lines.ts'
import type { LiveGate, Output, UiState } from '../../../src/terminal/ui/state.ts'
import { update } from '../../../src/terminal/ui/update.ts'
import { snapshotOf } from '../../support/any-snapshot.ts'
import { textOfLine, uiOver } from '../../support/ui-state.ts'

const ui = uiOver({ name: 'demo', nicknames: [], snapshot: snapshotOf({}, {}) })
const key = (state: UiState, name: string) => update(state, { kind: 'key', key: { name, text: '' } }).state
const gate = (name: string, more: Partial<LiveGate> = {}): LiveGate => ({
  gate: name,
  state: 'runs',
  cached: false,
  seconds: 0,
  lines: [],
  ...more,
})
const drawn = (output: Output, width = 38, height = 12) => outputLines(output, width, height).map(textOfLine)
const RUNS: Output = { title: 'gate run 1', gates: [], lines: [], top: 0, code: null }

test('gates that run have their last lines and seconds, each as many as there is room for', () => {
  const lines = Array.from({ length: 30 }, (_, i) => `line ${i + 1}`)
  const gates = [
    gate('style', { state: 'passed', seconds: 2, lines }),
    gate('test', { seconds: 7, lines }),
    gate('docs', { seconds: 1, lines: ['x'.repeat(50)] }),
    gate('later', { state: 'waits' }),
  ]
  expect(drawn({ ...RUNS, gates })).toEqual([
    'gate run 1  runs',
    '',
    'style  passed, 2 s',
    'test   runs, 7 s',
    '  line 28',
    '  line 29',
    '  line 30',
    'docs   runs, 1 s',
    `  ${'x'.repeat(36)}`,
    `  ${'x'.repeat(14)}`,
    'later  waits',
  ])
})

test('of more gates than there is room for those that run are shown', () => {
  const gates = Array.from({ length: 40 }, (_, i) => gate(`g${i}`, { state: i === 30 ? 'runs' : 'waits' }))
  expect(drawn({ ...RUNS, gates })).toEqual(['gate run 1  runs', '', 'g30  runs, 0 s'])
  const all = gates.map((each) => ({ ...each, state: 'runs' as const, lines: ['x'] }))
  expect(drawn({ ...RUNS, gates: all })).toHaveLength(12)
})

test.each([
  [null, 'runs'],
  [0, 'done'],
  [1, 'failed'],
])('with %j it %s', (code, said) => {
  expect(drawn({ ...RUNS, code })[0]).toBe(`gate run 1  ${said}`)
})

test('what was ended from here was cancelled and has not failed', () => {
  const running = { ...ui, running: 'x', output: { ...RUNS, lines: ['printed'] } }
  const { state } = update(running, { kind: 'cancelled', text: 'Cancelled: gate run 1.' })
  expect(drawn(state.output!)[0]).toBe('gate run 1  cancelled')
  expect(drawn(key(key(state, 'escape'), 'v').output!)[0]).toBe('gate run 1  cancelled')
})

const LINES = Array.from({ length: 100 }, (_, i) => `${i + 1} ${'word '.repeat(12)}`.trim())
const shown = (state: UiState) => outputLines(state.output!, 39, 21).map(textOfLine)

test('all of what was printed can be read, whatever the width breaks', () => {
  const { state: running } = update(ui, { kind: 'key', key: { name: '6', text: '6' } })
  const output = { ...RUNS, gates: [gate('test')] }
  const sections = [
    { isFine: false, head: [], lines: LINES },
    { isFine: true, head: ['Output of style:'], lines: ['good'] },
  ]
  const read = { kind: 'read', gates: [gate('test', { state: 'failed' })], sections } as const
  const before = update({ ...running, attended: 'main', running: 'x', output }, read).state
  const failed = {
    kind: 'failed',
    lane: 'main',
    title: 'MHV-1 X',
    message: 'no',
    steps: ['mhv undo'],
  } as const
  const { state } = update(before, failed)
  // It begins with what has failed, and not with what went well.
  expect(state.output?.top).toBe(0)
  expect(shown(key(state, 'escape')).at(-1)).toMatch(/word/)
  expect(key(key(state, 'escape'), 'v').output).toMatchObject({ top: 0, lines: state.past?.output.lines })
  let at = key(state, 'escape')
  const seen = new Set(shown(at))
  for (let i = 0; i < 40; i++) {
    at = key(at, 'pagedown')
    for (const line of shown(at)) seen.add(line)
  }
  for (const line of LINES) expect([...seen].some((row) => row.startsWith(line.slice(0, 20)))).toBe(true)
  expect(shown(at)[2]).toBe('test  failed, 0 s')
  expect(shown(at).slice(-2)).toEqual(['Output of style:', 'good'])
  // By lines where it has the focus, and to its ends.
  const focused = key(at, 'tab')
  expect(key(key(focused, 'home'), 'down').output?.top).toBe(1)
  expect(key(key(focused, 'end'), 'home').output?.top).toBe(0)
})

test('what the command has printed itself of a gate is not told twice', () => {
  const output = { ...RUNS, lines: ['slow: failed', 'one', 'two'] }
  const sections = [{ isFine: false, head: ['Output of slow:'], lines: ['one', 'two'] }]
  const { state } = update({ ...ui, output }, { kind: 'read', gates: [gate('slow')], sections })
  expect(state.output?.lines).toEqual(output.lines)
})

test('v brings back what the last command said and printed, and Escape takes it away', () => {
  expect(key(ui, 'v').status?.text).toMatch(/No command has run/)
  const before = { ...ui, running: 'x', output: { ...RUNS, lines: ['printed'] } }
  const notes = Array.from({ length: 30 }, (_, i) => `note ${i + 1}`)
  const { state } = update(before, { kind: 'ended', lane: 'main', text: 'Completed #1', notes, shows: false })
  expect(state.output).toBeNull()
  const open = key(state, 'v')
  expect(open.output?.lines).toEqual(['Completed #1', ...notes.map((note) => `  ${note}`), 'printed'])
  expect(key(open, 'escape')).toMatchObject({ output: null, focus: 'list' })
  // Also when something else was said since.
  const { state: later } = update(state, { kind: 'said', status: { kind: 'info', text: 'Changed: #2' } })
  expect(key(later, 'v').output?.lines.slice(0, 3)).toEqual(['Changed: #2', '', 'Completed #1'])
})

test('over a view that has no room beside it, arrows move what has been printed', () => {
  const board = update(ui, { kind: 'key', key: { name: '2', text: '2' } }).state
  const open = { ...board, output: { ...RUNS, lines: LINES, code: 0 } }
  expect(key(open, 'down').output?.top).toBe(1)
  expect(key(open, 'down').views.board).toEqual(board.views.board)
})
