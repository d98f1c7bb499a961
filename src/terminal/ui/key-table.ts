import {
  choose,
  chooseAssignee,
  chooseLabel,
  choosePriority,
  chooseSort,
  chooseStatus,
  chooseType,
  clearFilter,
  toggleOverdue,
} from './filtering.ts'
import { rowsShown } from './layout.ts'
import { lineOf } from './line-edit.ts'
import { entryInFocus, movedBy, movedTo, opened, openedNext, withoutOutput } from './moves.ts'
import { openPalette } from './palette.ts'
import { printedLines } from './printed-lines.ts'
import * as repositories from './repository-actions.ts'
import { startTasks } from './start-tasks.ts'
import { outputShown, type Status, type Step, step, type UiState } from './state.ts'
import * as tasks from './task-actions.ts'

/** What a key does, and how that is said: in `?`, in the footer and in the documentation. */
export interface Binding {
  /** The names of the keys, the first of which is shown in the footer. */
  readonly keys: readonly string[]
  readonly says: string
  readonly group: Group
  /** One word for the footer; none where it is not worth its room there. */
  readonly brief?: string
  readonly run: (ui: UiState) => Step
}

export const GROUPS = ['Move', 'Find', 'Tasks', 'Change', 'Program'] as const
export type Group = (typeof GROUPS)[number]

const STEP = 5
const scrolled = (ui: UiState, by: number): Step => step({ ...ui, scroll: Math.max(0, ui.scroll + by) })
const resized = (ui: UiState, by: number): Step =>
  step(movedBy({ ...ui, split: Math.max(20, Math.min(80, ui.split + by)) }, 0))

/** Moves in the list, or in the task where that has the focus. */
const move = (by: number | 'page' | '-page') => (ui: UiState) => {
  const lines = by === 'page' ? rowsShown(ui) : by === '-page' ? -rowsShown(ui) : by
  return ui.focus === 'task' ? scrolled(ui, lines) : step(movedBy(ui, lines))
}

function mark(ui: UiState): Step {
  const entry = entryInFocus(ui)
  if (!entry) return step(ui)
  const id = ui.source.keyOf(entry)
  const marked = new Set(ui.marked)
  if (!marked.delete(id)) marked.add(id)
  return step(movedBy({ ...ui, marked }, ui.view === 'list' ? 1 : 0))
}

const markAll = (ui: UiState): Step =>
  step({
    ...ui,
    marked: ui.marked.size > 0 ? new Set() : new Set(ui.found.map((entry) => ui.source.keyOf(entry))),
  })

/** Takes back one thing at a time: what stands there, the marks, the filter. */
function leave(ui: UiState): Step {
  if (outputShown(ui)) return step({ ...withoutOutput(ui), focus: 'list' })
  if (ui.focus === 'task') return step({ ...ui, focus: 'list' })
  if (ui.marked.size > 0) return step({ ...ui, marked: new Set() })
  if (ui.filter.text !== '' || ui.filter.ranked) {
    return clearFilter(ui)
  }
  return ui.view === 'list' ? step({ ...ui, status: null }) : opened(ui, 'list')
}

/** What the last command printed and what was said of it, whole; what is said now, where that is something else; what is not shown. */
function readAgain(ui: UiState): Step {
  const { past, status, source } = ui
  const said = (told: Status | null) =>
    told ? [told.text, ...(told.notes ?? []).map((note) => `  ${note}`)] : []
  const now = status === past?.status ? [] : said(status)
  const before = past ? [...said(past.status), ...past.output.lines] : []
  const told = new Set([status?.text, ...(status?.notes ?? [])])
  const problems = source.problems.map(({ text }) => text).filter((text) => !told.has(text))
  const parts = [now, problems, before].filter((part) => part.length > 0)
  const lines = parts.flatMap((part, i) => (i === 0 ? part : ['', ...part])).flatMap(printedLines)
  if (lines.length === 0) return tasks.said(ui, 'No command has run yet whose output could be read.')
  const none = { title: 'What was said', gates: [], code: 0 }
  return step({ ...ui, output: { ...(past?.output ?? none), lines, top: 0 }, status: null, focus: 'task' })
}

