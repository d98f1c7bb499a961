import { expect, test } from 'vitest'
import { readManifest } from '../../../src/terminal/palette/manifest.ts'
import { taskEntries } from '../../../src/terminal/palette/task-entries.ts'
import { keyOf } from '../../../src/terminal/ui/key.ts'
import { rowsShown } from '../../../src/terminal/ui/layout.ts'
import { paletteBefore } from '../../../src/terminal/ui/palette.ts'
import { initialState, type PaletteData, type Step, type UiState } from '../../../src/terminal/ui/state.ts'
import { taskSource } from '../../../src/terminal/ui/task-source.ts'
import { monochrome } from '../../../src/terminal/ui/theme.ts'
import { update } from '../../../src/terminal/ui/update.ts'
import { snapshotOf, type TaskFields } from '../../support/any-snapshot.ts'

const commands = readManifest()

const TASKS: readonly TaskFields[] = [
  { title: 'Fix auth bug', priority: 'high' },
  { title: 'Write notes', status: 'in_progress' },
  { title: 'Tidy up', status: 'completed' },
]

/** The view over the tasks, with what the palette reads of them. */
function begun(tasks = TASKS): { readonly ui: UiState; readonly read: PaletteData } {
  const place = { name: 'demo', nicknames: [], snapshot: snapshotOf(...tasks) }
  const palette = paletteBefore(commands)
  const ui = initialState({
    size: { columns: 80, rows: 24 },
    theme: monochrome,
    source: taskSource([place], false, '2026-11-20T10:00:00.123Z'),
    commands,
    palette,
  })
  const worktree = {
    kind: 'worktree',
    text: 'task/2',
    aside: '../demo.worktrees/2',
    names: [],
    chosen: { does: 'go', directory: '/demo.worktrees/2' },
  } as const
  const lists = { ...palette.lists, tasks: taskEntries([{ ...place, prefix: '' }]), worktrees: [worktree] }
  return { ui, read: { lists, notes: [], current: null, history: ['task list', 'sync'] } }
}

const NAMES: Readonly<Record<string, string>> = {
  '⏎': 'return',
  '⎋': 'escape',
  '⇥': 'tab',
  '↑': 'up',
  '↓': 'down',
}

/** What keys lead to, with all that they ask for. */
function keyed(ui: UiState, keys: string): Step {
  let last: Step = { state: ui, effects: [] }
  for (const character of keys) {
    const name = NAMES[character]
    const next = update(last.state, { kind: 'key', key: name ? { name, text: '' } : keyOf(character) })
    last = { state: next.state, effects: [...last.effects, ...next.effects] }
  }
  return last
}

/** Keys after Ctrl+K, with what is read meanwhile. Only what was asked for by the keys is answered as effects. */
function typed(keys: string, tasks = TASKS, running: string | null = null): Step {
  const { ui, read } = begun(tasks)
  const opened = update({ ...ui, running }, { kind: 'key', key: { name: 'ctrl+k', text: '' } })
  expect(opened.effects).toEqual([{ kind: 'palette' }])
  return keyed(update(opened.state, { kind: 'palette', palette: read }).state, keys)
}

const foundIn = ({ overlay }: UiState) =>
  overlay?.kind === 'pick' ? overlay.found.map(({ entry }) => `${entry.kind} ${entry.text}`) : null
const shows = (...argv: readonly string[]) => expect.objectContaining({ kind: 'show', argv })

test('commands are there at once, and tasks as soon as they are read', () => {
  const { ui, read } = begun()
  const { state } = update(ui, { kind: 'key', key: keyOf(':') })
  expect(foundIn(state)?.[0]).toBe('command task create (tc)')
  expect(state.palette.notes).toEqual(['reading the tasks …'])
  const { state: next } = update(state, { kind: 'palette', palette: read })
  expect(foundIn(next)?.slice(0, 4)).toEqual([
    'task #2 Write notes',
    'task #1 Fix auth bug',
    'worktree task/2',
    'command task create (tc)',
  ])
})

