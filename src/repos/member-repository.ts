import { existsSync, realpathSync, statSync } from 'node:fs'
import { MhvError } from '../errors.ts'
import { childEnvironment } from '../git/environment.ts'
import { findRepository, type Repository } from '../git/repository.ts'
import type { Member } from './member.ts'

/** The URL by which a member is to be reached: it has no path, or there is nothing there. */
export const urlInstead = ({ path, url }: Member): string | null =>
  url !== null && (path === null || !existsSync(path)) ? url : null

/** Whether the directory is the top of a repository, or a bare one: not merely somewhere inside of another. */
function isTop({ workTree, commonDir, gitDir }: Repository, directory: string): boolean {
  const own = realpathSync(directory)
  return [workTree, commonDir, gitDir].some(
    (place) => place !== null && existsSync(place) && realpathSync(place) === own,
  )
}

/**
 * What keeps a member from being read, also where the file system says it: a path that leads through a file or in a circle,
 * a directory that is closed to us. Errors: whatever else it is, which is a bug.
 */
export function memberError({ name, path }: Member, error: unknown): MhvError {
  if (error instanceof MhvError) return error
  if (!(error instanceof Error) || !('syscall' in error)) throw error
  return new MhvError('REPOSITORY_MISSING', `${name} cannot be read: ${error.message}.`, {
    data: { repository: name, path },
    cause: error,
  })
}

/** Whether there is such a directory. Errors: of the file system. */
const isDirectory = (path: string) => existsSync(path) && statSync(path).isDirectory()

/**
 * The repository at a member's path. git's own variables, which a hook for one sets, do not lead from it to another.
 * Errors: REPOSITORY_MISSING where there is no such directory, or it is no repository of its own.
 */
export async function repositoryOf(member: Member): Promise<Repository> {
  const { name, path } = member
  const missing = (why: string, cause?: unknown) =>
    new MhvError('REPOSITORY_MISSING', `${name} is not there: ${why}.`, {
      data: { repository: name, path },
      cause,
    })
  if (path === null) throw missing('it has no path')
  try {
    if (!isDirectory(path)) throw missing(`there is no directory ${path}`)
    const repository = await findRepository(path, childEnvironment())
    if (isTop(repository, path)) return repository
    throw missing(`${path} is only a directory inside the repository ${repository.mainDirectory}`)
  } catch (error) {
    if (error instanceof MhvError && error.error === 'NOT_A_REPOSITORY') {
      throw missing(`${path} is not a git repository`, error)
    }
    throw memberError(member, error)
  }
}
