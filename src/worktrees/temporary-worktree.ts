import { rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { faultPoint } from '../fault-point.ts'
import type { Repository } from '../git/repository.ts'
import { git, runGit } from '../git/run.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import { listWorktrees } from './read-facts.ts'

/** Begins the name of the directory around one; its process id tells whose it is. */
const PREFIX = 'mhv-gates-'

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Ours alone: nobody works in it, so that nothing is asked, also where gates left files behind. */
async function removeTemporary(repository: Repository, path: string): Promise<void> {
  await runGit(['worktree', 'remove', '--force', '--force', path], repository.git)
  rmSync(dirname(path), { recursive: true, force: true })
}

/** Takes away temporary worktrees whose process was killed before it could. */
async function removeForsaken(repository: Repository): Promise<void> {
  for (const { path } of await listWorktrees(repository)) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(basename(dirname(path)))?.[1]
    if (pid && !isAlive(Number(pid))) await removeTemporary(repository, path)
  }
}

/**
 * Checks a commit out, detached, in a directory of its own for the time of some work. No hook runs for it, and it goes
 * however the work ends. Errors: GIT_FAILED, STORE_UNWRITABLE, and whatever the work throws.
 */
export async function inTemporaryWorktree<T>(
  repository: Repository,
  commit: string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  await removeForsaken(repository)
  const around = temporaryDirectory(`${PREFIX}${process.pid}-`)
  // Named after the repository, which tools write into their reports.
  const path = join(around, basename(repository.mainDirectory).replace(/\.git$/, '') || 'worktree')
  try {
    const add = ['-c', 'core.hooksPath=/dev/null', 'worktree', 'add', '--quiet', '--detach', path, commit]
    await git(add, repository.git)
    faultPoint('temporary-worktree')
    return await work(path)
  } finally {
    await removeTemporary(repository, path)
  }
}
