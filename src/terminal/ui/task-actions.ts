import { PRIORITIES, TASK_TYPES } from '../../../schemas/vocabulary.ts'
import type { Entry } from '../../query/place.ts'
import { choose } from './filtering.ts'
import { lineOf } from './line-edit.ts'
import { entriesActedOn, entryInFocus } from './moves.ts'
import { type Option, type Step, step, type UiState } from './state.ts'

export const said = (ui: UiState, text: string, kind: 'info' | 'danger' = 'info'): Step =>
  step({ ...ui, status: { kind, text } })

const busy = (ui: UiState): Step =>
  said(ui, `Wait for “${ui.running}” to end, or end it with Ctrl+C.`, 'danger')

/** Shows what a command prints while it runs, unless something runs already. */
export function show(ui: UiState, argv: readonly string[]): Step {
  if (ui.running !== null) return busy(ui)
  const title = argv.join(' ')
  const output = { title, lines: [], top: 0, code: null }
  return step({ ...ui, running: title, output }, { kind: 'show', argv })
}

/** Runs commands, unless something runs already. */
export function run(ui: UiState, title: string, commands: readonly (readonly string[])[]): Step {
  if (ui.running !== null) return busy(ui)
  const output = { title, lines: [], top: 0, code: null }
  return step({ ...ui, running: title, output, status: null }, { kind: 'run', title, commands })
}

/** The tasks as a command takes them: one list of numbers for each repository. */
function lists(ui: UiState, entries: readonly Entry[]): string[] {
  const byPlace = new Map<number, string[]>()
  for (const entry of entries) {
    byPlace.set(entry.place, [...(byPlace.get(entry.place) ?? []), ui.source.wordOf(entry)])
  }
  return [...byPlace.values()].map((words) => words.join(','))
}

const NONE = 'There is no task here to do that with.'

const namesOf = (ui: UiState, entries: readonly Entry[]): string => {
  const [first] = entries
  if (entries.length > 1) return `${entries.length} tasks`
  return ui.source.isSeveral ? ui.source.wordOf(first!) : `#${ui.source.wordOf(first!)}`
}

/** Runs a command for the tasks that are marked, or the one in focus. */
const onTasks =
  (title: string, before: readonly string[], after: readonly string[] = []) =>
  (ui: UiState): Step => {
    const entries = entriesActedOn(ui)
    if (entries.length === 0) return said(ui, NONE)
    const commands = lists(ui, entries).map((list) => [...before, list, ...after])
    return run(ui, `${title} ${namesOf(ui, entries)}`, commands)
  }

/** Asks for words with which something is then done. */
const asking = (
  ui: UiState,
  title: string,
  answered: (state: UiState, text: string) => Step,
  { begin = '', mayBeEmpty = false } = {},
): Step => step({ ...ui, overlay: { kind: 'ask', title, line: lineOf(begin), mayBeEmpty, answered } })

/** Asks for words about the tasks, and runs a command with them. */
const askedOf =
  (
    title: string,
    commandOf: (text: string) => { before: readonly string[]; after: readonly string[] },
    mayBeEmpty = false,
    begin: (ui: UiState, entry: Entry) => string = () => '',
  ) =>
  (ui: UiState): Step => {
    const entries = entriesActedOn(ui)
    if (entries.length === 0) return said(ui, NONE)
    const answered = (state: UiState, text: string) => {
      const { before, after } = commandOf(text)
      return onTasks(title, before, after)(state)
    }
    const text = entries.length === 1 ? begin(ui, entries[0]!) : ''
    return asking(ui, `${title} ${namesOf(ui, entries)}:`, answered, { begin: text, mayBeEmpty })
  }

/** A flag with its value in one word: a value may begin with a dash. */
const flag = (name: string, value: string) => `--${name}=${value}`

export const create = (ui: UiState): Step =>
  asking(ui, 'New task, in words:', (state, text) => {
    const entry = entryInFocus(state)
    const { places, isSeveral } = state.source
    const place = isSeveral ? places[entry?.place ?? 0] : undefined
    const where = place ? [flag('repo', place.name)] : []
    return run(state, 'Create', [['task', 'create', '--yes', ...where, '--', text]])
  })

/** Work on several tasks is begun one by one: each gets a worktree of its own. */
export function start(ui: UiState): Step {
  const entries = entriesActedOn(ui)
  if (entries.length === 0) return said(ui, NONE)
  const commands = entries.map((entry) => ['task', 'start', ui.source.wordOf(entry)])
  return run(ui, `Start ${namesOf(ui, entries)}`, commands)
}

export const complete = onTasks('Complete', ['task', 'complete'])
export const unblock = onTasks('Unblock', ['task', 'unblock'])
export const restore = onTasks('Restore', ['task', 'restore'])
export const undo = (ui: UiState): Step => run(ui, 'Undo', [['task', 'undo']])
export const sync = (ui: UiState): Step => run(ui, 'Sync', [['sync']])

