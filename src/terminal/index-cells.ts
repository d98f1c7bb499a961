import type { Today } from '../query/filter.ts'
import type { Entry, Place } from '../query/place.ts'
import { AT, FLAG, ID_LENGTH, ROW_INTS } from '../snapshot/row.ts'
import type { Parts, PlainCells } from './plain-table.ts'
import { type Cell, COLUMNS, type ColumnName, cellsOf } from './task-table.ts'

const TAB = 9

/** Puts down where the field of each head lies, and so much of it as is shown. */
function locate({ bytes, froms, widths }: Parts, heads: Int32Array, { field, end }: Cell): void {
  for (let row = 0; row < bytes.length; row++) {
    const source = bytes[row]!
    const behind = heads[2 * row + 1]!
    let from = heads[2 * row]! + ID_LENGTH + 1
    for (let passed = 1; passed < field!; from++) if (source[from] === TAB) passed++
    let to = from
    while (to < behind && source[to] !== TAB) to++
    froms[row] = from
    widths[row] = (end ? end(source, from, to) : to) - from
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
  /** Where each head begins and ends. */
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
  return names.map((name) => {
    const column: Cell = COLUMNS[name]
    if (column.field === undefined) return entries.map(({ place, slot }) => column.value(slot, views[place]!))
    const parts = {
      bytes,
      froms: new Int32Array(entries.length),
      widths: new Int32Array(entries.length),
    }
    locate(parts, heads, column)
    return parts
  })
}
