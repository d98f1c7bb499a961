import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { faultPoint } from '../fault-point.ts'
import { isAncestor } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'

const FILE = 'high-water'

/** The newest tip that this clone has seen, or null. */
export function readHighWater(directory: string): string | null {
  try {
    return readFileSync(join(directory, FILE), 'latin1').trim() || null
  } catch {
    return null
  }
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
  directory: string,
  seen: string | null,
  tip: string,
): Promise<string | null> {
  if (seen === tip) return null
  if (seen && !(await isAncestor(repository, seen, tip))) return seen
  writeHighWater(directory, tip)
  return null
}

/** Forgets what was seen. Errors: of the file system. */
export function forgetHighWater(directory: string): void {
  rmSync(join(directory, FILE), { force: true })
}
