import { existsSync, realpathSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { strayDirectories } from './inspect.ts'
import { holdsFilesOf } from './own-files.ts'
import {
  adminNamedIn,
  isFoundInPlace,
  isInPlace,
  type ListedWorktree,
  leadsNowhere,
  leadsTo,
  listWorktrees,
  namesIn,
} from './read-facts.ts'
import { adminInUse, readTrash } from './trash-entry.ts'

/** What a directory is that takes itself for a worktree that is registered somewhere else. */
export interface RepairPlan {
  /** Directories to which registered worktrees were moved. */
  readonly moved: readonly { readonly path: string; readonly from: string; readonly admin: string }[]
  /** Worktrees that are in their place, but do not find their repository. */
  readonly cutOff: readonly { readonly path: string; readonly admin: string }[]
  /** Directories that were copied from a worktree that is still in its place. */
  readonly copies: readonly { readonly path: string; readonly of: string }[]
  /** Several directories that one worktree may have been moved to: somebody has to say which. */
  readonly unclear: readonly { readonly from: string; readonly places: readonly string[] }[]
  /** Places of worktrees that were found nowhere, at which there is something else by now, perhaps with a .git of its own. */
  readonly taken: readonly { readonly path: string; readonly hasGit: boolean }[]
  /** Worktrees whose directory was found nowhere. */
  readonly lost: readonly string[]
}

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
 * Whether what is at a worktree's place leads to the git directory of another that is in its own: git has given that one the
 * name while this one's was in the trash.
 */
function isMisled({ path, admin, state, isMain }: ListedWorktree): boolean {
  const named = adminNamedIn(path)
  if (isMain || state !== 'there' || admin === null || named === '' || leadsTo(path, admin)) return false
  return isFoundInPlace(named) && !isInPlace(named, path)
}

/**
 * Whether a worktree that does not find its repository is where it was. An empty directory is that only where nothing that
 * takes itself for the worktree was found elsewhere.
 */
async function isAtHome(
  repository: Repository,
  { path, admin, state }: ListedWorktree,
  elsewhere: readonly string[],
  misled: ReadonlySet<string>,
): Promise<boolean> {
  const mayBe = state === 'cut off' || (state === 'there' && leadsNowhere(path)) || misled.has(path)
  if (!mayBe || admin === null || (elsewhere.length > 0 && namesIn(path).length === 0)) return false
  return holdsFilesOf(repository, path, admin)
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
  const plan = { moved: [], copies: [], unclear: [], cutOff: [], taken: [], lost: [] } as {
    -readonly [key in keyof RepairPlan]: RepairPlan[key][number][]
  }
  // It may be a copy of the other as well: that has to be said.
  const misled = new Set(
    all.filter((each) => byUser.has(each.path) && isMisled(each)).map(({ path }) => path),
  )
  for (const worktree of all) {
    if (worktree.isMain) continue
    const { path: from, admin, state } = worktree
    const elsewhere = [...(found.get(admin ?? '') ?? [])]
    if (admin !== null && leadsTo(from, admin)) {
      for (const path of elsewhere.filter((place) => !misled.has(place))) plan.copies.push({ path, of: from })
      continue
    }
    const places = (await isAtHome(repository, worktree, elsewhere, misled))
      ? [from, ...elsewhere]
      : elsewhere
    const chosen = places.filter((place) => byUser.has(place))
    const place = chosen.length === 1 ? chosen[0] : places.length === 1 ? places[0] : undefined
    // git may be making it just now, under a name that one before it had: only its owner knows of such a one.
    if (state === 'unfinished' && chosen.length === 0) continue
    if (admin !== null && place === from) plan.cutOff.push({ path: from, admin })
    else if (admin !== null && place !== undefined) plan.moved.push({ path: place, from, admin })
    else if (places.length > 1) plan.unclear.push({ from, places })
    else if (state === 'gone') plan.lost.push(from)
    else plan.taken.push({ path: from, hasGit: state === 'there' })
  }
  return plan
}

/** Writes one of the files by which a worktree and its git directory find each other, whole or not at all. */
function writeLink(file: string, target: string): void {
  writeFileSync(`${file}.new`, `${target}\n`, { flush: true })
  renameSync(`${file}.new`, file)
}

/**
 * Leads git to what was moved, and what was cut off back to git: exactly these. `git worktree repair` would write into what
 * is at the places of all the others too, whatever that is. Errors: those of the file system.
 */
export function applyRepair(plan: RepairPlan): void {
  for (const { path, admin } of plan.moved) writeLink(join(admin, 'gitdir'), join(realpathSync(path), '.git'))
  for (const { path, admin } of plan.cutOff) writeLink(join(path, '.git'), `gitdir: ${admin}`)
}
