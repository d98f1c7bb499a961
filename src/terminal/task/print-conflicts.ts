import type { StoredEvent } from '../../../schemas/event.ts'
import type { Conflict } from '../../audit/find-conflicts.ts'
import { printable } from '../../printable.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { aside } from '../output/output-mode.ts'
import { screenWidth } from '../output/screen-width.ts'
import { type Column, renderTable } from '../output/table.ts'
import { cell } from './render-history.ts'
import { problemsJson, refsOf } from './task-json.ts'

/** What no command takes back: a number is given by the main remote, and a task keeps the branch that it has. */
const FOR_GOOD = ['number', 'branch']

/** The command that sets again what lost, or null where none does. */
const takeCommand = (conflict: Conflict, numbered: Numbered): string | null =>
  FOR_GOOD.includes(conflict.write.field)
    ? null
    : `mhv conflicts ${numbered(conflict.task.number)} --take ${conflict.name}`

/** A task as a command names it: by its number, with the repository in front where that is not the one around. */
export type Numbered = (number: number) => string
const plain: Numbered = String

/** The conflicts as people read them. */
interface Words {
  readonly field: string
  readonly lost: string
  readonly won: string
}

const CRITERION = /^criterion (.+)$/

function wordsOf({ task, write }: Conflict, nameOf: (id: string) => string): Words {
  const criterion = CRITERION.exec(write.field)?.[1]
  const place = 1 + task.criteria.findIndex(({ id }) => id === criterion)
  const field = criterion ? (place > 0 ? `criterion ${place}` : 'criterion, gone') : write.field
  const said = (value: unknown) => {
    if (criterion) return value ? 'met' : 'not met'
    if (write.field === 'deleted') return value ? 'deleted' : 'not deleted'
    return printable(cell(typeof value === 'string' ? nameOf(value) : value))
  }
  return { field, lost: said(write.lostValue), won: said(write.winningValue) }
}

/** Who wrote an event, without the address, and when. */
const told = ({ by, at }: StoredEvent) => `${printable(by.replace(/ <[^>]*>$/, ''), 40)}, ${at.slice(0, 16)}Z`

const eventJson = ({ id, kind, by, at }: StoredEvent, value: unknown) => ({ event: id, kind, by, at, value })

/** The answer of `mhv conflicts` as a document. */
export function conflictsJson(
  conflicts: readonly Conflict[],
  view: Snapshot,
  repository: string,
  numbered = plain,
): object {
  const listed = conflicts.map((conflict) => {
    const { task, write } = conflict
    const settled = write.settledBy
    return {
      task: `${repository}#${task.number}`,
      id: task.id,
      title: task.title,
      field: write.field,
      lost: eventJson(write.lost, write.lostValue),
      won: eventJson(write.winner, write.winningValue),
      settled_by: settled && { event: settled.id, kind: settled.kind, by: settled.by, at: settled.at },
      take: settled ? null : takeCommand(conflict, numbered),
      keep: settled ? null : `mhv conflicts ${numbered(task.number)} --keep ${conflict.name}`,
    }
  })
  return { conflicts: listed, total: listed.length, problems: problemsJson(view, repository) }
}

const ROOM = [32, 16, 8]

/** Prints conflicts as a table with a command for each; the command is never cut. */
export async function printConflicts(
  conflicts: readonly Conflict[],
  view: Snapshot,
  repository: string,
  withSettled: boolean,
  numbered = plain,
): Promise<void> {
  const out = (text: string) => process.stdout.write(`${text}\n`)
  if (conflicts.length === 0) {
    aside(
      withSettled ? 'No concurrent change has lost.' : 'No concurrent change has lost that is not settled.',
    )
  } else {
    const nameOf = refsOf(view, repository)
    const columns: Column[] = [
      { title: '#', right: true },
      { title: 'FIELD' },
      { title: 'LOST', least: ROOM },
      { title: 'BY', least: [24, 12, 8], spare: 1 },
      { title: 'WON', least: ROOM },
      { title: 'BY', least: [24, 12, 8], spare: 2 },
      { title: withSettled ? 'TAKE BACK, OR SETTLED BY' : 'TAKE BACK', whole: true },
    ]
    const rows = conflicts.map((conflict) => {
      const { task, write } = conflict
      const words = wordsOf(conflict, nameOf)
      const end = write.settledBy
        ? `settled: ${told(write.settledBy)}`
        : (takeCommand(conflict, numbered) ?? '–')
      return [
        String(task.number),
        words.field,
        words.lost,
        told(write.lost),
        words.won,
        told(write.winner),
        end,
      ]
    })
    out(await renderTable(columns, rows, screenWidth()))
  }
  for (const { path, message } of view.problems) process.stderr.write(`Problem: ${path}: ${message}\n`)
}

/** What was done about conflicts of one event, for the line that says so. */
export function settledWords(conflicts: readonly Conflict[], taken: boolean): string {
  const [first] = conflicts
  const fields = conflicts.map((conflict) => wordsOf(conflict, (id) => id))
  const parts = fields.map(({ field, lost, won }) => `${field}: ${taken ? `${won} → ${lost}` : won}`)
  const { write } = first!
  const whose = told((taken ? write.lost : write.winner) as StoredEvent)
  return taken
    ? `has what ${whose} set (${parts.join('; ')})`
    : `keeps what ${whose} set (${parts.join('; ')})`
}
