import { type RichLine, span } from './rich-line.ts'
import { rowsView, type ViewRow } from './rows-view.tsx'
import type { UiState } from './state.ts'
import { askedOfShown, eachOf, keyOfNamed, type OneOrEach, shortRef } from './view-documents.ts'

interface Write {
  readonly by: string
  readonly at: string
  readonly value: unknown
}

interface ConflictDocument {
  readonly task: string
  readonly id: string
  readonly title: string
  readonly field: string
  readonly lost: Write
  readonly won: Write
  /** The commands that settle it; null where none does. */
  readonly take: string | null
  readonly keep: string | null
}

/** What `mhv conflicts --json` answers. */
export type ConflictsDocument = OneOrEach<{ readonly conflicts: readonly ConflictDocument[] }>

interface ConflictRow extends ViewRow {
  readonly conflict: ConflictDocument
}

const saidValue = (value: unknown) => (typeof value === 'string' ? `“${value}”` : JSON.stringify(value))
const saidWrite = ({ by, at, value }: Write) =>
  `${saidValue(value)} by ${by.replace(/ <[^>]*>$/, '')}, ${at.slice(0, 16).replace('T', ' ')}`

/** What lost against another change at the same time, and what won. */
export function conflictRows(ui: UiState, data: ConflictsDocument | null): ConflictRow[] {
  const conflicts = data ? eachOf(data).flatMap((each) => each.conflicts ?? []) : []
  return conflicts.map((conflict) => ({
    task: keyOfNamed({ ref: conflict.task, id: conflict.id }),
    conflict,
    height: 3,
    lines: (): RichLine[] => [
      [
        span(`${shortRef(ui, conflict.task)} `, 'accent'),
        span(`${conflict.field} `, 'heading'),
        span(conflict.title),
      ],
      [span('    lost ', 'danger'), span(saidWrite(conflict.lost))],
      [span('    won  ', 'success'), span(saidWrite(conflict.won))],
    ],
  }))
}

/** The words of one of our own commands, which need no quotes. */
const wordsOf = (command: string) => command.split(' ').slice(1)

/** Concurrent changes that lost, until somebody settles them. */
export const conflictsView = rowsView<ConflictsDocument, ConflictRow>({
  id: 'conflicts',
  title: 'Conflicts',
  key: '8',
  isWide: false,
  asks: (ui) => askedOfShown(ui, ['conflicts']),
  rows: conflictRows,
  none: 'No concurrent change has lost that is not settled.',
  keys: [
    ['t', 'take what lost'],
    ['K', 'keep what won'],
  ],
  act: (key, { conflict }, ui) => {
    const command = { t: conflict.take, K: conflict.keep }[key.name]
    if (!command) return null
    const [says, did] =
      key.name === 't' ? ['Take what lost of', 'Took what lost of'] : ['Keep what won of', 'Kept what won of']
    const title = `${says} ${shortRef(ui, conflict.task)}`
    return { runs: { title, did, commands: [wordsOf(command)] } }
  },
})
