import { Box } from 'ink'
import type { Status } from '../../../schemas/vocabulary.ts'
import { harmless } from '../../printable.ts'
import type { Entry } from '../../query/place.ts'
import { type RichLine, span } from './rich-line.ts'
import { RichText } from './rich-text.tsx'
import { rowsWindow } from './rows-window.ts'
import type { UiState } from './state.ts'
import { padded } from './text-width.ts'
import { priorityRole, statusRole } from './theme.ts'
import type { View, ViewProps } from './view.ts'

/** The columns, in the order of work; the last two only where there is something in them. */
const COLUMNS: readonly Status[] = ['pending', 'blocked', 'in_progress', 'completed', 'failed', 'cancelled']
const SPARE: readonly Status[] = ['failed', 'cancelled']

/** The keys of the frame that take a task to the next column in the order of work, and to the one before. */
const ONWARD: Partial<Readonly<Record<Status, string>>> = {
  pending: 's',
  blocked: 'B',
  in_progress: 'd',
  failed: 's',
}
const BACK: Partial<Readonly<Record<Status, string>>> = {
  pending: 'b',
  in_progress: 'b',
  completed: 'R',
  cancelled: 'R',
}

/** Where the cursor is: on a task, or where that is gone, in the place that it had. */
export interface BoardCursor {
  readonly status: Status
  readonly at: number
  readonly id: string | null
}

export interface BoardColumn {
  readonly status: Status
  readonly entries: readonly Entry[]
}

type Board = readonly BoardColumn[]

let last: { ui: Pick<UiState, 'source' | 'filter' | 'sort'>; board: Board } | null = null

/** The tasks that the filter lets through, whatever it says of their status, by that. Made once for each of them. */
export function boardOf(ui: UiState): Board {
  const { source, filter, sort } = ui
  if (last && last.ui.source === source && last.ui.filter === filter && last.ui.sort === sort)
    return last.board
  const groups = new Map<Status, Entry[]>(COLUMNS.map((status) => [status, []]))
  for (const entry of source.select({ ...filter, status: 'all' }, sort)) {
    groups.get(source.places[entry.place]!.snapshot.status(entry.slot))?.push(entry)
  }
  const board = COLUMNS.map((status) => ({ status, entries: groups.get(status)! })).filter(
    ({ status, entries }) => entries.length > 0 || !SPARE.includes(status),
  )
  last = { ui: { source, filter, sort }, board }
  return board
}

interface Place {
  readonly column: number
  readonly at: number
}

/** The place of the cursor as the board is now: it follows its task into another column. */
export function placeOf(board: Board, cursor: BoardCursor, ui: UiState): Place {
  const entry = cursor.id === null ? null : ui.source.entryOf(cursor.id)
  for (const [column, { entries }] of board.entries()) {
    const at = entry
      ? entries.findIndex(({ place, slot }) => place === entry.place && slot === entry.slot)
      : -1
    if (at >= 0) return { column, at }
  }
  const column = Math.max(
    0,
    board.findIndex(({ status }) => status === cursor.status),
  )
  return { column, at: Math.max(0, Math.min(cursor.at, board[column]!.entries.length - 1)) }
}

function cursorAt(board: Board, { column, at }: Place, ui: UiState): BoardCursor {
  const { status, entries } = board[Math.max(0, Math.min(column, board.length - 1))]!
  const place = Math.max(0, Math.min(at, entries.length - 1))
  const entry = entries[place]
  return { status, at: place, id: entry ? ui.source.keyOf(entry) : null }
}

const STEPS: Readonly<Record<string, (place: Place, page: number) => Place>> = {
  left: ({ column, at }) => ({ column: column - 1, at }),
  right: ({ column, at }) => ({ column: column + 1, at }),
  up: ({ column, at }) => ({ column, at: at - 1 }),
  k: ({ column, at }) => ({ column, at: at - 1 }),
  down: ({ column, at }) => ({ column, at: at + 1 }),
  j: ({ column, at }) => ({ column, at: at + 1 }),
  pageup: ({ column, at }, page) => ({ column, at: at - page }),
  pagedown: ({ column, at }, page) => ({ column, at: at + page }),
  home: ({ column }) => ({ column, at: 0 }),
  g: ({ column }) => ({ column, at: 0 }),
  end: ({ column }) => ({ column, at: Number.MAX_SAFE_INTEGER }),
  G: ({ column }) => ({ column, at: Number.MAX_SAFE_INTEGER }),
}

/** What tells how pressing a card is, besides its colour. */
const PRESSING: Readonly<Record<string, string>> = { critical: '!! ', high: '! ' }

