const PLAIN = /^[\x20-\x7e]*$/

/** Columns that a text takes on a terminal; wide characters take two. */
export type Measure = (text: string) => number

/** A measure for texts. The tables for wide characters take a quarter of a start-up to load: only where they serve. */
export async function measureFor(rows: readonly (readonly string[])[]): Promise<Measure> {
  if (rows.every((row) => PLAIN.test(row.join('')))) return (text) => text.length
  const { default: stringWidth } = await import('string-width')
  return (text) => (PLAIN.test(text) ? text.length : stringWidth(text))
}

/** The text cut to a width, with an ellipsis where something is missing. */
export function cut(text: string, width: number, widthOf: Measure): string {
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
  /** Whether the column gives way when the table is too wide. */
  readonly shrinks?: boolean
  readonly right?: boolean
  /** Applied after padding and cutting. */
  readonly paint?: (text: string) => string
}

/**
 * Lines of a table: cells aligned, two blanks between columns, empty columns left out.
 * @param width columns of the terminal, or null for a pipe: nothing is cut then
 */
export async function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number | null,
): Promise<string> {
  const widthOf = await measureFor(rows)
  const shown = columns.map((_, i) => i).filter((i) => rows.length === 0 || rows.some((row) => row[i] !== ''))
  const widths = shown.map((i) => {
    let widest = widthOf(columns[i]!.title)
    for (const row of rows) widest = Math.max(widest, widthOf(row[i]!))
    return widest
  })
  if (width !== null) {
    const fixed = widths.reduce((sum, w, k) => sum + (columns[shown[k]!]!.shrinks ? 0 : w) + 2, -2)
    const shrinking = shown.flatMap((i, k) => (columns[i]!.shrinks ? [k] : []))
    let room = Math.max(width - fixed, shrinking.length * 10)
    shrinking.forEach((k, n) => {
      widths[k] = Math.min(widths[k]!, Math.max(10, Math.floor(room / (shrinking.length - n))))
      room -= widths[k]!
    })
  }
  const blanks = ' '.repeat(Math.max(0, ...widths))
  const line = (cells: readonly string[], paint: boolean) => {
    let text = ''
    for (const [k, i] of shown.entries()) {
      const column = columns[i]!
      const cell = width === null ? cells[i]! : cut(cells[i]!, widths[k]!, widthOf)
      const padding = blanks.slice(0, Math.max(0, widths[k]! - widthOf(cell)))
      const painted = paint && column.paint ? column.paint(cell) : cell
      if (k > 0) text += '  '
      text += column.right ? padding + painted : painted + padding
    }
    return text.trimEnd()
  }
  const titles = line(
    columns.map((column) => column.title),
    false,
  )
  return [titles, ...rows.map((row) => line(row, true))].join('\n')
}
