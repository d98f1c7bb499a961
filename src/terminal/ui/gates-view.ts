import type { Entry } from '../../query/place.ts'
import type { SortBy } from '../../query/sort.ts'
import { type RichLine, span } from './rich-line.ts'
import { rowsView, type ViewRow } from './rows-view.tsx'
import type { UiState } from './state.ts'
import { NO_FILTER } from './task-source.ts'
import { padded } from './text-width.ts'
import type { Role } from './theme.ts'

interface GatesRow extends ViewRow {
  /** The task as a command takes it. */
  readonly word: string
}

/** Tasks whose gates are looked at: those that gates have stopped, those that are worked on, and what they let pass last. */
const LOOKED_AT = ['failed', 'in_progress', 'completed'] as const
/** At most so many of each: a task is read whole for its gates. */
const MOST = 30
const LATEST: SortBy = { key: 'updated', descending: true }

const ROLES: Readonly<Record<string, Role>> = {
  passed: 'success',
  skipped: 'muted',
  cancelled: 'warning',
  overridden: 'warning',
}

const RUNS_GATES: readonly string[] = ['task complete', 'gate run']

/** Whether the gates of a task, as a command takes it, run now. */
const isRunning = ({ running, argvs }: UiState, word: string): boolean =>
  running !== null &&
  argvs.some(
    ([topic, verb, ...words]) =>
      RUNS_GATES.includes(`${topic} ${verb}`) && words.some((each) => each.split(',').includes(word)),
  )

function rowOf(ui: UiState, entry: Entry): GatesRow {
  const task = ui.source.task(entry)
  const row = ui.source.row(entry)
  const { gates } = task
  const word = ui.source.wordOf(entry)
  const isLive = isRunning(ui, word)
  const none = 'none recorded yet: d, which completes the task, records what they say'
  const said = isLive ? 'running now: v shows it' : gates.length === 0 ? none : null
  return {
    task: row.key,
    word,
    height: 1 + gates.length + (said === null ? 0 : 1),
    lines: (): RichLine[] => [
      [
        span(`${ui.source.isSeveral ? row.ref : `#${row.number}`} `, 'accent'),
        span(`${row.status} `, row.status === 'failed' ? 'danger' : 'text'),
        span(row.title),
      ],
      ...(said === null ? [] : [[span(`    ${said}`, isLive ? 'accent' : 'muted')]]),
      ...gates.map(
        ({ gate, outcome, cached }): RichLine => [
          span(`    ${padded(gate, 20)} `),
          span(outcome, ROLES[outcome] ?? 'danger'),
          span(cached ? ', cached' : '', 'muted'),
        ],
      ),
    ],
  }
}

/** Tasks with the last results of their gates. Those that ended without any are left out. */
export const gatesRows = (ui: UiState): GatesRow[] =>
  LOOKED_AT.flatMap((status) =>
    ui.source
      .select({ ...NO_FILTER, status }, LATEST)
      .slice(0, MOST)
      .filter((entry) => status !== 'completed' || ui.source.task(entry).gates.length > 0)
      .map((entry) => rowOf(ui, entry)),
  )

/** What gates have said, and gates that run while one looks on. */
export const gatesView = rowsView<null, GatesRow>({
  id: 'gates',
  title: 'Gates',
  key: '6',
  isWide: false,
  asks: () => null,
  rows: gatesRows,
  none: 'No task is in progress: s starts one.',
  keys: [
    ['r', 'run its gates'],
    ['N', 'run all of them anew'],
  ],
  act: (key, { word }) => {
    if (key.name === 'r') return { shows: ['gate', 'run', word] }
    return key.name === 'N' ? { shows: ['gate', 'run', word, '--no-cache'] } : null
  },
})
