import { closeSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { faultPoint } from '../fault-point.ts'
import { isAncestor } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'

const FILE = 'high-water'

/** An object id and the end of its line: a longer file is none. */
const LONGEST = 64 + 2

/** What the mark says; `damaged` where it is no object id, null where there is none. */
export function inspectHighWater(directory: string): string | 'damaged' | null {
  let fd: number
  try {
    fd = openSync(join(directory, FILE), 'r')
  } catch {
    return null
  }
  try {
    const start = Buffer.alloc(LONGEST)
    const text = start.toString('latin1', 0, readSync(fd, start, 0, LONGEST, 0))
    return /^([0-9a-f]{40}|[0-9a-f]{64})\n?$/.exec(text)?.[1] ?? 'damaged'
  } catch {
    return 'damaged'
  } finally {
    closeSync(fd)
  }
}

/** The newest tip that this clone has seen, or null. */
export function readHighWater(directory: string): string | null {
  const seen = inspectHighWater(directory)
  return seen === 'damaged' ? null : seen
}

/** Remembers a tip. Quiet: where the directory cannot be written, rewinds go unnoticed and nothing else happens. */
export function writeHighWater(directory: string, tip: string): void {
  const path = join(directory, FILE)
  try {
    writeFileSync(`${path}.${process.pid}`, `${tip}\n`)
    faultPoint('mark-half-made')
    renameSync(`${path}.${process.pid}`, path)
  } catch {
    // See above.
  }
}

/**
 * The tip that was seen before and is not part of the log any more, or null where the log only grew. git's own check
 * of ancestry cannot tell: to it, a ref that was moved back is a ref like any other.
 * @param seen the high-water mark, read before the tip was, so that a faster writer is never taken for a rewind
 */
export async function rewoundFrom(
  repository: Repository,
  seen: string | null,
  tip: string,
): Promise<string | null> {
  return seen && seen !== tip && !(await isAncestor(repository, seen, tip)) ? seen : null
}

/** Forgets what was seen. Errors: of the file system. */
export function forgetHighWater(directory: string): void {
  rmSync(join(directory, FILE), { force: true })
}
