import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { diffTrees } from './objects.ts'
import type { Repository } from './repository.ts'
import { type GitPlace, git, runGit } from './run.ts'

/** A commit and the id of its tree. */
export interface Snapshotted {
  readonly commit: string
  readonly tree: string
}

/** The commit and tree of a revision, or null where there is none. */
export async function treeAt(place: GitPlace, revision: string): Promise<Snapshotted | null> {
  const format = ['--no-commit-header', '--format=%H %T']
  const args = ['rev-list', '--max-count=1', ...format, '--end-of-options', `${revision}^{commit}`, '--']
  const result = await runGit(args, place)
  const [, commit, tree] = /^(\w+) (\w+)\n$/.exec(result.stdout.toString('latin1')) ?? []
  return result.status === 0 && commit && tree ? { commit, tree } : null
}

/** Whether a directory that git does not know is a worktree of its own, as some people keep theirs inside the main one. */
function isLinkedWorktree(path: string): boolean {
  try {
    return /^gitdir: .*[/\\]worktrees[/\\]/s.test(readFileSync(join(path, '.git'), 'utf8'))
  } catch {
    return false
  }
}

/** What is checked out in a worktree, and what differs from it there. */
export interface Checkout {
  /** Null before the first commit. */
  readonly head: string | null
  /** Files that differ from HEAD, also those that git does not know; none that it ignores, nor other worktrees. */
  readonly dirty: readonly { readonly path: string; readonly deleted: boolean }[]
}

/** Fields in front of the path in a line of `git status --porcelain=v2`, by the line's kind. */
const FIELDS: Readonly<Record<string, number>> = { '1': 8, u: 10, '?': 1 }

/**
 * @param place runs git at the worktree's top
 * Errors: GIT_FAILED.
 */
export async function readCheckout(place: GitPlace): Promise<Checkout> {
  const args = [
    'status',
    '--porcelain=v2',
    '--branch',
    '-z',
    '--untracked-files=all',
    '--ignore-submodules=none',
    '--no-renames',
  ]
  let head: string | null = null
  const dirty: { path: string; deleted: boolean }[] = []
  for (const line of (await git(args, place)).split('\0')) {
    head ??= /^# branch\.oid ([0-9a-f]+)$/.exec(line)?.[1] ?? null
    const fields = FIELDS[line[0] ?? '']
    if (fields === undefined) continue
    const words = line.split(' ')
    const path = words.slice(fields).join(' ')
    if (path.endsWith('/') && isLinkedWorktree(join(place.cwd, path))) continue
    dirty.push({ path, deleted: line[0] === '1' && /^(?:.D|D\.)$/.test(words[1]!) })
  }
  return { head, dirty }
}

/** Stands for all files that a sparse checkout does without. */
export const LEFT_OUT = 'files that a sparse checkout leaves out'

/**
 * Files of which git has been told to look away (assume-unchanged, skip-worktree): status would say nothing of their
 * changes. Those that are not there, in one word.
 */
async function unwatchedFiles(place: GitPlace): Promise<string[]> {
  const listing = await git(['ls-files', '-v', '-z'], place)
  const named = listing
    .split('\0')
    .filter((line) => /^(?:[a-z]|S) /.test(line))
    .map((line) => {
      const path = line.slice(2)
      return line.startsWith('S ') && !existsSync(join(place.cwd, path)) ? LEFT_OUT : path
    })
  return [...new Set(named)]
}

/**
 * What keeps a worktree from holding exactly a commit's tree: paths of files, and `HEAD` where another tree is checked
 * out.
 * @param place runs git at the worktree's top
 * Errors: GIT_FAILED.
 */
export async function differencesFrom(place: GitPlace, { commit, tree }: Snapshotted): Promise<string[]> {
  const [{ head, dirty }, unwatched] = await Promise.all([readCheckout(place), unwatchedFiles(place)])
  if (head !== commit && (head === null || (await treeAt(place, head))?.tree !== tree)) return ['HEAD']
  return [...dirty.map(({ path }) => path), ...unwatched]
}

/** Files that the next commit changes, also of one that git makes from an index of its own. Errors: GIT_FAILED. */
export async function stagedFiles(place: GitPlace): Promise<{ path: string; deleted: boolean }[]> {
  const index = process.env.GIT_INDEX_FILE
  const variables = { ...place.variables, ...(index ? { GIT_INDEX_FILE: resolve(index) } : {}) }
  const args = ['diff', '--cached', '--name-status', '--no-renames', '-z']
  const fields = (await git(args, { ...place, variables })).split('\0')
  const files: { path: string; deleted: boolean }[] = []
  for (let i = 0; i + 1 < fields.length; i += 2)
    files.push({ path: fields[i + 1]!, deleted: fields[i] === 'D' })
  return files
}

/** Files that the next commit changes, and that are different on disk from what it takes. Errors: GIT_FAILED. */
export async function changedSinceStaged(place: GitPlace): Promise<string[]> {
  const index = process.env.GIT_INDEX_FILE
  const variables = { ...place.variables, ...(index ? { GIT_INDEX_FILE: resolve(index) } : {}) }
  const listing = await git(['diff', '--name-only', '--no-renames', '-z'], { ...place, variables })
  const onDisk = new Set(listing.split('\0').filter(Boolean))
  const staged = await stagedFiles(place)
  return staged.map(({ path }) => path).filter((path) => onDisk.has(path))
}

/**
 * Files that a commit has changed since another one; every file of the commit where there is no other, or it is not here.
 * Errors: GIT_FAILED.
 */
export async function changedFiles(
  repository: Repository,
  commit: string,
  base: string | null,
): Promise<{ path: string; deleted: boolean }[]> {
  const changes = base && (await diffTrees(repository, base, commit))
  if (changes) return changes.map(({ path, now }) => ({ path, deleted: now === null }))
  const names = await git(['ls-tree', '-r', '--name-only', '-z', '--full-tree', commit], repository.git)
  return names
    .split('\0')
    .filter(Boolean)
    .map((path) => ({ path, deleted: false }))
}
