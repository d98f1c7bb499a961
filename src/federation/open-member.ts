import { existsSync, realpathSync } from 'node:fs'
import { MhvError } from '../errors.ts'
import { findRepository, type Repository } from '../git/repository.ts'
import { type GitStoreOptions, openGitStore } from '../store/git-store.ts'
import type { TaskStore } from '../store/task-store.ts'
import type { Member } from './member.ts'

export interface MemberWorkplace {
  readonly repository: Repository
  readonly store: TaskStore
}

/** Whether the directory is the top of a repository, or a bare one: not merely somewhere inside of another. */
function isTop({ workTree, commonDir, gitDir }: Repository, directory: string): boolean {
  const own = realpathSync(directory)
  return [workTree, commonDir, gitDir].some(
    (place) => place !== null && existsSync(place) && realpathSync(place) === own,
  )
}

/**
 * The repository of a member that has a path, with its store.
 * Errors: REPOSITORY_MISSING where there is no such directory, or it is no repository of its own.
 */
export async function openMember(member: Member, options: GitStoreOptions = {}): Promise<MemberWorkplace> {
  const { name, path } = member
  const missing = (why: string, cause?: unknown) =>
    new MhvError('REPOSITORY_MISSING', `${name} is not there: ${why}.`, {
      data: { repository: name, path },
      cause,
    })
  if (path === null) throw missing('it has no path')
  if (!existsSync(path)) throw missing(`there is no directory ${path}`)
  let repository: Repository
  try {
    repository = await findRepository(path)
  } catch (error) {
    if (error instanceof MhvError && error.error === 'NOT_A_REPOSITORY') {
      throw missing(`${path} is not a git repository`, error)
    }
    throw error
  }
  if (!isTop(repository, path))
    throw missing(`${path} is only a directory inside the repository ${repository.mainDirectory}`)
  return { repository, store: openGitStore(repository, { ...options, name }) }
}
