import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import { moveRef, readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { git, runGit } from '../git/run.ts'
import { freeName } from './free-name.ts'
import {
  isBeside,
  isOfAnother,
  isThere,
  isTreeAstray,
  keptTree,
  placeOfReturn,
  putAdmin,
  putTree,
  registeredAt,
  saidTreePlace,
  whyAstray,
} from './kept-tree.ts'
import { blockedBy } from './place-worktree.ts'
import { adminNamedIn, listBranches, listWorktrees } from './read-facts.ts'
import { firstFree } from './start-request.ts'
import {
  adminInTrash,
  adminInUse,
  branchLog,
  branchLogInTrash,
  dropEntry,
  entryDirectory,
  isDirectory,
  noteBroughtBack,
  type TrashEntry,
  writeEntry,
} from './trash-entry.ts'

export interface BroughtBack {
  readonly entry: TrashEntry
  /** The branch that it is on now; null for a detached head. */
  readonly branch: string | null
  /** Where it is now. */
  readonly path: string
}

/** What keeps a path from being made: what is there itself, or is above it and no directory. */
function obstacleAt(path: string): string {
  let obstacle = path
  for (let above = dirname(path); above !== dirname(above); above = dirname(above)) {
    if (isThere(above) && !isDirectory(above)) obstacle = above
  }
  return obstacle
}

/** Whether a worktree can be at a path. Takes an empty directory out of the way, as git does when it makes one. */
function isFree(path: string): boolean {
  if (obstacleAt(path) !== path) return false
  if (!isThere(path)) return true
  try {
    if (readdirSync(path).length > 0) return false
    rmdirSync(path)
    return true
  } catch {
    return false
  }
}

/**
 * The name that the branch comes back under: its own, unless that is at another commit or checked out by now, or another
 * branch keeps git from having it. Errors: GIT_FAILED.
 */
async function branchFor(repository: Repository, entry: TrashEntry): Promise<string | null> {
  const { branch, head } = entry
  if (branch === null) return null
  const at = await readRef(repository, `refs/heads/${branch}`)
  const isCheckedOut = (await listWorktrees(repository)).some((worktree) => worktree.branch === branch)
  const branches = await listBranches(repository)
  const isPossible = (name: string) => blockedBy(name, branches) === null
  if (!isCheckedOut && (at === head || (at === null && isPossible(branch)))) return branch
  const isFree = (name: string) => name !== branch && !branches.has(name) && isPossible(name)
  // What a branch above it bars stays barred with a number behind it.
  return firstFree(isPossible(`${branch}-2`) ? branch : branch.replaceAll('/', '-'), isFree)
}

/** The refusal of a return whose files are not to be had: without them it would be forgotten where they are. */
function astray(repository: Repository, entry: TrashEntry): MhvError {
  const tree = saidTreePlace(repository, entry)!
  const undo = `mhv worktree undo ${entry.id}`
  // On a disk that is away an empty directory would be in the way of what is kept there.
  const steps = isBeside(entry)
    ? [`ls -la ${shellWord(dirname(tree))}`, undo]
    : [`mkdir ${shellWord(tree)}`, undo]
  const hint = isBeside(entry) ? '' : ' An empty directory there brings back the rest: branch, index and log.'
  return new MhvError(
    'WORKTREE_MISSING',
    `The worktree ${entry.path} cannot come back: ${whyAstray(repository, entry)}. It stays in the trash until they are there.${hint}`,
    { recovery: steps, data: { path: entry.path, files: tree, trash: entry.id } },
  )
}

/** The refusal of a return to where something else is by now. Errors: GIT_FAILED. */
async function placeTaken(repository: Repository, entry: TrashEntry, path: string): Promise<MhvError> {
  const obstacle = obstacleAt(path)
  const aside = firstFree(`${obstacle}.old`, (candidate) => !isThere(candidate))
  const other = (await listWorktrees(repository)).find((worktree) => worktree.path === obstacle)
  const move = `${other ? 'mhv worktree move' : 'mv'} ${shellWord(obstacle)} ${shellWord(aside)}`
  // git knows another worktree by this path: with two of that name it would in time forget one, index and all.
  const steps =
    other?.state === 'gone'
      ? [other.movedTo ? 'mhv worktree repair' : `mhv worktree remove ${shellWord(path)}`]
      : other?.state === 'cut off'
        ? ['mhv worktree repair', move]
        : [move]
  const why =
    other?.state === 'gone'
      ? 'is the place of a worktree that was moved or deleted by hand'
      : 'is taken by now'
  return new MhvError('WORKTREE_EXISTS', `${obstacle} ${why}, so the worktree cannot come back there.`, {
    recovery: [...steps, `mhv worktree undo ${entry.id}`],
    data: { path: obstacle },
  })
}

/** Errors: WORKTREE_EXISTS, WORKTREE_MISSING, GIT_FAILED. */
async function planReturn(
  repository: Repository,
  entry: TrashEntry,
): Promise<NonNullable<TrashEntry['back']>> {
  if (isTreeAstray(repository, entry)) throw astray(repository, entry)
  const path = placeOfReturn(repository, entry)
  const isBarred = entry.treeAt === null ? isOfAnother(repository, entry, path) : !isFree(path)
  if (registeredAt(repository, path) !== null || isBarred) throw await placeTaken(repository, entry, path)
  const admin = await freeName(repository, entry, path)
  if (admin !== entry.admin && existsSync(join(adminInTrash(repository, entry.id), 'modules'))) {
    const place = adminInUse(repository, entry.admin)
    throw new MhvError(
      'WORKTREE_EXISTS',
      `Another worktree has the name ${entry.admin} in ${dirname(place)} by now, or had it last, which the submodules of this one go by.`,
      { recovery: ['git worktree list', 'mhv worktree list --trash'], data: { path: place } },
    )
  }
  return { branch: await branchFor(repository, entry), admin, path }
}

/** Adds what is not there yet of a branch's section: an interrupted run may have added a part. Errors: GIT_FAILED. */
async function restoreSection(repository: Repository, branch: string, entry: TrashEntry): Promise<void> {
  const wanted = new Map<string, string[]>()
  for (const [key, value] of entry.config) wanted.set(key, [...(wanted.get(key) ?? []), value])
  for (const [key, values] of wanted) {
    const name = `branch.${branch}.${key}`
    const there = await runGit(['config', '--local', '-z', '--get-all', name], repository.git)
    const known = there.stdout.toString('utf8').split('\0').slice(0, -1)
    for (const value of values.slice(known.length)) {
      await git(['config', '--local', '--add', name, value], repository.git)
    }
  }
}

const linesOf = (path: string): string[] =>
  existsSync(path) ? readFileSync(path, 'latin1').split('\n').filter(Boolean) : []

/**
 * Puts the reflog of the branch back, in front of what was logged since of one that somebody has made under its name: perhaps
 * nothing else holds commits of that. Errors: those of the file system.
 * @param isNew whether the return has made the branch, so that nothing but this is in its log
 */
function restoreLog(repository: Repository, entry: TrashEntry, branch: string, isNew: boolean): void {
  const saved = linesOf(branchLogInTrash(repository, entry.id))
  if (saved.length === 0) return
  const log = branchLog(repository, branch)
  const known = new Set(saved)
  // A return that was killed has made the branch: git says that without a word of why.
  const isOurs = (line: string) =>
    line.startsWith(`${'0'.repeat(entry.head!.length)} ${entry.head} `) && !line.includes('\t')
  const since = isNew ? [] : linesOf(log).filter((line) => !known.has(line) && !isOurs(line))
  const merged = join(entryDirectory(repository, entry.id), 'branch-log.new')
  writeFileSync(merged, [...saved, ...since].map((line) => `${line}\n`).join(''), 'latin1')
  mkdirSync(dirname(log), { recursive: true })
  renameSync(merged, log)
}

/** Brings the branch back, with its reflog and its configuration. Errors: BRANCH_TAKEN, GIT_FAILED. */
async function restoreBranch(repository: Repository, entry: TrashEntry, branch: string): Promise<void> {
  if (!entry.head) return
  const ref = `refs/heads/${branch}`
  const isNew = (await readRef(repository, ref)) === null
  const isMade = !isNew || (await moveRef(repository, ref, entry.head, null))
  // Nothing but the entry's refs holds the commits then, so it must not go.
  if (!isMade && (await readRef(repository, ref)) !== entry.head) {
    throw new MhvError('BRANCH_TAKEN', `The branch ${branch} could not be made for what comes back.`, {
      recovery: ['git branch --list', `mhv worktree undo ${entry.id}`],
      data: { branch, trash: entry.id },
    })
  }
  if (!entry.takesBranch) return
  restoreLog(repository, entry, branch, isNew)
  faultPoint('branch-back')
  await restoreSection(repository, branch, entry)
}

/** Does what is left of a return, wherever it was interrupted. Errors: BRANCH_TAKEN, GIT_FAILED; those of the file system. */
async function finishReturn(repository: Repository, entry: TrashEntry): Promise<BroughtBack> {
  const { branch, path } = entry.back!
  if (branch !== null) await restoreBranch(repository, entry, branch)
  faultPoint('section-back')
  const adminAt = adminInTrash(repository, entry.id)
  if (existsSync(adminAt)) {
    if (branch !== entry.branch) writeFileSync(join(adminAt, 'HEAD'), `ref: refs/heads/${branch}\n`)
    noteBroughtBack(adminAt)
  }
  putTree(repository, entry, entry.back!)
  faultPoint('tree-back')
  putAdmin(repository, entry, entry.back!)
  faultPoint('admin-back')
  await dropEntry(repository, entry)
  return { entry, branch, path }
}

/**
 * Brings a removed worktree back as it was: files, ignored ones too, index, branch, configuration and registration. A
 * branch whose name is taken by now comes back under another.
 * Errors: WORKTREE_EXISTS where its place is taken; WORKTREE_MISSING where its files are not in the trash; GIT_FAILED; those of the file system.
 */
export async function bringBack(repository: Repository, entry: TrashEntry): Promise<BroughtBack> {
  const back = await planReturn(repository, entry)
  const noted = writeEntry(repository, { ...entry, state: 'restoring', back })
  faultPoint('return-noted')
  return finishReturn(repository, noted)
}

/** Finishes a return that was interrupted; what cannot come back now stays in the trash. Errors: as bringBack. */
export async function resumeReturn(repository: Repository, entry: TrashEntry): Promise<BroughtBack | null> {
  const { branch, admin, path } = entry.back!
  // The git directory goes last: once it is out of the trash, only the entry is left to go.
  if (existsSync(adminInTrash(repository, entry.id))) {
    const adminPlace = adminInUse(repository, admin)
    const isKept = keptTree(repository, entry) !== null
    const isLost = entry.treeAt !== null && !isKept && adminNamedIn(path) !== adminPlace
    const isElsewhere = isKept && path !== placeOfReturn(repository, entry)
    const isInTheWay =
      (isKept && !isFree(path)) || existsSync(adminPlace) || registeredAt(repository, path) !== null
    const at = branch === null ? null : await readRef(repository, `refs/heads/${branch}`)
    const isBarred =
      at === null && branch !== null && blockedBy(branch, await listBranches(repository)) !== null
    if (isLost || isElsewhere || isInTheWay || isBarred || (at !== null && at !== entry.head)) {
      writeEntry(repository, { ...entry, state: 'removed', back: null })
      return null
    }
  }
  return finishReturn(repository, entry)
}
