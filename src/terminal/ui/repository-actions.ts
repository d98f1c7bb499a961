import { choose } from './filtering.ts'
import { entryInFocus } from './moves.ts'
import { type Step, step, type UiState } from './state.ts'
import { asking, run, runQuickly, said, whenFree, whenQuickIsFree } from './task-actions.ts'

/** The repository of the task in focus, where there are several; else the one around, which needs no name. */
function repositoryInFocus(ui: UiState): string | null {
  const { places, isSeveral } = ui.source
  return isSeveral ? (places[entryInFocus(ui)?.place ?? 0]?.name ?? null) : null
}

const inRepository = (name: string | null): string[] => (name === null ? [] : [`--repo=${name}`])

/** Writes words into a task, of the repository that the question names. */
export const create = whenQuickIsFree((ui) => {
  const name = repositoryInFocus(ui)
  const title = name === null ? 'New task, in words:' : `New task in ${name}, in words:`
  return asking(ui, title, (state, text) => {
    const commands = [['task', 'create', '--yes', ...inRepository(name), '--', text]]
    return runQuickly(state, { title: 'Create', did: 'Created', commands }, name === null ? [] : [name])
  })
})

function undoIn(ui: UiState, names: readonly string[]): Step {
  const commands = names.map((name) => ['task', 'undo', ...inRepository(name)])
  return run(ui, { title: `Undo in ${names.join(' and ')}`, did: 'Undone', commands }, names)
}

/**
 * Takes the last command back. Of several repositories that is the one of the task in focus, unless something was last
 * done here in another: then which is meant is asked.
 */
export const undo = whenFree((ui) => {
  if (!ui.source.isSeveral) return run(ui, { title: 'Undo', did: 'Undone', commands: [['task', 'undo']] })
  const name = repositoryInFocus(ui)
  const known = ui.acted.filter((acted) => ui.source.places.some((place) => place.name === acted))
  if (name === null) return said(ui, 'There is no repository here to undo something in.')
  if (known.length === 0 || (known.length === 1 && known[0] === name)) return undoIn(ui, [name])
  const options = [
    { key: 'y', label: `in ${known.join(' and ')}, of what was last done here`, names: known },
    { key: 'o', label: `in ${name}, where the task in focus is`, names: [name] },
  ].map(({ key, label, names }) => ({ key, label, take: (state: UiState) => undoIn(state, names) }))
  return choose(ui, 'Undo the last command', [...options, { key: 'n', label: 'no', take: step }], false)
})

/** Syncs the repository of the task in focus; of several it is asked whether all are meant. */
export const sync = whenFree((ui) => {
  const name = repositoryInFocus(ui)
  if (name === null) return run(ui, { title: 'Sync', did: 'Synced', commands: [['sync']] })
  const names = ui.source.places.map((place) => place.name)
  const syncIn = (state: UiState, chosen: readonly string[], title: string) => {
    const commands = [['sync', `--repo=${chosen.join(',')}`]]
    return run(state, { title: `Sync ${title}`, did: `Synced ${title}`, commands }, ui.acted)
  }
  const all = `all ${names.length} repositories`
  const options = [
    { key: 'y', label: name, take: (state: UiState) => syncIn(state, [name], name) },
    { key: 'a', label: all, take: (state: UiState) => syncIn(state, names, all) },
    { key: 'n', label: 'none', take: step },
  ]
  return names.length === 1 ? syncIn(ui, [name], name) : choose(ui, 'Sync', options, false)
})
