import { movedBy } from './moves.ts'
import {
  CANCELLED,
  type Doing,
  type Lane,
  type Output,
  type Overlay,
  outputShown,
  type Status,
  type Step,
  step,
  type UiState,
} from './state.ts'

/** What ran has left, however it ended. */
interface Left {
  /** What takes it back, as `UiState.undo`; nothing where nothing was done. */
  readonly undo?: Doing | null
}

/** What ran has ended well; `shows` where what it printed is what was asked for. */
export interface Ended extends Left {
  readonly kind: 'ended'
  readonly lane: Lane
  readonly text: string
  readonly notes: readonly string[]
  readonly shows: boolean
  /** Key of the task that it made. */
  readonly made?: string
}

export interface Failed extends Left {
  readonly kind: 'failed'
  readonly lane: Lane
  /** The question with the answer that it was run with. */
  readonly asked?: Overlay
  readonly title: string
  readonly message: string
  readonly steps: readonly string[]
}

/** What was ended from here. */
export interface Cancelled extends Left {
  readonly kind: 'cancelled'
  readonly text: string
}

const isEmpty = ({ lines, gates }: Output) => lines.length + gates.length === 0

/** What ended, kept to be read again; and shown where there is something in it. */
function pastOf(ui: UiState, code: number, status: Status | null, top = 0) {
  const output = ui.output && { ...ui.output, code, top, isHidden: false }
  const isShown = outputShown(ui) !== null && output !== null && !isEmpty(output)
  return { output: isShown ? output : null, past: output && { output, status } }
}

const undoAfter = (ui: UiState, { undo = ui.undo }: Left) => ({ undo })

const RELOAD = { kind: 'reload' } as const

/** The state once a command has ended well. */
export function ended(before: UiState, action: Ended): Step {
  const { lane, text, notes, shows, made = before.made } = action
  const ui = { ...before, made, marked: new Set<string>(), ...undoAfter(before, action) }
  const status: Status = { kind: 'success', text, notes }
  if (lane === 'beside') return step({ ...ui, beside: null, status }, RELOAD)
  const { output, past } = pastOf(ui, 0, status)
  const shown = shows ? output : null
  return step({ ...ui, running: null, output: shown, past, status }, RELOAD)
}

/** The end of what it printed tells why it failed. */
const AT_END = Number.MAX_SAFE_INTEGER
const ALL_IS_FINE = /^(?:passed|skipped|overridden)$/

/** The output of what failed without what is told by itself, from its failing gates on where there are any. */
function failedOutput(ui: UiState, said: readonly string[]) {
  const lines = ui.output?.lines ?? []
  const from = lines.findIndex((line) => line.startsWith('Error MHV-'))
  const error = lines.slice(from).indexOf('')
  const without =
    from < 0 ? lines : [...lines.slice(0, from), ...(error < 0 ? [] : lines.slice(from + error))]
  const cut = ui.output ? { ...ui, output: { ...ui.output, lines: without } } : ui
  const isOfGates = ui.output?.gates.some(({ state }) => !ALL_IS_FINE.test(state)) ?? false
  const { output, past } = pastOf(cut, 1, null, isOfGates ? 0 : AT_END)
  const whole = past && { ...past, output: { ...past.output, lines: [...past.output.lines, '', ...said] } }
  return { output, past: whole }
}

/**
 * What failed is told at once to whoever waits for it, or asked again with what was answered. Who has gone on to something
 * else is told that it waits: keys that are meant for that do nothing to it.
 */
export function failed(before: UiState, action: Failed): Step {
  const { lane, asked, title, message, steps } = action
  const ui = { ...before, ...undoAfter(before, action) }
  const failure: Overlay = { kind: 'failure', title, message, steps, chosen: 0, top: 0 }
  const text = `${title}: ${message}`
  const { output, past } = failedOutput(ui, [text, ...steps.map((each) => `  ${each}`)])
  const isMain = lane === 'main'
  const over = isMain ? { ...ui, running: null, past } : { ...ui, beside: null }
  const told = asked
    ? {
        overlay: { ...asked, ...(steps.length > 0 ? { from: failure } : {}) },
        status: { kind: 'danger', text } as const,
      }
    : { overlay: failure, status: null }
  const shown = isMain ? output : null
  if (ui.overlay === null && ui.attended === lane) {
    return step(movedBy({ ...over, ...told, output: isMain ? output : ui.output }, 0), RELOAD)
  }
  const what = isMain ? ui.running : ui.beside
  const waiting = { ...told, output: shown, text: what === null ? text : `“${what}” failed.` }
  const status = ui.status?.until === lane ? null : ui.status
  return step({ ...over, output: isMain ? null : ui.output, status, waiting }, RELOAD)
}

/** The state once a command was ended from here. */
export function cancelled(ui: UiState, action: Cancelled): Step {
  const status: Status = { kind: 'danger', text: action.text }
  const undo = undoAfter(ui, action)
  return step({ ...ui, ...undo, running: null, ...pastOf(ui, CANCELLED, status, AT_END), status }, RELOAD)
}
