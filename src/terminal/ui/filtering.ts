import { PRIORITIES, TASK_TYPES } from '../../../schemas/vocabulary.ts'
import { ASKED_STATUSES } from '../../query/filter.ts'
import type { SortKey } from '../../query/sort.ts'
import { lineOf } from './line-edit.ts'
import { filteredBy, selectedAgain } from './moves.ts'
import { type Option, type Step, step, type UiState } from './state.ts'
import { NO_FILTER, type TaskFilter } from './task-source.ts'

/** Asks to choose one of many, which can be narrowed by writing. */
export const choose = (ui: UiState, title: string, options: readonly Option[], isNarrowed = true): Step =>
  step({
    ...ui,
    overlay: { kind: 'choose', title, options, chosen: 0, line: isNarrowed ? lineOf('') : null },
  })

const option = (label: string, take: Option['take'], key: string | null = null): Option => ({
  key,
  label,
  take,
})

/** Asks for the value of one part of the filter. */
function chooseFilter<K extends keyof TaskFilter>(
  ui: UiState,
  title: string,
  field: K,
  values: readonly TaskFilter[K][],
): Step {
  const any = NO_FILTER[field]
  const all = [any, ...values.filter((value) => value !== any)]
  return choose(
    ui,
    title,
    all.map((value) =>
      option(value === null ? 'any' : String(value), (state) =>
        step(filteredBy(state, { ...state.filter, [field]: value })),
      ),
    ),
  )
}

export const chooseStatus = (ui: UiState) => chooseFilter(ui, 'Status', 'status', ASKED_STATUSES)
export const chooseType = (ui: UiState) => chooseFilter(ui, 'Type', 'type', TASK_TYPES)
export const choosePriority = (ui: UiState) =>
  chooseFilter(ui, 'Priority', 'priority', [...PRIORITIES].reverse())
export const chooseLabel = (ui: UiState) => chooseFilter(ui, 'Label', 'label', ui.source.values('label'))
export const chooseAssignee = (ui: UiState) =>
  chooseFilter(ui, 'Assignee', 'assignee', ui.source.values('assignee'))

export const toggleOverdue = (ui: UiState): Step =>
  step(filteredBy(ui, { ...ui.filter, overdue: !ui.filter.overdue }))

export const clearFilter = (ui: UiState): Step => step(selectedAgain(ui, { filter: NO_FILTER }))

/** Keys that can be sorted by, with a letter for each. */
const SORTS: readonly (readonly [string, SortKey])[] = [
  ['u', 'urgency'],
  ['n', 'number'],
  ['t', 'title'],
  ['s', 'status'],
  ['p', 'priority'],
  ['y', 'type'],
  ['d', 'deadline'],
  ['a', 'assignee'],
  ['c', 'created'],
  ['m', 'updated'],
  ['e', 'estimate'],
  ['r', 'repository'],
]

/** What is newest or largest comes first where that is what one looks for. */
const DESCENDING: readonly SortKey[] = ['created', 'updated']

/** Sorts by a key; by the one that is sorted by already, the other way round. */
export function sortedBy(ui: UiState, key: SortKey): UiState {
  const descending = ui.sort.key === key ? !ui.sort.descending : DESCENDING.includes(key)
  return selectedAgain(ui, { sort: { key, descending }, filter: { ...ui.filter, ranked: null } })
}

export const chooseSort = (ui: UiState): Step =>
  choose(
    ui,
    'Sort by (again: the other way round)',
    SORTS.map(([key, name]) => option(name, (state) => step(sortedBy(state, name)), key)),
    false,
  )

/** What the filter lets through, in words, its status first. */
export function saidOfFilter(filter: TaskFilter): readonly string[] {
  const { status, type, priority, label, assignee, overdue, text, ranked, isCut } = filter
  return [
    status,
    type,
    priority,
    label === null ? null : `label ${label}`,
    assignee === null ? null : `of ${assignee}`,
    overdue ? 'overdue' : null,
    text === '' ? null : `“${text}”`,
    ranked ? (isCut ? `ranked, ${ranked.length} of more` : 'ranked') : null,
  ].filter((part) => part !== null)
}
