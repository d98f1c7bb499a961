import type { Fault, ReadRecords, Warning } from '../source-record.ts'

/** Trackers that tasks are imported from by what their own tools write. */
export const TRACKERS = [
  'beads',
  'backlog',
  'taskwarrior',
  'git-bug',
  'task-master',
  'github',
  'gitlab',
  'jira',
] as const
export type Tracker = (typeof TRACKERS)[number]

/** A file that was read. */
export interface TrackerFile {
  /** As people find it; of a tracker of many files below its directory. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** A part of a task's text that other trackers keep in a field of its own. */
export interface Section {
  readonly heading: string
  readonly text: unknown
}

/** A task of a tracker in the words that an import understands, before it is made to fit. */
export interface TrackerTask {
  readonly place: string
  /** Fields as importedTask has them, of any length. */
  readonly fields: Readonly<Record<string, unknown>>
  /** What follows the description, under headings. */
  readonly sections?: readonly Section[]
  readonly assignees?: readonly unknown[]
  /** Everything that no field of ours is for. */
  readonly metadata: Readonly<Record<string, unknown>>
}

export interface TrackerTasks {
  readonly tasks: readonly TrackerTask[]
  readonly faults: readonly Fault[]
  readonly warnings: readonly Warning[]
}

export type ReadTracker = (files: readonly TrackerFile[]) => Promise<TrackerTasks> | TrackerTasks

/** What reading a tracker hands to an import. */
export type TrackerRecords = ReadRecords & { readonly warnings: readonly Warning[] }
