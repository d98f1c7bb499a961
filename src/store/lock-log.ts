import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { gitDirectories, type Repository } from '../git/repository.ts'
import { PATIENCE, takeWriteLock, type WriteLock } from './write-lock.ts'

/** The file by which git keeps two processes from moving a ref at once. */
export const refLock = (repository: Repository, ref: string) => join(repository.commonDir, `${ref}.lock`)

/**
 * Queues for the right to write the task log. After a writer that died with its git, git's own lock of the ref is
 * taken away too: nothing else would ever do that, and no later write could succeed. A writer that had not started git
 * yet cannot have left one. Errors: CONTENTION.
 */
export function lockLog(
  repository: Repository,
  directory: string,
  ref: string,
  patience = PATIENCE,
): Promise<WriteLock> {
  return takeWriteLock(directory, patience, (git) => {
    if (git === 0) return
    rmSync(refLock(repository, ref), { force: true })
    if (git === null) return
    for (const gitDir of gitDirectories(repository)) {
      rmSync(join(gitDir, `fast_import_crash_${git}`), { force: true })
    }
  })
}
