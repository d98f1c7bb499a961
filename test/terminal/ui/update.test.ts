import { describe, expect, test } from 'vitest'
import type { Place } from '../../../src/query/place.ts'
import { readManifest } from '../../../src/terminal/palette/manifest.ts'
import { saidOfFilter } from '../../../src/terminal/ui/filtering.ts'
import { keyOf } from '../../../src/terminal/ui/key.ts'
import { layoutOf } from '../../../src/terminal/ui/layout.ts'
import { edited, lineOf } from '../../../src/terminal/ui/line-edit.ts'
import { heardIn } from '../../../src/terminal/ui/mouse.ts'
import { entryInFocus } from '../../../src/terminal/ui/moves.ts'
import { difference } from '../../../src/terminal/ui/painter.ts'
import { paletteBefore } from '../../../src/terminal/ui/palette.ts'
import { failureOf } from '../../../src/terminal/ui/run-own.ts'
import type { SourceProblem } from '../../../src/terminal/ui/source-problems.ts'
import { initialState, outputShown, type Step, type UiState } from '../../../src/terminal/ui/state.ts'
import { NO_FILTER, taskSource } from '../../../src/terminal/ui/task-source.ts'
import { monochrome } from '../../../src/terminal/ui/theme.ts'
import { update } from '../../../src/terminal/ui/update.ts'
import type { LastCommand } from '../../../src/undo-last.ts'
import { snapshotOf, type TaskFields } from '../../support/any-snapshot.ts'
import { ulidOf } from '../../support/task-log.ts'

const commands = readManifest()
const TIME = '2026-11-20T10:00:00.123Z'

function uiOf(...tasks: readonly TaskFields[]): UiState {
  const source = taskSource([{ name: 'demo', nicknames: [], snapshot: snapshotOf(...tasks) }], false, TIME)
  const size = { columns: 80, rows: 24 }
  return initialState({ size, theme: monochrome, source, commands, palette: paletteBefore(commands) })
}

const NAMED = /^(up|down|left|right|end|home|return|escape|space|pagedown|tab)$/

/** Keys one after another: names of keys, or texts that are typed. */
function pressed(ui: UiState, ...keys: readonly string[]): Step {
  let step: Step = { state: ui, effects: [] }
  for (const word of keys) {
    const each = NAMED.test(word) ? [{ name: word, text: word === 'space' ? ' ' : '' }] : [...word].map(keyOf)
    for (const key of each) {
      const next = update(step.state, { kind: 'key', key })
      step = { state: next.state, effects: [...step.effects, ...next.effects] }
    }
  }
  return step
}

const THREE: readonly TaskFields[] = [
  { title: 'Fix auth bug', priority: 'high', labels: ['auth'] },
  { title: 'Write notes', status: 'in_progress' },
  { title: 'Tidy up', type: 'chore' },
]
const titles = ({ source, found }: UiState) => found.map((entry) => source.row(entry).title)

test.each([
  { keys: ['s'], argv: [['task', 'start', '2']] },
  { keys: ['d'], argv: [['task', 'complete', '2']] },
  { keys: ['u'], argv: [['task', 'undo']] },
  { keys: ['space', 'space', 'd'], argv: [['task', 'complete', '2,1']] },
  {
    keys: ['space', 'space', 's'],
    argv: [
      ['task', 'start', '1'],
      ['task', 'start', '2'],
    ],
  },
  { keys: ['down', 'b', 'because', 'return'], argv: [['task', 'block', '1', '--reason=because']] },
  { keys: ['l', 'a -b', 'return'], argv: [['task', 'label', '2', '--add=a', '--remove=b']] },
  { keys: ['c', '-x', 'return'], argv: [['task', 'comment', '2', '--', '-x']] },
  { keys: ['n', 'Buy milk', 'return'], argv: [['task', 'create', '--yes', '--', 'Buy milk']] },
  { keys: ['e', 'p', 'crit', 'return'], argv: [['task', 'edit', '2', '--priority=critical']] },
  { keys: ['D', 'y'], argv: [['task', 'delete', '2']] },
])('$keys runs $argv', ({ keys, argv }) => {
  const { state, effects } = pressed(uiOf(...THREE), ...keys)
  expect(effects).toMatchObject([{ kind: 'run', commands: argv }])
  expect(state.running).not.toBeNull()
})

