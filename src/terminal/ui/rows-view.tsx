import { Box, Text } from 'ink'
import { harmless } from '../../printable.ts'
import type { Key } from './key.ts'
import { cutLine, type RichLine, span } from './rich-line.ts'
import { RichText } from './rich-text.tsx'
import { rowsWindow } from './rows-window.ts'
import type { UiState } from './state.ts'
import { padded, wrapped } from './text-width.ts'
import type { View, ViewProps, ViewStep } from './view.ts'

/** One thing of a view that is a list: what the cursor can be on. */
export interface ViewRow {
  /** The key of the task that it is about; null where it is about none. */
  readonly task: string | null
  /** Its lines in a width, as many for each width. */
  readonly lines: (width: number) => readonly RichLine[]
  readonly height?: number
  /** What it can be gone to by; nothing unless given. */
  readonly name?: string
}

export const lineRow = (line: (width: number) => RichLine, task: string | null = null): ViewRow => ({
  task,
  lines: (width) => [line(width)],
})

export const textRow = (text: string, role: Parameters<typeof span>[1] = 'text'): ViewRow =>
  lineRow(() => [span(text, role)])

export interface Cursor {
  readonly at: number
  /** The name of the row that is gone to, once it is there; `at` counts where there is none such. */
  readonly on?: string
}

/** What makes a list of a view: everything but the cursor and the drawing. */
export interface RowsSpec<D, R extends ViewRow> {
  readonly id: string
  readonly title: string
  readonly key: string
  readonly isWide: boolean
  readonly asks: View<Cursor, D>['asks']
  /** The rows; of what a command has answered where one is asked. */
  readonly rows: (ui: UiState, data: D | null) => readonly R[]
  /** Names of columns, above the rows. */
  readonly head?: (width: number, ui: UiState) => RichLine
  /** What is said where there are no rows; of what a command has answered where one is asked. */
  readonly none: string | ((data: D | null) => string)
  readonly keys: View['keys']
  /** What a key does with the row that the cursor is on. */
  readonly act?: (key: Key, row: R, ui: UiState) => Omit<ViewStep<Cursor>, 'state'> | null
}

/** In front of each row, where the cursor is. */
const GUTTER = 2

/** Lines of a page: a page down leaves some of what was seen. */
const pageOf = ({ size }: UiState) => Math.max(1, size.rows - 8)

function moved(key: Key, at: number, count: number, ui: UiState): number | null {
  const to: Readonly<Record<string, number>> = {
    down: at + 1,
    j: at + 1,
    up: at - 1,
    k: at - 1,
    pagedown: at + pageOf(ui),
    'ctrl+d': at + pageOf(ui),
    pageup: at - pageOf(ui),
    'ctrl+b': at - pageOf(ui),
    home: 0,
    g: 0,
    end: count - 1,
    G: count - 1,
  }
  const asked = to[key.name]
  return asked === undefined ? null : Math.max(0, Math.min(asked, count - 1))
}

const plain = (line: RichLine) => line.map(({ text }) => text).join('')
const safe = (line: RichLine): RichLine => line.map((each) => ({ ...each, text: harmless(each.text) }))

/** The lines of the rows around the cursor, which is a sign too: nothing is told by colour alone. */
export function drawnRows(
  rows: readonly ViewRow[],
  at: number,
  width: number,
  height: number,
): readonly RichLine[] {
  const [from, to] = rowsWindow(rows.length, at, height, (row) => rows[row]!.height ?? 1)
  return rows.slice(from, to).flatMap((row, i) =>
    row.lines(width - GUTTER).map((drawn, k): RichLine => {
      const line = cutLine(safe(drawn), width - GUTTER)
      if (from + i !== at) return [span('  '), ...line]
      return [span(padded(`${k === 0 ? '> ' : '  '}${plain(line)}`, width), 'selection')]
    }),
  )
}

/** A view that is a list of rows. */
export function rowsView<D, R extends ViewRow = ViewRow>(spec: RowsSpec<D, R>): View<Cursor, D> {
  const { id, title, key, isWide, asks, keys, head, none } = spec
  // They are made once for each answer and each reading of the tasks, not at each key.
  let last: { data: D | null; source: UiState['source']; rows: readonly R[] } | null = null
  const rowsOf = (ui: UiState, data: D | null) => {
    if (last?.data !== data || last.source !== ui.source) {
      last = { data, source: ui.source, rows: spec.rows(ui, data) }
    }
    return last.rows
  }
  const placeIn = (rows: readonly R[], { at, on }: Cursor) => {
    const named = on === undefined ? -1 : rows.findIndex(({ name }) => name === on)
    return named < 0 ? Math.max(0, Math.min(at, rows.length - 1)) : named
  }
  const Component = ({ state, data, theme, width, height, ui }: ViewProps<Cursor, D>) => {
    if (data === null && asks(ui) !== null) return <Text>{`  reading ${title.toLowerCase()} …`}</Text>
    const rows = rowsOf(ui, data)
    const above = head ? [cutLine([span('  '), ...head(width - GUTTER, ui)], width)] : []
    const lines =
      rows.length === 0
        ? wrapped(typeof none === 'string' ? none : none(data), width - GUTTER).map((line) => [
            span(`  ${line}`, 'muted'),
          ])
        : drawnRows(rows, placeIn(rows, state), width, height - above.length)
    return (
      <Box flexDirection="column">
        <RichText lines={[...above, ...lines].map((line) => cutLine(line, width))} theme={theme} />
      </Box>
    )
  }
  return {
    id,
    title,
    key,
    isWide,
    asks,
    keys,
    initial: { at: 0 },
    update: (state, pressed, ui, data) => {
      if (ui.focus !== 'list') return null
      const rows = rowsOf(ui, data)
      const at = placeIn(rows, state)
      const to = moved(pressed, at, rows.length, ui)
      if (to !== null) return { state: { at: to } }
      const row = rows[at]
      const done = row && spec.act ? spec.act(pressed, row, ui) : null
      return done && { state: { at }, ...done }
    },
    focus: (state, ui, data) => {
      const rows = rowsOf(ui, data)
      return rows[placeIn(rows, state)]?.task ?? null
    },
    at: ({ state, data, ui, height }, _, y) => {
      const rows = rowsOf(ui, data)
      const above = head ? 1 : 0
      const heightOf = (row: number) => rows[row]!.height ?? 1
      const [from, to] = rowsWindow(rows.length, placeIn(rows, state), height - above, heightOf)
      let bottom = above
      for (let row = from; row < to && y >= above; row++) {
        bottom += heightOf(row)
        if (y < bottom) return { at: row }
      }
      return null
    },
    Component,
  }
}
