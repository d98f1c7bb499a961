import { existsSync, mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MhvError, shellWord } from './errors.ts'

/** What the directory for temporary files is named by, the first that is set. */
const NAMED_BY = ['TMPDIR', 'TMP', 'TEMP']

/** What is to be said where something cannot be made among the temporary files. */
export function noTemporaryPlace(what: string, why: string, cause?: unknown): MhvError {
  const place = tmpdir()
  const name = NAMED_BY.find((name) => process.env[name])
  const looks = existsSync(place) ? [`ls -ld ${shellWord(place)}`, `df -h ${shellWord(place)}`] : []
  return new MhvError('STATE_UNWRITABLE', `${what} cannot be made in ${place}: ${why}`, {
    recovery: [...looks, ...(name ? [`unset ${name}`] : [])],
    cause,
  })
}

/**
 * Makes a directory of a name of its own for temporary files, which whoever asks for it removes.
 * @returns its path without links
 * Errors: STATE_UNWRITABLE where none can be made.
 */
export function temporaryDirectory(prefix: string): string {
  try {
    return realpathSync(mkdtempSync(join(tmpdir(), prefix)))
  } catch (cause) {
    throw noTemporaryPlace('A temporary directory', (cause as Error).message, cause)
  }
}