/** Opens what waits to be looked at: a failure, what runs, or what ran last. */
function look(ui: UiState): Step {
  const { waiting, output, running } = ui
  if (waiting) {
    const { overlay, status } = waiting
    // What runs goes on out of sight: a failure stands beside its own output, or alone.
    const beside = running !== null && output ? { ...output, isHidden: true } : waiting.output
    return step(movedBy({ ...ui, overlay, status, output: beside, waiting: null }, 0))
  }
  if (running === null || !output) return readAgain(ui)
  return step({ ...ui, output: { ...output, isHidden: false }, focus: 'task' })
}

const openSearch = (ui: UiState): Step => {
  const before = { ...ui.filter, text: '', ranked: null }
  return step({ ...ui, overlay: { kind: 'search', line: lineOf(ui.filter.text), before } }, { kind: 'warm' })
}

/** What runs would end with the view: that is asked first. */
const quit = (ui: UiState): Step =>
  ui.running === null
    ? step(ui, { kind: 'quit' })
    : choose(
        ui,
        `“${ui.running}” is running; leave, and end it?`,
        [
          { key: 'n', label: 'no, stay', take: step },
          { key: 'y', label: 'yes, end it and leave', take: (state) => step(state, { kind: 'quit' }) },
        ],
        false,
      )

const stop = (ui: UiState): Step => step(ui, { kind: ui.running === null ? 'quit' : 'stop' })

