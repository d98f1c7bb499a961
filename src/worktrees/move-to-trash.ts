import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { MhvError } from '../errors.ts'
import { diesAt, faultPoint } from '../fault-point.ts'
import { moveRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { fingerprint } from './changed-files.ts'
import { placeOf, type WorktreeFacts } from './inspect.ts'
import {
  isThere,
  keptTree,
  placeOfReturn,
  putAdmin,
  putTree,
  registeredAt,
  saidTreePlace,
} from './kept-tree.ts'
import type { Reason } from './plan-removal.ts'
import { removeIfEmpty } from './remove-if-empty.ts'
import { rescued } from './rescue.ts'
import {
  adminInTrash,
  adminInUse,
  branchLog,
  branchLogInTrash,
  dropEntry,
  entryDirectory,
  readTrash,
  TREE,
  type TrashEntry,
  writeEntry,
} from './trash-entry.ts'

export interface Removal {
  /** A new id for the entry in the trash. */
  readonly id: string
  readonly at: string
  readonly task: TrashEntry['task']
  readonly takesBranch: boolean
  /** Looks at the worktree once more, right before it goes. */
  readonly reasonsNow: () => Promise<readonly Reason[]>
}

/** A branch's section of this repository's configuration. */
async function sectionOf(repository: Repository, branch: string): Promise<[string, string][]> {
  const args = ['config', '--local', '-z', '--list']
  const listed = await runGit(args, repository.git)
  const prefix = `branch.${branch}.`
  return listed.stdout
    .toString('utf8')
    .split('\0')
    .filter((entry) => entry.startsWith(prefix))
    .map((entry): [string, string] => {
      const [key = '', ...value] = entry.slice(prefix.length).split('\n')
      return [key, value.join('\n')]
    })
    .filter(([key]) => !key.includes('.'))
}

/** Moves the files out of the way; beside where they were if the trash is on another disk. */
function moveTree(repository: Repository, entry: TrashEntry): TrashEntry {
  const tree = saidTreePlace(repository, entry)
  if (tree === null) return entry
  try {
    if (diesAt('other-disk')) throw Object.assign(new Error('simulated'), { code: 'EXDEV' })
    renameSync(entry.path, tree)
    return entry
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
  }
  const beside = join(dirname(entry.path), `.mhv-trash-${entry.id}`)
  const moved = writeEntry(repository, { ...entry, treeAt: beside })
  renameSync(entry.path, beside)
  return moved
}

/** Undoes what there is of a removal. Returns false where its place is taken by now: it has to be finished then. */
export async function takeBack(repository: Repository, entry: TrashEntry): Promise<boolean> {
  const place = { path: placeOfReturn(repository, entry), admin: entry.admin }
  const isTreeBarred = keptTree(repository, entry) !== null && isThere(place.path)
  const isInTrash = existsSync(adminInTrash(repository, entry.id))
  const isAdminBarred =
    isInTrash &&
    (existsSync(adminInUse(repository, entry.admin)) || registeredAt(repository, place.path) !== null)
  if (isTreeBarred || isAdminBarred) return false
  putTree(repository, entry, place)
  faultPoint('tree-put-back')
  putAdmin(repository, entry, place)
  await dropEntry(repository, entry)
  return true
}

/** Makes a ref of the trash. Errors: GIT_FAILED. */
async function hold(repository: Repository, name: string, id: string): Promise<void> {
  if (await moveRef(repository, name, id, null)) return
  throw new MhvError('GIT_FAILED', `git could not make the ref ${name}.`)
}

/** Whether git or the system has failed at something, not this program. */
const isForeseen = (error: unknown): boolean =>
  error instanceof MhvError || (error as NodeJS.ErrnoException).code !== undefined

/** Does what is left of a removal once everything has been moved: the branch, where it goes too. Errors: GIT_FAILED. */
export async function finishRemoval(repository: Repository, entry: TrashEntry): Promise<TrashEntry> {
  let takesBranch = entry.takesBranch
  if (takesBranch && entry.branch && entry.head) {
    const ref = `refs/heads/${entry.branch}`
    const log = branchLog(repository, entry.branch)
    if (existsSync(log)) copyFileSync(log, branchLogInTrash(repository, entry.id))
    faultPoint('before-branch')
    // What git cannot delete just now, as while it packs refs, stays: the worktree is gone without it.
    const gone = await moveRef(repository, ref, null, entry.head).catch((error: unknown) => {
      if (error instanceof MhvError) return false
      throw error
    })
    const there = await runGit(['rev-parse', '--verify', '--quiet', ref], repository.git)
    // A branch that has moved on meanwhile is somebody's; one that is gone went in a run before this one.
    takesBranch = gone || there.status !== 0
    faultPoint('branch-gone')
    if (takesBranch)
      await runGit(['config', '--local', '--remove-section', `branch.${entry.branch}`], repository.git)
  }
  faultPoint('section-gone')
  return writeEntry(repository, { ...entry, takesBranch, state: 'removed' })
}

/**
 * Moves a worktree into the trash: its files, its own git directory, and its branch where that goes too. Nothing is
 * copied and deleted; what was changed while it went is noticed, and then it is put back.
 * @returns the entry, or why it stays after all. Errors: GIT_FAILED, and those of the file system.
 */
export async function moveToTrash(
  repository: Repository,
  facts: WorktreeFacts,
  removal: Removal,
): Promise<TrashEntry | readonly Reason[]> {
  const { path, head, branch } = facts
  const admin = facts.admin!
  const hasFiles = facts.state === 'there'
  const directory = entryDirectory(repository, removal.id)
  const place = hasFiles
    ? placeOf(repository, path, admin)
    : { ...placeOf(repository, repository.git.cwd, admin) }
  const before = hasFiles ? await fingerprint(place, admin) : ''
  const reasons = await removal.reasonsNow()
  if (reasons.length > 0) return reasons
  mkdirSync(directory, { recursive: true })
  faultPoint('trash-made')
  const takesBranch = removal.takesBranch && branch !== null && head !== null
  const taken = takesBranch ? { branch, log: branchLog(repository, branch) } : null
  const kept = await rescued(place, admin, head, directory, taken)
  rmSync(join(directory, 'kept-index'), { force: true })
  let entry = writeEntry(repository, {
    format: 1,
    id: removal.id,
    at: removal.at,
    order: 1 + (readTrash(repository)[0]?.order ?? 0),
    path,
    treeAt: hasFiles ? TREE : null,
    home: repository.commonDir,
    admin: basename(admin),
    task: removal.task,
    branch,
    head,
    takesBranch,
    config: takesBranch ? await sectionOf(repository, branch) : [],
    refs: kept.map(({ name, id }) => ({ name: `refs/mtos/trash/${removal.id}/${name}`, id })),
    state: 'removing',
    back: null,
  })
  faultPoint('trash-noted')
  try {
    for (const { name, id } of entry.refs) await hold(repository, name, id)
    faultPoint('trash-refs')
    renameSync(admin, adminInTrash(repository, entry.id))
    faultPoint('admin-moved')
    entry = moveTree(repository, entry)
    faultPoint('tree-moved')
    const now = adminInTrash(repository, entry.id)
    const tree = saidTreePlace(repository, entry)
    const after = tree ? await fingerprint(placeOf(repository, tree, now), now) : ''
    if (after !== before) {
      await takeBack(repository, entry)
      return [{ code: 'changed', text: 'it was changed while it was about to go' }]
    }
    entry = writeEntry(repository, { ...entry, state: 'moved' })
  } catch (error) {
    await takeBack(repository, entry)
    throw error
  }
  faultPoint('trash-moved')
  removeIfEmpty(dirname(admin))
  try {
    return await finishRemoval(repository, entry)
  } catch (error) {
    // It has gone, whatever is left to do: the next run does it.
    if (isForeseen(error)) return entry
    throw error
  }
}
