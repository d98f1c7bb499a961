import type { LastCommand } from '../../undo-last.ts'
import { type Cancelled, cancelled, type Ended, ended, type Failed, failed } from './endings.ts'
import type { Key } from './key.ts'
import { bindingOf } from './key-table.ts'
import { layoutOf } from './layout.ts'
import type { Mouse } from './mouse.ts'
import { mouseStep, WHEEL } from './mouse-step.ts'
import {
  changedBetween,
  entryInFocus,
  movedBy,
  movedToTask,
  opened,
  saidOfChanges,
  selectedAgain,
} from './moves.ts'
import { outputKey } from './output-lines.ts'
import { overlayKey } from './overlay-keys.ts'
import { pickedAgain } from './pick.ts'
import { printedLines } from './printed-lines.ts'
import { undoOf } from './repository-actions.ts'
import { saidToo } from './said-too.ts'
import { newProblems } from './source-problems.ts'
import {
  type Effect,
  type GateSection,
  type GatesRead,
  type Lane,
  type LiveGate,
  outputShown,
  type PaletteData,
  type Status,
  type Step,
  step,
  type UiState,
} from './state.ts'
import { run, show } from './task-actions.ts'
import type { TaskSource } from './task-source.ts'
import type { ViewStep } from './view.ts'
import { searchOf } from './view-documents.ts'
import { VIEWS, viewOf } from './views.ts'

/** What happens to the view: to each there is one state that follows. */
export type Action =
  | { readonly kind: 'key'; readonly key: Key }
  | { readonly kind: 'pasted'; readonly text: string }
  | { readonly kind: 'mouse'; readonly mouse: Mouse }
  | { readonly kind: 'resize'; readonly columns: number; readonly rows: number }
  /** The tasks were read again. */
  | { readonly kind: 'loaded'; readonly source: TaskSource }
  /** What runs has printed something. */
  | { readonly kind: 'printed'; readonly text: string }
  /** How the gates that run are doing. */
  | { readonly kind: 'gates'; readonly gates: readonly LiveGate[] }
  /** What gates have printed in all, now that they have ended. */
  | ({ readonly kind: 'read' } & GatesRead)
  | Ended
  | Cancelled
  | Failed
  /** What the index has found: `isCut` where it has more than that. */
  | {
      readonly kind: 'searched'
      readonly words: string
      readonly keys: readonly string[]
      readonly isCut: boolean
      readonly isAgain?: boolean
    }
  | { readonly kind: 'viewed'; readonly id: string; readonly data: unknown; readonly fault: string | null }
  | { readonly kind: 'undoable'; readonly last: readonly LastCommand[] }
  /** What the palette finds things in was read. */
  | { readonly kind: 'palette'; readonly palette: PaletteData }
  | { readonly kind: 'said'; readonly status: Status | null }

/** Most lines that are kept of what a command prints. */
const MOST_LINES = 5000
/** The same once it has ended, with what its gates have printed: all that one may want to read. */
const MOST_AT_END = 200_000

/** What a view asks for by a key, done as the frame does such things. */
function ownStep(ui: UiState, { effects = [], presses, runs, shows }: ViewStep<unknown>): Step {
  if (presses !== undefined) return bindingOf(presses)?.run(ui) ?? step(ui)
  if (runs) return run(ui, runs)
  return shows ? show(ui, shows) : step(ui, ...effects)
}

function keyStep(ui: UiState, key: Key): Step {
  const taken = keyTaken(ui, key)
  // What is done where the terminal was given away is the last that was done here.
  const isAway = taken.effects.some(({ kind }) => kind === 'terminal')
  const next = isAway ? step({ ...taken.state, undo: null }, ...taken.effects) : taken
  // What was said of the last thing is over when the next begins.
  const begins = ui.running !== null || (next.state.overlay !== null && ui.overlay === null)
  const isOver = begins && next.state.status === ui.status
  const attended = begunBy(next)
  if (!isOver && attended === next.state.attended) return next
  return step({ ...next.state, attended, ...(isOver ? { status: null } : {}) }, ...next.effects)
}

/** What a step begins, which may fail. */
function begunBy({ effects }: Step): Lane | null {
  for (const effect of effects) {
    if (effect.kind === 'run') return effect.lane
    if (effect.kind === 'show' || effect.kind === 'search') return 'main'
  }
  return null
}

function keyTaken(ui: UiState, key: Key): Step {
  if (ui.overlay) return overlayKey(ui, ui.overlay, key)
  const quiet = ui.changed.size > 0 ? { ...ui, changed: new Set<string>() } : ui
  const scrolled = outputKey(quiet, key)
  if (scrolled) return step(scrolled)
  const view = viewOf(quiet.view)
  if (view) {
    const slot = quiet.views[view.id] ?? { state: view.initial, data: null, fault: null }
    const own = view.update(slot.state, key, quiet, slot.data)
    if (own) {
      const views = { ...quiet.views, [view.id]: { ...slot, state: own.state } }
      return ownStep({ ...quiet, views }, own)
    }
  }
  const asked = VIEWS.find((each) => each.key === key.name)
  if (asked) return opened(quiet, asked.id)
  return bindingOf(key.name)?.run(quiet) ?? step(quiet)
}

/** What is pasted is text where something is being written, and never keys. */
function pasted(ui: UiState, text: string): Step {
  const { overlay } = ui
  if (overlay && 'line' in overlay && overlay.line) return overlayKey(ui, overlay, { name: 'paste', text })
  const said = 'Pasted text needs a line to go to: n, / and : open one. Nothing was done.'
  return step({ ...ui, status: { kind: 'info', text: said } })
}

