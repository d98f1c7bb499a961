import type { Key } from './key.ts'
import { layoutOf } from './layout.ts'
import { type RichLine, span } from './rich-line.ts'
import { CANCELLED, type LiveGate, type Output, outputShown, type UiState } from './state.ts'
import { padded, widthOf, wrapped } from './text-width.ts'
import type { Role } from './theme.ts'

/** The room that what a command prints has: beside the list, or over a view that has no room beside it. */
function roomOf(ui: UiState): { readonly width: number; readonly height: number } {
  const { width, list, task } = layoutOf(ui)
  return { width: (task?.width ?? width) - 1, height: list.height }
}

/** They are wrapped once for each width: what gates print may be long, and is drawn at each key. */
const rowsOf = new WeakMap<readonly string[], { readonly width: number; readonly rows: readonly string[] }>()

function wrappedRows(lines: readonly string[], width: number): readonly string[] {
  const known = rowsOf.get(lines)
  if (known?.width === width) return known.rows
  const rows = lines.flatMap((line) => wrapped(line, width))
  rowsOf.set(lines, { width, rows })
  return rows
}

const ROLES: Readonly<Record<string, Role>> = {
  waits: 'muted',
  runs: 'accent',
  passed: 'success',
  skipped: 'muted',
  cancelled: 'warning',
  overridden: 'warning',
}

/** Widest name of a gate that its state stands beside. */
const MOST_NAME = 24

/** A gate with its state, for how long it runs or ran, and below it as many of its last lines as there is room for. */
function gateLines(
  { gate, state, cached, seconds, lines }: LiveGate,
  name: number,
  width: number,
  room: number,
) {
  const isOver = state !== 'runs' && state !== 'waits'
  const time = cached ? ', cached' : state === 'waits' || state === 'skipped' ? '' : `, ${seconds} s`
  const head: RichLine = [
    span(`${padded(gate, name)}  `, isOver ? 'text' : 'heading'),
    span(state, ROLES[state] ?? 'danger'),
    span(time, 'muted'),
  ]
  if (isOver || room <= 0) return [head]
  const rows = wrappedRows(lines, width - 2).slice(-room)
  return [head, ...rows.map((row): RichLine => [span('  '), span(row, 'muted')])]
}

/** How it is with a command, by its exit code. */
const ENDS_WITH: Readonly<Record<string, readonly [string, Role]>> = {
  null: ['runs', 'accent'],
  0: ['done', 'success'],
  [CANCELLED]: ['cancelled', 'warning'],
}
const FAILED = ['failed', 'danger'] as const

/** What stands above the text: what runs, and its gates; while they run, with what they print. */
function headOf({ title, gates, code }: Output, width: number, room: number, more: number): RichLine[] {
  const [state, role] = ENDS_WITH[`${code}`] ?? FAILED
  const name = Math.min(MOST_NAME, Math.max(0, ...gates.map(({ gate }) => widthOf(gate))))
  // Those that run are what is looked at where there is no room for all.
  const fits = gates.length <= room
  const shown = (fits ? gates : gates.filter((gate) => gate.state === 'runs')).slice(0, Math.max(1, room))
  const running = shown.filter((gate) => gate.state === 'runs').length
  const each = code === null && running > 0 ? Math.floor((room - shown.length) / running) : 0
  return [
    [
      span(title, 'heading'),
      span(`  ${state}`, role),
      span(more > 0 ? `  ${more} more lines, PgDn` : '', 'muted'),
    ],
    [],
    ...shown.flatMap((gate) => gateLines(gate, name, width, each)),
  ]
}

/** Rows of the text that are above those that are shown, and how many are. */
function windowOf({ lines, gates, top, code }: Output, width: number, height: number) {
  const rows = wrappedRows(lines, width)
  // Of gates that run their own lines tell more than what else is printed.
  const isLive = code === null && gates.length > 0
  const room = isLive
    ? Math.min(rows.length, 3)
    : Math.max(1, height - 2 - Math.min(gates.length, height - 6))
  const last = Math.max(0, rows.length - room)
  return { rows, room, from: code === null ? last : Math.min(top, last) }
}

/** What a command prints, its end first while it runs. */
export function outputLines(output: Output, width: number, height: number): RichLine[] {
  const { rows, room, from } = windowOf(output, width, height)
  const isLive = output.code === null && output.gates.length > 0
  const head = headOf(output, width, isLive ? height - 2 - room : height - 6, rows.length - from - room)
  return [...head, ...rows.slice(from, from + room).map((row) => [span(row)])]
}

/** The state with what a command has printed scrolled, as far as there is more. */
export function scrolledOutput(ui: UiState, by: number): UiState {
  const output = outputShown(ui)
  if (!output) return ui
  const { width, height } = roomOf(ui)
  const { rows, room, from } = windowOf(output, width, height)
  const top = Math.max(0, Math.min(from + by, rows.length - room))
  return { ...ui, output: { ...output, top } }
}

const PAGES: Readonly<Record<string, number>> = { pageup: -1, 'ctrl+b': -1, pagedown: 1, 'ctrl+d': 1 }
const LINES: Readonly<Record<string, number>> = { up: -1, k: -1, down: 1, j: 1 }
const ENDS: Readonly<Record<string, number>> = {
  home: Number.NEGATIVE_INFINITY,
  g: Number.NEGATIVE_INFINITY,
  end: Number.POSITIVE_INFINITY,
  G: Number.POSITIVE_INFINITY,
}

/**
 * What has been printed scrolled by a key: by pages from anywhere, by lines where it has the focus, or hides what would move
 * otherwise. null where the key means something else.
 */
export function outputKey(ui: UiState, { name }: Key): UiState | null {
  if (outputShown(ui) === null) return null
  const pages = PAGES[name]
  if (pages !== undefined) return scrolledOutput(ui, pages * Math.max(1, roomOf(ui).height - 4))
  const by = LINES[name] ?? ENDS[name]
  const isAlone = ui.focus === 'task' || layoutOf(ui).task === null
  return by !== undefined && isAlone ? scrolledOutput(ui, by) : null
}
