import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { MhvError } from '../errors.ts'
import { runGit } from './run.ts'

export interface Repository {
  /** This worktree's own git directory. */
  readonly gitDir: string
  /** The directory that all worktrees share: objects, refs and our index. */
  readonly commonDir: string
  /** Top of the checked-out files; null in a bare repository. */
  readonly workTree: string | null
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

function fromFiles(start: string): Repository | null | 'unusual' {
  for (let directory = start; ; directory = dirname(directory)) {
    const dotGit = join(directory, '.git')
    const stat = statSync(dotGit, { throwIfNoEntry: false })
    if (stat) {
      let gitDir = dotGit
      if (stat.isFile()) {
        const target = /^gitdir: (.*)\n?$/.exec(readSmall(dotGit) ?? '')?.[1]
        if (!target) return 'unusual'
        gitDir = resolve(directory, target)
      }
      return describe(gitDir, directory)
    }
    if (existsSync(join(directory, 'HEAD')) && existsSync(join(directory, 'objects'))) return 'unusual'
    if (dirname(directory) === directory) return null
  }
}

function describe(gitDir: string, workTree: string): Repository | 'unusual' {
  if (!existsSync(join(gitDir, 'HEAD'))) return 'unusual'
  const common = readSmall(join(gitDir, 'commondir'))
  const commonDir = common === null ? gitDir : resolve(gitDir, common.trim())
  const config = readSmall(join(commonDir, 'config')) ?? ''
  if (/^\s*(?:worktree|bare\s*=\s*true)\b/im.test(config)) return 'unusual'
  return { gitDir, commonDir, workTree, refsAreFiles: !/^\s*refstorage\s*=\s*(?!files)/im.test(config) }
}

async function fromGit(cwd: string): Promise<Repository> {
  const args = ['rev-parse', '--absolute-git-dir', '--git-common-dir', '--is-bare-repository']
  const result = await runGit(args, { cwd, environment: { ...process.env, LC_ALL: 'C' } })
  if (result.status !== 0) throw notARepository(cwd, result.stderr)
  const [gitDir, common, bare] = result.stdout.toString('utf8').split('\n') as [string, string, string]
  const commonDir = resolve(cwd, common)
  const top = await runGit(['rev-parse', '--show-toplevel'], {
    cwd,
    environment: { ...process.env, LC_ALL: 'C' },
  })
  const workTree = bare === 'true' || top.status !== 0 ? null : top.stdout.toString('utf8').trim()
  const config = readSmall(join(commonDir, 'config')) ?? ''
  return { gitDir, commonDir, workTree, refsAreFiles: !/^\s*refstorage\s*=\s*(?!files)/im.test(config) }
}

function notARepository(cwd: string, said = ''): MhvError {
  const dubious = /git config --global --add safe\.directory .*/.exec(said)
  return new MhvError(
    'NOT_A_REPOSITORY',
    dubious
      ? `git does not trust the owner of this repository: ${said.trim()}`
      : `${cwd} is not inside a git repository.`,
    dubious ? { recovery: [dubious[0].trim()] } : {},
  )
}

/**
 * The repository around a directory. In the usual cases a handful of files are read and git is not started.
 * Errors: NOT_A_REPOSITORY.
 */
export async function findRepository(cwd: string): Promise<Repository> {
  if (!OVERRIDES.some((name) => process.env[name] !== undefined)) {
    const found = fromFiles(realpathSync(cwd))
    if (found === null) throw notARepository(cwd)
    if (found !== 'unusual') return found
  }
  return fromGit(cwd)
}

/** What people call the repository where nothing else names it: its main directory, without `.git`. */
export function repositoryName(repository: Repository): string {
  const name =
    basename(repository.commonDir) === '.git' || basename(repository.commonDir) === '.bare'
      ? basename(dirname(repository.commonDir))
      : basename(repository.commonDir).replace(/\.git$/, '')
  return name.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'repository'
}