/** The wheel over a view is as many arrows there; null where it is over something else. */
function wheelInView(ui: UiState, { kind, x }: Mouse): Step | null {
  const { task } = layoutOf(ui)
  const isOutput = outputShown(ui) !== null && task === null
  const isOver = viewOf(ui.view) !== null && ui.overlay === null && !isOutput && !(task && x >= task.x)
  if (!isOver || (kind !== 'up' && kind !== 'down')) return null
  const key = { name: kind, text: '' }
  let next = step({ ...ui, focus: 'list' })
  for (let i = 0; i < WHEEL; i++) {
    const { state, effects } = keyStep(next.state, key)
    next = step(state, ...next.effects, ...effects)
  }
  return step({ ...next.state, focus: ui.focus }, ...next.effects)
}

/** The tasks as they are now; what others have changed is told, what was done here is known. What cannot be read is told once. */
function loaded(ui: UiState, source: TaskSource): Step {
  const changed = changedBetween(ui.source, source)
  const again = selectedAgain(ui, { source })
  const made = ui.made === null ? null : source.entryOf(ui.made)
  const next = made === null ? again : { ...movedToTask(again, made), made: null }
  const live = new Set([...ui.marked].filter((key) => source.entryOf(key) !== null))
  const kept = { ...next, marked: live }
  const view = viewOf(ui.view)
  const argv = view?.asks(kept)
  const { ranked, text } = kept.filter
  const asks: Effect[] = [
    ...(view && argv ? [{ kind: 'view' as const, id: view.id, argv }] : []),
    ...(ranked ? [searchOf(kept, text, true)] : []),
  ]
  const isSaid = ui.status !== null && ui.status.kind !== 'info'
  const isTold = changed.length > 0 && ui.running === null && ui.beside === null && !isSaid
  const changes = isTold ? saidOfChanges(ui.source, source, changed) : null
  const problems = newProblems(ui.source.problems, source.problems)
  if (problems.length > 0) {
    const status = saidToo(isSaid ? ui.status : null, [...problems, ...(changes === null ? [] : [changes])])
    return step(movedBy({ ...kept, ...(isTold ? { changed: new Set(changed) } : {}), status }, 0), ...asks)
  }
  if (changes === null) return step(kept, ...asks)
  return step({ ...kept, changed: new Set(changed), status: { kind: 'info', text: changes } }, ...asks)
}

function printed(ui: UiState, text: string): UiState {
  if (!ui.output) return ui
  const lines = [...ui.output.lines, ...printedLines(text)].slice(-MOST_LINES)
  return { ...ui, output: { ...ui.output, lines } }
}

/** What gates that passed have printed comes last: that others have failed is what one wants to know. */
function gatesRead(ui: UiState, { gates, sections }: GatesRead): UiState {
  if (!ui.output) return ui
  const { lines } = ui.output
  const text = lines.join('\n')
  const told = ({ head, lines: own }: GateSection) => ['', ...head, ...own]
  const fine = sections.filter(({ isFine }) => isFine).flatMap(told)
  const bad = sections.filter((each) => !each.isFine && !text.includes(each.lines.join('\n'))).flatMap(told)
  const all = [...lines, ...bad, ...fine].slice(0, MOST_AT_END)
  return { ...ui, output: { ...ui.output, gates, lines: all } }
}

/** The state that follows on an action, and what is to be done. Pure. */
export function update(ui: UiState, action: Action): Step {
  const { state, effects } = updated(ui, action)
  // What is read of one task says nothing of where another is to begin.
  if (state.scroll === 0 || state.scroll !== ui.scroll) return step(state, ...effects)
  const keyOf = (each: UiState) => {
    const entry = entryInFocus(each)
    return entry && each.source.keyOf(entry)
  }
  return step(keyOf(ui) === keyOf(state) ? state : { ...state, scroll: 0 }, ...effects)
}

function updated(ui: UiState, action: Action): Step {
  switch (action.kind) {
    case 'key':
      return keyStep(ui, action.key)
    case 'pasted':
      return pasted(ui, action.text)
    case 'mouse':
      return wheelInView(ui, action.mouse) ?? mouseStep(ui, action.mouse)
    case 'resize':
      return step(movedBy({ ...ui, size: { columns: action.columns, rows: action.rows } }, 0))
    case 'loaded':
      return loaded(ui, action.source)
    case 'printed':
      return step(printed(ui, action.text))
    case 'gates':
      return step(ui.output ? { ...ui, output: { ...ui.output, gates: action.gates } } : ui)
    case 'read':
      return step(gatesRead(ui, action))
    case 'ended':
      return ended(ui, action)
    case 'cancelled':
      return cancelled(ui, action)
    case 'failed':
      return failed(ui, action)
    case 'searched': {
      // Somebody may have gone on to another filter since.
      if (action.isAgain && !(ui.filter.ranked && ui.filter.text === action.words)) return step(ui)
      const filter = { ...ui.filter, text: action.words, ranked: action.keys, isCut: action.isCut }
      const next = selectedAgain(ui, { filter })
      return step(action.isAgain ? next : movedBy({ ...next, top: 0, at: 0 }, 0))
    }
    case 'viewed': {
      const view = viewOf(action.id)
      if (!view) return step(ui)
      const slot = ui.views[action.id] ?? { state: view.initial, data: null, fault: null }
      const next = { ...slot, data: action.data ?? slot.data, fault: action.fault }
      return step({ ...ui, views: { ...ui.views, [action.id]: next } })
    }
    case 'undoable':
      return undoOf(ui, action.last)
    case 'palette':
      return step(pickedAgain({ ...ui, palette: action.palette }))
    case 'said':
      return step({ ...ui, status: action.status })
  }
}
