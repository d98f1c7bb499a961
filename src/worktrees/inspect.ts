import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gitDirectories, type Repository } from '../git/repository.ts'
import { type GitPlace, git, runGit } from '../git/run.ts'
import { type ChangedFiles, changedFiles } from './changed-files.ts'
import { type LeftOfGone, leftOfGone } from './gone.ts'
import { type Merged, mergedHow, type Target } from './merged.ts'
import { isWithin, type Occupant } from './occupants.ts'
import { operationIn } from './operation.ts'
import { adminNamedIn, isInPlace, type ListedWorktree, leadsTo, namesIn } from './read-facts.ts'
import { repositoriesBelow, submoduleWork } from './repositories-inside.ts'
import { branchLog } from './trash-entry.ts'

/** What is known of a worktree when it is decided whether it may go. */
export interface WorktreeFacts extends ListedWorktree {
  readonly files: ChangedFiles
  readonly operation: string | null
  /** What submodules hold that is nowhere else, in words. */
  readonly submodules: readonly string[]
  /** Other repositories and worktrees inside it, by path relative to it. */
  readonly inside: readonly string[]
  /** Other directories that take themselves for this worktree, since they were copied from it. */
  readonly copies: readonly string[]
  /** Commits that no branch, tag or remote holds: of a detached head, or of the log of one whose directory is gone. */
  readonly unheld: number
  /** The newest of these; null where there are none. */
  readonly unheldTip: string | null
  /** Commits that no remote is known to have; null without remotes. */
  readonly unpushed: number | null
  readonly ahead: number | null
  readonly behind: number | null
  /** What ahead and behind are counted against. */
  readonly against: string | null
  readonly merged: Merged
  /** Processes that work in it; null where the machine does not tell. */
  readonly occupants: readonly Occupant[] | null
  /** Whether this command runs inside it. */
  readonly isHere: boolean
  /** Milliseconds since 1970 of the last sign of work; null where there is none. */
  readonly lastActivity: number | null
  /** What could not be found out, and why. */
  readonly unknown: readonly string[]
}

export interface InspectOptions {
  readonly all: readonly ListedWorktree[]
  readonly targets: readonly Target[]
  /** Commit that the work of a worktree's task began at. */
  readonly base: string | null
  readonly occupants: readonly Occupant[] | null
  readonly strays: readonly Stray[]
  /** The directory that the command runs in. */
  readonly here: string
  /** Whether to walk through what git ignores in search of repositories: before a removal. */
  readonly thorough: boolean
}

const NO_FILES: ChangedFiles = { staged: [], changed: [], untracked: [], ignored: [], hidden: [] }

/** Where git works on a worktree wherever its directory is just now, without looking for it. */
export function placeOf(repository: Repository, path: string, admin: string): GitPlace {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, ...variables } = repository.git.variables ?? {}
  return {
    cwd: path,
    variables: { ...variables, GIT_DIR: admin, GIT_COMMON_DIR: repository.commonDir, GIT_WORK_TREE: path },
  }
}

/** A directory that takes itself for a worktree that is registered somewhere else. */
export interface Stray {
  readonly path: string
  /** The git directory that its .git file names. */
  readonly admin: string
}

/** Directories beside a repository's worktrees whose .git file names one of its worktrees that is somewhere else. */
export function strayDirectories(repository: Repository, all: readonly ListedWorktree[]): Stray[] {
  const admins = new Set(gitDirectories(repository).slice(1))
  const around = new Set(all.map(({ path }) => dirname(path)))
  return [...around].flatMap((directory) => {
    return namesIn(directory).flatMap((name) => {
      const path = join(directory, name)
      const admin = adminNamedIn(path)
      return admins.has(admin) && !isInPlace(admin, path) ? [{ path, admin }] : []
    })
  })
}

/** Whether a stray is a copy: only while what it was copied from is a worktree still; else it may be the worktree itself. */
export const isCopy = ({ admin }: Stray, all: readonly ListedWorktree[]): boolean =>
  all.some((worktree) => worktree.admin === admin && leadsTo(worktree.path, admin))

/** When a path was last changed; 0 of one that is not there, also where what should be around it is a file by now. */
function timeOf(path: string): number {
  try {
    return statSync(path).mtimeMs
  } catch {
    return 0
  }
}

function lastActivity({ path, admin }: ListedWorktree): number | null {
  const signs = admin ? ['HEAD', 'index', 'logs/HEAD', 'COMMIT_EDITMSG'].map((name) => join(admin, name)) : []
  return Math.round(Math.max(0, ...[...signs, path].map(timeOf))) || null
}

/** Collects what a question answers, or that it could not be answered: unknown means keep. */
function asker() {
  const unknown: string[] = []
  const ask = async <T>(what: string, otherwise: T, answer: () => Promise<T> | T): Promise<T> => {
    try {
      return await answer()
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      unknown.push(`${what} (${why.split('\n')[0]})`)
      return otherwise
    }
  }
  return { unknown, ask }
}

const NOTHING_LEFT: LeftOfGone = { staged: [], commits: [] }

/** What only the git directory of a worktree holds, whose files are not at their place. Errors: GIT_FAILED. */
async function leftOf(repository: Repository, { admin, head, branch, state }: ListedWorktree) {
  if (state !== 'gone' || admin === null) return NOTHING_LEFT
  // No file is looked at, and git wants the top of the files to be a directory: there may be a file in its place.
  const place = placeOf(repository, admin, admin)
  return leftOfGone(place, admin, head, branch && branchLog(repository, branch))
}

async function count(repository: Repository, args: readonly string[]): Promise<number> {
  return Number(await git(['rev-list', '--count', ...args], repository.git))
}

