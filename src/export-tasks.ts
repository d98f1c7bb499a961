import { writeFileSync } from 'node:fs'
import { MhvError } from './errors.ts'
import { type ExportRecord, exportRecords, UNDATED_STATUSES } from './exchange/export-record.ts'
import type { Snapshot } from './snapshot/snapshot.ts'
import type { TaskStore } from './store/task-store.ts'

/** Tasks as another repository can import them. Only of some statuses the events have to be read. */
export async function exportTasks(
  store: TaskStore,
  view: Snapshot,
  slots: readonly number[],
): Promise<ExportRecord[]> {
  const undated = slots.filter((slot) => UNDATED_STATUSES.includes(view.status(slot)))
  const read = await store.load(
    view,
    undated.map((slot) => view.head(slot).id),
  )
  const statusAt = new Map<string, string>()
  for (const [id, { task }] of read) if (task.statusAt) statusAt.set(id, task.statusAt)
  return exportRecords(view, store.name, slots, statusAt)
}

/** Writes a file that was not there, or any with `force`. Errors: INVALID_INPUT. */
export function writeExport(path: string, text: string, force: boolean): void {
  try {
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const name = JSON.stringify(path)
    const exists = code === 'EEXIST'
    throw new MhvError(
      'INVALID_INPUT',
      exists
        ? `The file ${name} exists; --force replaces it.`
        : `The file ${name} cannot be written (${code}).`,
      { recovery: ['mhv task export --help'], data: { field: 'output', value: path }, cause },
    )
  }
}
