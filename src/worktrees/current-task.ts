import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MhvError } from '../errors.ts'
import { readConfig } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'

/** The branch checked out here, or null. */
export function checkedOutBranch(repository: Repository): string | null {
  try {
    return (
      /^ref: refs\/heads\/(.*)\n?$/.exec(readFileSync(join(repository.gitDir, 'HEAD'), 'utf8'))?.[1] ?? null
    )
  } catch {
    return null
  }
}

/** Where a branch remembers its task; never read from the branch's name, which people may choose. */
export const claimOf = (branch: string) => `branch.${branch}.mtosTask`

/** Id of the task whose branch is checked out here, or null. */
export async function currentTask(repository: Repository): Promise<string | null> {
  const branch = checkedOutBranch(repository)
  return branch ? readConfig(repository, claimOf(branch)) : null
}

/** `currentTask` where there has to be one. Errors: NO_CURRENT_TASK. */
export async function requireCurrentTask(repository: Repository): Promise<string> {
  const id = await currentTask(repository)
  if (id) return id
  const branch = checkedOutBranch(repository)
  throw new MhvError(
    'NO_CURRENT_TASK',
    branch
      ? `The branch ${branch} belongs to no task; name the task.`
      : 'No branch is checked out here; name the task.',
    { recovery: ['mhv task list'] },
  )
}
