import { spoken } from '../output/output-mode.ts'
import type { Column } from '../output/table.ts'
import { problemLines } from './listing-problems.ts'
import { totalRows } from './listing-table.ts'
import type { Listing } from './read-listing.ts'
import { taskRows, usualColumns } from './task-table.ts'

const escaped = (text: string) => text.replace(/[\\|<>*_`[\]]/g, '\\$&')

function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const head = [
    `| ${columns.map((column) => column.title).join(' | ')} |`,
    `|${columns.map((column) => (column.right ? ' ---: ' : ' --- ')).join('|')}|`,
  ]
  return [...head, ...rows.map((row) => `| ${row.map(escaped).join(' | ')} |`)].join('\n')
}

/** The list as a page, with the totals of several repositories and what could not be read of them. */
export function listingMarkdown(listing: Listing): string {
  const { asked, entries, found, groups, today } = listing
  const names = listing.columns ?? usualColumns(asked.isSeveral)
  const { columns, rows } = taskRows(asked.places, entries, names, today, 'page')
  const parts = groups
    ? groups.flatMap(({ name, members }) => [
        `## ${escaped(name)} (${members.length})`,
        table(
          columns,
          members.map((position) => rows[position]!),
        ),
      ])
    : [table(columns, rows)]
  const more = found.length - entries.length
  if (more > 0) parts.push(...spoken(`… and ${more} more`))
  if (asked.isSeveral) {
    const totals = totalRows(listing)
    parts.push(table(totals.columns, totals.rows))
    const problems = problemLines(asked)
    if (problems.length > 0) parts.push(problems.map((line) => `- ${escaped(line)}`).join('\n'))
  }
  return `${parts.join('\n\n')}\n`
}
