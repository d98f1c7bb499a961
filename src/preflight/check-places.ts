import { closeSync, openSync, statfsSync, statSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shellWord } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { type Check, critical, ok } from './check.ts'

/** Why a file cannot be written into a directory, or null: only trying tells, since owners and modes are not all there is. */
function whyUnwritable(directory: string): string | null {
  // No ref can be called so: whatever reads refs passes it over for the moment that it is there.
  const path = join(directory, `.mhv-preflight-${process.pid}`)
  try {
    const file = openSync(path, 'wx')
    try {
      writeSync(file, '\n')
    } finally {
      closeSync(file)
      unlinkSync(path)
    }
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error)
  }
}

const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined

/** Whether files can be written where git, and the work itself, are kept. */
export function writableChecks({ commonDir, gitDir, workTree, refsAreFiles }: Repository): Check[] {
  const refs = refsAreFiles ? ['refs', 'refs/mtos'] : []
  // git makes the ones that are not there yet inside of the others.
  const shared = ['.', 'objects', ...refs].map((name) => join(commonDir, name)).filter(isThere)
  const places = [...new Set([...shared, gitDir, ...(workTree === null ? [] : [workTree])])]
  const failed = places.flatMap((path) => {
    const why = whyUnwritable(path)
    return why
      ? [critical('writable', `Nothing can be written to ${path} (${why}).`, `ls -ld ${shellWord(path)}`)]
      : []
  })
  return failed.length > 0
    ? failed
    : [ok('writable', `${places.length} directories of the repository can be written to.`)]
}

const gigabytes = (bytes: number) =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(0)} MB`

/**
 * Whether there is room, also for temporary files.
 * @param least bytes
 */
export function diskChecks({ commonDir }: Repository, least: number): Check[] {
  return [commonDir, tmpdir()].map((path) => {
    try {
      const { bavail, bsize } = statfsSync(path)
      const free = bavail * bsize
      const said = `${gigabytes(free)} are free at ${path}`
      if (free >= least) return ok('disk', `${said}.`)
      return critical('disk', `${said}; ${gigabytes(least)} are wanted.`, `df -h ${shellWord(path)}`)
    } catch (error) {
      const why = (error as NodeJS.ErrnoException).code ?? String(error)
      return critical(
        'disk',
        `How much is free at ${path} cannot be told (${why}).`,
        `df -h ${shellWord(path)}`,
      )
    }
  })
}