async function distance(
  repository: Repository,
  worktree: ListedWorktree,
  targets: readonly Target[],
): Promise<Pick<WorktreeFacts, 'ahead' | 'behind' | 'against'>> {
  const nothing = { ahead: null, behind: null, against: null }
  if (!worktree.head) return nothing
  const upstream = worktree.branch
    ? await git(['for-each-ref', '--format=%(upstream)', `refs/heads/${worktree.branch}`], repository.git)
    : ''
  const target = targets.find(({ name }) => name !== worktree.branch)
  const against = upstream || target?.ref
  if (!against) return nothing
  const args = ['rev-list', '--left-right', '--count', `${worktree.head}...${against}`]
  const counted = await runGit(args, repository.git)
  // An upstream that is gone from the remote leaves nothing to count against.
  if (counted.status !== 0) return nothing
  const [ahead, behind] = counted.stdout.toString('utf8').trim().split('\t').map(Number) as [number, number]
  return {
    ahead,
    behind,
    against: upstream ? upstream.replace(/^refs\/(?:heads|remotes)\//, '') : target!.name,
  }
}

/** What a directory is that should be the worktree and may be something else by now; null where all is well. */
function mismatch({ path, admin }: ListedWorktree): string | null {
  if (!admin) return 'git knows no directory of its own for it'
  if (statSync(join(path, '.git')).isDirectory()) return 'another repository is at its place now'
  if (realpathSync(adminNamedIn(path)) === realpathSync(admin)) return null
  return 'its .git file leads to another worktree or repository'
}

/** Everything that decides whether a worktree may go. What cannot be told is named in `unknown`. Never throws. */
export async function inspectWorktree(
  repository: Repository,
  worktree: ListedWorktree,
  options: InspectOptions,
): Promise<WorktreeFacts> {
  const { unknown, ask } = asker()
  const { path, admin, head, branch, state } = worktree
  const wrong =
    state !== 'there' || worktree.isMain
      ? null
      : await ask('what is at its place', null, () => mismatch(worktree))
  if (wrong) unknown.push(wrong)
  const isReadable = state === 'there' && !wrong && admin !== null && !worktree.isBare
  const place = placeOf(repository, path, admin ?? repository.commonDir)
  const targets = options.targets.filter(({ ref }) => ref !== `refs/heads/${branch}`)
  const files = isReadable
    ? await ask('which files are changed', NO_FILES, () => changedFiles(place, admin))
    : NO_FILES
  const left = await ask('what only its index and log hold', NOTHING_LEFT, () => leftOf(repository, worktree))
  const nested = options.all
    .filter((other) => other.path !== path && isWithin(other.path, path))
    .map((other) => other.path.slice(path.length + 1))
  const below = () => repositoriesBelow(path, [...files.untracked, ...files.ignored])
  const holders = branch === null ? ['--branches', '--tags', '--remotes'] : []
  if (isReadable && existsSync(join(admin, 'index.lock')))
    unknown.push('git is at work in it, or was killed (index.lock)')
  const hasRemotes = (await ask('which remotes there are', '', () => git(['remote'], repository.git))) !== ''
  const merged: Merged = head
    ? await mergedHow(repository, { branch, tip: head, base: options.base }, targets)
    : { how: 'empty', into: null }
  const unheld =
    head && branch === null
      ? await ask('whether commits would be lost', 1, () => count(repository, [head, '--not', ...holders]))
      : left.commits.length
  const walked = options.thorough && isReadable ? await ask('what is inside it', [], below) : []
  const inside = [...new Set([...nested, ...walked])]
  return {
    ...worktree,
    files: { ...files, staged: [...files.staged, ...left.staged] },
    merged,
    inside,
    operation: admin && !worktree.isMain ? operationIn(admin) : null,
    submodules: admin && isReadable ? await ask('what submodules hold', [], () => submoduleWork(admin)) : [],
    copies: options.strays
      .filter((stray) => stray.admin === admin && isCopy(stray, [worktree]))
      .map((stray) => stray.path),
    unheld,
    unheldTip: unheld === 0 ? null : (left.commits[0] ?? head),
    unpushed:
      head && hasRemotes
        ? await ask('which commits are pushed', null, () => count(repository, [head, '--not', '--remotes']))
        : null,
    ...(await ask('how far it is ahead', { ahead: null, behind: null, against: null }, () =>
      distance(repository, worktree, options.targets),
    )),
    occupants: options.occupants?.filter(({ directory }) => isWithin(directory, path)) ?? null,
    isHere: isWithin(options.here, path),
    lastActivity: lastActivity(worktree),
    unknown,
  }
}

/** Branches whose history makes work safe, the most important first. @param configured `worktrees.base` */
export async function findTargets(
  repository: Repository,
  main: ListedWorktree | undefined,
  configured: string | undefined,
): Promise<Target[]> {
  const commitOf = async (ref: string): Promise<string | null> => {
    const found = await runGit(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], repository.git)
    return found.status === 0 ? found.stdout.toString('utf8').trim() : null
  }
  const fullName = async (name: string): Promise<string> => {
    const found = await runGit(
      ['rev-parse', '--symbolic-full-name', '--verify', '--quiet', name],
      repository.git,
    )
    return found.stdout.toString('utf8').trim() || name
  }
  const names = configured
    ? [await fullName(configured)]
    : [
        await fullName('refs/remotes/origin/HEAD'),
        ...['refs/remotes/origin/main', 'refs/remotes/origin/master', 'refs/heads/main', 'refs/heads/master'],
        ...(main?.branch ? [`refs/heads/${main.branch}`] : []),
      ]
  const targets: Target[] = []
  for (const ref of new Set(names)) {
    const commit = await commitOf(ref)
    if (commit) targets.push({ name: ref.replace(/^refs\/(?:heads|remotes)\//, ''), ref, commit })
  }
  return targets
}
