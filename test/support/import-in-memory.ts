import { createHash } from 'node:crypto'
import { MhvError } from '../../src/errors.ts'
import { exportRecords, UNDATED_STATUSES } from '../../src/exchange/export-record.ts'
import { type ImportPlan, planImport } from '../../src/exchange/plan-import.ts'
import { readJsonLines } from '../../src/exchange/read-json.ts'
import { readSourceFile } from '../../src/exchange/source-file.ts'
import type { ReadRecords } from '../../src/exchange/source-record.ts'
import { encodeSegment, type Problem } from '../../src/snapshot/segment.ts'
import { memoryHeap, openSnapshot, type Snapshot } from '../../src/snapshot/snapshot.ts'
import { fold } from '../../src/tasks/fold.ts'
import type { Environment } from '../../src/tasks/seal.ts'
import type { TaskState } from '../../src/tasks/task-state.ts'
import { newIds } from '../../src/terminal/task/new-ids.ts'

export const NOW = '2026-11-20T10:00:00.123Z'
export const digest = (text: string) => createHash('sha256').update(text).digest()
export const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Somebody who imports: a name of their own, and ids that nobody else has. */
export const importer = (name = 'Ann', now = NOW): Environment => ({
  now,
  actor: `${name} <${name.toLowerCase()}@example.com>`,
  newId: newIds(now),
})

/** A repository that holds these tasks. */
export function viewOf(tasks: readonly TaskState[], problems: readonly Problem[] = []): Snapshot {
  const segment = encodeSegment(tasks.map((task) => ({ task, writable: true })))
  return openSnapshot({
    tip: null,
    rows: segment.rows,
    heap: memoryHeap(segment.heap),
    overlays: [],
    problems,
    highestNumber: segment.highestNumber,
  })
}

export const jsonLines = (...values: readonly unknown[]): ReadRecords =>
  readJsonLines(bytesOf(values.map((value) => `${JSON.stringify(value)}\n`).join('')))

/** What an import of these records into a repository would write. */
export function plan(read: ReadRecords, view: Snapshot = viewOf([]), environment = importer()): ImportPlan {
  return planImport(readSourceFile(read, 'plan'), view, environment, digest)
}

/** The tasks that an import makes in a repository without any. */
export const imported = (...values: readonly unknown[]): TaskState[] =>
  plan(jsonLines(...values)).logs.map(fold)

/** The records that an export of these tasks makes. */
export function exported(tasks: readonly TaskState[]) {
  const view = viewOf(tasks)
  const statusAt = new Map(
    tasks.flatMap(({ id, status, statusAt: at }) =>
      at && UNDATED_STATUSES.includes(status) ? [[id, at] as const] : [],
    ),
  )
  const slots = tasks.map((_, slot) => slot)
  return exportRecords(view, 'demo', slots, statusAt)
}

/** When the task below was made. */
export const T = '2025-06-01T08:00:00.000Z'
/** A task of another system. */
export const task = (more: object = {}) => ({
  source: 'tracker',
  id: 'A-1',
  title: 'One',
  created_at: T,
  ...more,
})

/** What the refusal of these records says, line by line; nothing where they are taken. */
export function refusalOf(...values: readonly unknown[]): string[] {
  try {
    plan(jsonLines(...values))
  } catch (error) {
    if (error instanceof MhvError && error.error === 'IMPORT_REJECTED') return error.message.split('\n')
    throw error
  }
  return []
}
