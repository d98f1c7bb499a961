import { accessSync, constants, existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheDirectory } from './config/cache-directory.ts'
import { type ErrorName, MhvError, shellWord } from './errors.ts'
import { makeDirectory } from './make-directory.ts'
import { replaceFile } from './replace-file.ts'
import { takeWriteLock } from './store/write-lock.ts'

/** Milliseconds that a change waits for others, which take none. */
const PATIENCE = 10_000

function isLinkOrFile(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}

/** What is to be said of a file that cannot be written. */
function unwritable(name: ErrorName, file: string, why: string, cause?: unknown): MhvError {
  // A step that looks at what is not there would lead nowhere.
  let near = dirname(file)
  while (!existsSync(near)) near = dirname(near)
  const places = isLinkOrFile(file) ? [file, near] : [near]
  return new MhvError(name, `${file} cannot be written: ${why}.`, {
    recovery: [`ls -ld ${places.map(shellWord).join(' ')}`, `df -h ${shellWord(near)}`],
    data: { file },
    cause,
  })
}

/**
 * Changes a text file of the user's, whole or not at all; a link stays one, and so do the permissions. Two of our own at
 * once do not undo each other, and what another program writes before ours is ready is what the change then starts from.
 * Where nothing changes, nothing is written.
 * @param queue a name that all share who may change the file
 * @param change gets null where there is no file yet
 * @returns whether it was written
 * Errors: those of `change`; CONTENTION; the one that is named where it cannot be written.
 */
export async function changeFile(
  file: string,
  { queue, unwritable: name }: { queue: string; unwritable: ErrorName },
  change: (text: string | null) => Promise<string | null> | string | null,
): Promise<boolean> {
  // Not beside the file, where it would be seen, and committed.
  const lock = await takeWriteLock(join(cacheDirectory(), queue), PATIENCE, () => {})
  const readNow = () => (existsSync(file) ? readFileSync(file) : null)
  try {
    const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
    for (;;) {
      const bytes = readNow()
      if (isLink && bytes === null) throw unwritable(name, file, 'it is a link that leads nowhere')
      const before = bytes?.toString('utf8') ?? null
      if (bytes && !Buffer.from(before!).equals(bytes))
        throw unwritable(name, file, 'it is not text in UTF-8')
      const after = await change(before)
      if (after === null || after === before) return false
      const now = readNow()
      if (bytes === null ? now !== null : !now?.equals(bytes)) continue
      if (bytes === null) makeDirectory(dirname(file))
      const place = bytes === null ? file : realpathSync(file)
      // Replacing it needs no leave of the file itself, but whoever took the leave away meant something by it.
      if (bytes !== null) accessSync(place, constants.W_OK)
      replaceFile(place, after, bytes === null ? 0o666 : statSync(place).mode & 0o777)
      return true
    }
  } catch (error) {
    if (error instanceof MhvError || (error as NodeJS.ErrnoException).code === undefined) throw error
    throw unwritable(name, file, (error as Error).message.split(',')[0]!, error)
  } finally {
    lock.release()
  }
}
