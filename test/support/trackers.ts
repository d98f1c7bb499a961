import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ImportPlan, planImport } from '../../src/exchange/plan-import.ts'
import { readTracker } from '../../src/exchange/read-tracker.ts'
import { readSourceFile } from '../../src/exchange/source-file.ts'
import type { Tracker, TrackerFile } from '../../src/exchange/trackers/tracker-task.ts'
import { fold } from '../../src/tasks/fold.ts'
import type { TaskState } from '../../src/tasks/task-state.ts'
import { bytesOf, digest, importer, viewOf } from './import-in-memory.ts'

export const TRACKER_FIXTURES = join(import.meta.dirname, '../fixtures/trackers')

/** A file among the fixtures, or all files below a directory there. */
export function trackerFixture(path: string): TrackerFile[] {
  const full = join(TRACKER_FIXTURES, path)
  if (/\.\w+$/.test(path)) return [{ path, bytes: readFileSync(full) }]
  const names = readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(full.length + 1))
  return names.map((name) => ({ path: name, bytes: readFileSync(join(full, name)) }))
}

/** A file that holds this text, or this value as JSON. */
export const trackerFile = (value: unknown, path = 'file.json'): TrackerFile[] => [
  { path, bytes: bytesOf(typeof value === 'string' ? value : JSON.stringify(value)) },
]

/** After the fixtures were written. */
const LATER = '2026-12-01T10:00:00.000Z'

export interface Imported {
  readonly plan: ImportPlan
  /** What each task is after the import, by its id in the tracker. */
  readonly tasks: ReadonlyMap<string, TaskState>
  /** Ids in the tracker by ids here. */
  readonly names: ReadonlyMap<string, string>
  /** Warnings as `place kind`. */
  readonly warned: readonly string[]
}

/** What an import of a tracker's files makes in a repository without tasks. */
export async function importedFrom(tracker: Tracker, files: readonly TrackerFile[]): Promise<Imported> {
  const read = await readTracker(tracker, files)
  const plan = planImport(readSourceFile(read, tracker), viewOf([]), importer('Ann', LATER), digest)
  const states = plan.logs.map(fold)
  return {
    plan,
    tasks: new Map(states.map((state) => [state.source!.id, state])),
    names: new Map(states.map((state) => [state.id, state.source!.id])),
    warned: plan.warnings.map(({ place, kind }) => `${place} ${kind}`).sort(),
  }
}

/** What a task depends on, and is a part of, by ids in the tracker. */
export function edgesOf({ tasks, names }: Imported, id: string) {
  const task = tasks.get(id)!
  return {
    dependsOn: [...task.dependsOn.keys()].map((other) => names.get(other)!).sort(),
    parent: task.parent === null ? null : names.get(task.parent)!,
  }
}

export const labelsOf = ({ tasks }: Imported, id: string): string[] =>
  [...tasks.get(id)!.labels.keys()].sort()
