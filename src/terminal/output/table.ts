import { isColoured } from './colour.ts'
import { isPlain as isPlainOutput } from './output-mode.ts'
import { plainTable } from './plain-table.ts'
import { saidCells } from './said-cells.ts'
import { ASCII, cut, cutInFront, measureFor } from './text-width.ts'

export interface Column {
  readonly title: string
  /** Its name where it is read out, if that is not its title. */
  readonly said?: string
  /** How narrow the column may get when the table is too wide: at first, and where that is not enough. */
  readonly least?: readonly number[]
  /** Whether it may go altogether where nothing else helps; the higher, the sooner. */
  readonly spare?: number
  /** For what is read as a whole, such as a number: it is never cut. */
  readonly right?: boolean
  /** Whether it stays though nothing is in it: somebody has named it, and a script counts columns. */
  readonly kept?: boolean
  /** Cut in front, since what tells one from the others is at its end: a path. */
  readonly tellsAtEnd?: boolean
  /** Never cut, though the table gets too wide by it: a command that is to be pasted. */
  readonly whole?: boolean
  /** Applied after padding and cutting, to the cell of a row. */
  readonly paint?: (text: string, row: number) => string
}

/** In the place of a row's number. */
const HEAD = -1

/** Steps in which columns give way. */
const ROUNDS = 4

/** As narrow as a column gets where there is room for no more. */
const NARROWEST = 4

/** Makes columns narrower that nobody has said a least width of, the widest first, until they fit or none is left to cut. */
function squeeze<T extends Column & { width: number }>(columns: readonly T[], over: () => number): void {
  const able = columns.filter(({ right, whole }) => !right && !whole)
  while (over() > 0) {
    const widest = able.reduce<T | null>(
      (most, column) => (column.width > (most?.width ?? NARROWEST) ? column : most),
      null,
    )
    if (!widest) return
    widest.width--
  }
}

/**
 * The columns made as narrow as they have to be, those on the right first; without spare ones if that is not enough, and
 * beyond their least widths where there is nothing else.
 */
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
  if (spare === 0) squeeze(narrowed, over)
  if (over() <= 0 || spare === 0) return narrowed
  return fitted(
    columns.filter((column) => column.spare !== spare),
    width,
  )
}

/**
 * A table to be read out: a line for each row, in which each value stands behind the name of its column, so that a line
 * says all by itself. Nothing is aligned or cut.
 */
function saidRows(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const names = columns.map(({ title, said }) => said ?? title.toLowerCase())
  return rows.map((row) => saidCells(row.map((cell, i) => [names[i]!, cell]))).join('\n')
}

/**
 * Lines of a table: cells aligned, two blanks between columns, empty columns left out that nobody has named. In plain output a line says what each cell is, and there is no head.
 * @param width columns of the terminal, or null for a pipe: nothing is cut then
 * @param isPlain whether all cells are known to be ASCII
 */
export async function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number | null,
  isPlain = rows.every((row) => ASCII.test(row.join(''))),
): Promise<string> {
  if (isPlainOutput()) return saidRows(columns, rows)
  if (isPlain && width === null && !isColoured) {
    const cells = columns.map((_, i) => rows.map((row) => row[i]!))
    return plainTable(columns, rows.length, cells).toString('latin1')
  }
  const widthOf = await measureFor(isPlain)
  const all = columns
    .map((column, i) => {
      const taken = rows.reduce((widest, row) => Math.max(widest, widthOf(row[i]!)), 0)
      return { ...column, i, isEmpty: taken === 0, width: Math.max(taken, column.title.length) }
    })
    .filter(({ isEmpty, kept }) => !isEmpty || kept || rows.length === 0)
  const shown = width === null ? all : fitted(all, width)
  const blanks = ' '.repeat(Math.max(0, ...shown.map((column) => column.width)))
  // A plain loop: this runs for every cell of what may be thousands of lines.
  const line = (cells: readonly string[], row: number) => {
    let text = ''
    for (let k = 0; k < shown.length; k++) {
      const column = shown[k]!
      const cell =
        width === null
          ? cells[column.i]!
          : (column.tellsAtEnd ? cutInFront : cut)(cells[column.i]!, column.width, widthOf)
      const padding = blanks.slice(0, Math.max(0, column.width - widthOf(cell)))
      const painted = column.paint && row >= 0 ? column.paint(cell, row) : cell
      text += column.right ? padding + painted : painted + padding
      text += '  '
    }
    return text.trimEnd()
  }
  const titles = line(
    columns.map((column) => column.title),
    HEAD,
  )
  return [titles, ...rows.map(line)].join('\n')
}
