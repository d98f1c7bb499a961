import { existsSync, lstatSync, mkdirSync, realpathSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { gitDirectories, type Repository } from '../git/repository.ts'
import { namedPlace } from './read-facts.ts'
import { adminInTrash, adminInUse, entryDirectory, type TrashEntry } from './trash-entry.ts'

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

/** Moves the files of an entry out of the trash, as far as they are in it. Errors: those of the file system. */
export function putTree(repository: Repository, entry: TrashEntry, { path, admin }: Place): void {
  const tree = keptTree(repository, entry)
  if (tree === null) return
  const { commonDir } = repository
  const isAsBefore = admin === entry.admin && path === entry.path && (entry.home ?? commonDir) === commonDir
  if (!isAsBefore || !existsSync(join(tree, '.git'))) {
    writeFileSync(join(tree, '.git'), `gitdir: ${adminInUse(repository, admin)}\n`)
    const kept = adminInTrash(repository, entry.id)
    if (existsSync(kept)) writeFileSync(join(kept, 'gitdir'), `${join(path, '.git')}\n`)
  }
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
