import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { Repository } from '../git/repository.ts'
import { storeDirectory } from '../store/git-store.ts'
import { takeWriteLock, type WriteLock } from '../store/write-lock.ts'
import { removeIfEmpty } from '../worktrees/remove-if-empty.ts'

/** Milliseconds for which another start of the same task or branch is waited for. */
const PATIENCE = 20_000

/**
 * Makes a worktree while nobody else makes the same: what another one is making looks like what a killed one has left.
 * @param what id of the task, or name of the branch, that the worktree is for
 * Errors: those of `make`; CONTENTION while another goes on.
 */
export async function oneAtATime<T>(
  repository: Repository,
  what: string,
  make: (lock: WriteLock) => Promise<T>,
): Promise<T> {
  // A branch's name may be longer than a file's.
  const name = /^[\w-]{1,64}$/.test(what) ? what : createHash('sha256').update(what).digest('hex')
  const directory = join(storeDirectory(repository), 'starts', name)
  const lock = await takeWriteLock(directory, PATIENCE, () => {})
  try {
    return await make(lock)
  } finally {
    lock.release()
    // One who waits for a lock may have his own file in its directory already.
    removeIfEmpty(directory)
    removeIfEmpty(dirname(directory))
  }
}
