import { harmlessText } from '../../printable.ts'
import { SORT_KEYS, type SortKey } from '../../query/sort.ts'
import { failureHeight } from './failure-lines.ts'
import type { UiState } from './state.ts'
import type { TaskRow, TaskSource } from './task-source.ts'
import { cut, padded, widthOf, wrapped } from './text-width.ts'
import { priorityRole, type Role, statusRole } from './theme.ts'
import { viewOf } from './views.ts'

/** The least that anything useful can be shown in. */
export const LEAST = { columns: 60, rows: 12 }

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly list: Area
  /** null where a view takes the whole width. */
  readonly task: Area | null
  /** Lines for what is said and asked, above the footer. */
  readonly bottom: number
}

/** Most lines that the choice of something takes. */
export const MOST_OPTIONS = 8

/** Most lines of the palette. */
const MOST_ENTRIES = 14
/** Most lines that what is said takes; `v` shows the rest. */
const MOST_SAID = 6

/** Lines that what is said and asked takes. */
function bottomOf({ overlay, size, status, waiting, running }: UiState): number {
  const texts = status ? [status.text, ...(status.notes ?? [])] : []
  const lines = texts.reduce((sum, text) => sum + wrapped(harmlessText(text), size.columns - 3).length, 0)
  const most = Math.min(MOST_SAID, size.rows - 8)
  if (overlay === null || overlay.kind === 'help')
    return Math.max(1, Math.min((waiting ? 1 : 0) + Math.max(lines, running === null ? 0 : 1), most))
  if (overlay.kind === 'ask') return 1 + (status?.kind === 'danger' ? Math.min(lines, most) : 0)
  const options = Math.max(1, Math.min(MOST_OPTIONS, size.rows - 8))
  if (overlay.kind === 'choose') return 1 + Math.min(options, overlay.options.length)
  if (overlay.kind === 'pick') return 1 + Math.max(1, Math.min(MOST_ENTRIES, size.rows - 10))
  if (overlay.kind === 'failure') {
    return Math.min(size.rows - 6, failureHeight(overlay, size.columns))
  }
  return 1
}

/** Lines above the rows of a list: the header, and the names of the columns. */
export const ABOVE_ROWS = 2

export function layoutOf(ui: UiState): Layout {
  const { columns: width, rows: height } = ui.size
  const bottom = bottomOf(ui)
  const body = { y: 1, height: Math.max(1, height - 2 - bottom) }
  if (viewOf(ui.view)?.isWide) {
    return { width, height, bottom, list: { x: 0, width, ...body }, task: null }
  }
  const left = Math.min(Math.max(24, Math.round((width * ui.split) / 100)), width - 24)
  return {
    width,
    height,
    bottom,
    list: { x: 0, width: left, ...body },
    // Between the two there is the divider.
    task: { x: left + 1, width: width - left - 1, ...body },
  }
}

/** Rows of tasks that are on the screen. */
export const rowsShown = (ui: UiState): number => Math.max(1, layoutOf(ui).list.height - 1)

/** A column of the list. */
export interface ListColumn {
  readonly name: string
  readonly title: string
  /** null where it cannot be sorted by. */
  readonly sort: SortKey | null
  readonly width: number
  readonly isRight: boolean
  readonly x: number
  readonly value: (row: TaskRow, width: number) => string
  readonly role: (row: TaskRow) => Role
}

type Spec = Omit<ListColumn, 'x' | 'isRight' | 'sort'> & { readonly isRight?: boolean; readonly from: number }

const plain = (): Role => 'text'

/** Columns of a number without its repository. */
const NUMBER = 5

/** Columns with the width of the list from which on they are shown; the title takes what is left. */
const SPECS: readonly Spec[] = [
  {
    name: 'number',
    title: '#',
    width: NUMBER,
    from: 0,
    isRight: true,
    value: (row) => `${row.number}`,
    role: plain,
  },
  {
    name: 'status',
    title: 'STATUS',
    width: 11,
    from: 31,
    value: (row) => row.status,
    role: ({ status }) => statusRole(status),
  },
  {
    name: 'priority',
    title: 'PRIORITY',
    width: 8,
    from: 50,
    value: (row) => row.priority,
    role: ({ priority }) => priorityRole(priority),
  },
  { name: 'title', title: 'TITLE', width: 0, from: 0, value: (row) => row.title, role: plain },
  { name: 'labels', title: 'LABELS', width: 14, from: 84, value: (row) => row.labels, role: () => 'info' },
  { name: 'assignee', title: 'ASSIGNEE', width: 12, from: 98, value: (row) => row.assignee, role: plain },
  {
    name: 'deadline',
    title: 'DEADLINE',
    width: 11,
    from: 72,
    value: (row) => (row.late ? `${row.deadline.slice(0, 10)}!` : row.deadline.slice(0, 10)),
    role: ({ late }) => (late ? 'danger' : 'text'),
  },
  {
    name: 'updated',
    title: 'UPDATED',
    width: 10,
    from: 112,
    value: (row) => row.updated,
    role: () => 'muted',
  },
]

const isSortKey = (name: string): name is SortKey => (SORT_KEYS as readonly string[]).includes(name)

/** In front of the columns: the mark, and what was just changed. */
export const GUTTER = 2

/** `akosha#4`, of whose name the end goes where there is no room. */
function refValue({ repository, number }: TaskRow, width: number): string {
  const last = `#${number}`
  return cut(repository, width - last.length) + last
}

/** The columns of a list of several repositories: there a number alone names no task. */
function specsOfSeveral(width: number, { places }: TaskSource): Spec[] {
  const refs = places.map(({ name, snapshot }) => widthOf(name) + 1 + `${snapshot.slots}`.length)
  const own = Math.min(Math.max(...refs), Math.max(10, Math.floor(width / 3)))
  return SPECS.map((spec) =>
    spec.name === 'number'
      ? { ...spec, width: own, isRight: false, value: refValue }
      : { ...spec, from: spec.from === 0 ? 0 : spec.from + own - NUMBER },
  )
}

/** The columns that a list of a width has, and where they are. */
export function columnsOf(width: number, source: TaskSource): ListColumn[] {
  const specs = source.isSeveral && source.places.length > 0 ? specsOfSeveral(width, source) : SPECS
  const shown = specs.filter(({ from }) => width >= from)
  const taken = shown.reduce((sum, column) => sum + column.width + 1, GUTTER) - 1
  let x = GUTTER
  return shown.map(({ from: _, isRight = false, ...spec }) => {
    const own = spec.name === 'title' ? Math.max(4, width - taken) : spec.width
    const column = { ...spec, isRight, width: own, x, sort: isSortKey(spec.name) ? spec.name : null }
    x += own + 1
    return column
  })
}

/** The column at a place of the list; null between two. */
export const columnAt = (columns: readonly ListColumn[], x: number): ListColumn | null =>
  columns.find((column) => x >= column.x && x < column.x + column.width) ?? null

/** The names of the columns as one line, the one that is sorted by marked. */
export function headLine(columns: readonly ListColumn[], { sort }: UiState): string {
  const names = columns.map(({ name, title, width, isRight }) => {
    const arrow = name === sort.key ? (sort.descending ? '▼' : '▲') : ''
    return padded(`${title}${arrow}`, width, isRight)
  })
  return ' '.repeat(GUTTER) + names.join(' ')
}
