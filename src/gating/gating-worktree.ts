import { tmpdir } from 'node:os'
import { basename } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { setUpTemporary } from '../lifecycle/set-up-worktree.ts'
import { inTemporaryWorktree } from '../worktrees/temporary-worktree.ts'
import { foreignProgram } from './gate-config.ts'

/**
 * Gives a temporary worktree what a task's worktree gets: ignored files and set-up commands.
 * @returns set-up commands that the user has not agreed to. Errors: GATE_NOT_STARTED where one fails, NOT_TRUSTED.
 */
async function makeReady(
  repository: Repository,
  commit: string,
  path: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    return (await setUpTemporary(repository, path, { again: 'mhv gate run', signal })).skipped
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    if (error.error === 'NOT_TRUSTED') throw foreignProgram(commit, basename(String(error.data.path)))
    if (error.error !== 'SETUP_FAILED') throw error
    const message = `The temporary worktree for the gates could not be made ready. ${error.message}`
    throw new MhvError('GATE_NOT_STARTED', message, { recovery: ['mhv config show worktrees'], cause: error })
  }
}

/** Work that cannot be checked out has passed nothing: that is told apart from a fault of ours, which stops no push. */
function notCheckedOut(commit: string, error: unknown): unknown {
  const { syscall, message } = error as NodeJS.ErrnoException
  if (!(error instanceof MhvError) && syscall === undefined) return error
  const said = `The commit ${commit.slice(0, 12)} could not be checked out to run its gates. ${message}`
  const recovery = [
    `ls -ld ${shellWord(tmpdir())}`,
    ...(/filter|smudge/.test(message) ? ["git config --get-regexp '^filter[.]'"] : []),
  ]
  return new MhvError('GATE_NOT_STARTED', said, { recovery, cause: error })
}

/**
 * Checks a commit out for its gates for the time of some work, with what a new worktree gets.
 * @param work gets the worktree's top, and set-up commands that were left out since the user has not agreed to them
 * Errors: GATE_NOT_STARTED where it cannot be made, NOT_TRUSTED, and whatever the work throws.
 */
export async function inGatingWorktree<T>(
  repository: Repository,
  commit: string,
  signal: AbortSignal,
  work: (path: string, skipped: readonly string[]) => Promise<T>,
): Promise<T> {
  let isThere = false
  try {
    return await inTemporaryWorktree(repository, commit, async (path) => {
      isThere = true
      return work(path, await makeReady(repository, commit, path, signal))
    })
  } catch (error) {
    throw isThere ? error : notCheckedOut(commit, error)
  }
}
