import { PRIORITIES, TASK_TYPES } from '../../../schemas/vocabulary.ts'
import type { Entry } from '../../query/place.ts'
import { choose } from './filtering.ts'
import { selectedLine } from './line-edit.ts'
import { entriesActedOn, entryInFocus } from './moves.ts'
import { type Doing, type Lane, type Option, type Step, step, type UiState } from './state.ts'

export const said = (ui: UiState, text: string, kind: 'info' | 'danger' = 'info'): Step =>
  step({ ...ui, status: { kind, text } })

const waitFor = (ui: UiState, until: Lane, text: string): Step =>
  step({ ...ui, status: { kind: 'danger', text, until } })

/** An action that is refused while another runs, before anything is asked that would then be lost. */
export const whenFree =
  (action: (ui: UiState) => Step) =>
  (ui: UiState): Step =>
    ui.running === null
      ? action(ui)
      : waitFor(ui, 'main', `Wait for “${ui.running}” to end, or end it with Ctrl+C.`)

/** The same of an action that is quick: it waits only for another of its kind. */
export const whenQuickIsFree =
  (action: (ui: UiState) => Step) =>
  (ui: UiState): Step =>
    ui.running === null || ui.beside === null
      ? action(ui)
      : waitFor(ui, 'beside', `Wait for “${ui.beside}” to end.`)

/** Shows what a command prints while it runs, unless something runs already. */
export const show = (ui: UiState, argv: readonly string[]): Step =>
  whenFree((free) => {
    const title = argv.join(' ')
    const output = { title, gates: [], lines: [], top: 0, code: null }
    const next = { ...free, running: title, argvs: [argv], output, status: null, waiting: null }
    return step(next, { kind: 'show', argv })
  })(ui)

/**
 * Runs commands, unless something runs already. Who begins them has passed over a failure that waited.
 * @param acted names of the repositories that they are about
 */
export const run = (ui: UiState, doing: Doing, acted: readonly string[] = []): Step =>
  whenFree((free) => {
    const { title } = doing
    const output = { title, gates: [], lines: [], top: 0, code: null }
    const effect = { kind: 'run', lane: 'main', ...doing } as const
    const argvs = doing.commands
    return step({ ...free, running: title, argvs, output, status: null, waiting: null, acted }, effect)
  })(ui)

/**
 * Runs commands that are quick: beside what runs, where something does. What failed while they were being written goes on
 * waiting.
 */
export function runQuickly(ui: UiState, doing: Doing, acted: readonly string[] = []): Step {
  if (ui.running === null) {
    const { state, effects } = run(ui, doing, acted)
    return step({ ...state, waiting: ui.waiting }, ...effects)
  }
  return whenQuickIsFree((free) =>
    step({ ...free, beside: doing.title, status: null, acted }, { kind: 'run', lane: 'beside', ...doing }),
  )(ui)
}

export const repositoriesOf = ({ source }: UiState, entries: readonly Entry[]): string[] => [
  ...new Set(entries.map(({ place }) => source.places[place]!.name)),
]

/** The tasks as a command takes them: one list of numbers for each repository. */
function lists(ui: UiState, entries: readonly Entry[]): string[] {
  const byPlace = new Map<number, string[]>()
  for (const entry of entries) {
    byPlace.set(entry.place, [...(byPlace.get(entry.place) ?? []), ui.source.wordOf(entry)])
  }
  return [...byPlace.values()].map((words) => words.join(','))
}

export const NONE = 'There is no task here to do that with.'

export const namesOf = (ui: UiState, entries: readonly Entry[]): string => {
  const [first] = entries
  if (entries.length > 1) return `${entries.length} tasks`
  return ui.source.isSeveral ? ui.source.wordOf(first!) : `#${ui.source.wordOf(first!)}`
}

/** What is done, and how that is said before and after. */
interface Said {
  readonly title: string
  readonly did: string
}

/** Runs a command for tasks. */
function runOn(
  ui: UiState,
  { title, did }: Said,
  entries: readonly Entry[],
  commandOf: (list: string) => readonly string[],
  runs = runQuickly,
): Step {
  if (entries.length === 0) return said(ui, NONE)
  const commands = lists(ui, entries).map(commandOf)
  return runs(ui, { title: `${title} ${namesOf(ui, entries)}`, did, commands }, repositoriesOf(ui, entries))
}

/** Runs a command for the tasks that are marked, or the one in focus. */
const onTasks = (what: Said, before: readonly string[], after: readonly string[] = []) =>
  whenQuickIsFree((ui) => runOn(ui, what, entriesActedOn(ui), (list) => [...before, list, ...after]))

/** The same tasks later, as far as they are still there. */
function keeping(ui: UiState, entries: readonly Entry[]): (later: UiState) => Entry[] {
  const ids = entries.map((entry) => ui.source.keyOf(entry))
  return ({ source }) => ids.flatMap((id) => source.entryOf(id) ?? [])
}

/** Asks for words with which something is then done, in the place of what it begins with. */
export const asking = (
  ui: UiState,
  title: string,
  answered: (state: UiState, text: string) => Step,
  { begin = '', mayBeEmpty = false } = {},
): Step => step({ ...ui, overlay: { kind: 'ask', title, line: selectedLine(begin), mayBeEmpty, answered } })

