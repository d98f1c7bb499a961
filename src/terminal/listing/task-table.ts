import type { Today } from '../../query/filter.ts'
import { isOverdue } from '../../query/filter.ts'
import { type Entry, type Place, slotsByPlace } from '../../query/place.ts'
import { statusSaid, waitingOn } from '../../query/waiting.ts'
import { AT, FLAG, isClosed, NO_DEADLINE, ROW_INTS } from '../../snapshot/row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { localDate } from '../output/clock.ts'
import { colour, colourPriority, colourStatus } from '../output/colour.ts'
import { isPlain } from '../output/output-mode.ts'
import { relativeDeadline, relativeTime, showsRelativeDates, toldDate } from '../output/relative-date.ts'
import type { Column } from '../output/table.ts'
import { refsOf } from '../task/task-json.ts'

export interface Cell extends Column {
  value(slot: number, view: Cells): string
  /** What a program reads in the column, where people are shown something else. */
  data?(slot: number, view: Cells): string
  /** The place in a head where the value lies as it is shown. */
  readonly field?: number
  /** Where what is shown of it ends, if not with the field. */
  end?(bytes: Buffer, from: number, to: number): number
}

const [BLANK, LESS, GREATER] = [32, 60, 62]

/** What the cells are read on: a page is for people, but is not drawn anew each day as a terminal is. */
export type Reader = 'terminal' | 'page' | 'program'

/** What the cells of one place are made from. */
export interface Cells {
  readonly reader: Reader
  readonly repository: string
  readonly snapshot: Snapshot
  readonly today: Today
  /** Whether dates are told by how far they are. */
  readonly isRelative: boolean
  readonly waiting: ReadonlyMap<number, readonly string[]>
  readonly refOf: (id: string) => string
}

/** A column of times: local dates for people, or how far they are; instants for programs. */
function timeColumn(title: string, place: number) {
  const time = (slot: number, { snapshot }: Cells) => snapshot.wide[(slot * ROW_INTS + place) / 2]!
  return {
    title,
    value: (slot, view) => {
      const at = time(slot, view)
      if (at === 0) return ''
      return view.isRelative ? toldDate(localDate(at), relativeTime(at, view.today.now)) : localDate(at)
    },
    data: (slot, view) => (time(slot, view) === 0 ? '' : new Date(time(slot, view)).toISOString()),
  } satisfies Cell
}

/**
 * A column of other tasks: `#12` for people, numbers for programs; one of another repository as `akosha#12`, and one that
 * is not known by its id.
 */
function tasksColumn(title: string, idsOf: (slot: number, view: Cells) => readonly string[]) {
  const names = (slot: number, view: Cells, mark: string) =>
    idsOf(slot, view)
      .map((id) => {
        const ref = view.refOf(id)
        const own = `${view.repository}#`
        return ref.startsWith(own) ? mark + ref.slice(own.length) : ref
      })
      .join(',')
  return {
    title,
    value: (slot, view) => names(slot, view, '#'),
    data: (slot, view) => names(slot, view, ''),
  } satisfies Cell
}

/** Marks a task that was completed although its gates had not passed. */
const OVERRIDDEN = ' (overridden)'

function statusCell(slot: number, { snapshot, waiting }: Cells): string {
  const status = statusSaid(snapshot, slot, waiting)
  const isMarked = status === 'completed' && snapshot.flags(slot) & FLAG.OVERRIDDEN
  return isMarked ? status + OVERRIDDEN : status
}

/** Where a name ends that an address may follow: `Ann <ann@example.com>`. */
function nameEnd(bytes: Buffer, from: number, to: number): number {
  if (bytes[to - 1] !== GREATER) return to
  for (let at = from; at < to - 2; at++) if (bytes[at] === BLANK && bytes[at + 1] === LESS) return at
  return to
}

