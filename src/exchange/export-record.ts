import { OWN_SYSTEM } from '../../schemas/exchange.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { isReference, shownAs } from '../tasks/known.ts'

/** A task as another repository can import it: the published fields, and its edges by the ids of the source. */
export interface ExportRecord {
  readonly source: { readonly system: string; readonly id: string }
  readonly deps: readonly { readonly id: string; readonly type: 'blocks' | 'parent-child' }[]
  /** When it got the status that it has, where no other field says so. */
  readonly status_at?: string
  readonly [field: string]: unknown
}

/** Statuses whose time is in no field of the published JSON. */
export const UNDATED_STATUSES: readonly string[] = ['blocked', 'failed', 'cancelled']

/**
 * Tasks as records. A task that was made here is its own source, under our own name, so that it is known again when
 * the export comes back.
 * @param statusAt times of the tasks with one of UNDATED_STATUSES, by id
 */
export function exportRecords(
  view: Snapshot,
  repository: string,
  slots: readonly number[],
  statusAt: ReadonlyMap<string, string>,
): ExportRecord[] {
  view.willRead('heads', slots.length)
  view.willRead('json', slots.length)
  const related = slots.flatMap((slot) => [...view.head(slot).dependsOn, view.head(slot).parent])
  const slotOf = view.slotsOfIds([...new Set(related)].filter((id) => id !== ''))
  const keyOf = (id: string): string => {
    const slot = slotOf.get(id)
    if (slot !== undefined && view.head(slot).source) return view.head(slot).source
    return id.includes('/') ? id : `${OWN_SYSTEM}:${id}`
  }
  const refOf = (id: string) => {
    const slot = slotOf.get(id)
    if (slot !== undefined) return `${repository}#${view.number(slot)}`
    const task = isReference(id) ? view.elsewhere.task(id) : undefined
    return task ? shownAs(task) : id
  }
  return slots.map((slot) => {
    const task = JSON.parse(view.json(slot).toString('utf8')) as Published
    const { dependsOn, parent } = view.head(slot)
    const source = task.source ?? { system: OWN_SYSTEM, id: task.id }
    // Within a system its ids are enough, and are what other tools know.
    const nameOf = (id: string) => {
      const key = keyOf(id)
      return key.startsWith(`${source.system}:`) ? key.slice(source.system.length + 1) : key
    }
    const at = statusAt.get(task.id)
    return {
      ref: `${repository}#${task.number}`,
      repository,
      ...task,
      depends_on: dependsOn.map(refOf),
      parent: parent ? refOf(parent) : null,
      source,
      deps: [
        ...dependsOn.map((id) => ({ id: nameOf(id), type: 'blocks' as const })),
        ...(parent ? [{ id: nameOf(parent), type: 'parent-child' as const }] : []),
      ],
      ...(at ? { status_at: at } : {}),
    }
  })
}

interface Published {
  readonly id: string
  readonly number: number
  readonly source: { readonly system: string; readonly id: string } | null
}

/** Columns of the CSV; comments, criteria and metadata have no place in a table. */
const COLUMNS = [
  'source', 'id', 'title', 'description', 'type', 'status', 'reason', 'priority', 'deadline', 'estimate',
  'assignee', 'labels', 'depends_on', 'parent', 'created_by', 'completed_by', 'created_at', 'started_at',
  'completed_at', 'status_at',
] // biome-ignore format: a list

/** Records as a table without loss for its columns: cells are never changed to please a spreadsheet. */
export async function exportCsv(records: readonly ExportRecord[]): Promise<string> {
  const { default: Papa } = await import('papaparse')
  const rows = records.map((record) => {
    const row: Record<string, unknown> = {
      ...record,
      source: record.source.system,
      id: record.source.id,
      labels: (record.labels as readonly string[]).join(','),
      depends_on: namesCell(record.deps.filter(({ type }) => type === 'blocks').map(({ id }) => id)),
      parent: record.deps.find(({ type }) => type === 'parent-child')?.id,
    }
    return COLUMNS.map((column) => row[column] ?? '')
  })
  return `${Papa.unparse([COLUMNS, ...rows], { newline: '\r\n' })}\r\n`
}

const namesCell = (names: readonly string[]) =>
  names.some((name) => /[;,|\s]/.test(name) || /^(?:\[|-$|none$|n\/a$)/i.test(name))
    ? JSON.stringify(names)
    : names.join(';')
