import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../schemas/config.ts'
import { MhvError } from '../errors.ts'
import { findRepository, type Repository } from '../git/repository.ts'
import { storeDirectory } from '../store/git-store.ts'
import { takeWriteLock } from '../store/write-lock.ts'
import { placeOfReturn } from '../worktrees/kept-tree.ts'
import { type Emptied, emptyTrash, type Settled, settleTrash } from '../worktrees/settle-trash.ts'
import { readTrash, type TrashEntry, trashDirectory } from '../worktrees/trash-entry.ts'

/** Milliseconds for which another command that moves worktrees is waited for. */
const PATIENCE = 20_000

/** The repository seen from its main worktree, which never goes: the one that the command runs in may. */
export async function seenFromMain(repository: Repository): Promise<Repository> {
  try {
    const main = await findRepository(repository.mainDirectory)
    return main.commonDir === repository.commonDir ? main : repository
  } catch {
    return repository
  }
}

/**
 * Does work on worktrees while nobody else removes or brings back any, after what others have left half done is
 * settled. Errors: CONTENTION, and whatever the work throws.
 */
export async function withTrash<T>(
  repository: Repository,
  work: (main: Repository, settled: Settled) => Promise<T>,
): Promise<T> {
  const main = await seenFromMain(repository)
  const lock = await takeWriteLock(join(storeDirectory(main), 'trash'), PATIENCE, () => {})
  try {
    return await work(main, await settleTrash(main))
  } finally {
    lock.release()
  }
}

/**
 * Settles removals and returns that were killed half-way, where there are any: such a worktree would be taken for a broken
 * one. Errors: CONTENTION, GIT_FAILED.
 */
export async function settleKilled(repository: Repository): Promise<void> {
  if (readTrash(repository).some(({ state }) => state !== 'removed'))
    await withTrash(repository, async () => {})
}

/** Whether there is a linked worktree, or one in the trash: without any, a command has nothing to look at. */
export const hasWorktrees = (repository: Repository): boolean =>
  existsSync(join(repository.commonDir, 'worktrees')) || existsSync(trashDirectory(repository))

/** Lets go of what is older than it is to be kept. Only inside withTrash. */
export const emptyOld = (repository: Repository, config: Config, now: string): Promise<Emptied> =>
  emptyTrash(repository, config.worktrees.trash, now)

/**
 * The entry that a word names: its id, the number of its task, or the path of the worktree; the newest where there are
 * several, or no word. Errors: NOTHING_IN_TRASH.
 */
export function findInTrash(
  repository: Repository,
  word: string | undefined,
  resolve: (path: string) => string,
): TrashEntry {
  const entries = readTrash(repository).filter(({ state }) => state === 'removed')
  const number = /^#?(\d+)$/.exec(word ?? '')?.[1]
  const found = entries.find(
    (entry) =>
      word === undefined ||
      entry.id === word.toUpperCase() ||
      (number !== undefined && entry.task?.number === Number(number)) ||
      entry.path === resolve(word) ||
      placeOfReturn(repository, entry) === resolve(word),
  )
  if (found) return found
  const message =
    word === undefined ? 'No removed worktree is kept.' : `No removed worktree is kept that “${word}” names.`
  throw new MhvError('NOTHING_IN_TRASH', message, { data: { word: word ?? null } })
}
