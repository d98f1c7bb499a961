import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { readRef } from '../git/refs.ts'
import { directoryName, gitDirectories, type Repository } from '../git/repository.ts'
import { git, runGit } from '../git/run.ts'
import { homeDirectory } from '../home-directory.ts'
import { readMadeFor } from './made-for.ts'
import type { Worktree } from './missing-worktree.ts'
import { branchLeft } from './operation.ts'
import { holdsFilesOf } from './own-files.ts'
import type { StartFacts, WorktreeSettings } from './start-request.ts'

/** A worktree with what git says of it besides where it is. */
export interface ListedWorktree extends Worktree {
  /** Commit that is checked out; null where there is none yet, or nothing is checked out (bare). */
  readonly head: string | null
  /** Its own git directory: HEAD, index and logs. Null where none of the known ones names its path. */
  readonly admin: string | null
  /** Whether this is the main one of a bare repository, in which nothing is checked out. */
  readonly isBare: boolean
  /** Why it is locked, as whoever locked it said. */
  readonly lockReason: string
}

/**
 * The path of the .git file that a worktree's own git directory names, absolute.
 * @param from where the git directory belongs, if it lies somewhere else just now
 */
export const namedPlace = (admin: string, from = admin): string => {
  const said = textOf(join(admin, 'gitdir'))
  return said === '' ? '' : resolve(from, said)
}

/** Whether a directory is the one that a worktree's own git directory names, also by way of symbolic links. */
export function isInPlace(admin: string, directory: string): boolean {
  const [named, file] = [namedPlace(admin), join(directory, '.git')]
  return (
    named === file || (existsSync(named) && existsSync(file) && realpathSync(named) === realpathSync(file))
  )
}

/**
 * The git directory that the .git file of a directory names; '' where there is none.
 * @param from where the directory belongs, if it lies somewhere else just now: what the file says may be relative
 */
export function adminNamedIn(directory: string, from = directory): string {
  const named = /^gitdir: (.*)$/s.exec(textOf(join(directory, '.git')))?.[1]
  return named ? resolve(from, named) : ''
}

/** Whether the .git file of a directory leads to a worktree's own git directory. */
export function leadsTo(directory: string, admin: string): boolean {
  const named = adminNamedIn(realPath(directory))
  return named !== '' && existsSync(named) && realpathSync(named) === realPath(admin)
}

/** Whether the directory that a worktree's own git directory names leads to it: that was not moved by hand then. */
export const isFoundInPlace = (admin: string): boolean =>
  namedPlace(admin) !== '' && leadsTo(dirname(namedPlace(admin)), admin)

/** Whether the .git file of a directory leads nowhere, as that of a worktree whose repository was moved. */
export const leadsNowhere = (directory: string): boolean =>
  adminNamedIn(directory) !== '' && !existsSync(adminNamedIn(directory))

/**
 * Where a worktree is that is not at its place. While its own files are there it has only lost its way: what looks like it
 * elsewhere may be a copy then.
 * @param paths those of all worktrees
 */
async function whereMoved(
  repository: Repository,
  { path, admin, state }: ListedWorktree,
  paths: readonly string[],
): Promise<string | null> {
  if (admin === null || state === 'unfinished' || leadsTo(path, admin)) return null
  const found = movedTo(admin, [path, ...paths])
  if (found === null || state === 'gone' || namesIn(path).length === 0) return found
  const mayBeOwn = state === 'cut off' || leadsNowhere(path)
  return mayBeOwn && (await holdsFilesOf(repository, path, admin)) ? null : found
}