/** Every column that a list can show, in the order in which they are named to the user. */
export const COLUMNS = {
  repository: {
    title: 'REPO',
    least: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 16, 10],
    value: (_, { repository }) => repository,
  },
  number: { title: '#', right: true, value: (slot, { snapshot }) => String(snapshot.number(slot)) },
  status: {
    title: 'STATUS',
    paint: (text) =>
      text.endsWith(OVERRIDDEN)
        ? colourStatus(text.slice(0, -OVERRIDDEN.length)) + colour.yellow(OVERRIDDEN)
        : colourStatus(text),
    value: statusCell,
    data: (slot, { snapshot }) => snapshot.status(slot),
  },
  priority: {
    title: 'PRIORITY',
    paint: colourPriority,
    value: (slot, { snapshot }) => snapshot.priority(slot),
  },
  type: { title: 'TYPE', value: (slot, { snapshot }) => snapshot.type(slot) },
  title: {
    title: 'TITLE',
    least: [Number.POSITIVE_INFINITY, 24, 16, 10],
    field: 1,
    value: (slot, { snapshot }) => snapshot.head(slot).title,
  },
  labels: {
    title: 'LABELS',
    least: [12, 12, 6],
    field: 2,
    value: (slot, { snapshot }) => snapshot.head(slot).labelText,
  },
  assignee: {
    title: 'ASSIGNEE',
    least: [Number.POSITIVE_INFINITY, 12, 6],
    field: 3,
    end: nameEnd,
    value: (slot, { snapshot }) => snapshot.head(slot).assignee.replace(/ <.*>$/, ''),
    data: (slot, { snapshot }) => snapshot.head(slot).assignee,
  },
  deadline: {
    title: 'DEADLINE',
    paint: (text) => (text.includes('!') ? colour.red(text) : text),
    value: (slot, { snapshot, today, reader, isRelative }) => {
      if (snapshot.columns[slot * ROW_INTS + AT.DEADLINE] === NO_DEADLINE) return ''
      const { deadline } = snapshot.head(slot)
      const late =
        reader === 'terminal' && deadline && !isClosed(snapshot.packed(slot)) && isOverdue(deadline, today)
      const said =
        isRelative && deadline
          ? toldDate(deadline, relativeDeadline(deadline, today.now, today.date))
          : deadline
      return late ? said + (isPlain() ? ', overdue' : '!') : said
    },
  },
  estimate: { title: 'ESTIMATE', right: true, value: (slot, { snapshot }) => snapshot.head(slot).estimate },
  depends_on: tasksColumn('DEPENDS ON', (slot, { snapshot }) => snapshot.head(slot).dependsOn),
  waiting_on: tasksColumn('WAITING ON', (slot, { waiting }) => waiting.get(slot) ?? []),
  parent: tasksColumn('PARENT', (slot, { snapshot }) => {
    const { parent } = snapshot.head(slot)
    return parent ? [parent] : []
  }),
  branch: { title: 'BRANCH', value: (slot, { snapshot }) => snapshot.head(slot).branch },
  source: { title: 'SOURCE', value: (slot, { snapshot }) => snapshot.head(slot).source },
  created: timeColumn('CREATED', AT.CREATED),
  updated: timeColumn('UPDATED', AT.UPDATED),
  completed: timeColumn('COMPLETED', AT.COMPLETED),
  id: { title: 'ID', value: (slot, { snapshot }) => snapshot.head(slot).id },
} as const satisfies Record<string, Cell>

export type ColumnName = keyof typeof COLUMNS
export const COLUMN_NAMES = Object.keys(COLUMNS) as ColumnName[]
export const DEFAULT_COLUMNS: readonly ColumnName[] = [
  'number',
  'status',
  'priority',
  'title',
  'labels',
  'assignee',
  'deadline',
]

/** The usual columns of a list. */
export const usualColumns = (isSeveral: boolean): readonly ColumnName[] =>
  isSeveral ? ['repository', ...DEFAULT_COLUMNS] : DEFAULT_COLUMNS

export interface TaskRows {
  readonly columns: readonly Column[]
  /** In the order of the entries. */
  readonly rows: readonly (readonly string[])[]
  /** Whether all cells are known to be ASCII. */
  readonly isPlain: boolean
}

/** Columns that a narrow terminal goes without, the first ones last; never one that was asked for by name. */
const SPARE: readonly ColumnName[] = ['priority', 'deadline', 'assignee', 'branch', 'labels']

/** What the cells of each place are made from. */
export function cellsOf(
  places: readonly Place[],
  entries: readonly Entry[],
  today: Today,
  reader: Reader,
): Cells[] {
  const slotsOf = slotsByPlace(places, entries)
  const isRelative = reader === 'terminal' && showsRelativeDates()
  return places.map(({ name, snapshot }, place): Cells => {
    const slots = slotsOf[place]!
    snapshot.willRead('heads', slots.length)
    const waiting = waitingOn(snapshot, slots)
    return { reader, isRelative, repository: name, snapshot, today, waiting, refOf: refsOf(snapshot, name) }
  })
}

/** Cells of the named columns for the tasks, not yet laid out. */
export function taskRows(
  places: readonly Place[],
  entries: readonly Entry[],
  names: readonly ColumnName[],
  today: Today,
  reader: Reader,
): TaskRows {
  const views = cellsOf(places, entries, today, reader)
  const columns: readonly Cell[] = names.map((name) => COLUMNS[name])
  const cells = columns.map((column) => (reader === 'program' && column.data) || column.value)
  return {
    columns,
    rows: entries.map(({ place, slot }) => {
      const view = views[place]!
      const row: string[] = []
      // A plain loop: this runs for every cell of what may be tens of thousands of lines.
      for (let i = 0; i < cells.length; i++) row.push(cells[i]!(slot, view))
      return row
    }),
    isPlain: entries.every(({ place, slot }) => views[place]!.snapshot.flags(slot) & FLAG.PLAIN_HEAD),
  }
}

/** The same columns, which stay whatever is in them. */
export const kept = (columns: readonly Column[]): readonly Column[] =>
  columns.map((column) => ({ ...column, kept: true }))

/** The same columns, of which a narrow terminal may leave some out. */
export const withSpare = (columns: readonly Column[], names: readonly ColumnName[]): readonly Column[] =>
  columns.map((column, i) =>
    SPARE.includes(names[i]!) ? { ...column, spare: SPARE.indexOf(names[i]!) + 1 } : column,
  )
