import { type ExportRecord, exportRecords, UNDATED_STATUSES } from './exchange/export-record.ts'
import type { Place } from './query/place.ts'
import type { TaskStore } from './store/task-store.ts'

/**
 * Tasks as another repository can import them. Only of some statuses the events have to be read, for the time of it;
 * they are not here of a repository of which only the tasks are.
 */
export async function exportPlace(
  { name, snapshot, workplace }: Place & { readonly workplace: { readonly store: TaskStore } | null },
  slots: readonly number[],
): Promise<ExportRecord[]> {
  const undated = slots.filter((slot) => UNDATED_STATUSES.includes(snapshot.status(slot)))
  const ids = undated.map((slot) => snapshot.head(slot).id)
  const statusAt = new Map<string, string>()
  for (const [id, { task }] of (await workplace?.store.load(snapshot, ids)) ?? [])
    if (task.statusAt) statusAt.set(id, task.statusAt)
  return exportRecords(snapshot, name, slots, statusAt)
}
