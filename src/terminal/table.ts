const PLAIN = /^[\x20-\x7e]*$/

/** Columns that a text takes on a terminal; wide characters take two. */
type Measure = (text: string) => number

/** A measure for texts. The tables of wide characters take a quarter of a start-up to load: only where there may be such. */
async function measureFor(isPlain: boolean): Promise<Measure> {
  if (isPlain) return (text) => text.length
  const { default: stringWidth } = await import('string-width')
  return (text) => (PLAIN.test(text) ? text.length : stringWidth(text))
}

/** The text cut to a width, with an ellipsis where something is missing. */
function cut(text: string, width: number, widthOf: Measure): string {
  if (widthOf(text) <= width) return text
  let taken = ''
  let used = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const next = widthOf(segment)
    if (used + next > width - 1) break
    taken += segment
    used += next
  }
  return `${taken}…`
}

export interface Column {
  readonly title: string
  /** How narrow the column may get when the table is too wide: at first, and where that is not enough. */
  readonly least?: readonly number[]
  /** Whether it may go altogether where nothing else helps; the higher, the sooner. */
  readonly spare?: number
  readonly right?: boolean
  /** Applied after padding and cutting. */
  readonly paint?: (text: string) => string
}

/** Steps in which columns give way. */
const ROUNDS = 4

/** The columns made as narrow as they have to be, those on the right first; without spare ones if that is not enough. */
function fitted<T extends Column & { width: number }>(columns: readonly T[], width: number): T[] {
  const narrowed = columns.map((column) => ({ ...column }))
  const over = () => narrowed.reduce((sum, column) => sum + column.width + 2, -2) - width
  for (let round = 0; round < ROUNDS; round++) {
    for (const column of [...narrowed].reverse()) {
      const least = column.least?.[Math.min(round, column.least.length - 1)] ?? column.width
      column.width = Math.max(Math.min(least, column.width), column.width - Math.max(0, over()))
    }
  }
  const spare = Math.max(0, ...columns.map((column) => column.spare ?? 0))
  if (over() <= 0 || spare === 0) return narrowed
  return fitted(
    columns.filter((column) => column.spare !== spare),
    width,
  )
}

interface Shown extends Column {
  readonly width: number
  /** Index of its cells in a row. */
  readonly i: number
}

const BLANK = 32
const LINE_FEED = 10
/** From this length on, a text is written faster by a call than character by character. */
const WORTH_A_CALL = 10

/**
 * The lines for a pipe where all cells are ASCII: nothing is cut or painted. Written into one piece of memory, since lists
 * have tens of thousands of lines, and each of them as a text that is put together costs more than all else about it.
 */
function plainLines(columns: readonly Shown[], rows: readonly (readonly string[])[]): string {
  const length = columns.reduce((sum, { width }) => sum + width + 2, 1)
  const bytes = Buffer.alloc(rows.length * length, BLANK)
  let start = 0
  for (const row of rows) {
    let from = start
    let end = start
    for (const { i, width, right } of columns) {
      const cell = row[i]!
      if (cell.length > 0) {
        let at = right ? from + width - cell.length : from
        end = at + cell.length
        if (cell.length >= WORTH_A_CALL) bytes.write(cell, at, 'latin1')
        else for (let k = 0; k < cell.length; k++) bytes[at++] = cell.charCodeAt(k)
      }
      from += width + 2
    }
    bytes[end] = LINE_FEED
    start = end + 1
  }
  return bytes.toString('latin1', 0, Math.max(0, start - 1))
}

/** The width of the widest cell in each column. Row by row, as they lie in memory. */
function widestCells(rows: readonly (readonly string[])[], columns: number, widthOf: Measure): number[] {
  const widest = new Array<number>(columns).fill(0)
  for (const row of rows) {
    for (let i = 0; i < columns; i++) {
      const taken = widthOf(row[i]!)
      if (taken > widest[i]!) widest[i] = taken
    }
  }
  return widest
}

/**
 * Lines of a table: cells aligned, two blanks between columns, empty columns left out.
 * @param width columns of the terminal, or null for a pipe: nothing is cut then
 * @param isPlain whether all cells are known to be ASCII
 */
export async function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number | null,
  isPlain = rows.every((row) => PLAIN.test(row.join(''))),
): Promise<string> {
  const widthOf = await measureFor(isPlain)
  const widest = widestCells(rows, columns.length, isPlain ? (text) => text.length : widthOf)
  const all = columns
    .map((column, i) => {
      const taken = widest[i]!
      return { ...column, i, isEmpty: taken === 0, width: Math.max(taken, column.title.length) }
    })
    .filter(({ isEmpty }) => !isEmpty || rows.length === 0)
  if (isPlain && width === null) return plainLines(all, [columns.map((column) => column.title), ...rows])
  const shown = width === null ? all : fitted(all, width)
  const blanks = ' '.repeat(Math.max(0, ...shown.map((column) => column.width)))
  // A plain loop: this runs for every cell of what may be thousands of lines.
  const line = (cells: readonly string[], isHead: boolean) => {
    let text = ''
    for (let k = 0; k < shown.length; k++) {
      const column = shown[k]!
      const cell = width === null ? cells[column.i]! : cut(cells[column.i]!, column.width, widthOf)
      const padding = blanks.slice(0, Math.max(0, column.width - widthOf(cell)))
      const painted = column.paint && !isHead ? column.paint(cell) : cell
      text += column.right ? padding + painted : painted + padding
      text += '  '
    }
    return text.trimEnd()
  }
  const titles = line(
    columns.map((column) => column.title),
    true,
  )
  return [titles, ...rows.map((row) => line(row, false))].join('\n')
}
