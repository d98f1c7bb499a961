/** The cells of a column, which are ASCII, from top to bottom: texts, or parts of bytes. */
export type PlainCells = readonly string[] | Parts

/** Where each cell lies in which bytes. */
export interface Parts {
  readonly bytes: readonly Buffer[]
  readonly froms: Int32Array
  readonly widths: Int32Array
}

interface Titled {
  readonly title: string
  readonly right?: boolean
  readonly kept?: boolean
}

const BLANK = 32
const LINE_FEED = 10
/** From this length on, a text is written faster by a call than character by character. */
const WORTH_A_CALL = 10

function write(text: string, target: Buffer, at: number): number {
  if (text.length >= WORTH_A_CALL) return target.write(text, at, 'latin1')
  for (let i = 0; i < text.length; i++) target[at + i] = text.charCodeAt(i)
  return text.length
}

function copy({ bytes, froms, widths }: Parts, row: number, target: Buffer, at: number): number {
  const source = bytes[row]!
  const from = froms[row]!
  const width = widths[row]!
  // A call of copy would make an object for each cell.
  for (let i = 0; i < width; i++) target[at + i] = source[from + i]!
  return width
}

function widest(texts: readonly string[] | null, parts: Parts | null): number {
  let most = 0
  if (texts) for (let row = 0; row < texts.length; row++) most = Math.max(most, texts[row]!.length)
  if (parts) for (let row = 0; row < parts.widths.length; row++) most = Math.max(most, parts.widths[row]!)
  return most
}

/**
 * The lines of a table for a pipe, where nothing is cut or painted: cells aligned, two blanks between columns, empty
 * columns left out that are not kept, no line feed at the end. Written into one piece of memory, since lists have tens of thousands of
 * lines, and each of them as a text that is put together costs more than all else about it.
 * @param rows how many there are
 * @param cells of each column
 * @param after what follows the table
 */
export function plainTable(
  columns: readonly Titled[],
  rows: number,
  cells: readonly PlainCells[],
  after = '',
): Buffer {
  const shown = columns.flatMap(({ title, right = false, kept = false }, i) => {
    const own = cells[i]!
    const [texts, parts] = 'widths' in own ? [null, own] : [own, null]
    const most = widest(texts, parts)
    return most > 0 || kept || rows === 0
      ? { title, right, texts, parts, width: Math.max(most, title.length) }
      : []
  })
  const length = shown.reduce((sum, { width }) => sum + width + 2, 1)
  // What is not written of it is never touched.
  const target = Buffer.allocUnsafe((rows + 1) * length + Buffer.byteLength(after))
  let end = 0
  for (let row = -1; row < rows; row++) {
    if (row >= 0) target[end++] = LINE_FEED
    let from = end
    for (let k = 0; k < shown.length; k++) {
      const { title, right, texts, parts, width } = shown[k]!
      const text = row < 0 ? title : texts === null ? null : texts[row]!
      const taken = text === null ? parts!.widths[row]! : text.length
      if (taken > 0) {
        const at = right ? from + width - taken : from
        while (end < at) target[end++] = BLANK
        end += text === null ? copy(parts!, row, target, at) : write(text, target, at)
      }
      from += width + 2
    }
  }
  return target.subarray(0, end + target.write(after, end))
}