/** Asks for words about the tasks, and runs a command with them. */
const askedOf = (
  what: Said,
  commandOf: (text: string) => { before: readonly string[]; after: readonly string[] },
  mayBeEmpty = false,
  begin: (ui: UiState, entry: Entry) => string = () => '',
) =>
  whenQuickIsFree((ui) => {
    const entries = entriesActedOn(ui)
    if (entries.length === 0) return said(ui, NONE)
    // Others may change the list while somebody writes: the answer is for the tasks that the question named.
    const asked = keeping(ui, entries)
    const answered = (state: UiState, text: string) => {
      const { before, after } = commandOf(text)
      return runOn(state, what, asked(state), (list) => [...before, list, ...after])
    }
    const text = entries.length === 1 ? begin(ui, entries[0]!) : ''
    return asking(ui, `${what.title} ${namesOf(ui, entries)}:`, answered, { begin: text, mayBeEmpty })
  })

/** A flag with its value in one word: a value may begin with a dash. */
const flag = (name: string, value: string) => `--${name}=${value}`

/** Gates may take their time. */
export const complete = whenFree((ui) => {
  const what = { title: 'Complete', did: 'Completed' }
  return runOn(ui, what, entriesActedOn(ui), (list) => ['task', 'complete', list], run)
})
export const unblock = onTasks({ title: 'Unblock', did: 'Unblocked' }, ['task', 'unblock'])
export const restore = onTasks({ title: 'Restore', did: 'Restored' }, ['task', 'restore'])

export const block = askedOf({ title: 'Block, because', did: 'Blocked' }, (text) => ({
  before: ['task', 'block'],
  after: [flag('reason', text)],
}))
export const cancel = askedOf({ title: 'Cancel, because', did: 'Cancelled' }, (text) => ({
  before: ['task', 'cancel'],
  after: [flag('reason', text)],
}))
export const reopen = askedOf(
  { title: 'Reopen, because (may be empty)', did: 'Reopened' },
  (text) => ({ before: ['task', 'reopen'], after: text === '' ? [] : [flag('reason', text)] }),
  true,
)
export const comment = askedOf({ title: 'Comment on', did: 'Commented on' }, (text) => ({
  before: ['task', 'comment'],
  after: ['--', text],
}))
export const assign = askedOf(
  { title: 'Assign (me, none or a person)', did: 'Assigned' },
  (text) => ({ before: ['task', 'assign'], after: ['--', text] }),
  false,
  (ui, entry) => ui.source.task(entry).assignee ?? 'me',
)
export const depend = askedOf({ title: 'Depends on (3,7-9), of', did: 'Set what goes before' }, (text) => ({
  before: ['task', 'depend'],
  after: [flag('on', text)],
}))

/** Labels as they are written: `auth -ui` puts one on and takes one off. */
export const label = askedOf({ title: 'Labels (auth -ui), of', did: 'Labelled' }, (text) => {
  const words = text.split(/[\s,]+/).filter(Boolean)
  const off = words.filter((word) => word.startsWith('-')).map((word) => word.slice(1))
  const on = words.filter((word) => !word.startsWith('-')).map((word) => word.replace(/^\+/, ''))
  return {
    before: ['task', 'label'],
    after: [...on.map((word) => flag('add', word)), ...off.map((word) => flag('remove', word))],
  }
})

export const deleteTasks = whenQuickIsFree((ui) => {
  const entries = entriesActedOn(ui)
  if (entries.length === 0) return said(ui, NONE)
  const asked = keeping(ui, entries)
  const deleteNow = (state: UiState) =>
    runOn(state, { title: 'Delete', did: 'Deleted' }, asked(state), (list) => ['task', 'delete', list])
  const options: readonly Option[] = [
    { key: 'y', label: 'yes, delete (undo brings it back)', take: deleteNow },
    { key: 'n', label: 'no', take: step },
  ]
  return choose(ui, `Delete ${namesOf(ui, entries)}?`, options, false)
})

const CHECK: Said = { title: 'Check', did: 'Checked a criterion of' }
const UNCHECK: Said = { title: 'Uncheck', did: 'Unchecked a criterion of' }

/** Asks which criterion of the task is met, or no longer. */
export const check = whenQuickIsFree((ui) => {
  const entry = entryInFocus(ui)
  if (!entry) return said(ui, NONE)
  const { criteria } = ui.source.task(entry)
  const word = ui.source.wordOf(entry)
  if (criteria.length === 0) return said(ui, `#${word} has no criteria; e and then c adds one.`)
  const options = criteria.map(({ text, met }, i): Option => {
    const argv = ['task', 'check', word, `${i + 1}`, ...(met ? ['--unmet'] : [])]
    const doing = { ...(met ? UNCHECK : CHECK), commands: [argv] }
    const take = (state: UiState) => runQuickly(state, doing, repositoriesOf(ui, [entry]))
    return { key: i < 9 ? `${i + 1}` : null, label: `[${met ? 'x' : ' '}] ${text}`, take }
  })
  return choose(ui, `Criteria of #${word}`, options, false)
})

const edits = (field: string, begin?: (ui: UiState, entry: Entry) => string) =>
  askedOf(
    { title: `The ${field} of`, did: `Set the ${field} of` },
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
        take: onTasks(
          { title: `Set the ${field} of`, did: `Set the ${field} of` },
          ['task', 'edit'],
          [flag(field, value)],
        ),
      })),
    )

const whole = (ui: UiState, entry: Entry) => ui.source.task(entry)

/** Writes the description of the task in focus in the editor that git uses. */
export const openEditor = whenFree((ui) => {
  const entry = entryInFocus(ui)
  if (!entry) return said(ui, NONE)
  const command = ['task', 'edit', ui.source.wordOf(entry), '--editor']
  return step(ui, { kind: 'terminal', command })
})

/** Asks which field to change. */
export const edit = whenQuickIsFree((ui) => {
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
})
