import type { Today } from '../../query/filter.ts'
import type { Entry, Place } from '../../query/place.ts'
import { AT, FLAG, ID_LENGTH, ROW_INTS } from '../../snapshot/row.ts'
import type { Parts, PlainCells } from '../output/plain-table.ts'
import { type Cell, COLUMNS, type ColumnName, cellsOf } from './task-table.ts'

const TAB = 9

/** A field of heads as a column shows it. */
interface Located extends Parts {
  readonly end: Cell['end']
}

/**
 * Puts down where in each head the fields lie. All of them in one go: the heads of a list are far apart in memory.
 * @param heads where each begins and ends
 * @param fields by their places in a head, from the first one behind the id
 */
function locate(bytes: readonly Buffer[], heads: Int32Array, fields: readonly (Located | undefined)[]): void {
  for (let row = 0; row < bytes.length; row++) {
    const source = bytes[row]!
    const behind = heads[2 * row + 1]!
    let from = heads[2 * row]! + ID_LENGTH + 1
    for (let i = 0; i < fields.length; i++) {
      let to = from
      while (to < behind && source[to] !== TAB) to++
      const field = fields[i]
      if (field) {
        field.froms[row] = from
        field.widths[row] = (field.end ? field.end(source, from, to) : to) - from
      }
      from = to + 1
    }
  }
}

/**
 * The cells of tasks for a pipe, of each column. Titles, labels and names, which make up most of a list, stay in the bytes
 * of the index: to make a text of each takes longer than all else about a list of tens of thousands.
 * null where so few of the tasks are shown that these bytes are not at hand, or there are other characters than ASCII.
 */
export function indexCells(
  places: readonly Place[],
  entries: readonly Entry[],
  names: readonly ColumnName[],
  today: Today,
): PlainCells[] | null {
  const views = cellsOf(places, entries, today, 'terminal')
  const bytes = new Array<Buffer>(entries.length)
  const heads = new Int32Array(2 * entries.length)
  for (let row = 0; row < entries.length; row++) {
    const { place, slot } = entries[row]!
    const { snapshot } = views[place]!
    const around = snapshot.headsAround(slot)
    if (around === null || !(snapshot.flags(slot) & FLAG.PLAIN_HEAD)) return null
    bytes[row] = around
    const at = slot * ROW_INTS
    heads[2 * row] = snapshot.columns[at + AT.HEAD]!
    heads[2 * row + 1] = heads[2 * row]! + snapshot.columns[at + AT.HEAD_LENGTH]!
  }
  const fields: (Located | undefined)[] = []
  const cells = names.map((name) => {
    const { field, end, value }: Cell = COLUMNS[name]
    if (field === undefined) return entries.map(({ place, slot }) => value(slot, views[place]!))
    const [froms, widths] = [new Int32Array(entries.length), new Int32Array(entries.length)]
    fields[field - 1] ??= { bytes, froms, widths, end }
    return fields[field - 1]!
  })
  // Holes of an array would slow each look at it down.
  locate(bytes, heads, Array.from(fields))
  return cells
}
