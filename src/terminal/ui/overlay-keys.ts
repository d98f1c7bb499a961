import { lineToSee } from '../palette/entry.ts'
import { type ListKey, listMove } from '../palette/list-move.ts'
import { runLine } from './command-line.ts'
import { mostScrolled } from './failure-lines.ts'
import type { Key } from './key.ts'
import { layoutOf } from './layout.ts'
import { edited, type Line, lineOf } from './line-edit.ts'
import { filteredBy, movedBy } from './moves.ts'
import { scrolledOutput } from './output-lines.ts'
import { pickedAgain } from './pick.ts'
import { type Option, type Overlay, type Step, step, type UiState } from './state.ts'
import { searchOf } from './view-documents.ts'

type Of<K extends Overlay['kind']> = Extract<Overlay, { readonly kind: K }>

/** The rest has its room again. */
const closed = (ui: UiState): UiState => movedBy({ ...ui, overlay: null }, 0)
const isLeft = ({ name }: Key) => name === 'escape' || name === 'ctrl+c'

/** Escape takes back one step of several, Ctrl+C all of them. */
function left(ui: UiState, { from }: Overlay, { name }: Key): Step {
  if (from === undefined || name !== 'escape') return step(closed(ui))
  // What it was made of may have been read again meanwhile.
  return step(movedBy(pickedAgain({ ...ui, overlay: from }), 0))
}

/**
 * What an answer leads to. Where that asks for more, the way back is kept; what is refused, with the reason said, can be
 * answered otherwise, or again.
 */
function onward(ui: UiState, from: Overlay, take: (state: UiState) => Step): Step {
  const { state, effects } = take({ ...closed(ui), status: null })
  const { overlay } = state
  if (overlay !== null) return step({ ...state, overlay: { ...overlay, from } }, ...effects)
  const isRefused = effects.length === 0 && state.status?.kind === 'danger'
  return isRefused ? step(movedBy({ ...state, overlay: from }, 0)) : { state, effects }
}

const moved = (at: number, by: number, length: number) => Math.max(0, Math.min(at + by, length - 1))
const BY: Readonly<Record<string, number>> = {
  up: -1,
  down: 1,
  'ctrl+p': -1,
  'ctrl+n': 1,
  tab: 1,
  'shift+tab': -1,
}

const PICK_MOVES: Readonly<Record<string, ListKey>> = {
  up: 'up',
  'ctrl+p': 'up',
  down: 'down',
  'ctrl+n': 'down',
  pageup: 'pageup',
  pagedown: 'pagedown',
}

function help(ui: UiState, overlay: Of<'help'>, { name }: Key): Step {
  const by = { up: -1, k: -1, down: 1, j: 1, pageup: -10, pagedown: 10, space: 10 }[name]
  if (by === undefined) return step(closed(ui))
  return step({ ...ui, overlay: { ...overlay, top: Math.max(0, overlay.top + by) } })
}

const NEEDED = 'It needs a value; Esc goes back.'

function ask(before: UiState, overlay: Of<'ask'>, key: Key): Step {
  const ui = before.status?.text === NEEDED ? { ...before, status: null } : before
  if (isLeft(key)) return left(ui, overlay, key)
  if (key.name !== 'return') return step({ ...ui, overlay: { ...overlay, line: edited(overlay.line, key) } })
  const text = overlay.line.text.trim()
  if (text === '' && !overlay.mayBeEmpty) {
    return step(movedBy({ ...ui, status: { kind: 'danger', text: NEEDED } }, 0))
  }
  const { state, effects } = onward(ui, overlay, (next) => overlay.answered(next, text))
  // What is refused later is asked again too.
  const asked = effects.map((effect) => (effect.kind === 'run' ? { ...effect, asked: overlay } : effect))
  return step(state, ...asked)
}

function search(ui: UiState, overlay: Of<'search'>, key: Key): Step {
  if (isLeft(key)) return step(filteredBy(closed(ui), overlay.before))
  if (key.name === 'up' || key.name === 'down') return step(movedBy(ui, key.name === 'up' ? -1 : 1))
  const { text } = overlay.line
  if (key.name === 'return') {
    // What is on the screen stays there while the index is asked.
    return text.trim() === '' ? step(closed(ui)) : step(closed(ui), searchOf(ui, text.trim()))
  }
  const line = edited(overlay.line, key)
  const next = { ...ui, overlay: { ...overlay, line } }
  if (line.text === text) return step(next)
  return step(filteredBy(next, { ...overlay.before, text: line.text, ranked: null }))
}

/** Entries that a page of the list has. */
const PAGE = 10

