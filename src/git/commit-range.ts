import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import { treeAt } from './checkout.ts'
import type { Repository } from './repository.ts'
import { git } from './run.ts'

/** A file that a commit changed since its first parent; all of its files where it has none here. */
export interface FileChange {
  readonly path: string
  /** Object ids; all zeros where there is no file. */
  readonly before: string
  readonly now: string
}

export interface RangeCommit {
  readonly commit: string
  readonly tree: string
  readonly parents: readonly string[]
  readonly author: string
  readonly subject: string
  readonly changes: readonly FileChange[]
}

export interface CommitRange {
  /** As git takes it. */
  readonly name: string
  /** Whether nobody asked for just this one. */
  readonly isUsual: boolean
  /** The commit whose history is left out, or what git takes for several; null where none is. */
  readonly from: string | null
  readonly to: string
  /** Whether it is `to` alone, without its history. */
  readonly isSingle: boolean
  /** Whether the commit that it was to begin after is not in a shallow history. */
  readonly isCut: boolean
}

/** Commits whose parents a shallow history leaves out. */
export function shallowEnds({ commonDir }: Repository): Set<string> {
  try {
    return new Set(readFileSync(join(commonDir, 'shallow'), 'latin1').split('\n').filter(Boolean))
  } catch {
    return new Set()
  }
}

const commitOf = async (repository: Repository, revision: string): Promise<string | null> =>
  (await treeAt(repository.git, revision))?.commit ?? null

async function requireCommit(repository: Repository, revision: string): Promise<string> {
  const commit = await commitOf(repository, revision)
  if (commit) return commit
  if ((await commitOf(repository, 'HEAD')) === null)
    throw new MhvError('NO_COMMITS', 'There is no commit yet, and so none to look at.')
  throw new MhvError('BAD_REVISION', `There is no commit ${revision} in this repository.`, {
    recovery: ['git log --oneline -n 5'],
    data: { revision },
  })
}

/** What HEAD has and the branch that it follows has not, or else any branch of a remote; HEAD alone without either. */
async function usualRange(repository: Repository): Promise<CommitRange> {
  const to = await requireCommit(repository, 'HEAD')
  const usual = { to, isUsual: true, isCut: false }
  const upstream = await commitOf(repository, '@{upstream}')
  if (upstream) return { ...usual, name: '@{upstream}..HEAD', from: upstream, isSingle: false }
  const known = await git(
    ['for-each-ref', '--count=1', '--format=%(refname)', 'refs/remotes/'],
    repository.git,
  )
  if (known !== '') return { ...usual, name: 'HEAD --not --remotes', from: '--remotes', isSingle: false }
  return { ...usual, name: 'HEAD', from: null, isSingle: true }
}

/**
 * The commits that a text names: `A..B`, or one revision alone; unless given, what is not on the remote yet.
 * Errors: BAD_REVISION for what is not here; in a shallow history the range's beginning may be missing.
 */
export async function resolveRange(repository: Repository, text: string | null): Promise<CommitRange> {
  if (text === null) return usualRange(repository)
  if (text.includes('...')) {
    const [left = '', right = ''] = text.split('...')
    throw new MhvError('BAD_REVISION', `${text} is no range of commits; one is written A..B.`, {
      recovery: [`mhv gate verify ${shellWord(`${left || 'HEAD'}..${right || 'HEAD'}`)}`],
    })
  }
  const asked = { name: text, isUsual: false }
  const at = text.indexOf('..')
  if (at < 0) {
    const to = await requireCommit(repository, text)
    return { ...asked, from: null, to, isSingle: true, isCut: false }
  }
  const to = await requireCommit(repository, text.slice(at + 2) || 'HEAD')
  const beginning = text.slice(0, at) || 'HEAD'
  if (shallowEnds(repository).size === 0) {
    const from = await requireCommit(repository, beginning)
    return { ...asked, from, to, isSingle: false, isCut: false }
  }
  const from = await commitOf(repository, beginning)
  return { ...asked, from, to, isSingle: false, isCut: from === null }
}

const HEADER = '\u0001'

/** Output of `git log -z --raw`: a header for each commit, then `:modes ids status` and a path for each file. */
function parseLog(output: string): RangeCommit[] {
  const commits: (RangeCommit & { changes: FileChange[] })[] = []
  const fields = output.split('\0')
  for (let i = 0; i < fields.length; i++) {
    // git puts an empty line between a commit and its files.
    const field = fields[i]!.replace(/^\n+/, '')
    if (field.startsWith(HEADER)) {
      const [commit = '', tree = '', parents = '', author = '', subject = ''] = field.slice(1).split(HEADER)
      const ids = parents.split(' ').filter(Boolean)
      commits.push({ commit, tree, parents: ids, author, subject, changes: [] })
    } else if (field.startsWith(':')) {
      const [, , before = '', now = ''] = field.split(' ')
      commits.at(-1)!.changes.push({ path: fields[++i]!, before, now })
    }
  }
  return commits
}

/** The commits of a range with what each changed, descendants first. One git process. Errors: GIT_FAILED. */
export async function commitsIn(
  repository: Repository,
  { from, to, isSingle }: CommitRange,
): Promise<RangeCommit[]> {
  const format = `--format=${['', '%H', '%T', '%P', '%an <%ae>', '%s'].join('%x01')}`
  // Whatever the user has configured for their own eyes is left out.
  const plain = [
    '--no-show-signature',
    '--no-color',
    '--no-relative',
    '--encoding=UTF-8',
    '--ignore-submodules=none',
  ]
  const shape = ['-z', '--raw', '--no-abbrev', '--no-renames', '--diff-merges=first-parent', '--root']
  const count = isSingle ? ['--max-count=1'] : []
  const args = ['log', '--topo-order', ...plain, ...shape, ...count, format, to]
  return parseLog(await git([...args, ...(from ? ['--not', from] : []), '--'], repository.git))
}
