import { existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import { takeWriteLock } from '../store/write-lock.ts'
import { cacheDirectory } from './cache-directory.ts'
import { replaceFile } from './replace-file.ts'

/** Milliseconds that a change waits for others, which take none. */
const PATIENCE = 10_000

/**
 * Changes a file that lists repositories, whole or not at all; two of our own at once do not undo each other. Where
 * nothing changes, nothing is written.
 * @param change gets null where there is no file yet
 * Errors: those of `change`; CONTENTION; REPOS_UNWRITABLE.
 */
export async function changeRepos(
  file: string,
  change: (text: string | null) => Promise<string | null> | string | null,
): Promise<void> {
  // Not beside the file, where it would be seen, and committed.
  const lock = await takeWriteLock(join(cacheDirectory(), 'federations'), PATIENCE, () => {})
  try {
    const isThere = existsSync(file)
    const before = isThere ? readFileSync(file, 'utf8') : null
    const after = await change(before)
    if (after === null || after === before) return
    if (!isThere) mkdirSync(dirname(file), { recursive: true })
    // A link stays one.
    const place = isThere ? realpathSync(file) : file
    replaceFile(place, after, isThere ? statSync(place).mode & 0o777 : 0o666)
  } catch (error) {
    if (error instanceof MhvError || (error as NodeJS.ErrnoException).code === undefined) throw error
    const message = `${file} cannot be written: ${(error as Error).message.split(',')[0]}.`
    throw new MhvError('REPOS_UNWRITABLE', message, {
      recovery: [
        `ls -ld ${shellWord(file)} ${shellWord(dirname(file))}`,
        `df -h ${shellWord(dirname(file))}`,
      ],
      cause: error,
    })
  } finally {
    lock.release()
  }
}
