import { rmSync } from 'node:fs'
import { MhvError } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { resumeReturn } from './bring-back.ts'
import { isBeside, isTreeAstray, keptTree, saidTreePlace } from './kept-tree.ts'
import { finishRemoval, takeBack } from './move-to-trash.ts'
import { dropEntry, readTrash, sweepTrash, type TrashEntry, writeEntry } from './trash-entry.ts'

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
    const treeAt = keptTree(repository, entry) && entry.treeAt
    const moved = { ...entry, treeAt, state: 'moved', takesBranch: false } as const
    await finishRemoval(repository, writeEntry(repository, moved))
    return 'finished'
  }
  if (entry.state === 'moved') {
    await finishRemoval(repository, entry)
    return 'finished'
  }
  if (entry.state === 'restoring') return (await resumeReturn(repository, entry)) ? 'broughtBack' : null
  if (entry.state === 'emptying') await empty(repository, entry)
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
  await sweepTrash(repository)
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

/** Deletes an entry with its files, wherever they are. Errors: GIT_FAILED; those of the file system. */
async function empty(repository: Repository, entry: TrashEntry): Promise<void> {
  if (isBeside(entry)) rmSync(saidTreePlace(repository, entry)!, { recursive: true, force: true })
  await dropEntry(repository, entry)
}

export interface Emptied {
  readonly gone: readonly TrashEntry[]
  /** What would go, but its files are not where they are kept: only the entry tells where they are if they turn up. */
  readonly astray: readonly TrashEntry[]
}

/** Deletes what has been in the trash for longer than it is kept. */
export async function emptyTrash(repository: Repository, retention: number, now: string): Promise<Emptied> {
  const emptied = { gone: [] as TrashEntry[], astray: [] as TrashEntry[] }
  for (const entry of readTrash(repository)) {
    if (entry.state !== 'removed' || keptUntil(entry, retention) > Date.parse(now)) continue
    try {
      if (isTreeAstray(repository, entry)) {
        emptied.astray.push(entry)
        continue
      }
      await empty(repository, writeEntry(repository, { ...entry, state: 'emptying' }))
      emptied.gone.push(entry)
    } catch (error) {
      if (!(error instanceof MhvError) && (error as NodeJS.ErrnoException).code === undefined) throw error
    }
  }
  return emptied
}