test('the task is asked for, the one in focus first, and then what nobody leaves out', () => {
  const first = typed('>task comment⏎').state
  expect(foundIn(first)?.[0]).toBe('task #2 Write notes')
  const moved = update(begun().ui, { kind: 'key', key: { name: 'down', text: '' } }).state
  const { read } = begun()
  const keys = [
    keyOf(':'),
    ...[...'>task comment'].map((character) => keyOf(character)),
    { name: 'return', text: '' },
  ]
  const asked = keys.reduce(
    (state, key) =>
      update(update(state, { kind: 'key', key }).state, { kind: 'palette', palette: read }).state,
    moved,
  )
  expect(foundIn(asked)?.[0]).toBe('task #1 Fix auth bug')
  const text = update(asked, { kind: 'key', key: { name: 'return', text: '' } }).state
  expect(text.overlay).toMatchObject({ kind: 'ask', title: expect.stringMatching(/^text:/) })
})

test('a line that changes something is seen before it runs again; one that reads runs at once', () => {
  const recent = (line: string, isCompletedFirst: boolean) =>
    ({
      kind: 'recent',
      text: line,
      aside: '',
      names: [],
      line,
      isCompletedFirst,
      chosen: { does: 'run', argv: line.split(' ') },
    }) as const
  const { ui, read } = begun()
  const lists = { ...read.lists, recent: [recent('tc Again', true), recent('tl', false)] }
  const opened = update(ui, { kind: 'key', key: { name: 'ctrl+k', text: '' } }).state
  const { state } = update(opened, { kind: 'palette', palette: { ...read, lists } })
  const press = (from: UiState, name: string) => update(from, { kind: 'key', key: { name, text: '' } })
  const seen = press(state, 'return')
  expect(seen.effects).toEqual([])
  expect(foundIn(seen.state)?.[0]).toBe('run mhv tc Again')
  expect(press(seen.state, 'return').effects).toContainEqual(shows('tc', 'Again'))
  expect(press(press(state, 'down').state, 'return').effects).toContainEqual(shows('tl'))
})

test.each([
  { keys: 'auth', first: 'task #1 Fix auth bug' },
  { keys: 'fxat', first: 'task #1 Fix auth bug' },
  { keys: '#tidy', first: 'task #3 Tidy up' },
  { keys: '@2', first: 'worktree task/2' },
  { keys: '>undo', first: 'command task undo (undo)' },
  { keys: 'task show 1', first: 'run mhv task show 1' },
  { keys: '>task lst⇥--all', first: 'run mhv task list --all' },
  { keys: 'Buy milk', first: 'search search “Buy milk”' },
  { keys: '↑', first: 'run mhv task list' },
  { keys: '↑↑', first: 'run mhv sync' },
  { keys: '↑↑↓', first: 'run mhv task list' },
])('after $keys comes $first', ({ keys, first }) => {
  expect(foundIn(typed(keys).state)?.[0]).toBe(first)
})

test.each([
  { keys: 'tl --all⏎', argv: ['tl', '--all'] },
  { keys: '↑⏎', argv: ['task', 'list'] },
  { keys: 'Buy milk↓⏎', argv: ['tc', 'Buy milk'] },
  { keys: '#auth⏎⏎', argv: ['task', 'show', '1'] },
  { keys: '#auth⏎start⏎', argv: ['task', 'start', '1'] },
  { keys: '#tidy⏎reopen⏎', argv: ['task', 'reopen', '3'] },
  { keys: '#auth⏎block⏎the flu⏎⏎', argv: ['task', 'block', '1', '--reason', 'the flu'] },
  { keys: '#notes⏎edit⏎priority⏎crit⏎⏎', argv: ['task', 'edit', '2', '--priority', 'critical'] },
  { keys: '>task block⏎auth⏎the flu⏎⏎', argv: ['task', 'block', '1', '--reason', 'the flu'] },
  { keys: '>task show⏎⏎⏎', argv: ['task', 'show', '2'] },
  { keys: '>task delete⏎1-3⏎⏎', argv: ['task', 'delete', '1-3'] },
])('$keys runs $argv and keeps it', ({ keys, argv }) => {
  const { state, effects } = typed(keys)
  expect(effects).toEqual([shows(...argv), { kind: 'keep', line: expect.any(String) }])
  expect(state.overlay).toBeNull()
  expect(state.palette.history).toHaveLength(keys.startsWith('↑') ? 2 : 3)
})