/** The one table of keys. A view's own keys come before these. */
export const BINDINGS: readonly Binding[] = [
  { keys: ['down', 'j'], says: 'next', group: 'Move', run: move(1) },
  { keys: ['up', 'k'], says: 'previous', group: 'Move', run: move(-1) },
  { keys: ['pagedown', 'ctrl+d'], says: 'a page down', group: 'Move', run: move('page') },
  { keys: ['pageup', 'ctrl+b'], says: 'a page up', group: 'Move', run: move('-page') },
  { keys: ['home', 'g'], says: 'first', group: 'Move', run: (ui) => step(movedTo({ ...ui, scroll: 0 }, 0)) },
  { keys: ['end', 'G'], says: 'last', group: 'Move', run: (ui) => step(movedTo(ui, ui.found.length)) },
  {
    keys: ['return', 'tab'],
    says: 'go to the task, or back to the list',
    group: 'Move',
    run: (ui) => step({ ...ui, focus: ui.focus === 'list' ? 'task' : 'list' }),
  },
  { keys: ['escape'], says: 'back: output, task, marks, search, view', group: 'Move', run: leave },
  { keys: ['<', '['], says: 'narrower list', group: 'Move', run: (ui) => resized(ui, -STEP) },
  { keys: ['>', ']'], says: 'wider list', group: 'Move', run: (ui) => resized(ui, STEP) },
  { keys: ['right'], says: 'next view', group: 'Move', run: (ui) => openedNext(ui, 1) },
  { keys: ['left'], says: 'previous view', group: 'Move', run: (ui) => openedNext(ui, -1) },
  { keys: ['1'], says: 'the list', group: 'Move', run: (ui) => opened(ui, 'list') },

  {
    keys: ['/'],
    says: 'search as you type; Enter asks the index',
    group: 'Find',
    brief: 'search',
    run: openSearch,
  },
  { keys: ['S'], says: 'filter by status', group: 'Find', run: chooseStatus },
  { keys: ['T'], says: 'filter by type', group: 'Find', run: chooseType },
  { keys: ['P'], says: 'filter by priority', group: 'Find', run: choosePriority },
  { keys: ['L'], says: 'filter by label', group: 'Find', run: chooseLabel },
  { keys: ['A'], says: 'filter by assignee', group: 'Find', run: chooseAssignee },
  { keys: ['O'], says: 'only what is overdue, or not only', group: 'Find', run: toggleOverdue },
  { keys: ['F'], says: 'no filter', group: 'Find', run: clearFilter },
  { keys: ['o'], says: 'sort', group: 'Find', brief: 'sort', run: chooseSort },

  { keys: ['n'], says: 'new task, in words', group: 'Tasks', brief: 'new', run: repositories.create },
  { keys: ['s'], says: 'start', group: 'Tasks', brief: 'start', run: startTasks },
  { keys: ['d'], says: 'done: complete, with gates', group: 'Tasks', brief: 'done', run: tasks.complete },
  { keys: ['x'], says: 'check a criterion', group: 'Tasks', run: tasks.check },
  { keys: ['b'], says: 'block, with a reason', group: 'Tasks', run: tasks.block },
  { keys: ['B'], says: 'unblock', group: 'Tasks', run: tasks.unblock },
  { keys: ['X'], says: 'cancel, with a reason', group: 'Tasks', run: tasks.cancel },
  { keys: ['R'], says: 'reopen', group: 'Tasks', run: tasks.reopen },
  { keys: ['D'], says: 'delete, after a question', group: 'Tasks', run: tasks.deleteTasks },
  { keys: ['u'], says: 'undo the last command', group: 'Tasks', brief: 'undo', run: repositories.undo },

  { keys: ['space'], says: 'mark, for an action on several', group: 'Change', run: mark },
  { keys: ['*'], says: 'mark all that are listed, or none', group: 'Change', run: markAll },
  { keys: ['e'], says: 'change a field', group: 'Change', brief: 'edit', run: tasks.edit },
  { keys: ['E'], says: 'write the description in your editor', group: 'Change', run: tasks.openEditor },
  { keys: ['a'], says: 'assign', group: 'Change', run: tasks.assign },
  { keys: ['l'], says: 'labels, on and off', group: 'Change', run: tasks.label },
  { keys: ['c'], says: 'comment', group: 'Change', run: tasks.comment },
  { keys: ['+'], says: 'depends on', group: 'Change', run: tasks.depend },
  { keys: ['y'], says: 'sync with the remote', group: 'Program', run: repositories.sync },

  {
    keys: [':', 'ctrl+k'],
    says: 'palette: tasks, worktrees, any command',
    group: 'Program',
    brief: 'palette',
    run: openPalette,
  },
  {
    keys: ['?'],
    says: 'these keys',
    group: 'Program',
    brief: 'help',
    run: (ui) => step({ ...ui, overlay: { kind: 'help', top: 0 } }),
  },
  {
    keys: ['v'],
    says: 'what the last command said and printed, whole',
    group: 'Program',
    run: look,
  },
  { keys: ['ctrl+r'], says: 'read again', group: 'Program', run: (ui) => step(ui, { kind: 'reload' }) },
  { keys: ['ctrl+l'], says: 'draw again', group: 'Program', run: (ui) => step(ui, { kind: 'redraw' }) },
  { keys: ['q'], says: 'quit', group: 'Program', brief: 'quit', run: quit },
  { keys: ['ctrl+c'], says: 'end what runs, or quit', group: 'Program', run: stop },
]

const byKey = new Map(BINDINGS.flatMap((binding) => binding.keys.map((key) => [key, binding] as const)))

export const bindingOf = (key: string): Binding | null => byKey.get(key) ?? null

const SHOWN: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  return: 'Enter',
  escape: 'Esc',
  space: 'Space',
  tab: 'Tab',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
}

/** A key as people read it: `Ctrl+K`. */
export const shownKey = (name: string): string =>
  SHOWN[name] ?? (name.startsWith('ctrl+') ? `Ctrl+${name.slice(5).toUpperCase()}` : name)
