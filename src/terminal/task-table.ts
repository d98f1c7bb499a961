import type { Today } from '../query/filter.ts'
import { isOverdue } from '../query/filter.ts'
import { waitingOn } from '../query/waiting.ts'
import { AT, FLAG, isClosed, ROW_INTS } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { localDate } from './clock.ts'
import { colour, colourPriority, colourStatus } from './colour.ts'
import type { Column } from './table.ts'
import { refsOf } from './task-json.ts'

interface Cell extends Column {
  value(slot: number, view: Cells): string
}

interface Cells {
  readonly snapshot: Snapshot
  readonly today: Today
  readonly waiting: ReadonlyMap<number, readonly string[]>
  readonly refOf: (id: string) => string
}

const dateOf = (milliseconds: number) => (milliseconds === 0 ? '' : localDate(milliseconds))

/** Every column that a list can show, in the order in which they are named to the user. */
export const COLUMNS = {
  number: { title: '#', right: true, value: (slot, { snapshot }) => String(snapshot.number(slot)) },
  status: {
    title: 'STATUS',
    paint: colourStatus,
    value: (slot, { snapshot, waiting }) =>
      snapshot.status(slot) === 'pending' && waiting.has(slot) ? 'waiting' : snapshot.status(slot),
  },
  priority: {
    title: 'PRIORITY',
    paint: colourPriority,
    value: (slot, { snapshot }) => snapshot.priority(slot),
  },
  type: { title: 'TYPE', value: (slot, { snapshot }) => snapshot.type(slot) },
  title: { title: 'TITLE', shrinks: true, value: (slot, { snapshot }) => snapshot.head(slot).title },
  labels: {
    title: 'LABELS',
    shrinks: true,
    value: (slot, { snapshot }) => snapshot.head(slot).labelText,
  },
  assignee: {
    title: 'ASSIGNEE',
    value: (slot, { snapshot }) => snapshot.head(slot).assignee.replace(/ <.*>$/, ''),
  },
  deadline: {
    title: 'DEADLINE',
    paint: (text) => (text.includes('!') ? colour.red(text) : text),
    value: (slot, { snapshot, today }) => {
      const { deadline } = snapshot.head(slot)
      const late = deadline && !isClosed(snapshot.packed(slot)) && isOverdue(deadline, today)
      return late ? `${deadline}!` : deadline
    },
  },
  estimate: { title: 'ESTIMATE', right: true, value: (slot, { snapshot }) => snapshot.head(slot).estimate },
  depends_on: {
    title: 'DEPENDS ON',
    value: (slot, { snapshot, refOf }) =>
      snapshot
        .head(slot)
        .dependsOn.map((id) => refOf(id).replace(/^.*(?=#\d+$)/, ''))
        .join(','),
  },
  waiting_on: {
    title: 'WAITING ON',
    value: (slot, { waiting, refOf }) =>
      (waiting.get(slot) ?? []).map((id) => refOf(id).replace(/^.*(?=#\d+$)/, '')).join(','),
  },
  parent: {
    title: 'PARENT',
    value: (slot, { snapshot, refOf }) => refOf(snapshot.head(slot).parent).replace(/^.*(?=#\d+$)/, ''),
  },
  branch: { title: 'BRANCH', value: (slot, { snapshot }) => snapshot.head(slot).branch },
  source: { title: 'SOURCE', value: (slot, { snapshot }) => snapshot.head(slot).source },
  created: {
    title: 'CREATED',
    value: (slot, { snapshot }) => dateOf(snapshot.wide[(slot * ROW_INTS + AT.CREATED) / 2]!),
  },
  updated: {
    title: 'UPDATED',
    value: (slot, { snapshot }) => dateOf(snapshot.wide[(slot * ROW_INTS + AT.UPDATED) / 2]!),
  },
  completed: {
    title: 'COMPLETED',
    value: (slot, { snapshot }) => dateOf(snapshot.wide[(slot * ROW_INTS + AT.COMPLETED) / 2]!),
  },
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

export interface TaskRows {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
  /** Whether all cells are known to be ASCII. */
  readonly isPlain: boolean
}

/** Cells of the named columns for the slots, not yet laid out. */
export function taskRows(
  snapshot: Snapshot,
  repository: string,
  slots: readonly number[],
  names: readonly ColumnName[],
  today: Today,
): TaskRows {
  snapshot.willRead('heads', slots.length)
  const ids = names.some((name) => ['depends_on', 'waiting_on', 'parent'].includes(name))
    ? slots.flatMap((slot) => [...snapshot.head(slot).dependsOn, snapshot.head(slot).parent])
    : []
  const view: Cells = {
    snapshot,
    today,
    waiting: waitingOn(snapshot, slots),
    refOf: refsOf(snapshot, repository, ids),
  }
  const columns: readonly Cell[] = names.map((name) => COLUMNS[name])
  return {
    columns,
    rows: slots.map((slot) => columns.map((column) => column.value(slot, view))),
    isPlain: slots.every((slot) => snapshot.flags(slot) & FLAG.PLAIN_HEAD),
  }
}
