import type { LastCommand } from '../../undo-last.ts'
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

const MARK = /(?<!\S)@([\w.-]*\w)/g

/** The one repository that words name by `@`, among those that are listed, also where it cannot be read; null where none. */
function repositoryMarked({ source }: UiState, text: string): string | null {
  const places = source.places.map(({ name, nicknames }) => ({ name, called: [name, ...nicknames] }))
  const missing = source.problems.flatMap((each) => each.missing ?? [])
  const listed = [...places, ...missing.map((name) => ({ name, called: [name] }))]
  const marked = [...text.matchAll(MARK)].flatMap(([, word]) =>
    listed.filter(({ called }) => called.some((own) => own.toLowerCase() === word!.toLowerCase())),
  )
  const names = new Set(marked.map(({ name }) => name))
  return names.size === 1 ? [...names][0]! : null
}

/** Writes words into a task, of the repository that they name, else of the one that the question names. */
export const create = whenQuickIsFree((ui) => {
  const focused = repositoryInFocus(ui)
  const title = focused === null ? 'New task, in words:' : `New task in ${focused}, in words:`
  return asking(ui, title, (state, text) => {
    const name = focused === null ? null : (repositoryMarked(state, text) ?? focused)
    const commands = [['task', 'create', '--yes', ...inRepository(name), '--', text]]
    const doing = { title: 'Create', did: 'Created', commands, makes: true }
    return runQuickly(state, doing, name === null ? [] : [name])
  })
})

function undoIn(ui: UiState, names: readonly string[]): Step {
  const commands = names.map((name) => ['task', 'undo', ...inRepository(name)])
  return run(ui, { title: `Undo in ${names.join(' and ')}`, did: 'Undone', commands }, names)
}

/** Takes back what was done last here, or the last command. Of several repositories it has to be seen first in which that was. */
export const undo = whenFree((ui) => {
  if (ui.undo) return run(ui, ui.undo, ui.acted)
  return ui.source.isSeveral
    ? step(ui, { kind: 'undoable' })
    : run(ui, { title: 'Undo', did: 'Undone', commands: [['task', 'undo']] })
})

/**
 * Takes back what was done last of what can be, by whoever acts. Where that was not done here, or there is something in
 * other repositories too, it is asked.
 * @param last in each repository, the newest first
 */
export function undoOf(ui: UiState, last: readonly LastCommand[]): Step {
  if (ui.overlay !== null) return step(ui)
  const { acted } = ui
  // Times are in seconds: of one and the same, what was done here comes after the rest.
  const latest = last.filter(({ at }) => at === last[0]?.at)
  const newest = latest.find(({ repository }) => acted.includes(repository)) ?? latest[0]
  if (!newest) return said(ui, 'There is no recent command of yours in these repositories.')
  const isDoneHere = acted.length === 1 && acted[0] === newest.repository
  if (isDoneHere || last.length === 1) return undoIn(ui, [newest.repository])
  const each = last.map(({ repository, said: did }) => ({
    label: `in ${repository}: ${did}`,
    names: [repository],
  }))
  const all =
    acted.length > 1 ? [{ label: `in ${acted.join(' and ')}, what was last done here`, names: acted }] : []
  const options = [...all, ...each].map(({ label, names }, i) => ({
    key: i < 9 ? `${i + 1}` : null,
    label,
    take: (state: UiState) => undoIn(state, names),
  }))
  return choose(ui, 'Undo', [...options, { key: 'n', label: 'nothing', take: step }], false)
}

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