/** Worktrees of a repository, the main one first. Errors: GIT_FAILED. */
export async function listWorktrees(repository: Repository): Promise<ListedWorktree[]> {
  const listing = await git(['worktree', 'list', '--porcelain', '-z'], repository.git)
  const admins = new Map(gitDirectories(repository).map((admin) => [namedPlace(admin), admin]))
  const all = listing
    .split('\0\0')
    .filter(Boolean)
    .map((record, i): ListedWorktree => {
      const fields = new Map(
        record.split('\0').map((line) => {
          const [key = '', ...rest] = line.split(' ')
          return [key, rest.join(' ')] as const
        }),
      )
      // Of a submodule, and of a repository whose git directory is elsewhere, git names the git directory here.
      const path = i === 0 ? repository.mainDirectory : (fields.get('worktree') ?? '')
      const exists = i === 0 || existsSync(join(path, '.git'))
      // git's own reason for a lock, from when it begins to make a worktree until it has.
      const isUnfinished = fields.get('locked') === 'initializing'
      const found = exists ? 'there' : existsSync(path) ? 'cut off' : 'gone'
      const state = isUnfinished ? 'unfinished' : found
      const admin = i === 0 ? repository.commonDir : (admins.get(join(path, '.git')) ?? null)
      return {
        path,
        branch: fields.get('branch')?.replace(/^refs\/heads\//, '') ?? null,
        isMain: i === 0,
        state,
        movedTo: null,
        isLocked: fields.has('locked'),
        head: /^0*$/.test(fields.get('HEAD') ?? '') ? null : fields.get('HEAD')!,
        admin,
        madeFor: i === 0 || admin === null ? null : readMadeFor(admin),
        isBare: fields.has('bare'),
        lockReason: fields.get('locked') ?? '',
      }
    })
  const paths = all.map(({ path }) => path)
  return Promise.all(
    all.map(async (each) =>
      each.isMain ? each : { ...each, movedTo: await whereMoved(repository, each, paths) },
    ),
  )
}

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

/** A directory and those around it. */
function withParents(directory: string): string[] {
  const above = dirname(directory)
  return above === directory ? [directory] : [directory, ...withParents(above)]
}

/** What is in a directory; nothing where it is none by now, or may not be read. */
export function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

/** Where a worktree is that somebody has moved, if beside any of these paths or around where the command runs; else null. */
function movedTo(admin: string, paths: readonly string[]): string | null {
  const around = [...new Set(paths.map((path) => dirname(path)))]
  const beside = around.flatMap((directory) => namesIn(directory).map((name) => join(directory, name)))
  const places = [...beside, ...withParents(process.cwd())]
  return places.find((place) => adminNamedIn(place) === admin) ?? null
}

/** Task ids by the branches that are claimed for them. */
export async function readClaims(repository: Repository): Promise<Map<string, string>> {
  const args = ['config', '-z', '--get-regexp', '^branch\\..*\\.mtostask$']
  const result = await runGit(args, repository.git)
  const claims = new Map<string, string>()
  for (const entry of result.stdout.toString('utf8').split('\0')) {
    const match = /^branch\.(.*)\.mtostask\n(.*)$/s.exec(entry)
    if (match) claims.set(match[1]!, match[2]!)
  }
  return claims
}

/** Names of local branches. */
export async function listBranches(repository: Repository): Promise<Set<string>> {
  const names = await git(['for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads/'], repository.git)
  return new Set(names.split('\n').filter(Boolean))
}

/** A path as git names it, without symbolic links; one that is not there stays as it is. */
const realPath = (path: string) => (existsSync(path) ? realpathSync(path) : resolve(path))

/** What a name names where that is a branch of a remote, `origin/main`; else null. */
async function remoteBranch(repository: Repository, name: string): Promise<string | null> {
  const args = ['rev-parse', '--symbolic-full-name', '--verify', '--quiet', '--end-of-options', name]
  const full = (await runGit(args, repository.git)).stdout.toString('utf8').trim()
  return /^refs\/remotes\/(.+)$/.exec(full)?.[1] ?? null
}

/** Branches of that name that remotes are known to have, `origin/topic`. */
export async function remoteBranches(repository: Repository, branch: string): Promise<string[]> {
  const args = ['for-each-ref', '--format=%(refname:lstrip=2)', `refs/remotes/*/${branch}`]
  return (await git(args, repository.git)).split('\n').filter((name) => name.endsWith(`/${branch}`))
}

/** What is below a directory, as seen from there, although the last parts of it may not be there yet; else null. */
export function below(directory: string, path: string): string | null {
  // The deepest part that is there says where symbolic links lead.
  let there = resolve(path)
  while (!existsSync(there)) there = dirname(there)
  const found = relative(realPath(directory), join(realPath(there), relative(there, resolve(path))))
  return found === '' || found === '..' || found.startsWith(`..${sep}`) || isAbsolute(found) ? null : found
}

/**
 * @param base what a new branch begins at: as configured unless given, else HEAD of the worktree where the command runs
 * @param user what templates call whoever starts
 * Errors: GIT_FAILED.
 */
export async function readStartFacts(
  repository: Repository,
  { base, track }: { readonly base?: string; readonly track?: boolean },
  settings: WorktreeSettings,
  user: string,
): Promise<StartFacts> {
  const start = base ?? settings.base ?? 'HEAD'
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${start}^{commit}`]
  const [worktrees, branches, claims, commit, baseRemote] = await Promise.all([
    listWorktrees(repository),
    listBranches(repository),
    readClaims(repository),
    runGit(args, repository.git),
    (track ?? settings.track) ? remoteBranch(repository, start) : null,
  ])
  return {
    repository: directoryName(repository),
    isBare: repository.workTree === null,
    mainPath: repository.mainDirectory,
    home: homeDirectory(),
    commonDir: repository.commonDir,
    worktrees: worktrees.map((each) => ({ ...each, branch: each.branch ?? branchLeft(each.admin) })),
    branches,
    claims,
    baseCommit: commit.status === 0 ? commit.stdout.toString('utf8').trim() : null,
    baseRemote,
    settings,
    user,
    // git takes an empty directory for a worktree.
    exists: (path) => {
      // A link that leads nowhere is in the way of git too.
      if (!existsSync(path)) return lstatSync(path, { throwIfNoEntry: false }) !== undefined
      return !(statSync(path).isDirectory() && readdirSync(path).length === 0)
    },
    isSamePath: (one, other) => realPath(one) === realPath(other),
    resolve,
    below,
  }
}

/** The commit that a local branch points to, or null. */
export function branchTip(repository: Repository, branch: string): Promise<string | null> {
  return readRef(repository, `refs/heads/${branch}`)
}
