import { sortedBy } from './filtering.ts'
import { ABOVE_ROWS, columnAt, columnsOf, layoutOf } from './layout.ts'
import type { Mouse } from './mouse.ts'
import { movedTo, scrolledBy } from './moves.ts'
import { scrolledOutput } from './output-lines.ts'
import { outputShown, type Step, step, type UiState } from './state.ts'
import { viewOf } from './views.ts'

/** Lines that one step of the wheel scrolls. */
export const WHEEL = 3

/** The cursor of the view that is open on what is at a place of it; as it is where nothing is there. */
function viewPressed(ui: UiState, x: number, y: number): UiState {
  const view = viewOf(ui.view)
  if (!view) return ui
  const slot = ui.views[view.id] ?? { state: view.initial, data: null, fault: null }
  const { width, height } = layoutOf(ui).list
  const state =
    slot.fault === null ? view.at({ state: slot.state, data: slot.data, ui, width, height }, x, y) : null
  return state === null ? ui : { ...ui, views: { ...ui.views, [view.id]: { ...slot, state } } }
}

function pressed(ui: UiState, { x, y }: Mouse): Step {
  const { list, task } = layoutOf(ui)
  if (task && x === task.x - 1 && y >= list.y) return step({ ...ui, isDragging: true })
  if (y < list.y || y >= list.y + list.height) return step(ui)
  if (task && x >= task.x) return step({ ...ui, focus: 'task' })
  // What a command has printed lies over a view that has no room beside it.
  if (!task && outputShown(ui)) return step(ui)
  if (ui.view !== 'list') return step(viewPressed({ ...ui, focus: 'list' }, x - list.x, y - list.y))
  if (y === list.y) {
    const sort = columnAt(columnsOf(list.width - 1, ui.source), x)?.sort
    return step(sort ? sortedBy(ui, sort) : ui)
  }
  const at = ui.top + y - ABOVE_ROWS
  return step(at < ui.found.length ? movedTo({ ...ui, focus: 'list' }, at) : ui)
}

function wheeled(ui: UiState, { kind, x }: Mouse): Step {
  const by = kind === 'up' ? -WHEEL : WHEEL
  const { task } = layoutOf(ui)
  const isBeside = task === null || x >= task.x
  if (isBeside && outputShown(ui)) return step(scrolledOutput(ui, by))
  if (isBeside) return step({ ...ui, scroll: Math.max(0, ui.scroll + by) })
  return step(scrolledBy(ui, by))
}

/** What the mouse does: the wheel scrolls, a click selects or sorts, and the divider can be dragged. */
export function mouseStep(ui: UiState, mouse: Mouse): Step {
  if (ui.overlay) return step(ui)
  switch (mouse.kind) {
    case 'press':
      return pressed(ui, mouse)
    case 'drag': {
      if (!ui.isDragging) return step(ui)
      const split = Math.round((mouse.x * 100) / layoutOf(ui).width)
      return step(movedTo({ ...ui, split: Math.max(20, Math.min(80, split)) }, ui.at))
    }
    case 'release':
      return step({ ...ui, isDragging: false })
    case 'up':
    case 'down':
      return wheeled(ui, mouse)
  }
}
