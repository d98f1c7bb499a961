import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gitDirectories, type Repository } from '../git/repository.ts'
import { PATIENCE, takeWriteLock, type WriteLock } from './write-lock.ts'

/** The file by which git keeps two processes from moving a ref at once. */
export const refLock = (repository: Repository, ref: string) => join(repository.commonDir, `${ref}.lock`)

/** Locks of the refs that are logs of ours. */
function logLocks(repository: Repository): string[] {
  const directory = join(repository.commonDir, 'refs', 'mtos')
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith('.lock'))
      .map((name) => join(directory, name))
  } catch {
    return []
  }
}

/**
 * Queues for the right to write a log, the tasks' or the gates': fast-import's marks on packs are told apart by there
 * being one writer. After a writer that died with its git, git's own locks of the refs are taken away too: nothing else
 * would ever do that, and no later write could succeed. A writer that had not started git yet cannot have left one.
 * Errors: CONTENTION.
 */
export function lockLog(repository: Repository, directory: string, patience = PATIENCE): Promise<WriteLock> {
  return takeWriteLock(directory, patience, (git) => {
    if (git === 0) return
    for (const path of logLocks(repository)) rmSync(path, { force: true })
    if (git === null) return
    for (const gitDir of gitDirectories(repository)) {
      rmSync(join(gitDir, `fast_import_crash_${git}`), { force: true })
    }
  })
}
