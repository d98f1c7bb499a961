import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { MhvError } from '../errors.ts'
import { type GitPlace, runGit } from './run.ts'

export interface Repository {
  /** This worktree's own git directory. */
  readonly gitDir: string
  /** The directory that all worktrees share: objects, refs and our index. */
  readonly commonDir: string
  /** Top of the checked-out files; null in a bare repository. */
  readonly workTree: string | null
  /** Directory of the main worktree, or of the bare repository: what it is called after. */
  readonly mainDirectory: string
  /**
   * Where git finds this repository in its own way. Started in the git directory itself it would not know the exceptions
   * that people have made for the owner of a worktree, nor what is configured for that worktree alone.
   */
  readonly git: GitPlace
  /** False where refs are kept in a format that only git reads (reftable). */
  readonly refsAreFiles: boolean
}

/** Any of these makes git look elsewhere than where the files say; then git itself is asked. */
const OVERRIDES = [
  'GIT_DIR',
  'GIT_COMMON_DIR',
  'GIT_WORK_TREE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_CEILING_DIRECTORIES',
]

function readSmall(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** What the user told git for the time of this command, `git -c` among it, which counts in their own repository. */
function given(...names: string[]): Record<string, string> {
  const all = ['GIT_CONFIG_PARAMETERS', 'GIT_CONFIG_COUNT', ...names]
  return Object.fromEntries(all.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

/** Whether this user owns a path, so that git reads what is configured there without being told to. */
const isOwn = (uid: number) => process.geteuid === undefined || process.geteuid() === uid

function fromFiles(start: string): Repository | null | 'unusual' {
  for (let directory = start; ; directory = dirname(directory)) {
    const dotGit = join(directory, '.git')
    const stat = statSync(dotGit, { throwIfNoEntry: false })
    if (stat) {
      // Whom else to trust is for git to say.
      if (!isOwn(stat.uid) || !isOwn(statSync(directory).uid)) return 'unusual'
      const gitDir = stat.isFile() ? linkedFrom(dotGit) : dotGit
      return gitDir === null ? 'unusual' : describe(gitDir, directory)
    }
    if (existsSync(join(directory, 'HEAD')) && existsSync(join(directory, 'objects'))) return 'unusual'
    if (dirname(directory) === directory) return null
  }
}

/** Where a `.git` that is a file leads; null where it is a directory, or something else. */
const linkedFrom = (dotGit: string): string | null => {
  const target = /^gitdir: (.*?)\n?$/s.exec(readSmall(dotGit) ?? '')?.[1]
  return target === undefined ? null : resolve(dirname(dotGit), target)
}

function commonOf(gitDir: string): string {
  const common = readSmall(join(gitDir, 'commondir'))
  return common === null ? gitDir : resolve(gitDir, common.trim())
}

/**
 * A directory that all worktrees of the repository at a path have in common, links resolved, as far as files say it: not
 * where anything is to be read, only by what two paths can be told to be one repository. The path itself where there is
 * none, or a bare one.
 */
export function sharedDirectory(path: string): string {
  const dotGit = join(path, '.git')
  const shared = commonOf(linkedFrom(dotGit) ?? (existsSync(dotGit) ? dotGit : path))
  try {
    return realpathSync(shared)
  } catch {
    return shared
  }
}

function describe(gitDir: string, workTree: string): Repository | 'unusual' {
  if (!existsSync(join(gitDir, 'HEAD'))) return 'unusual'
  const commonDir = commonOf(gitDir)
  const config = readSmall(join(commonDir, 'config')) ?? ''
  if (/^\s*(?:worktree|bare\s*=\s*true)\b/im.test(config)) return 'unusual'
  return {
    gitDir,
    commonDir,
    workTree,
    mainDirectory: mainOf(commonDir, null, gitDir === commonDir ? workTree : null),
    git: { cwd: workTree, variables: given() },
    refsAreFiles: !/^\s*refstorage\s*=\s*(?!files)/im.test(config),
  }
}

/**
 * @param configured core.worktree
 * @param checkedOut the top of the files, where these are the main worktree's
 */
function mainOf(commonDir: string, configured: string | null, checkedOut: string | null): string {
  if (basename(commonDir) === '.git') return dirname(commonDir)
  return configured === null ? (checkedOut ?? commonDir) : resolve(commonDir, configured)
}

/** core.worktree as the main worktree has it: a linked one is not told. */
async function configuredTop(commonDir: string): Promise<string | null> {
  for (const name of ['config.worktree', 'config']) {
    const file = join(commonDir, name)
    if (!/worktree\s*=/i.test(readSmall(file) ?? '')) continue
    const args = ['config', '--file', file, '--get', 'core.worktree']
    const result = await runGit(args, { cwd: commonDir })
    if (result.status === 0) return result.stdout.toString('utf8').replace(/\n$/, '')
  }
  return null
}

/** Variables that lead git to the same repository again, wherever the user's own were meant to be read. */
function overrides(cwd: string, gitDir: string, environment: NodeJS.ProcessEnv): Record<string, string> {
  if (environment.GIT_DIR === undefined) return given()
  const paths = ['GIT_WORK_TREE', 'GIT_COMMON_DIR'].flatMap((name) => {
    const path = environment[name]
    return path === undefined ? [] : [[name, resolve(cwd, path)] as const]
  })
  return { ...given(), GIT_DIR: gitDir, ...Object.fromEntries(paths) }
}

async function fromGit(cwd: string, env: NodeJS.ProcessEnv): Promise<Repository> {
  const environment = { ...env, LC_ALL: 'C' }
  const args = ['rev-parse', '--absolute-git-dir', '--git-common-dir', '--is-bare-repository']
  const result = await runGit(args, { cwd, environment })
  if (result.status !== 0) throw notARepository(cwd, result.stderr, environment)
  const [gitDir, common, bare] = result.stdout.toString('utf8').split('\n') as [string, string, string]
  const commonDir = resolve(cwd, common)
  const top = await runGit(['rev-parse', '--show-toplevel'], { cwd, environment })
  const workTree = bare === 'true' || top.status !== 0 ? null : top.stdout.toString('utf8').trim()
  const config = readSmall(join(commonDir, 'config')) ?? ''
  // With GIT_DIR alone, git takes any working directory for the files' top: nothing to call a repository after.
  const isMain = gitDir === commonDir && env.GIT_DIR === undefined
  return {
    gitDir,
    commonDir,
    workTree,
    mainDirectory: mainOf(commonDir, await configuredTop(commonDir), isMain ? workTree : null),
    git: { cwd, variables: overrides(cwd, gitDir, env) },
    refsAreFiles: !/^\s*refstorage\s*=\s*(?!files)/im.test(config),
  }
}

function notARepository(cwd: string, said = '', environment: NodeJS.ProcessEnv = {}): MhvError {
  const dubious = /git config --global --add safe\.directory .*/.exec(said)
  const elsewhere = dubious ? undefined : OVERRIDES.find((name) => environment[name])
  if (elsewhere) {
    // Where it leads, `git init` would make a repository.
    const message = `${elsewhere} is set to ${environment[elsewhere]}, by which git finds no repository: ${said.trim()}`
    return new MhvError('NOT_A_REPOSITORY', message, {
      recovery: [`unset ${elsewhere}`],
      data: { isRefused: true },
    })
  }
  if (dubious) {
    return new MhvError(
      'NOT_A_REPOSITORY',
      `git does not trust the owner of this repository: ${said.trim()}`,
      {
        recovery: [dubious[0].trim()],
        data: { isRefused: true },
      },
    )
  }
  // Where there is a .git that leads nowhere, git names where it leads.
  const isRefused = /not a git repository: /.test(said)
  const message = `${cwd} is not inside a git repository${isRefused ? `: ${said.trim()}` : '.'}`
  return new MhvError('NOT_A_REPOSITORY', message, isRefused ? { data: { isRefused } } : {})
}

/** Where a repository's own things are. */
export type GitDirectories = Pick<Repository, 'gitDir' | 'commonDir'>

/**
 * The git directories around a directory, for what may not wait for git: a prompt, a completion. null where files do not
 * tell, or git would ask whether to trust their owner. Errors: of the file system.
 */
export function directoriesAround(cwd: string, environment = process.env): GitDirectories | null {
  const given = environment.GIT_DIR
  if (given) return { gitDir: resolve(cwd, given), commonDir: commonOf(resolve(cwd, given)) }
  for (let directory = realpathSync(cwd); ; directory = dirname(directory)) {
    const dotGit = join(directory, '.git')
    const stat = statSync(dotGit, { throwIfNoEntry: false })
    const isBare = !stat && existsSync(join(directory, 'HEAD')) && existsSync(join(directory, 'objects'))
    const gitDir = isBare ? directory : stat?.isFile() ? linkedFrom(dotGit) : dotGit
    if (stat || isBare) {
      const isTrusted = isOwn(statSync(directory).uid) && (!stat || isOwn(stat.uid))
      return gitDir && isTrusted ? { gitDir, commonDir: commonOf(gitDir) } : null
    }
    if (dirname(directory) === directory) return null
  }
}

/**
 * The repository around a directory. In the usual cases a handful of files are read and git is not started.
 * @param environment in which git's own variables may lead elsewhere
 * Errors: NOT_A_REPOSITORY.
 */
export async function findRepository(cwd: string, environment = process.env): Promise<Repository> {
  if (!OVERRIDES.some((name) => environment[name] !== undefined)) {
    const found = fromFiles(realpathSync(cwd))
    if (found === null) throw notARepository(cwd)
    if (found !== 'unusual') return found
  }
  return fromGit(cwd, environment)
}

/**
 * A bare repository that is known to be one, with refs in files, because this program has made it.
 * @param variables for its git processes
 */
export function ownRepository(directory: string, variables: Record<string, string> = {}): Repository {
  return {
    gitDir: directory,
    commonDir: directory,
    workTree: null,
    mainDirectory: directory,
    // Named outright: git may have been told to find bare repositories only so.
    git: { cwd: directory, variables: { ...given(), GIT_DIR: directory, ...variables } },
    refsAreFiles: true,
  }
}

/** The git directories of all worktrees, the common one first: where git leaves reports of crashes. */
export function gitDirectories({ commonDir }: Repository): string[] {
  const linked = join(commonDir, 'worktrees')
  return [commonDir, ...(existsSync(linked) ? readdirSync(linked).map((name) => join(linked, name)) : [])]
}

/** The name of the repository's directory, without `.git`. */
export function directoryName({ mainDirectory }: Repository): string {
  const name = basename(mainDirectory)
  return (name === '.bare' ? basename(dirname(mainDirectory)) : name.replace(/\.git$/, '')) || 'repository'
}

/** What people call the repository where nothing else names it: its directory's name, in the letters of references. */
export function repositoryName(repository: Repository): string {
  const name = directoryName(repository)
  return name.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'repository'
}
