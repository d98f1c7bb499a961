import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { MhvError, shellWord } from './errors.ts'
import type { Repository } from './git/repository.ts'
import { storeDirectory } from './store/git-store.ts'
import { takeWriteLock } from './store/write-lock.ts'
import { removeIfEmpty } from './worktrees/remove-if-empty.ts'

/** Milliseconds for which another installation is waited for. */
const PATIENCE = 20_000

/** What is there of a path: the file that was to be written is not, where its directory refuses it. */
const thereOf = (path: string): string => (existsSync(path) ? path : thereOf(dirname(path)))

/** Errors: STORE_UNWRITABLE for what the system refused, and whatever else `change` throws as it is. */
function refused(repository: Repository, error: unknown): unknown {
  const { code, message, path, syscall } = error as NodeJS.ErrnoException
  if (syscall === undefined) return error
  const place = thereOf(path ?? repository.commonDir)
  // Node names the file after that, which may be a temporary one.
  const why = message.split(`, ${syscall}`)[0]
  const said = `The hooks could not be written in ${place}: ${why}. The same command again goes on from here.`
  const isFull = code === 'ENOSPC' || code === 'EDQUOT'
  const recovery = [`${isFull ? 'df -h' : 'ls -ld'} ${shellWord(place)}`]
  return new MhvError('STORE_UNWRITABLE', said, { recovery, cause: error, data: { path: path ?? null } })
}

/**
 * Installs or takes away hooks while nobody else does: of two installations, one could keep the other's hook as the one
 * that was there before. Errors: those of `change`; STORE_UNWRITABLE, CONTENTION while another goes on.
 */
export async function changeHooks<T>(repository: Repository, change: () => Promise<T>): Promise<T> {
  const store = storeDirectory(repository)
  const directory = join(store, 'hooks')
  const lock = await takeWriteLock(directory, PATIENCE, () => {})
  try {
    return await change()
  } catch (error) {
    throw refused(repository, error)
  } finally {
    lock.release()
    removeIfEmpty(directory)
    removeIfEmpty(store)
  }
}
