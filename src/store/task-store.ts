import type { Identity } from '../git/identity.ts'
import type { Clash } from '../merge/unite-logs.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { TaskLog } from '../tasks/fold.ts'
import type { ReadTask } from './task-file.ts'

export interface Batch {
  /** First line, then trailers after an empty line. */
  readonly message: string
  /** ISO 8601; the time of the commit. */
  readonly at: string
  /** The whole logs of the tasks that change. */
  readonly logs: readonly TaskLog[]
  /** Paths of files that the log is not to have any more. */
  readonly removed?: readonly string[]
}

export interface Merged {
  /** Nothing was to be done; the log moved forward to the other tip; or a merge commit was made. */
  readonly how: 'there' | 'forward' | 'merged'
  readonly view: Snapshot
  /** How many tasks' files differ from before; null where it was not found out on the way. */
  readonly changed: number | null
  /** Ids that stood for two events, of which one was kept. */
  readonly clashes: readonly Clash[]
}

/** Where a repository's tasks are kept. Two implementations, git and memory, keep one contract. */
export interface TaskStore {
  /** What people call the repository. */
  readonly name: string
  /** All tasks at the newest tip. Errors: NOT_INITIALISED, LOG_REWOUND, NOT_A_LOG, OBJECT_MISSING. */
  view(): Promise<Snapshot>
  /** Events of tasks as of a view. Errors: TASK_UNREADABLE, NEWER_FORMAT, TASK_NOT_FOUND. */
  load(view: Snapshot, ids: readonly string[]): Promise<Map<string, ReadTask>>
  /**
   * Writes one commit on top of the view's tip.
   * @returns the new view, or `moved` when somebody else was faster: nothing has changed then.
   * Errors: STORE_UNWRITABLE, NEWER_FORMAT, LOG_REWOUND, NO_IDENTITY; OBJECT_MISSING in a partial clone that lacks some.
   */
  commit(view: Snapshot, batch: Batch): Promise<Snapshot | 'moved'>
  /**
   * Brings in what another tip of task logs holds, whose objects are here already.
   * @returns `moved` when somebody else was faster: nothing has changed then.
   * Errors: those of `commit`, NOT_A_LOG, and TASK_UNREADABLE for a file that cannot be merged.
   */
  merge(view: Snapshot, theirs: string): Promise<Merged | 'moved'>
  identity(): Promise<Identity>
  /**
   * Runs work while no other writer of this repository is in its own, as far as that can be had. Not to be nested.
   * Errors: CONTENTION.
   */
  exclusively<T>(work: () => Promise<T>): Promise<T>
}

/** The tree that every log begins with; its commit is the same everywhere, so that two logs always share history. */
export const ROOT = {
  file: 'mtos.yaml',
  content: 'format: 1\n',
  message: 'Begin task log\n',
  identity: { name: 'MTOS', email: 'mtos@localhost', zone: '+0000' } satisfies Identity,
  time: 1_767_225_600,
} as const

/** What every merge commit says; as ROOT, it is the same on every clone. */
export const MERGE_MESSAGE = 'Merge task logs\n'

/** The newest format of mtos.yaml that this program writes. */
export const FORMAT = 1

/** The format that the text of mtos.yaml declares, a whole number; null where it declares none. */
export function formatOf(text: string): number | null {
  const digits = /^format:[ \t]*(\d{1,9})[ \t]*(?:#.*)?\r?$/m.exec(text)?.[1]
  return digits === undefined ? null : Number(digits)
}
