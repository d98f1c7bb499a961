import type { Status } from '../../../schemas/vocabulary.ts'
import { STATUS_ORDER } from '../../query/sort.ts'
import { countStatuses, sumOf, totalOf } from '../../query/totals.ts'
import { isColoured } from '../output/colour.ts'
import { isPlain, isQuiet } from '../output/output-mode.ts'
import { plainTable } from '../output/plain-table.ts'
import { type Column, renderTable } from '../output/table.ts'
import { indexCells } from './index-cells.ts'
import { groupNames } from './listing-json.ts'
import type { Listing } from './read-listing.ts'
import { COLUMNS, kept, taskRows, usualColumns, withSpare } from './task-table.ts'

const csvCell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The list for programs that read tables. */
export function listingCsv(listing: Listing): string {
  const { asked, entries, columns, today } = listing
  const names = columns ?? usualColumns(asked.isSeveral)
  const { rows } = taskRows(asked.places, entries, names, today, 'program')
  const groups = groupNames(listing)
  const cells = groups ? rows.map((row, i) => [...row, groups[i]!.join(',')]) : rows
  const head = groups ? [...names, 'group'] : names
  return `${[head.join(','), ...cells.map((row) => row.map(csvCell).join(','))].join('\n')}\n`
}

/** Tasks of each repository by status, and all together: cells, with blanks where there are none. */
export function totalRows({ asked: { places }, found }: Listing): { columns: Column[]; rows: string[][] } {
  const counts = countStatuses(places, found)
  const all = sumOf(counts)
  const statuses = STATUS_ORDER.filter((status) => all[status as Status] > 0) as Status[]
  const row = (name: string, each: typeof all) => [
    name,
    String(totalOf(each)),
    ...statuses.map((status) => (each[status] === 0 ? '' : String(each[status]))),
  ]
  return {
    columns: [
      { title: 'REPO', least: [24, 16, 10] },
      { title: 'TASKS', right: true },
      ...statuses.map((status, i) => ({ title: status.toUpperCase(), right: true, spare: i + 1 })),
    ],
    rows: [...places.map(({ name }, i) => row(name, counts[i]!)), row('all', all)],
  }
}

/** The list as people read it on a terminal, with the totals of several repositories. @param width null: nothing is cut */
export async function listingTable(listing: Listing, width: number | null): Promise<string | Buffer> {
  const { asked, entries, found, groups, today } = listing
  const { places, isSeveral } = asked
  const names = listing.columns ?? listing.usual ?? usualColumns(isSeveral)
  const asShown = listing.columns ? kept : withSpare
  const more = found.length - entries.length
  let after = more > 0 && !isQuiet() ? `\n… and ${more} more (--limit 0 shows all)\n` : '\n'
  if (isSeveral) {
    const totals = totalRows(listing)
    after += `\n${await renderTable(totals.columns, totals.rows, width)}\n`
  }
  const isBare = width === null && !groups && !isPlain() && !isColoured
  const cells = isBare ? indexCells(places, entries, names, today) : null
  if (cells) {
    const titled = names.map((name): Column => COLUMNS[name])
    return plainTable(asShown(titled, names), entries.length, cells, after)
  }
  const { columns, rows, isPlain: isAscii } = taskRows(places, entries, names, today, 'terminal')
  const table = await renderTable(asShown(columns, names), rows, width, isAscii)
  if (!groups) return table + after
  const lines = table.split('\n')
  const head = isPlain() ? [] : lines.splice(0, 1)
  const parts = groups.map(({ name, members }) =>
    [`${name} (${members.length})`, ...members.map((position) => lines[position])].join('\n'),
  )
  return [...head, ...parts].join('\n\n') + after
}
