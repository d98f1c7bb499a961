import { copyFileSync, existsSync, lstatSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type GitPlace, git, gitFailure, runGit } from '../git/run.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

/** Files of a worktree by what git says of them. Directories that hold only such files end with a slash. */
export interface ChangedFiles {
  /** Different in the index from what is committed, conflicts among them. */
  readonly staged: readonly string[]
  /** Different on disk from the index. */
  readonly changed: readonly string[]
  readonly untracked: readonly string[]
  readonly ignored: readonly string[]
  /** Changed, though git was told not to look: assume-unchanged and skip-worktree. */
  readonly hidden: readonly string[]
}

/** Settings that could make git not look, or look at something remembered. */
const LOOK = [
  ...['-c', 'core.fsmonitor=false', '-c', 'core.untrackedCache=false'],
  ...['-c', 'status.showUntrackedFiles=normal', '-c', 'status.renames=false'],
]

const UNREADABLE = /could not open directory|permission denied|unable to (?:open|read|stat|access)/i

/** What `status` says for a worktree. Errors: GIT_FAILED, also where a directory cannot be read. */
async function statusOf(place: GitPlace): Promise<string> {
  const args = [
    ...LOOK,
    'status',
    ...['--porcelain=v2', '-z', '--ignored=traditional', '--untracked-files=normal'],
    '--ignore-submodules=none',
  ]
  const result = await runGit(args, place)
  if (result.status !== 0 || UNREADABLE.test(result.stderr)) {
    throw gitFailure(args, { ...result, status: result.status || 1 })
  }
  return result.stdout.toString('utf8')
}

/** How many fields stand before the path in a line of `status --porcelain=v2`, by its first letter. */
const FIELDS: Readonly<Record<string, number>> = { '1': 8, '2': 9, u: 10, '?': 1, '!': 1 }

interface StatusLine {
  readonly kind: string
  readonly xy: string
  readonly path: string
}

function parseStatus(status: string): StatusLine[] {
  const entries = status.split('\0')
  const lines: StatusLine[] = []
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!
    const kind = entry[0]
    const count = kind && FIELDS[kind]
    if (!count) continue
    const fields = entry.split(' ')
    lines.push({ kind, xy: fields[1]!, path: fields.slice(count).join(' ') })
    // The old name of something renamed is an entry of its own.
    if (kind === '2') i++
  }
  return lines
}

/**
 * Files that git was told not to look at and that differ from the index all the same. Looked at on a copy of the index
 * in which the marks are taken away.
 */
async function hiddenChanges(place: GitPlace, admin: string): Promise<string[]> {
  const marked = (await git(['ls-files', '-v', '-z'], place))
    .split('\0')
    .filter((line) => /^(?:[a-z]|S) /.test(line))
    .map((line) => line.slice(2))
    .filter((path) => lstatSync(join(place.cwd, path), { throwIfNoEntry: false }))
  if (marked.length === 0) return []
  const scratch = temporaryDirectory('mhv-')
  try {
    const index = join(scratch, 'index')
    copyFileSync(join(admin, 'index'), index)
    const aside = { ...place, variables: { ...place.variables, GIT_INDEX_FILE: index } }
    const input = `${marked.join('\0')}\0`
    for (const flag of ['--no-assume-unchanged', '--no-skip-worktree']) {
      await git(['update-index', '-z', flag, '--stdin'], { ...aside, input })
    }
    await runGit(['update-index', '-q', '--really-refresh'], aside)
    const changed = await git(['diff-files', '--name-only', '-z', '--ignore-submodules=none'], aside)
    const names = new Set(marked)
    return changed.split('\0').filter((path) => names.has(path))
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/**
 * What a worktree holds besides its commits.
 * @param place the worktree's top, with variables that lead git to its own directory
 * @param admin this directory
 * Errors: GIT_FAILED where it cannot be told.
 */
export async function changedFiles(place: GitPlace, admin: string): Promise<ChangedFiles> {
  const [status, hidden] = await Promise.all([
    statusOf(place),
    existsSync(join(admin, 'index')) ? hiddenChanges(place, admin) : [],
  ])
  const lines = parseStatus(status)
  const tracked = lines.filter(({ kind }) => kind !== '?' && kind !== '!')
  const pathsOf = (found: readonly StatusLine[]) => found.map(({ path }) => path)
  return {
    staged: pathsOf(tracked.filter(({ xy }) => xy[0] !== '.')),
    changed: pathsOf(tracked.filter(({ xy }) => xy[1] !== '.')),
    untracked: pathsOf(lines.filter(({ kind }) => kind === '?')),
    ignored: pathsOf(lines.filter(({ kind }) => kind === '!')),
    hidden,
  }
}

/**
 * What would differ if a worktree were changed, in one text: for comparing it with itself a moment later, in another
 * place. Nothing that needs its refs or submodules, which are not found from there. Errors: GIT_FAILED.
 */
export async function fingerprint(place: GitPlace, admin: string): Promise<string> {
  const read = (name: string): string => {
    try {
      return readFileSync(join(admin, name)).toString('base64')
    } catch {
      return ''
    }
  }
  const [changed, others] = await Promise.all([
    git([...LOOK, 'diff-files', '--raw', '-z', '--no-abbrev', '--ignore-submodules=all'], place),
    git([...LOOK, 'ls-files', '--others', '--directory', '-z'], place),
  ])
  return [changed, others, read('HEAD'), read('index'), read('logs/HEAD')].join('\n')
}
