import { findRepository } from '../../src/git/repository.ts'
import type { Place } from '../../src/query/place.ts'
import { openGitStore } from '../../src/store/git-store.ts'
import { paletteBefore } from '../../src/terminal/ui/palette.ts'
import type { RichLine } from '../../src/terminal/ui/rich-line.ts'
import { initialState, type UiState } from '../../src/terminal/ui/state.ts'
import { taskSource } from '../../src/terminal/ui/task-source.ts'
import { monochrome } from '../../src/terminal/ui/theme.ts'
import type { View, ViewStep } from '../../src/terminal/ui/view.ts'

/** The full-screen view over some places, with nothing done in it yet. */
export const uiOver = (...places: readonly Place[]): UiState =>
  initialState({
    size: { columns: 80, rows: 24 },
    theme: monochrome,
    source: taskSource(places, places.length > 1, '2026-11-20T10:00:00.000Z'),
    commands: {},
    palette: paletteBefore({}),
  })

/** The same over the repository in a directory. */
export async function uiIn(directory: string): Promise<UiState> {
  const store = openGitStore(await findRepository(directory))
  return uiOver({ name: store.name, nicknames: [], snapshot: await store.view() })
}

export const textOfLine = (line: RichLine): string =>
  line
    .map(({ text }) => text)
    .join('')
    .trimEnd()

/** A view with what its command has answered, keyed as a person does: what the last key came to. */
export function keyed<S, D>(view: View<S, D>, ui: UiState, data: D | null, ...keys: readonly string[]) {
  let last: ViewStep<S> = { state: view.initial }
  for (const name of keys) {
    last = view.update(last.state, { name, text: name }, ui, data) ?? { state: last.state }
  }
  return { ...last, focus: view.focus(last.state, ui, data) }
}
