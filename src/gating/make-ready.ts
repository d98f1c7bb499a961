import { basename } from 'node:path'
import { MhvError } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { setUpTemporary } from '../lifecycle/set-up-worktree.ts'
import { foreignProgram } from './gate-config.ts'

/**
 * Gives a temporary worktree what a task's worktree gets: ignored files and set-up commands.
 * @returns set-up commands that the user has not agreed to. Errors: GATE_NOT_STARTED where one fails, NOT_TRUSTED.
 */
export async function makeReady(
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
