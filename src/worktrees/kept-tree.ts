import { existsSync, lstatSync, mkdirSync, realpathSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { gitDirectories, type Repository } from '../git/repository.ts'
import { adminNamedIn, isFoundInPlace, namedPlace } from './read-facts.ts'
import { adminInTrash, adminInUse, entryDirectory, isDirectory, type TrashEntry } from './trash-entry.ts'

/** Where a worktree is put, and the name of its own git directory there. */
export interface Place {
  readonly path: string
  readonly admin: string
}

/** Whether there is anything at a path that is in the way: be it a symbolic link that leads nowhere, or a file above it. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return true
  }
}

/** Whether the repository is where it was when the worktree went: else it was moved, or copied. */
function isAtHome({ commonDir }: Repository, { home }: TrashEntry): boolean {
  if (home === null || home === commonDir) return true
  return existsSync(home) && realpathSync(home) === realpathSync(commonDir)
}

/** Where the files of an entry are said to be, whether or not they are; null where there were none. */
export const saidTreePlace = (repository: Repository, { id, treeAt }: TrashEntry): string | null =>
  treeAt && resolve(entryDirectory(repository, id), treeAt)

/** Whether the files lie outside of the trash, on the disk that the worktree was on. */
export const isBeside = ({ treeAt }: TrashEntry): boolean => treeAt !== null && isAbsolute(treeAt)

/** The repository that this one is a copy of, where files outside of the trash are still in that one's trash; else null. */
export function ownerOfTree(repository: Repository, entry: TrashEntry): string | null {
  if (!isBeside(entry) || isAtHome(repository, entry)) return null
  return existsSync(join(entry.home!, 'mtos-trash', entry.id)) ? entry.home : null
}

/**
 * Where the files of an entry are; null where they are not to be found, were never moved, are back already, or are another
 * repository's.
 */
export function keptTree(repository: Repository, entry: TrashEntry): string | null {
  const path = saidTreePlace(repository, entry)
  return path !== null && existsSync(path) && ownerOfTree(repository, entry) === null ? path : null
}

/** Whether the files of an entry in the trash should be somewhere, and are not: deleted by hand, or on a disk that is away. */
export const isTreeAstray = (repository: Repository, entry: TrashEntry): boolean =>
  entry.treeAt !== null && keptTree(repository, entry) === null

/** Why the files of an entry cannot be had, in words. Only where they are astray. */
export function whyAstray(repository: Repository, entry: TrashEntry): string {
  const owner = ownerOfTree(repository, entry)
  const place = saidTreePlace(repository, entry)
  return owner
    ? `its files, ${place}, are of ${owner}, which this repository is a copy of`
    : `its files are not where they are kept, ${place}`
}

/**
 * Where a worktree comes back: where it was. If the repository has moved since, and what was around the worktree too, at the
 * same place as seen from the repository.
 */
export function placeOfReturn(repository: Repository, entry: TrashEntry): string {
  if (isAtHome(repository, entry) || existsSync(dirname(entry.path))) return entry.path
  return resolve(repository.commonDir, relative(entry.home!, entry.path))
}

/** The worktree's git directory that names a path as its own; null where there is none. */
export const registeredAt = (repository: Repository, path: string): string | null =>
  gitDirectories(repository)
    .slice(1)
    .find((admin) => namedPlace(admin) === join(path, '.git')) ?? null

/**
 * Whether the directory at a path is of the entry that comes back there. Another one may lead to a git directory of the same
 * name: git gives it away again while it is in the trash.
 */
function isOwn(repository: Repository, entry: TrashEntry, path: string): boolean {
  const admin = adminNamedIn(path)
  const names = [entry.admin, entry.back?.admin ?? entry.admin]
  const isHere = names.some((name) => adminInUse(repository, name) === admin)
  // Where the repository has moved, it still leads to the old place; where that is there, this one is the copy.
  if (!isHere) {
    const wasThere = entry.home !== null && join(entry.home, 'worktrees', entry.admin) === admin
    return wasThere && !existsSync(entry.home!)
  }
  // Another’s by now, it leads to that one’s directory, unless somebody has moved that: perhaps to this very place.
  return !existsSync(admin) || isFoundInPlace(admin)
}

/** Whether what is at a path is another’s than the entry’s, which has no files in the trash. */
export const isOfAnother = (repository: Repository, entry: TrashEntry, path: string): boolean =>
  isThere(join(path, '.git')) && !isOwn(repository, entry, path)

/** Leads files and git directory to each other, wherever either lies just now. Errors: those of the file system. */
function tie(repository: Repository, entry: TrashEntry, tree: string, { path, admin }: Place): void {
  const [file, kept, place] = [
    join(path, '.git'),
    adminInTrash(repository, entry.id),
    adminInUse(repository, admin),
  ]
  if (!isDirectory(join(tree, '.git')) && adminNamedIn(tree, path) !== place) {
    writeFileSync(join(tree, '.git'), `gitdir: ${place}\n`)
  }
  if (existsSync(kept) && namedPlace(kept, place) !== file) writeFileSync(join(kept, 'gitdir'), `${file}\n`)
}

/**
 * Moves the files of an entry out of the trash, as far as they are in it. Those that never were are led to the git directory
 * as well: that comes back under another name where its own is another's by now. Errors: those of the file system.
 */
export function putTree(repository: Repository, entry: TrashEntry, place: Place): void {
  const { path } = place
  const tree = keptTree(repository, entry)
  if (tree === null) {
    if (isThere(join(path, '.git')) && isOwn(repository, entry, path)) tie(repository, entry, path, place)
    return
  }
  tie(repository, entry, tree, place)
  mkdirSync(dirname(path), { recursive: true })
  renameSync(tree, path)
}

/** Moves the git directory of an entry back among those of the worktrees, if it is in the trash. Errors: as putTree. */
export function putAdmin(repository: Repository, entry: TrashEntry, { admin }: Place): void {
  const kept = adminInTrash(repository, entry.id)
  const place = adminInUse(repository, admin)
  if (!existsSync(kept)) return
  mkdirSync(dirname(place), { recursive: true })
  renameSync(kept, place)
}
