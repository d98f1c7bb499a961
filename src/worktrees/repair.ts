import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'
import { adminNamedIn, strayDirectories } from './inspect.ts'
import { isInPlace, type ListedWorktree, listWorktrees } from './read-facts.ts'
import { adminInUse, readTrash } from './trash-entry.ts'

/** What a directory is that takes itself for a worktree that is registered somewhere else. */
export interface RepairPlan {
  /** Directories to which registered worktrees were moved. */
  readonly moved: readonly { readonly path: string; readonly from: string }[]
  /** Worktrees that are in their place, but do not find their repository. */
  readonly cutOff: readonly string[]
  /** Directories that were copied from a worktree that is still in its place. */
  readonly copies: readonly { readonly path: string; readonly of: string }[]
  /** Several directories that one worktree may have been moved to: somebody has to say which. */
  readonly unclear: readonly { readonly from: string; readonly places: readonly string[] }[]
  /** Worktrees whose directory was found nowhere. */
  readonly lost: readonly string[]
}

/** Whether a worktree in its place does not lead back to its repository, as after that was moved. */
const isAstray = ({ path, admin, state, isMain }: ListedWorktree): boolean =>
  !isMain &&
  state === 'there' &&
  admin !== null &&
  adminNamedIn(path) !== '' &&
  !existsSync(adminNamedIn(path))

/**
 * The error for a named directory that no registered worktree is at or was moved to: all would be well otherwise, while git
 * in that very directory fails.
 */
function noWorktree(repository: Repository, path: string, admin: string): MhvError {
  const name = basename(admin)
  const entry =
    admin !== '' && admin === adminInUse(repository, name)
      ? readTrash(repository).find((each) => each.admin === name && each.state === 'removed')
      : undefined
  const data = { path, registration: admin || null, trash: entry?.id ?? null }
  if (entry) {
    return new MhvError('NO_WORKTREE', `What git knew of the worktree ${path} is in the trash.`, {
      recovery: [`mhv worktree undo ${entry.id}`, `mhv worktree repair ${shellWord(path)}`],
      data,
    })
  }
  const why =
    admin === ''
      ? 'there is no .git file in it that leads to one'
      : `its .git file leads to ${admin}, which ${existsSync(admin) ? 'is no worktree’s of this repository' : 'is not there'}`
  return new MhvError('NO_WORKTREE', `${path} is no worktree of this repository: ${why}.`, {
    recovery: ['mhv worktree list', 'mhv worktree list --trash'],
    data,
  })
}

/**
 * Finds worktrees that were moved by hand: beside where they were, beside others, and at the named places.
 * Errors: NO_WORKTREE for a named place that is none of them, GIT_FAILED.
 */
export async function planRepair(repository: Repository, named: readonly string[]): Promise<RepairPlan> {
  const all = await listWorktrees(repository)
  const found = new Map<string, Set<string>>()
  const note = (path: string, admin: string) => found.set(admin, (found.get(admin) ?? new Set()).add(path))
  for (const { path, admin } of strayDirectories(repository, all)) note(path, admin)
  const byUser = new Map(named.map((path) => [resolve(path), adminNamedIn(resolve(path))]))
  for (const [path, admin] of byUser) {
    const isOurs = admin !== '' && all.some((worktree) => worktree.admin === admin)
    const isListed = all.some((worktree) => worktree.path === path)
    if (!isOurs && !isListed) throw noWorktree(repository, path, admin)
    if (isOurs && !isInPlace(admin, path)) note(path, admin)
  }
  for (const { movedTo, admin } of all) if (movedTo && admin) note(movedTo, admin)
  const plan = { moved: [], copies: [], unclear: [], cutOff: [], lost: [] } as {
    -readonly [key in keyof RepairPlan]: RepairPlan[key][number][]
  }
  for (const worktree of all) {
    if (worktree.isMain) continue
    const { path: from, admin, state } = worktree
    const places = [...(found.get(admin ?? '') ?? [])]
    const chosen = places.filter((place) => byUser.has(place))
    if (state === 'cut off' || isAstray(worktree)) plan.cutOff.push(from)
    if (state !== 'gone') for (const path of places) plan.copies.push({ path, of: from })
    else if (chosen.length === 1) plan.moved.push({ path: chosen[0]!, from })
    else if (places.length === 1) plan.moved.push({ path: places[0]!, from })
    else if (places.length > 1) plan.unclear.push({ from, places })
    else plan.lost.push(from)
  }
  return plan
}

/** Leads git to what was moved, and what was cut off back to git: exactly these. Errors: GIT_FAILED. */
export async function applyRepair(repository: Repository, plan: RepairPlan): Promise<void> {
  const paths = plan.moved.map(({ path }) => path)
  if (paths.length + plan.cutOff.length === 0) return
  // From the common directory: the worktree that the command runs in may itself be one that does not find it.
  const variables = { ...repository.git.variables, GIT_DIR: repository.commonDir }
  await git(['worktree', 'repair', ...paths], { cwd: dirname(repository.commonDir), variables })
}
