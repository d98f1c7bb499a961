import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'
import { claimOf } from './current-task.ts'
import { readClaims } from './read-facts.ts'

/** Takes away what branches remember of their tasks; the log still knows the branch of each. Errors: GIT_FAILED. */
export async function removeClaims(repository: Repository): Promise<string[]> {
  const branches = [...(await readClaims(repository)).keys()]
  for (const branch of branches) {
    await git(['config', '--unset-all', claimOf(branch)], repository.git)
  }
  return branches
}