export const block = askedOf('Block, because', (text) => ({
  before: ['task', 'block'],
  after: [flag('reason', text)],
}))
export const cancel = askedOf('Cancel, because', (text) => ({
  before: ['task', 'cancel'],
  after: [flag('reason', text)],
}))
export const reopen = askedOf(
  'Reopen, because (may be empty)',
  (text) => ({ before: ['task', 'reopen'], after: text === '' ? [] : [flag('reason', text)] }),
  true,
)
export const comment = askedOf('Comment on', (text) => ({ before: ['task', 'comment'], after: ['--', text] }))
export const assign = askedOf(
  'Assign (me, none or a person)',
  (text) => ({ before: ['task', 'assign'], after: ['--', text] }),
  false,
  (ui, entry) => ui.source.task(entry).assignee ?? 'me',
)
export const depend = askedOf('Depends on (3,7-9), of', (text) => ({
  before: ['task', 'depend'],
  after: [flag('on', text)],
}))

/** Labels as they are written: `auth -ui` puts one on and takes one off. */
export const label = askedOf('Labels (auth -ui), of', (text) => {
  const words = text.split(/[\s,]+/).filter(Boolean)
  const off = words.filter((word) => word.startsWith('-')).map((word) => word.slice(1))
  const on = words.filter((word) => !word.startsWith('-')).map((word) => word.replace(/^\+/, ''))
  return {
    before: ['task', 'label'],
    after: [...on.map((word) => flag('add', word)), ...off.map((word) => flag('remove', word))],
  }
})

const deleteNow = onTasks('Delete', ['task', 'delete'])

export function deleteTasks(ui: UiState): Step {
  const entries = entriesActedOn(ui)
  if (entries.length === 0) return said(ui, NONE)
  const options: readonly Option[] = [
    { key: 'y', label: 'yes, delete (undo brings it back)', take: deleteNow },
    { key: 'n', label: 'no', take: step },
  ]
  return choose(ui, `Delete ${namesOf(ui, entries)}?`, options, false)
}

/** Asks which criterion of the task is met, or no longer. */
export function check(ui: UiState): Step {
  const entry = entryInFocus(ui)
  if (!entry) return said(ui, NONE)
  const { criteria } = ui.source.task(entry)
  const word = ui.source.wordOf(entry)
  if (criteria.length === 0) return said(ui, `#${word} has no criteria; e and then c adds one.`)
  const options = criteria.map(({ text, met }, i): Option => {
    const argv = ['task', 'check', word, `${i + 1}`, ...(met ? ['--unmet'] : [])]
    const take = (state: UiState) => run(state, met ? 'Uncheck' : 'Check', [argv])
    return { key: i < 9 ? `${i + 1}` : null, label: `[${met ? 'x' : ' '}] ${text}`, take }
  })
  return choose(ui, `Criteria of #${word}`, options, false)
}

const edits = (field: string, begin?: (ui: UiState, entry: Entry) => string) =>
  askedOf(
    `The ${field} of`,
    (text) => ({ before: ['task', 'edit'], after: [flag(field, text)] }),
    false,
    begin,
  )

const choosing =
  (field: string, values: readonly string[]) =>
  (ui: UiState): Step =>
    choose(
      ui,
      `The ${field}`,
      values.map((value) => ({
        key: null,
        label: value,
        take: onTasks(`Set the ${field} of`, ['task', 'edit'], [flag(field, value)]),
      })),
    )

const whole = (ui: UiState, entry: Entry) => ui.source.task(entry)

/** Asks which field to change. */
export const edit = (ui: UiState): Step => {
  if (entriesActedOn(ui).length === 0) return said(ui, NONE)
  return choose(
    ui,
    'Change',
    [
      { key: 't', label: 'title', take: edits('title', (state, entry) => whole(state, entry).title) },
      { key: 'y', label: 'type', take: choosing('type', TASK_TYPES) },
      { key: 'p', label: 'priority', take: choosing('priority', [...PRIORITIES].reverse()) },
      {
        key: 'd',
        label: 'deadline (2026-11-27, +3d, none)',
        take: edits('deadline', (state, entry) => whole(state, entry).deadline ?? ''),
      },
      {
        key: 'e',
        label: 'estimate (3h, none)',
        take: edits('estimate', (state, entry) => whole(state, entry).estimate ?? ''),
      },
      { key: 'a', label: 'parent (3, none)', take: edits('parent') },
      { key: 'c', label: 'add a criterion', take: edits('add-criterion') },
      { key: 'x', label: 'description, in your editor', take: openEditor },
    ],
    false,
  )
}

/** Writes the description of the task in focus in the editor that git uses. */
export function openEditor(ui: UiState): Step {
  const entry = entryInFocus(ui)
  if (!entry) return said(ui, NONE)
  const command = ['task', 'edit', ui.source.wordOf(entry), '--editor']
  return step(ui, { kind: 'terminal', command })
}