test.each([
  { keys: 'auth⏎', title: 'Fix auth bug', filter: 'open' },
  { keys: '#tidy⏎', title: 'Tidy up', filter: 'all' },
])('$keys goes to the task, which the list shows then', ({ keys, title, filter }) => {
  const { state } = typed(keys)
  expect(state.source.row(state.found[state.at]!).title).toBe(title)
  expect(state.filter.status).toBe(filter)
  expect(foundIn(state)?.[0]).toBe('choice show')
})

test('the task that was gone to is in sight beside what is asked, and after that', () => {
  const many = Array.from({ length: 60 }, (_, i): TaskFields => ({ title: `Task ${i + 1}` }))
  for (const keys of ['#60⏎', '#60⏎⎋', '#60⏎⎋:']) {
    const { state } = typed(keys, many)
    expect(state.source.row(state.found[state.at]!).number).toBe(60)
    const rows = rowsShown(state)
    expect(state.top).toBe(60 - rows)
  }
})

test('a worktree is gone to in the view of worktrees', () => {
  const { state, effects } = typed('@task⏎')
  expect(effects).toEqual([{ kind: 'view', id: 'worktrees', argv: expect.any(Array) }])
  expect(state.view).toBe('worktrees')
  expect(state.views.worktrees?.state).toMatchObject({ on: '/demo.worktrees/2' })
})

test('a search for words is the search of the list', () => {
  const { effects } = typed('zebra⏎')
  expect(effects).toMatchObject([{ kind: 'search', words: 'zebra' }])
})

test.each(['⎋', 'auth⎋', 'auth⏎⎋⎋', '>task block⏎⎋⎋'])('%s runs nothing and leaves the palette', (keys) => {
  const { state, effects } = typed(keys)
  expect(effects).toEqual([])
  expect(state.overlay).toBeNull()
})

test('what was gone to stays chosen while the rest is read', () => {
  const { ui, read } = begun()
  const press = (state: UiState, name: string) =>
    update(state, { kind: 'key', key: { name, text: '' } }).state
  const waiting = press(press(press(ui, 'ctrl+k'), 'down'), 'down')
  const chosenIn = ({ overlay }: UiState) =>
    overlay?.kind === 'pick' ? overlay.found[overlay.chosen]?.entry.text : null
  const before = chosenIn(waiting)
  expect(before).toBe('task ready (ready)')
  expect(chosenIn(update(waiting, { kind: 'palette', palette: read }).state)).toBe(before)
})

test.each([
  // A line, a line that needs the terminal, and a command with what it was asked for.
  'tl --limit 1⏎',
  'config edit --global⏎',
  '#1⏎block⏎no time⏎⏎',
])('while something runs it opens, and a command keeps its line until that has ended: %s', (keys) => {
  const { state, effects } = typed(keys, TASKS, 'Sync')
  expect(effects).toEqual([])
  expect(state.overlay?.kind).toBe('pick')
  expect(state.status?.text).toMatch(/^Wait for “Sync”/)
  const over = update(state, { kind: 'ended', lane: 'main', text: 'Synced', notes: [], shows: false }).state
  const later = keyed(over, '⏎')
  expect(later.state.overlay).toBeNull()
  expect(later.effects).toMatchObject([{ kind: expect.stringMatching(/show|terminal/) }, { kind: 'keep' }])
})
