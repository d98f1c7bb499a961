import type { Snapshot } from '../snapshot/snapshot.ts'
import type { Listing } from './list-flags.ts'
import { renderTable } from './table.ts'
import { problemsJson, taskDocuments } from './task-json.ts'
import { DEFAULT_COLUMNS, taskRows } from './task-table.ts'

const READERS = { table: 'terminal', markdown: 'page', csv: 'program' } as const

const NONE_YET = ': there is none yet. Next: mhv tc "What is to be done"'
const ELSEWHERE = '. This shows all that there are: mhv tl --status all'

const csvCell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const markdownCell = (text: string) => text.replace(/[\\|<>*_`[\]]/g, '\\$&')

/** Prints a list of tasks in its format, and on standard error what could not be shown. */
export async function printListing(repository: string, snapshot: Snapshot, listing: Listing): Promise<void> {
  const { slots, total, format } = listing
  const out = (text: string) => process.stdout.write(`${text}\n`)
  if (format === 'json') {
    const tasks = taskDocuments(snapshot, repository, slots, ',')
    const problems = JSON.stringify(problemsJson(snapshot, repository))
    process.stdout.write('{"schema":1,"tasks":[')
    process.stdout.write(tasks)
    out(`],"total":${total},"problems":${problems}}`)
    return
  }
  if (format === 'jsonl') {
    const tasks = taskDocuments(snapshot, repository, slots, '\n')
    process.stdout.write(tasks)
    if (tasks.length > 0) process.stdout.write('\n')
  } else {
    const { columns, rows, isPlain } = taskRows(
      snapshot,
      repository,
      slots,
      listing.columns,
      listing.today,
      READERS[format],
    )
    if (format === 'csv') {
      out((listing.columns ?? DEFAULT_COLUMNS).join(','))
      if (rows.length > 0) out(rows.map((row) => row.map(csvCell).join(',')).join('\n'))
    } else if (format === 'markdown') {
      out(`| ${columns.map((column) => column.title).join(' | ')} |`)
      out(`|${columns.map((column) => (column.right ? ' ---: ' : ' --- ')).join('|')}|`)
      for (const row of rows) out(`| ${row.map(markdownCell).join(' | ')} |`)
    } else if (rows.length > 0) {
      const width = process.stdout.isTTY ? process.stdout.columns || 80 : null
      out(await renderTable(columns, rows, width, isPlain))
      if (total > slots.length) out(`… and ${total - slots.length} more (--limit 0 shows all)`)
    } else {
      process.stderr.write(`No task matches${snapshot.highestNumber > 0 ? ELSEWHERE : NONE_YET}\n`)
    }
  }
  for (const { path, message } of snapshot.problems) process.stderr.write(`Problem: ${path}: ${message}\n`)
}
