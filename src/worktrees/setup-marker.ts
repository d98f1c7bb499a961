import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gitDirectories, type Repository } from '../git/repository.ts'

/** Name of the file in a worktree's own git directory, where nothing that people do with their files reaches it. */
const MARKER = 'mtos-setup'

/** How far a worktree has been prepared, so that an interrupted preparation is gone on with and none is done twice. */
export interface SetupMarker {
  /** Port number that is this worktree's. */
  readonly port: number | null
  /** Whether its submodules, and the ignored files that it is to have, are there. */
  readonly filled: boolean
  /** Set-up commands that have ended well, in order. */
  readonly done: readonly string[]
  /** Whether that were all. */
  readonly finished: boolean
}

const FRESH: SetupMarker = { port: null, filled: false, done: [], finished: false }

/** A worktree's own git directory; null where the directory is no linked worktree. */
export function ownGitDirectory(path: string): string | null {
  try {
    const target = /^gitdir: (.*?)\n?$/s.exec(readFileSync(join(path, '.git'), 'utf8'))?.[1]
    const gitDir = target === undefined ? null : resolve(path, target)
    // That of a submodule, or of a main worktree whose git directory is elsewhere, is common to all of its worktrees.
    return gitDir !== null && existsSync(join(gitDir, 'commondir')) ? gitDir : null
  } catch {
    return null
  }
}

/** What is recorded of a worktree; one of which nothing is, or nothing readable, has not been prepared at all. */
export function readMarker(gitDir: string): SetupMarker {
  try {
    const read = JSON.parse(readFileSync(join(gitDir, MARKER), 'utf8')) as Partial<SetupMarker>
    return {
      port: Number.isInteger(read.port) ? read.port! : null,
      filled: read.filled === true,
      done: Array.isArray(read.done) ? read.done.map(String) : [],
      finished: read.finished === true,
    }
  } catch {
    return FRESH
  }
}

/** Records progress; a reader finds what was there or what is, never a part. */
export function writeMarker(gitDir: string, marker: SetupMarker): void {
  const scratch = join(gitDir, `${MARKER}.${process.pid}.tmp`)
  try {
    writeFileSync(scratch, `${JSON.stringify(marker)}\n`)
    renameSync(scratch, join(gitDir, MARKER))
  } catch (error) {
    rmSync(scratch, { force: true })
    throw error
  }
}

/** Ports that the other worktrees of a repository have. */
export function portsTaken(repository: Repository, except: string): Set<number> {
  const others = gitDirectories(repository).filter((gitDir) => gitDir !== except)
  return new Set(others.map((gitDir) => readMarker(gitDir).port).filter((port) => port !== null))
}
