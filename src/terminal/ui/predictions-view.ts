import { noneWorkable } from '../graph/print-next.ts'
import { type RichLine, span } from './rich-line.ts'
import { rowsView, type ViewRow } from './rows-view.tsx'
import type { UiState } from './state.ts'
import { wrapped } from './text-width.ts'
import { statusRole } from './theme.ts'
import { askedOfShown, keyOfNode, type NodeDocument, shortRef } from './view-documents.ts'

/** What `mhv next --json` answers. */
export interface NextDocument {
  readonly tasks: readonly (NodeDocument & { readonly because: readonly string[] })[]
  readonly total: number
  /** Tasks that could be worked on, and are assigned to others. */
  readonly others: number
}

interface NextRow extends ViewRow {
  readonly ref: string
}

/** Lines that the reasons of a task have: what does not fit is cut, since what counts most comes first. */
const REASON_LINES = 2

/** What to do next, in that order, each with its reasons. */
export function nextRows(ui: UiState, data: NextDocument | null): NextRow[] {
  return (data?.tasks ?? []).map((task, i) => ({
    task: keyOfNode(task),
    ref: ui.source.isSeveral ? task.ref : task.ref.replace(/^.*#/, ''),
    height: 1 + REASON_LINES,
    lines: (width): RichLine[] => {
      const said = wrapped(task.because.join('; ') || 'it waits for nothing', Math.max(8, width - 4))
      const reasons =
        said.length > REASON_LINES
          ? [...said.slice(0, REASON_LINES - 1), `${said[REASON_LINES - 1]} …`]
          : said
      return [
        [
          span(`${`${i + 1}`.padStart(2)}. `, 'muted'),
          span(`${shortRef(ui, task.ref)} `, 'accent'),
          span(`${task.status} `, statusRole(task.status!)),
          span(task.title!),
        ],
        ...Array.from(
          { length: REASON_LINES },
          (_, k): RichLine => [span(`    ${reasons[k] ?? ''}`, 'muted')],
        ),
      ]
    },
  }))
}

/** What is best done next; `p` tells how long it may take and what may hold it up. */
export const predictionsView = rowsView<NextDocument, NextRow>({
  id: 'predictions',
  title: 'Predictions',
  key: '7',
  isWide: false,
  asks: (ui) => askedOfShown(ui, ['next', '--limit', '50']),
  rows: nextRows,
  none: (data) => noneWorkable(data?.others ?? 0),
  keys: [['p', 'how long, and what may hold it up']],
  act: (key, { ref }, ui) => (key.name === 'p' ? { shows: askedOfShown(ui, ['predict', ref]) } : null),
})
