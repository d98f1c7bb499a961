import type { RemoteOptions } from '../git/remote.ts'
import type { Repository } from '../git/repository.ts'
import type { Renumbering } from '../merge/plan-renumbering.ts'
import type { Clash } from '../merge/unite-logs.ts'
import type { RemoteAlarm } from '../store/remote-marks.ts'
import type { TaskStore } from '../store/task-store.ts'
import type { Environment } from '../tasks/seal.ts'
import type { Collision } from './colliding-slots.ts'
import type { RemotePlaces } from './remote-places.ts'
import type { Restored } from './restore-events.ts'

export interface FirstPush {
  readonly remote: string
  readonly url: string
  readonly tasks: number
}

export interface SyncOptions extends RemoteOptions {
  /** ISO 8601 */
  readonly now: string
  /** For what is written: seldom anything is. */
  readonly environment: () => Promise<Environment>
  /** Called before tasks are sent to a remote that has none. */
  readonly onFirstPush?: (push: FirstPush) => void
  /** Merge a log that is another one than was seen on the remote. */
  readonly acceptReplaced?: boolean
  /** Milliseconds for which others may be faster. */
  readonly patience?: number
}

/** Something that did not go through, beside tasks that did. */
export interface SyncProblem {
  readonly code: string
  readonly message: string
}

export interface SyncResult {
  readonly remote: string
  readonly url: string
  /** The ref that carries the tasks there. */
  readonly ref: string
  readonly tip: string
  /** Whether this repository had no log and has the remote's now. */
  readonly adopted: boolean
  /** Tasks that changed here by what was fetched, and that were changed there by what was pushed. */
  readonly received: number
  readonly sent: number
  readonly renumbered: readonly Renumbering[]
  /** Numbers that two tasks have now, since this is not the remote that settles them. */
  readonly collisions: readonly Collision[]
  /** The remote that does, if there is one. */
  readonly main: string | null
  readonly gates: { readonly received: number; readonly sent: number }
  /** What the remote's log did that it is not to do, and was put right by this. */
  readonly alarm: RemoteAlarm | null
  readonly clashes: readonly Clash[]
  /** What the remote's log had lost or changed of what was here, and has again. */
  readonly restored: readonly Restored[]
  readonly problems: readonly SyncProblem[]
}

/** What adds up over the rounds of one sync. */
export interface Tally {
  adopted: boolean
  received: number
  sent: number
  gatesReceived: number
  gatesSent: number
  /** By task. */
  readonly renumbered: Map<string, Renumbering>
  readonly clashes: Clash[]
  readonly restored: Restored[]
  collisions: readonly Collision[]
  problems: SyncProblem[]
  /** A tip at which no two tasks share a number. */
  settled: string | null
  /** Rounds in which the remote showed no log and would not let one be made either. */
  unseen: number
  /** Whether the remote was fetched from. */
  answered: boolean
  /** Whether it was said who will see the tasks. */
  announced: boolean
}

/** A task that had to move again, since somebody was faster, has moved once as far as anybody is concerned. */
export function noteRenumbered({ renumbered }: Tally, moves: readonly Renumbering[]): void {
  for (const move of moves) {
    renumbered.set(move.id, { ...move, from: renumbered.get(move.id)?.from ?? move.from })
  }
}

/** One sync with one remote, while it goes on. */
export interface Sync {
  readonly repository: Repository
  readonly store: TaskStore
  readonly places: RemotePlaces
  readonly options: SyncOptions
  readonly tally: Tally
  /** Whether two commits hold the same files, asked of git once. */
  readonly sameTree: (a: string, b: string) => Promise<boolean>
}
