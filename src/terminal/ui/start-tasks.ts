import type { Entry } from '../../query/place.ts'
import { entriesActedOn } from './moves.ts'
import type { Doing, UiState } from './state.ts'
import { NONE, namesOf, repositoriesOf, run, said, whenFree } from './task-actions.ts'

/** What takes back that work on several tasks was begun; of one, `mhv undo` does. */
function startUndo(ui: UiState, begun: readonly Entry[]): Pick<Doing, 'undo'> {
  if (begun.length < 2) return {}
  const commands = begun.map((entry) => ['task', 'undo', ui.source.wordOf(entry)])
  return { undo: { title: `Undo the start of ${namesOf(ui, begun)}`, did: 'Undone', commands } }
}

/** Work on several tasks is begun one by one: each gets a worktree of its own. */
export const startTasks = whenFree((ui) => {
  const all = entriesActedOn(ui)
  if (all.length === 0) return said(ui, NONE)
  // What goes on has nothing to take back: it comes last, behind what is begun.
  const isBegun = (entry: Entry) => ui.source.row(entry).status === 'in_progress'
  const begun = all.filter((entry) => !isBegun(entry))
  const entries = [...begun, ...all.filter(isBegun)]
  const commands = entries.map((entry) => ['task', 'start', ui.source.wordOf(entry)])
  const title = `Start ${namesOf(ui, entries)}`
  const doing = { title, did: 'Started', commands, ...startUndo(ui, begun) }
  return run(ui, doing, repositoriesOf(ui, entries))
})
