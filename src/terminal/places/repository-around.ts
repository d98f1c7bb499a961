import { MhvError } from '../../errors.ts'
import { findRepository, type Repository } from '../../git/repository.ts'

/** The repository around the working directory; null outside of any. Errors: those of git. */
export async function repositoryAround(): Promise<Repository | null> {
  try {
    return await findRepository(process.cwd())
  } catch (error) {
    if (error instanceof MhvError && error.error === 'NOT_A_REPOSITORY') return null
    throw error
  }
}
