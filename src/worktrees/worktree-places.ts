import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gitDirectories, type Repository } from '../git/repository.ts'
import { readMadeFor } from './made-for.ts'
import { namedPlace } from './read-facts.ts'

/** A worktree as far as files say it. */
export interface WorktreePlace {
  readonly path: string
  /** Short name of the branch; null where the head is detached. */
  readonly branch: string | null
  /** Id of the task that it was made for, where that is recorded. */
  readonly madeFor: string | null
}

function branchAt(gitDir: string): string | null {
  try {
    return /^ref: refs\/heads\/(.+)\n?$/.exec(readFileSync(join(gitDir, 'HEAD'), 'utf8'))?.[1] ?? null
  } catch {
    return null
  }
}

/**
 * Where the worktrees of a repository are, the main one first, without starting git: for showing, never for what is done to
 * them. Those that are not at their places are left out.
 */
export function worktreePlaces(repository: Repository): WorktreePlace[] {
  const places = gitDirectories(repository).map((admin, i) => ({
    path: i === 0 ? repository.mainDirectory : dirname(namedPlace(admin)),
    branch: branchAt(admin),
    madeFor: i === 0 ? null : readMadeFor(admin),
  }))
  return places.filter(({ path }) => existsSync(join(path, '.git')))
}
