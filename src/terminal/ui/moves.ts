import type { Entry } from '../../query/place.ts'
import { AT, ROW_INTS } from '../../snapshot/row.ts'
import { rowsShown } from './layout.ts'
import { type Step, step, type UiState } from './state.ts'
import { type TaskSource, taskKey } from './task-source.ts'
import { VIEWS, viewOf } from './views.ts'

const within = (at: number, least: number, most: number) => Math.max(least, Math.min(at, most))

/** The state with the cursor at a position, as far as there are tasks, and the list scrolled to it. */
export function movedTo(ui: UiState, to: number): UiState {
  const at = within(to, 0, Math.max(0, ui.found.length - 1))
  const rows = rowsShown(ui)
  const top = within(within(ui.top, at - rows + 1, at), 0, Math.max(0, ui.found.length - rows))
  return { ...ui, at, top, scroll: at === ui.at ? ui.scroll : 0 }
}

export const movedBy = (ui: UiState, by: number): UiState => movedTo(ui, ui.at + by)

/** The list scrolled, and the cursor taken along where it would leave the screen. */
export function scrolledBy(ui: UiState, by: number): UiState {
  const rows = rowsShown(ui)
  const top = within(ui.top + by, 0, Math.max(0, ui.found.length - rows))
  return { ...ui, top, at: within(ui.at, top, Math.min(top + rows - 1, Math.max(0, ui.found.length - 1))) }
}

/** The task that the cursor is on, in the list or in a view. */
export function entryInFocus(ui: UiState): Entry | null {
  const view = viewOf(ui.view)
  if (!view) return ui.found[ui.at] ?? null
  const slot = ui.views[view.id]
  const key = view.focus(slot?.state ?? view.initial, ui, slot?.data ?? null)
  return key === null ? null : ui.source.entryOf(key)
}

/** The tasks that an action is for: those that are marked, or the one in focus. */
export function entriesActedOn(ui: UiState): readonly Entry[] {
  if (ui.marked.size > 0) return [...ui.marked].flatMap((key) => ui.source.entryOf(key) ?? [])
  const entry = entryInFocus(ui)
  return entry ? [entry] : []
}

/**
 * The same list from another source, or by another filter or order: the cursor stays on its task, or where that is not in
 * the list any more, in its place.
 */
export function selectedAgain(
  ui: UiState,
  more: Partial<Pick<UiState, 'source' | 'filter' | 'sort'>>,
): UiState {
  const entry = ui.found[ui.at]
  const key = entry ? ui.source.keyOf(entry) : null
  const next = { ...ui, ...more }
  const found = next.source.select(next.filter, next.sort)
  const again = key === null ? -1 : found.findIndex((each) => next.source.keyOf(each) === key)
  const moved = movedTo({ ...next, found }, again < 0 ? ui.at : again)
  return { ...moved, scroll: again < 0 ? 0 : ui.scroll }
}

/** By a new filter the first task is the one that is looked at. */
export function filteredBy(ui: UiState, filter: UiState['filter']): UiState {
  const found = ui.source.select(filter, ui.sort)
  return movedTo({ ...ui, filter, found, top: 0 }, 0)
}

/** The cursor on a task, if the list shows it. */
export function movedToTask(ui: UiState, { place, slot }: Entry): UiState {
  const at = ui.found.findIndex((entry) => entry.place === place && entry.slot === slot)
  return at < 0 ? ui : movedTo(ui, at)
}

/** Without what a command has printed; what it prints goes on out of sight. */
export const withoutOutput = (ui: UiState): UiState => ({
  ...ui,
  output: ui.output?.code === null ? { ...ui.output, isHidden: true } : null,
})

/** Opens a view, and asks for what it shows. */
export function opened(ui: UiState, id: string): Step {
  const view = viewOf(id)
  const shows = { view: view ? id : 'list', focus: 'list', status: null } as const
  const next = movedTo({ ...withoutOutput(ui), ...shows }, ui.at)
  if (!view) return step(next)
  const slot = next.views[id] ?? { state: view.initial, data: null, fault: null }
  const shown = { ...next, views: { ...next.views, [id]: slot } }
  const argv = view.asks(shown)
  return argv === null ? step(shown) : step(shown, { kind: 'view', id, argv })
}

/** Opens the view that comes after the one that is open, or before it. */
export function openedNext(ui: UiState, by: 1 | -1): Step {
  const ids = ['list', ...VIEWS.map(({ id }) => id)]
  return opened(ui, ids[(ids.indexOf(ui.view) + by + ids.length) % ids.length]!)
}

/** How many changed tasks are named. */
const MOST_NAMED = 4

/** Keys of the tasks that are new or have changed from one source to the next. */
export function changedBetween(before: TaskSource, after: TaskSource): string[] {
  const sumsOf = ({ places }: TaskSource) => {
    const sums = new Map<string, number>()
    for (const { name, snapshot } of places) {
      snapshot.willRead('heads', snapshot.slots)
      for (let slot = 0; slot < snapshot.slots; slot++) {
        // Two checksums that the index keeps: a time says too little, since several changes may fall into one instant.
        const at = slot * ROW_INTS
        const sum = snapshot.columns[at + AT.JSON_SUM]! ^ snapshot.columns[at + AT.HEAD_SUM]!
        sums.set(taskKey(name, snapshot.head(slot).id), sum)
      }
    }
    return sums
  }
  const old = sumsOf(before)
  return [...sumsOf(after)].flatMap(([key, sum]) => (old.get(key) === sum ? [] : [key]))
}

/** What is said of tasks that others have changed, or made. */
export function saidOfChanges(before: TaskSource, source: TaskSource, keys: readonly string[]): string {
  const isNew = (key: string) => before.entryOf(key) === null
  const said = (word: string, all: readonly string[]): string[] => {
    const named = all.slice(0, MOST_NAMED).flatMap((key) => {
      const entry = source.entryOf(key)
      if (!entry) return []
      const { number, ref, title, status } = source.row(entry)
      return `${source.isSeveral ? ref : `#${number}`} ${title} (${status})`
    })
    const more = all.length > MOST_NAMED ? `, and ${all.length - MOST_NAMED} more` : ''
    return all.length === 0 ? [] : [`${word}: ${named.join(', ')}${more}`]
  }
  return [
    ...said(
      'Changed',
      keys.filter((key) => !isNew(key)),
    ),
    ...said('New', keys.filter(isNew)),
  ].join('; ')
}