test.each([{ keys: ['D', 'n'] }, { keys: ['b', 'escape'] }, { keys: ['n', 'return'] }, { keys: ['x'] }])(
  '$keys runs nothing',
  ({ keys }) => {
    expect(pressed(uiOf(...THREE), ...keys).effects).toEqual([])
  },
)

test('one thing runs at a time, and Ctrl+C ends it before it ends the view', () => {
  const { state } = pressed(uiOf(...THREE), 'd')
  const again = pressed(state, 'u')
  expect(again.effects).toEqual([])
  expect(again.state.status?.text).toMatch(/Wait for/)
  const stop = (ui: UiState) => update(ui, { kind: 'key', key: { name: 'ctrl+c', text: '' } }).effects
  expect(stop(state)).toEqual([{ kind: 'stop' }])
  expect(stop(uiOf())).toEqual([{ kind: 'quit' }])
})

test('what would be refused while something runs asks nothing first', () => {
  const { state } = pressed(uiOf(...THREE), 'd')
  for (const key of ['s', 'd', 'E', 'y', 'u']) {
    const { state: after, effects } = pressed(state, key)
    expect([key, after.overlay, effects]).toEqual([key, null, []])
    expect(after.status?.text).toBe('Wait for “Complete #2” to end, or end it with Ctrl+C.')
  }
})

test.each([
  ['n', 'Buy milk', 'return'],
  ['c', 'looks well', 'return'],
  ['l', 'auth', 'return'],
  ['e', 'd', '+3d', 'return'],
  ['D', 'y'],
])('what is quick runs beside what takes long: %s', (...keys) => {
  const first = pressed(uiOf(...THREE), 'd').state
  const { state, effects } = pressed(first, ...keys)
  expect(effects).toMatchObject([{ kind: 'run', lane: 'beside' }])
  expect(state).toMatchObject({ running: 'Complete #2', output: first.output })
  expect(state.beside).not.toBeNull()
  const again = pressed(state, keys[0]!)
  expect(again.effects).toEqual([])
  expect(again.state.status?.text).toBe(`Wait for “${state.beside}” to end.`)
  const ended = { kind: 'ended', lane: 'beside', text: 'Did it', notes: [], shows: false } as const
  expect(update(state, ended).state).toMatchObject({
    running: 'Complete #2',
    beside: null,
    output: first.output,
    past: null,
    status: { text: 'Did it' },
  })
})

const FAILED = { title: 'MHV-020 GATE_FAILED', message: 'slow failed', steps: ['mhv undo'] }

test('a failure waits while something else is being done, and keys that are meant for that do nothing to it', () => {
  const running = pressed(uiOf(...THREE), 'd').state
  const failed = (ui: UiState) => update(ui, { kind: 'failed', lane: 'main', ...FAILED }).state
  // Nothing was typed since: it is what one waits for.
  expect(failed(running).overlay).toMatchObject({ kind: 'failure', title: FAILED.title })
  for (const keys of [['/wri'], ['?'], ['n', 'Buy'], ['down'], ['e'], ['3']]) {
    const before = pressed(running, ...keys).state
    const after = failed(before)
    expect(after.overlay).toEqual(before.overlay)
    expect(after).toMatchObject({ running: null, waiting: { text: '“Complete #2” failed.' } })
    expect(pressed(after, 'return').effects.filter(({ kind }) => kind === 'show')).toEqual([])
    const free = { ...after, overlay: null }
    const opened = pressed(free, 'v').state
    expect(opened).toMatchObject({ overlay: { kind: 'failure', ...FAILED }, waiting: null })
  }
})

test('a failure that waits stands beside its own output or alone, and goes when it was passed over', () => {
  const hidden = pressed(uiOf(...THREE), 'd', 'escape', '/wri').state
  const waits = { ...update(hidden, { kind: 'failed', lane: 'main', ...FAILED }).state, overlay: null }
  expect(waits.waiting).not.toBeNull()
  // What is quick may have been in the middle of being written: the failure goes on waiting.
  const noted = pressed(waits, 'c', 'looks well', 'return').state
  const printed = update(noted, { kind: 'printed', text: 'of the comment\n' }).state
  expect(printed.waiting).toEqual(waits.waiting)
  const meanwhile = pressed(printed, 'v').state
  expect(meanwhile.overlay).toMatchObject({ kind: 'failure', ...FAILED })
  expect(outputShown(meanwhile)).toBeNull()
  expect(meanwhile.output?.lines).toEqual(['of the comment'])
  const ended = { kind: 'ended', lane: 'main', text: 'Commented', notes: [], shows: true } as const
  const after = update(pressed(printed, 'escape').state, ended).state
  expect(pressed(after, 'v').state).toMatchObject({ overlay: { kind: 'failure', ...FAILED }, output: null })
  for (const key of ['u', 'd']) expect(pressed(waits, key).state.waiting).toBeNull()
})

