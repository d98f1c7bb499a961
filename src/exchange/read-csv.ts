import { printable } from '../printable.ts'
import { nearestWord } from '../query/nearest-word.ts'
import { decoded, encodingFaults } from './decode-text.ts'
import { type Fault, MAX_LINE, type ReadRecords, type SourceRecord } from './source-record.ts'

const MOST_HEADINGS = 10
const EXAMPLE = 'id,title,status,priority'

const keyOf = (heading: string) => heading.trim().toLowerCase().replace(/\s+/g, '_')

/** Lists people write with the separator of their spreadsheet; the heading says which one it is. */
function delimiterOf(text: string): string {
  const heading = text.slice(0, text.search(/[\r\n]|$/))
  return [',', ';', '\t'].find((mark) => heading.includes(mark)) ?? ','
}

const count = (text: string, from: number, to: number) => {
  let lines = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

/** A table as it stands: its headings, and the cells of each row with its place. */
export interface Table {
  readonly headings: readonly string[]
  readonly rows: readonly { readonly place: string; readonly cells: readonly string[] }[]
  readonly faults: readonly Fault[]
}

/**
 * Reads a table as RFC 4180 has it; the first row that is not empty is its heading.
 * @param headingFault what is wrong with the headings, if anything
 */
export async function readTable(
  bytes: Uint8Array,
  headingFault: (headings: readonly string[]) => Omit<Fault, 'place'> | null,
): Promise<Table> {
  const { default: Papa } = await import('papaparse')
  const text = decoded(bytes)
  if (text === null) return { headings: [], rows: [], faults: encodingFaults(bytes) }
  const rows: { place: string; cells: readonly string[] }[] = []
  const faults: Fault[] = []
  let headings: readonly string[] | null = null
  let from = 0
  let line = 1
  Papa.parse<string[]>(text, {
    delimiter: delimiterOf(text),
    step: ({ data: cells, errors, meta }, parser) => {
      const place = `line ${line}`
      line += count(text, from, meta.cursor)
      const length = meta.cursor - from
      from = meta.cursor
      const broken = errors.find((error) => error.type === 'Quotes')
      if (broken) faults.push({ place, field: 'row', rule: 'has a quote that does not end' })
      else if (length > MAX_LINE) faults.push({ place, field: 'row', rule: `is longer than ${MAX_LINE}` })
      else if (cells.every((cell) => cell.trim() === '')) return
      else if (!headings) {
        headings = cells
        const fault = headingFault(cells)
        if (!fault) return
        faults.push({ place, ...fault })
        // Of rows under such a heading nothing can be said.
        parser.abort()
      } else if (cells.length > headings.length) {
        const rule = `has ${cells.length} cells under ${headings.length} headings; is a comma without quotes?`
        faults.push({ place, field: 'row', rule })
      } else rows.push({ place, cells })
    },
  })
  if (!headings && faults.length === 0) {
    faults.push({ place: 'line 1', field: 'heading', rule: 'is missing' })
  }
  return { headings: headings ?? [], rows, faults }
}

/** Which columns are not there, with the headings that were probably meant by them, and otherwise all that there are. */
export function missingColumns(missing: readonly string[], headings: readonly string[]): string {
  const words = headings.filter((heading) => heading.length > 1)
  const near = missing.flatMap((key) => {
    const heading = nearestWord(key, words)
    return heading === null ? [] : [`“${printable(heading, 40)}” for ${key}`]
  })
  const there = headings.slice(0, MOST_HEADINGS).map((heading) => printable(heading, 40))
  const rest = headings.length > MOST_HEADINGS ? ', …' : ''
  const hint = near.length > 0 ? `did you mean ${near.join(' and ')}?` : `it has ${there.join(', ')}${rest}`
  return `has no column ${missing.join(' and no ')}; ${hint}`
}

/** A task in each row below a heading; headings are the names of fields in any case. */
export async function readCsv(bytes: Uint8Array): Promise<ReadRecords> {
  const { headings, rows, faults } = await readTable(bytes, (headings) => headingFault(headings.map(keyOf)))
  const keys = headings.map(keyOf)
  const records = rows.map(
    ({ place, cells }): SourceRecord => ({
      place,
      value: Object.fromEntries(cells.map((cell, i) => [keys[i], cell])),
    }),
  )
  return { records, faults }
}

function headingFault(keys: readonly string[]): Omit<Fault, 'place'> | null {
  const missing = ['id', 'title'].filter((key) => !keys.includes(key))
  if (missing.length > 0)
    return { field: 'heading', rule: `${missingColumns(missing, keys)}; as in ${EXAMPLE}` }
  const twice = keys.find((key, i) => key !== '' && keys.indexOf(key) < i)
  return twice ? { field: 'heading', rule: 'names a column twice' } : null
}