function cardLine(ui: UiState, entry: Entry, width: number, isChosen: boolean): RichLine {
  const { source, marked } = ui
  const row = source.row(entry)
  const sign = `${isChosen ? '>' : ' '}${marked.has(row.key) ? '*' : ' '}`
  const name = source.isSeveral ? row.ref : `#${row.number}`
  const pressing = PRESSING[row.priority] ?? ''
  const title = harmless(`${row.status === 'waiting' ? '(waiting) ' : ''}${row.title}`)
  if (isChosen) return [span(padded(`${sign}${name} ${pressing}${title}`, width), 'selection')]
  const room = width - sign.length - name.length - 1 - pressing.length
  return [
    span(sign, 'accent'),
    span(`${name} `, 'muted'),
    span(pressing, priorityRole(row.priority)),
    span(padded(title, room), row.status === 'waiting' ? 'muted' : 'text'),
  ]
}

interface ColumnProps {
  readonly ui: UiState
  readonly column: BoardColumn
  /** The card that the cursor is on; null where it is in another column. */
  readonly chosen: number | null
  readonly width: number
  readonly height: number
}

function columnLines({ ui, column, chosen, width, height }: ColumnProps): RichLine[] {
  const { status, entries } = column
  const [from, to] = rowsWindow(entries.length, chosen ?? 0, height - 1, () => 1)
  return [
    [span(padded(`  ${status} ${entries.length}`, width), statusRole(status), { bold: true })],
    ...entries.slice(from, to).map((entry, i) => cardLine(ui, entry, width, from + i === chosen)),
    ...(entries.length === 0 && chosen !== null ? [[span(padded('> (none)', width), 'selection')]] : []),
  ]
}

/** A column is useful from that width on; where there is less room, those around the cursor are shown. */
const LEAST_WIDTH = 18

/** The columns that are shown, and the width of each. */
function columnsShown(board: Board, { column }: Place, width: number) {
  const most = Math.max(1, Math.floor(width / LEAST_WIDTH))
  const [from, to] = rowsWindow(board.length, column, most, () => 1)
  return { from, to, each: Math.floor(width / (to - from)) }
}

/** The cursor on the card at a place of the board, or on the column whose name is there, or that has no more cards. */
const boardAt: View<BoardCursor, null>['at'] = ({ state, ui, width, height }, x, y) => {
  const board = boardOf(ui)
  const place = placeOf(board, state, ui)
  const { from, to, each } = columnsShown(board, place, width)
  const column = from + Math.floor(x / each)
  if (column >= to) return null
  const count = board[column]!.entries.length
  const [first, behind] = rowsWindow(count, column === place.column ? place.at : 0, height - 1, () => 1)
  return cursorAt(board, { column, at: Math.max(first, Math.min(first + y - 1, behind - 1)) }, ui)
}

function BoardPane({ state, theme, width, height, ui }: ViewProps<BoardCursor, null>) {
  const board = boardOf(ui)
  const place = placeOf(board, state, ui)
  const { from, to, each } = columnsShown(board, place, width)
  return (
    <Box width={width} height={height} overflow="hidden">
      {board.slice(from, to).map((column, i) => {
        const chosen = from + i === place.column ? place.at : null
        const lines = columnLines({ ui, column, chosen, width: each - 1, height })
        return (
          <Box key={column.status} flexDirection="column" width={each} height={height} overflow="hidden">
            <RichText lines={lines} theme={theme} />
          </Box>
        )
      })}
    </Box>
  )
}

/** Tasks in columns by their status. */
export const boardView: View<BoardCursor, null> = {
  id: 'board',
  title: 'Board',
  key: '2',
  isWide: true,
  isFiltered: true,
  asks: () => null,
  initial: { status: 'pending', at: 0, id: null },
  update: (cursor, key, ui) => {
    const board = boardOf(ui)
    const place = placeOf(board, cursor, ui)
    const to = STEPS[key.name]?.(place, Math.max(1, ui.size.rows - 8))
    if (to) return { state: cursorAt(board, to, ui) }
    const { status, entries } = board[place.column]!
    if (entries.length === 0 || (key.name !== '.' && key.name !== ',')) return null
    const state = cursorAt(board, place, ui)
    const pressed = (key.name === '.' ? ONWARD : BACK)[status]
    return pressed ? { state, presses: pressed } : { state }
  },
  focus: (cursor, ui) => {
    const board = boardOf(ui)
    const { column, at } = placeOf(board, cursor, ui)
    const entry = board[column]!.entries[at]
    return entry ? ui.source.keyOf(entry) : null
  },
  keys: [
    ['←→', 'column'],
    ['.', 'move onward: start, unblock, complete'],
    [',', 'move back: block, reopen'],
  ],
  at: boardAt,
  Component: BoardPane,
}
