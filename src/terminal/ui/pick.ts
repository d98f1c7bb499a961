import type { Entry as Choice, Ranked } from '../palette/entry.ts'
import { lineOf } from './line-edit.ts'
import { movedBy } from './moves.ts'
import { type Overlay, type Step, step, type UiState } from './state.ts'

type Pick = Extract<Overlay, { readonly kind: 'pick' }>

/** A list that narrows with what is typed, and what becomes of an entry that is chosen. */
export interface PickOptions<T> {
  readonly title: string
  readonly list: (ui: UiState, typed: string) => readonly Ranked<T>[]
  readonly taken: (ui: UiState, entry: Choice<T>) => Step
  readonly isPalette?: boolean
}

/** Lets somebody choose from a list by some letters. */
export function pick<T>(ui: UiState, { title, list, taken, isPalette = false }: PickOptions<T>): Step {
  const overlay: Pick = {
    kind: 'pick',
    title,
    isPalette,
    line: lineOf(''),
    found: list(ui, ''),
    chosen: 0,
    back: -1,
    list,
    // It is called with entries of its own list only.
    taken: taken as Pick['taken'],
  }
  // The list has less room now, and its cursor stays in sight.
  return step(movedBy({ ...ui, overlay }, 0))
}

/** The list after what it is made of was read again: what was gone to stays chosen, wherever it is now. */
export function pickedAgain(ui: UiState): UiState {
  const { overlay } = ui
  if (overlay?.kind !== 'pick') return ui
  const found = overlay.list(ui, overlay.line.text)
  const before = overlay.chosen > 0 ? overlay.found[overlay.chosen]?.entry : undefined
  const at = before
    ? found.findIndex(({ entry }) => entry.kind === before.kind && entry.text === before.text)
    : -1
  return { ...ui, overlay: { ...overlay, found, chosen: Math.max(0, at) } }
}
