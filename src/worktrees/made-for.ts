import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Name of the file in a worktree's own git directory. */
const MADE_FOR = 'mtos-task'

/**
 * Id of the task that a worktree was made for, or null. It is asked only where its branch does not tell: the head may be
 * detached, or another branch checked out.
 * @param gitDir the worktree's own git directory
 */
export function readMadeFor(gitDir: string): string | null {
  try {
    const id = readFileSync(join(gitDir, MADE_FOR), 'utf8').trim()
    return /^[0-9A-Z]{26}$/.test(id) ? id : null
  } catch {
    return null
  }
}

/** Records the task that a worktree was made for, or was taken up for later. */
export function recordMadeFor(gitDir: string, id: string): void {
  if (readMadeFor(gitDir) !== id) writeFileSync(join(gitDir, MADE_FOR), `${id}\n`)
}
