import { type KeyPath, valueAt, withValueAt } from '../../config/change-content.ts'
import { treeAt } from '../../git/checkout.ts'
import { findRepository } from '../../git/repository.ts'
import { note } from '../output/output-mode.ts'

/**
 * Says of values that were set for worktrees what comes of them and is not to be seen in them.
 * @param top of the worktree that they count in; null where there is none
 * Errors: NOT_A_REPOSITORY, GIT_FAILED.
 */
export async function noteSettings(key: KeyPath, value: unknown, top: string | null): Promise<void> {
  const content = withValueAt({}, key, value)
  const branch = valueAt(content, ['worktrees', 'branch'])
  if (typeof branch === 'string' && !/\{(?:number|slug)\}/.test(branch))
    note(
      `Note: worktrees.branch ${branch} is the same for several tasks: of a name that is taken the branch is called ${branch}-{number}-{slug}.\n`,
    )
  const base = valueAt(content, ['worktrees', 'base'])
  if (typeof base !== 'string' || top === null) return
  if (!(await treeAt((await findRepository(top)).git, base)))
    note(`Note: worktrees.base ${base} is no commit here: until it is, mhv start begins no branch.\n`)
}
