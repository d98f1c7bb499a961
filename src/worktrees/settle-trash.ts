import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { MhvError } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { resumeReturn } from './bring-back.ts'
import { finishRemoval, takeBack } from './move-to-trash.ts'
import {
  dropEntry,
  entryDirectory,
  readTrash,
  sweepEmptied,
  type TrashEntry,
  writeEntry,
} from './trash-entry.ts'

/** What came of removals and returns that were interrupted. */
export interface Settled {
  readonly takenBack: readonly TrashEntry[]
  readonly finished: readonly TrashEntry[]
  readonly broughtBack: readonly TrashEntry[]
}

async function settle(repository: Repository, entry: TrashEntry): Promise<keyof Settled | null> {
  if (entry.state === 'removing') {
    if (await takeBack(repository, entry)) return 'takenBack'
    // Its place was taken by something else since; whether the branch still goes with it was never looked at again.
    await finishRemoval(repository, writeEntry(repository, { ...entry, state: 'moved', takesBranch: false }))
    return 'finished'
  }
  if (entry.state === 'moved') {
    await finishRemoval(repository, entry)
    return 'finished'
  }
  if (entry.state === 'restoring') return (await resumeReturn(repository, entry)) ? 'broughtBack' : null
  return null
}

/**
 * Finishes or takes back what was interrupted. Only for whoever holds the lock of the trash: what another process is
 * doing looks the same. What cannot be settled now is left for the next run.
 */
export async function settleTrash(repository: Repository): Promise<Settled> {
  const settled = {
    takenBack: [] as TrashEntry[],
    finished: [] as TrashEntry[],
    broughtBack: [] as TrashEntry[],
  }
  sweepEmptied(repository)
  for (const entry of readTrash(repository)) {
    try {
      const what = await settle(repository, entry)
      if (what) settled[what].push(entry)
    } catch (error) {
      if (!(error instanceof MhvError) && (error as NodeJS.ErrnoException).code === undefined) throw error
    }
  }
  return settled
}

/** Until when an entry can be brought back, in milliseconds since 1970. @param retention `worktrees.trash` */
export const keptUntil = (entry: TrashEntry, retention: number): number => Date.parse(entry.at) + retention

/** Deletes what has been in the trash for longer than it is kept. Returns what went. */
export async function emptyTrash(
  repository: Repository,
  retention: number,
  now: string,
): Promise<TrashEntry[]> {
  const gone: TrashEntry[] = []
  for (const entry of readTrash(repository)) {
    if (entry.state !== 'removed' || keptUntil(entry, retention) > Date.parse(now)) continue
    try {
      const isBeside = entry.treeAt !== null && dirname(entry.treeAt) !== entryDirectory(repository, entry.id)
      if (isBeside) rmSync(entry.treeAt!, { recursive: true, force: true })
      await dropEntry(repository, entry)
      gone.push(entry)
    } catch (error) {
      if (!(error instanceof MhvError) && (error as NodeJS.ErrnoException).code === undefined) throw error
    }
  }
  return gone
}