/** The list for another line. */
function retyped(ui: UiState, overlay: Of<'pick'>, line: Line, back = -1): Step {
  if (line.text === overlay.line.text) return step({ ...ui, overlay: { ...overlay, line } })
  return step({ ...ui, overlay: { ...overlay, line, found: overlay.list(ui, line.text), chosen: 0, back } })
}

function pick(ui: UiState, overlay: Of<'pick'>, key: Key): Step {
  if (isLeft(key)) return left(ui, overlay, key)
  if (key.name === 'ctrl+k') return step(closed(ui))
  const { line, found, chosen, back, isPalette } = overlay
  const entry = found[chosen]?.entry
  if (key.name === 'return') {
    const seen = entry ? lineToSee(entry, line.text) : null
    if (seen !== null) return retyped(ui, overlay, lineOf(seen))
    return entry ? onward(ui, overlay, (next) => overlay.taken(next, entry)) : step(ui)
  }
  if (key.name === 'tab') return retyped(ui, overlay, lineOf(entry?.line ?? line.text))
  const move = PICK_MOVES[key.name]
  if (move === undefined) return retyped(ui, overlay, edited(line, key))
  const history = isPalette ? ui.palette.history : []
  const next = listMove(move, { typed: line.text, active: chosen, back }, found.length, history, PAGE)
  if (next.typed !== line.text) return retyped(ui, overlay, lineOf(next.typed), next.back)
  return step({ ...ui, overlay: { ...overlay, chosen: next.active, back: next.back } })
}

/** The options that what is written lets through. */
export const optionsShown = ({ options, line }: Of<'choose'>): readonly Option[] => {
  const asked = line?.text.toLowerCase() ?? ''
  return options.filter(({ label }) => label.toLowerCase().includes(asked))
}

function choose(ui: UiState, overlay: Of<'choose'>, key: Key): Step {
  if (isLeft(key)) return left(ui, overlay, key)
  const shown = optionsShown(overlay)
  const take = (option: Option | undefined) => option && onward(ui, overlay, option.take)
  if (key.name === 'return') return take(shown[overlay.chosen]) ?? step(closed(ui))
  const by = BY[key.name]
  if (by !== undefined) {
    return step({ ...ui, overlay: { ...overlay, chosen: moved(overlay.chosen, by, shown.length) } })
  }
  if (overlay.line === null) {
    return take(overlay.options.find((option) => option.key === key.name)) ?? step(ui)
  }
  return step({ ...ui, overlay: { ...overlay, line: edited(overlay.line, key), chosen: 0 } })
}

/** What a recovery step leaves for its reader to fill in. */
const HOLE = '…'

/** A long message scrolls; below a short one, what the command has printed. */
function scrolledFailure(ui: UiState, overlay: Of<'failure'>, pages: number): Step {
  const { width, bottom } = layoutOf(ui)
  const most = mostScrolled(overlay, width, bottom)
  if (most === 0) return step(scrolledOutput(ui, pages * PAGE))
  const page = Math.max(1, Math.floor(bottom / 2) - 1)
  const top = Math.max(0, Math.min(overlay.top + pages * page, most))
  return step({ ...ui, overlay: { ...overlay, top } })
}

function failure(ui: UiState, overlay: Of<'failure'>, key: Key): Step {
  const { steps, chosen } = overlay
  const by = BY[key.name] ?? { j: 1, k: -1 }[key.name]
  if (by !== undefined)
    return step({ ...ui, overlay: { ...overlay, chosen: moved(chosen, by, steps.length) } })
  const pages = { pageup: -1, pagedown: 1 }[key.name]
  if (pages !== undefined) return scrolledFailure(ui, overlay, pages)
  const text = steps[chosen]
  if (key.name !== 'return' || text === undefined) return step(closed(ui))
  if (!text.includes(HOLE)) return runLine(closed(ui), text)
  const at = text.indexOf(HOLE)
  const line = { text: text.replace(HOLE, ''), cursor: at }
  return onward(ui, overlay, (next) =>
    step({ ...next, overlay: { kind: 'ask', title: 'Run:', line, answered: runLine } }),
  )
}

/** What a key does in what stands over the rest. */
export function overlayKey(ui: UiState, overlay: Overlay, key: Key): Step {
  switch (overlay.kind) {
    case 'help':
      return help(ui, overlay, key)
    case 'ask':
      return ask(ui, overlay, key)
    case 'search':
      return search(ui, overlay, key)
    case 'pick':
      return pick(ui, overlay, key)
    case 'choose':
      return choose(ui, overlay, key)
    case 'failure':
      return failure(ui, overlay, key)
  }
}