test('that something has to end first is said until it has ended', () => {
  const refused = pressed(uiOf(...THREE), 'd', 'u').state
  const over = update(refused, { kind: 'failed', lane: 'main', ...FAILED }).state
  expect(over).toMatchObject({ status: null, waiting: { text: '“Complete #2” failed.' } })
  const beside = pressed(uiOf(...THREE), 'd', 'c', 'well', 'return', 'u').state
  const still = update(beside, { kind: 'failed', lane: 'beside', ...FAILED }).state
  expect(still.status?.text).toMatch(/Wait for “Complete #2”/)
})

test('what was answered is asked again where it will not do, with what is wrong with it', () => {
  const asked = pressed(uiOf(...THREE), 'e', 'd', 'nonsense', 'return')
  const [effect] = asked.effects
  if (effect?.kind !== 'run') throw new Error('Nothing ran.')
  const { state } = update(asked.state, {
    kind: 'failed',
    lane: effect.lane,
    asked: effect.asked!,
    ...FAILED,
  })
  expect(state.overlay).toMatchObject({ kind: 'ask', line: { text: 'nonsense' } })
  expect(state.status?.text).toBe('MHV-020 GATE_FAILED: slow failed')
  expect(layoutOf(state).bottom).toBe(2)
  expect(pressed(state, 'escape').state.overlay).toMatchObject({ kind: 'failure', ...FAILED })
  const again = pressed(state, 'end', ' 2', 'return')
  expect(again.effects).toMatchObject([{ commands: [['task', 'edit', '2', '--deadline=nonsense 2']] }])
})

test.each([
  ['n', 'Buy milk'],
  ['b', 'because'],
])('a question that is answered with nothing stays open and says so: %s', (key, text) => {
  for (const ui of [uiOf(...THREE), pressed(uiOf(...THREE), 'd').state]) {
    const asked = pressed(ui, key).state
    for (const keys of [['return'], ['return', 'return'], [' ', 'return']]) {
      const { state, effects } = pressed(asked, ...keys)
      expect(effects).toEqual([])
      expect(state.overlay).toMatchObject({ kind: 'ask' })
      expect(state.status).toMatchObject({ kind: 'danger', text: 'It needs a value; Esc goes back.' })
      expect(layoutOf(state).bottom).toBe(2)
      expect(pressed(state, 'x').state.status).toBeNull()
      expect(pressed(state, 'escape').state).toMatchObject({ overlay: null, status: null })
    }
    const again = pressed(asked, 'return', text, 'return')
    expect(again.effects).toMatchObject([{ kind: 'run' }])
  }
})

test('what goes on out of sight is kept, and v brings it back', () => {
  const { state } = pressed(uiOf(...THREE), 'd', 'escape')
  const printed = update(state, { kind: 'printed', text: 'Gate slow\n' }).state
  expect(outputShown(printed)).toBeNull()
  expect(outputShown(pressed(printed, '3').state)).toBeNull()
  expect(outputShown(pressed(printed, 'v').state)?.lines).toEqual(['Gate slow'])
  const ended = { kind: 'ended', lane: 'main', text: 'Done', notes: [], shows: true } as const
  const over = update(printed, ended).state
  expect(over.output).toBeNull()
  expect(pressed(over, 'v').state.output?.lines).toEqual(['Done', 'Gate slow'])
})

test('q asks before it ends what runs', () => {
  const { state } = pressed(uiOf(...THREE), 'd')
  expect(pressed(uiOf(...THREE), 'q').effects).toEqual([{ kind: 'quit' }])
  const asked = pressed(state, 'q')
  expect(asked.effects).toEqual([])
  expect(asked.state.overlay).toMatchObject({ title: '“Complete #2” is running; leave, and end it?' })
  expect(pressed(asked.state, 'return').effects).toEqual([])
  expect(pressed(asked.state, 'n').state.running).toBe('Complete #2')
  expect(pressed(asked.state, 'y').effects).toEqual([{ kind: 'quit' }])
})

/** Two repositories, and the cursor on the task of the first. */
const twoOf = () =>
  severalOf(
    ['akosha', 'mtos'].map((name, i) => ({
      name,
      nicknames: [],
      snapshot: snapshotOf({ id: ulidOf(i + 1), title: `Of ${name}`, priority: i === 0 ? 'high' : 'low' }),
    })),
  )

function severalOf(places: readonly Place[], problems: readonly SourceProblem[] = []) {
  const source = taskSource(places, true, TIME, problems)
  const commands = {}
  const size = { columns: 80, rows: 24 }
  return initialState({ size, theme: monochrome, source, commands, palette: paletteBefore(commands) })
}

test('of several repositories a new task goes into that of the task in focus, which the question names', () => {
  const asked = pressed(twoOf(), 'down', 'n', 'Buy milk')
  expect(asked.state.overlay).toMatchObject({ title: 'New task in mtos, in words:' })
  const commands = [['task', 'create', '--yes', '--repo=mtos', '--', 'Buy milk']]
  expect(pressed(asked.state, 'return').effects).toMatchObject([{ kind: 'run', commands }])
})

test.each([
  ['Buy milk @mtos', 'mtos'],
  ['@MT: buy milk', 'mtos'],
  ['Buy milk @gone', 'gone'],
  ['Ping ann@mtos about it', 'akosha'],
  ['Move what @akosha has to @mtos', 'akosha'],
  ['Buy milk @nobody', 'akosha'],
])('a new task goes into the repository that its words name, there or not: %s', (words, name) => {
  const [akosha, mtos] = twoOf().source.places
  const gone = { id: 'gone', missing: 'gone', text: 'gone is not there' }
  const ui = severalOf([akosha!, { ...mtos!, nicknames: ['mt'] }], [gone])
  const commands = [['task', 'create', '--yes', `--repo=${name}`, '--', words]]
  expect(pressed(ui, 'n', words, 'return').effects).toMatchObject([{ kind: 'run', commands }])
})

describe('two clones of one repository, whose tasks have the same ids', () => {
  const tasks = [{ title: 'First' }, { title: 'Second' }, { title: 'Third' }]
  const clones = (names = ['one', 'two']) =>
    severalOf(names.map((name) => ({ name, nicknames: [], snapshot: snapshotOf(...tasks) })))
  const refIn = (ui: UiState) => {
    const entry = entryInFocus(ui)
    return entry && ui.source.row(entry).ref
  }

  test('have a cursor on one of both, which a change by others leaves there', () => {
    const refs = clones().found.map((entry) => clones().source.row(entry).ref)
    expect([...refs].sort()).toEqual(['one#1', 'one#2', 'one#3', 'two#1', 'two#2', 'two#3'])
    for (const [at, ref] of refs.entries()) {
      const { state } = pressed(clones(), ...Array.from({ length: at }, () => 'down'))
      expect(refIn(state)).toBe(ref)
      const { state: again } = update(state, { kind: 'loaded', source: clones().source })
      expect(refIn(again)).toBe(ref)
      const { effects } = pressed(state, 'c', 'looks well', 'return')
      expect(effects).toMatchObject([{ commands: [['task', 'comment', ref, '--', 'looks well']] }])
    }
  })

  test('are marked one by one, and what is marked is what is acted on', () => {
    const { state } = pressed(clones(), 'end', 'space')
    expect(state.marked.size).toBe(1)
    const ref = state.source.row(state.found.at(-1)!).ref
    expect(pressed(state, 'B').effects).toMatchObject([{ commands: [['task', 'unblock', ref]] }])
    expect(pressed(clones(), '*').state.marked.size).toBe(6)
    const gone = update(pressed(clones(), '*').state, { kind: 'loaded', source: clones(['one']).source })
    expect(gone.state.marked.size).toBe(3)
  })

  test('are found and shown in views as those that they are', () => {
    const ui = clones()
    const key = ui.source.keyOf(ui.found.find((entry) => ui.source.row(entry).ref === 'two#3')!)
    const searched = { kind: 'searched', words: 'third', keys: [key], isCut: false } as const
    const { state } = update(ui, searched)
    expect(state.found.map((entry) => state.source.row(entry).ref)).toEqual(['two#3'])
    const board = pressed(ui, '2', 'end').state
    expect(refIn(board)).toBe(ui.source.row(ui.found.at(-1)!).ref)
  })
})

test('undo is of the newest command in any repository, and asks where that was not done here', () => {
  const inMtos = [['task', 'undo', '--repo=mtos']]
  const inAkosha = [['task', 'undo', '--repo=akosha']]
  expect(pressed(twoOf(), 'u').effects).toEqual([{ kind: 'undoable' }])
  const [old, young] = ['akosha', 'mtos'].map((repository, at) => ({
    repository,
    said: `TaskCommented #1 Of ${repository}`,
    at,
  }))
  const undo = (ui: UiState, ...last: readonly LastCommand[]) => update(ui, { kind: 'undoable', last })
  expect(undo(twoOf()).state.status?.text).toMatch(/no recent command/)
  expect(undo(twoOf(), young!).effects).toMatchObject([{ title: 'Undo in mtos', commands: inMtos }])
  const done: UiState = { ...pressed(twoOf(), 'd').state, running: null }
  expect(undo(done, old!, young!).effects).toMatchObject([{ commands: inAkosha }])
  // Something newer was done elsewhere since.
  const asked = undo(done, young!, old!)
  expect(asked.effects).toEqual([])
  expect(asked.state.overlay).toMatchObject({
    options: [
      { label: 'in mtos: TaskCommented #1 Of mtos' },
      { label: 'in akosha: TaskCommented #1 Of akosha' },
      { label: 'nothing' },
    ],
  })
  expect(pressed(asked.state, 'return').effects).toMatchObject([{ commands: inMtos }])
  expect(pressed(asked.state, '2').effects).toMatchObject([{ commands: inAkosha }])
  const both: UiState = { ...pressed(twoOf(), '*', 'd').state, running: null }
  const commands = [...inAkosha, ...inMtos]
  expect(pressed(undo(both, young!, old!).state, '1').effects).toMatchObject([{ commands }])
})

test('u takes back what was done last here, whatever command did that', () => {
  const undo = { title: 'Bring it back', did: 'Brought it back', commands: [['worktree', 'undo', '1']] }
  const said = { kind: 'ended', lane: 'main', text: 'Removed', notes: [], shows: false } as const
  const after = update(uiOf(...THREE), { ...said, undo }).state
  expect(pressed(after, 'u').effects).toMatchObject([{ kind: 'run', ...undo }])
  const plain = [{ kind: 'run', commands: [['task', 'undo']] }]
  const later = update(after, { ...said, lane: 'beside', undo: null }).state
  expect(pressed(later, 'u').effects).toMatchObject(plain)
  const away = pressed(after, 'E').state
  expect(pressed(away, 'u').effects).toMatchObject(plain)
  // Where nothing was done, that is still the last thing.
  const refused = update(after, { kind: 'failed', lane: 'main', ...FAILED }).state
  expect(pressed(refused, 'escape', 'u').effects).toMatchObject([undo])
  expect(pressed(update(after, said).state, 'u').effects).toMatchObject([undo])
})

test('of what several commands have begun, each is taken back', () => {
  const [effect] = pressed(uiOf(...THREE), '*', 's').effects
  expect(effect).toMatchObject({
    title: 'Start 3 tasks',
    // What is in progress already has nothing to take back, and comes last.
    commands: [1, 3, 2].map((number) => ['task', 'start', `${number}`]),
    undo: { did: 'Undone', commands: [1, 3].map((number) => ['task', 'undo', `${number}`]) },
  })
  const one = pressed(uiOf(...THREE), 'down', 's').effects[0]
  expect(one).toMatchObject({ commands: [['task', 'start', '1']] })
  expect(one).not.toHaveProperty('undo')
})

test('another task begins at its beginning, in whatever view', () => {
  const ui = uiOf(...THREE)
  const scrolled = { ...ui, scroll: 9 }
  expect(pressed(scrolled, '<').state.scroll).toBe(9)
  expect(pressed(scrolled, '2', 'right').state.scroll).toBe(0)
})

test('of several repositories sync asks for which', () => {
  expect(pressed(twoOf(), 'down', 'y', 'y').effects).toMatchObject([{ commands: [['sync', '--repo=mtos']] }])
  expect(pressed(twoOf(), 'y', 'a').effects).toMatchObject([{ commands: [['sync', '--repo=akosha,mtos']] }])
})

test('an answer is for the tasks that the question named', () => {
  const asked = pressed(twoOf(), 'b', 'because')
  const { state } = update(asked.state, {
    kind: 'loaded',
    source: taskSource([twoOf().source.places[1]!], true, TIME),
  })
  const { effects, state: after } = pressed(state, 'return')
  expect(effects).toEqual([])
  expect(after.status?.text).toMatch(/no task/)
})

test('what was cancelled is said without a question, and what was said goes when something else begins', () => {
  const { state } = pressed(uiOf(...THREE), 'd')
  const cancelled = update(state, { kind: 'cancelled', text: 'Cancelled: Complete #2.' })
  expect(cancelled.effects).toEqual([{ kind: 'reload' }])
  expect(cancelled.state).toMatchObject({ running: null, overlay: null })
  expect(cancelled.state.status?.text).toBe('Cancelled: Complete #2.')
  expect(pressed(cancelled.state, 'down').state.status).not.toBeNull()
  expect(pressed(cancelled.state, '2').state.status).toBeNull()
  expect(pressed(cancelled.state, 'n').state.status).toBeNull()
})

test('notes have room below what was done', () => {
  const { state } = update(pressed(uiOf(...THREE), 's').state, {
    kind: 'ended',
    lane: 'main',
    text: 'Started #2',
    notes: ['Worktree: /a', 'Port 3'],
    shows: false,
  })
  expect(state.status?.notes).toEqual(['Worktree: /a', 'Port 3'])
  expect(layoutOf(state).bottom).toBe(3)
})

test('nothing is done to no task', () => {
  expect(pressed(uiOf(), 'd').effects).toEqual([])
  expect(pressed(uiOf(), 'd').state.status?.text).toMatch(/no task/)
})

test('filters and sorts', () => {
  const ui = uiOf(...THREE)
  expect(titles(ui)).toEqual(['Write notes', 'Fix auth bug', 'Tidy up'])
  expect(titles(pressed(ui, '/AUTH').state)).toEqual(['Fix auth bug'])
  expect(titles(pressed(ui, '/#3').state)).toEqual(['Tidy up'])
  expect(titles(pressed(ui, '/tdy').state)).toEqual(['Tidy up'])
  expect(titles(pressed(ui, '/auth', 'escape').state)).toHaveLength(3)
  expect(titles(pressed(ui, 'T', 'chore', 'return').state)).toEqual(['Tidy up'])
  expect(titles(pressed(ui, 'L', 'auth', 'return').state)).toEqual(['Fix auth bug'])
  expect(titles(pressed(ui, 'ot').state)).toEqual(['Fix auth bug', 'Tidy up', 'Write notes'])
  expect(titles(pressed(ui, 'otot').state)).toEqual(['Write notes', 'Tidy up', 'Fix auth bug'])
  expect(pressed(ui, '/auth', 'return').effects).toEqual([
    { kind: 'warm' },
    {
      kind: 'search',
      words: 'auth',
      argv: ['task', 'search', '--limit', '201', '--json', '--', 'auth'],
    },
  ])
})

test('of several repositories a task is found by what the list calls it', () => {
  const found = (ui: UiState) => ui.found.map((entry) => ui.source.row(entry).ref)
  expect(found(pressed(twoOf(), '/mtos#1').state)).toEqual(['mtos#1'])
  expect(found(pressed(twoOf(), '/#1 MTOS').state)).toEqual(['mtos#1'])
  const keys = twoOf().found.map((entry) => twoOf().source.keyOf(entry))
  const searched = { kind: 'searched', words: 'mtos#1', keys, isCut: false } as const
  expect(found(update(twoOf(), searched).state)).toEqual(['mtos#1'])
  // Of one, its name is no part of any task.
  const [place] = twoOf().source.places
  const source = taskSource([{ ...place!, name: 'akosha' }], false, TIME)
  expect(source.select({ ...NO_FILTER, text: 'akosha#1' }, twoOf().sort)).toEqual([])
})

test('the index is asked of all repositories that are shown, and that it knows more is said', () => {
  const { state, effects } = pressed(twoOf(), '/beta one', 'return')
  const argv = ['task', 'search', '--limit', '201', '--repo', 'akosha,mtos', '--json', '--', 'beta one']
  expect(effects).toContainEqual({ kind: 'search', words: 'beta one', argv })
  const keys = state.source.select(NO_FILTER, state.sort).map((entry) => state.source.keyOf(entry))
  const filterOf = (isCut: boolean) =>
    saidOfFilter(update(state, { kind: 'searched', words: 'of', keys, isCut }).state.filter)
  expect(filterOf(false)).toEqual(['open', '“of”', 'ranked'])
  expect(filterOf(true)).toEqual(['open', '“of”', 'ranked, 2 of more'])
})

test('the cursor stays on its task when the tasks are read again, and what changed is told', () => {
  const ui = pressed(uiOf(...THREE), 'end').state
  const { source } = uiOf({ title: 'Now urgent', priority: 'critical' }, THREE[1]!, THREE[2]!, {
    title: 'New',
  })
  const { state } = update(ui, { kind: 'loaded', source })
  expect(state.source.row(state.found[state.at]!).title).toBe('Tidy up')
  expect(state.status?.text).toBe('Changed: #1 Now urgent (pending); New: #4 New (pending)')
  expect(state.changed.size).toBe(2)
  expect(pressed(state, 'up').state.changed.size).toBe(0)
})

test('what a search found is looked for again when tasks change, with the cursor where it was', () => {
  const ui = uiOf(...THREE)
  const keysOf = (state: typeof ui) =>
    state.source.select({ ...NO_FILTER, status: 'all' }, state.sort).map((entry) => state.source.keyOf(entry))
  const all = { ...ui.filter, status: 'all' } as const
  const searched = { kind: 'searched', words: 'y', keys: keysOf(ui), isCut: false } as const
  const found = pressed(update({ ...ui, filter: all }, searched).state, 'down').state
  const at = found.source.keyOf(found.found[found.at]!)
  const { source } = uiOf(...THREE, { title: 'Tidy y' })
  const { state, effects } = update(found, { kind: 'loaded', source })
  expect(effects).toMatchObject([{ kind: 'search', words: 'y', isAgain: true }])
  const again = { ...searched, keys: keysOf(state), isAgain: true }
  const next = update(state, again).state
  expect(next.found).toHaveLength(found.found.length + 1)
  expect(next.source.keyOf(next.found[next.at]!)).toBe(at)
  // Who has left the search is not brought back to it.
  const left = { ...state, filter: NO_FILTER }
  expect(update(left, again).state).toBe(left)
})

test('a task that was made here is gone to, where the list has it', () => {
  const made = ulidOf(4)
  const ended = { kind: 'ended', lane: 'main', text: 'Created', notes: [], shows: false, made } as const
  const ui = update(uiOf(...THREE), ended).state
  const after = (task: TaskFields) => {
    const { source } = uiOf(...THREE, task)
    return update(ui, { kind: 'loaded', source }).state
  }
  const there = after({ title: 'New', priority: 'critical' })
  expect(there.source.row(there.found[there.at]!).title).toBe('New')
  // That is done once.
  const moved = pressed(there, 'down').state
  expect(update(moved, { kind: 'loaded', source: moved.source }).state.at).toBe(moved.at)
  expect(after({ title: 'New', status: 'completed' }).at).toBe(ui.at)
  const [effect] = pressed(uiOf(...THREE), 'n', 'New', 'return').effects
  expect(effect).toMatchObject({ makes: true })
})

test('what failed is told with its steps, one of which runs', () => {
  const { state } = update(uiOf(...THREE), {
    kind: 'failed',
    lane: 'main',
    title: 'MHV-008 INCOMPLETE',
    message: 'open',
    steps: ['mhv undo', 'mhv task history "…"', 'mhv task lits'],
  })
  expect(pressed(state, 'return').effects).toEqual([
    { kind: 'show', argv: ['undo'] },
    { kind: 'keep', line: 'undo' },
  ])
  const asked = pressed(state, 'down', 'return')
  expect(asked.effects).toEqual([])
  expect(asked.state.overlay).toMatchObject({
    kind: 'ask',
    line: { text: 'mhv task history ""', cursor: 18 },
  })
  expect(pressed(asked.state, '1', 'return').effects[0]).toEqual({
    kind: 'show',
    argv: ['task', 'history', '1'],
  })
  expect(pressed(state, 'down', 'down', 'return').state.status?.text).toMatch(/Did you mean “task list”/)
})

test.each([
  ['backspace', { text: 'on two', cursor: 2 }],
  ['delete', { text: 'onetwo', cursor: 3 }],
  ['ctrl+w', { text: ' two', cursor: 0 }],
  ['ctrl+u', { text: ' two', cursor: 0 }],
  ['left', { text: 'one two', cursor: 2 }],
  ['end', { text: 'one two', cursor: 7 }],
])('%s in a line', (name, after) => {
  expect(edited({ text: 'one two', cursor: 3 }, { name, text: '' })).toEqual(after)
})

test('what the index found is in order of the words that it holds, without what holds none', () => {
  const ui = uiOf(
    { title: 'Far off' },
    { title: 'Write notes' },
    { title: 'Release', description: 'the release notes' },
    { title: 'Release notes', status: 'in_progress' },
  )
  const ids = ui.source.select({ ...ui.filter, status: 'all' }, { key: 'number', descending: false })
  const ranked = (words: string) => {
    const found = ids.map((entry) => ui.source.keyOf(entry))
    const action = { kind: 'searched', words, keys: found, isCut: false } as const
    return titles(update(ui, action).state)
  }
  expect(ranked('release NOTES')).toEqual(['Release', 'Release notes', 'Write notes'])
  expect(ranked('nothing')).toHaveLength(4)
})

test('Escape goes back one step of several, and Ctrl+C out of all', () => {
  const first = pressed(uiOf(...THREE), 'e', 'down').state
  const second = pressed(first, 'y').state
  expect(second.overlay).toMatchObject({ title: 'The type' })
  const back = pressed(second, 'bug', 'escape').state
  expect(back.overlay).toEqual(first.overlay)
  expect(pressed(back, 'escape').state.overlay).toBeNull()
  expect(update(second, { kind: 'key', key: { name: 'ctrl+c', text: '' } }).state.overlay).toBeNull()
  // What is chosen after that leads on as before, and ends all of it.
  expect(pressed(back, 'y', 'chore', 'return').effects).toMatchObject([
    { kind: 'run', commands: [['task', 'edit', '2', '--type=chore']] },
  ])
  const palette = pressed(uiOf(...THREE), ':', '>task block').state
  const asked = pressed(palette, 'return').state
  expect(asked.overlay).not.toBeNull()
  expect(asked.overlay).not.toMatchObject({ isPalette: true })
  expect(pressed(asked, 'escape').state.overlay).toMatchObject({
    isPalette: true,
    line: { text: '>task block' },
  })
  expect(pressed(asked, 'escape', 'escape').state.overlay).toBeNull()
})

test('what is pasted is text of the line that is open, and never keys', () => {
  const paste = (ui: UiState) => update(ui, { kind: 'pasted', text: 'Line one Dy' })
  const { state, effects } = paste(pressed(uiOf(...THREE), 'n', 'a', 'left').state)
  expect(effects).toEqual([])
  expect(state.overlay).toMatchObject({ kind: 'ask', line: { text: 'Line one Dya', cursor: 11 } })
  expect(titles(paste(pressed(uiOf(...THREE), '/').state).state)).toEqual([])
  for (const keys of [[], ['?'], ['D'], ['o']]) {
    const ui = pressed(uiOf(...THREE), ...keys).state
    const next = paste(ui)
    expect(next.effects).toEqual([])
    expect({ ...next.state, status: null }).toEqual({ ...ui, status: null })
    expect(next.state.status?.text).toMatch(/Nothing was done/)
  }
})

test('a character of two units is one to the keys', () => {
  expect(edited(lineOf('a😀'), { name: 'backspace', text: '' })).toEqual(lineOf('a'))
})

test('what comes from the terminal is taken apart, also in pieces', () => {
  expect(heardIn('a\u001b[<0;3;4Mb')).toEqual({
    keys: 'ab',
    mouse: [{ kind: 'press', x: 2, y: 3 }],
    rest: '',
  })
  expect(heardIn('a\u001b[<0;3')).toEqual({ keys: 'a', mouse: [], rest: '\u001b[<0;3' })
  expect(heardIn('\u001b[<65;1;1M').mouse).toEqual([{ kind: 'down', x: 0, y: 0 }])
  expect(heardIn('\u001b[A').keys).toBe('\u001b[A')
})

test('only lines that differ are drawn', () => {
  expect(difference(['a', 'b'], ['a', 'b'])).toBe('')
  expect(difference(['a', 'b', 'c'], ['a', 'x'])).toBe(
    '\u001b[?2026h\u001b[2;1H\u001b[2Kx\u001b[3;1H\u001b[2K\u001b[?2026l',
  )
})

test('a failure is read from a document and from text', () => {
  const error = { code: 'MHV-008', name: 'INCOMPLETE', message: 'open', recovery: ['mhv undo'] }
  const read = { title: 'MHV-008 INCOMPLETE', message: 'open', steps: ['mhv undo'] }
  expect(failureOf({ code: 1, out: JSON.stringify({ error }), err: '' })).toEqual(read)
  const err = 'Error MHV-008 INCOMPLETE: open\n  Try:\n    mhv undo\n'
  expect(failureOf({ code: 1, out: '', err })).toEqual(read)
})
