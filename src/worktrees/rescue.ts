import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GitPlace, git, runGit } from '../git/run.ts'
import { idsHeldBy } from './operation.ts'

/** Who commits what only keeps objects: nobody's work is signed with it. */
const KEEPER = {
  GIT_AUTHOR_NAME: 'MTOS',
  GIT_AUTHOR_EMAIL: 'mtos@localhost',
  GIT_COMMITTER_NAME: 'MTOS',
  GIT_COMMITTER_EMAIL: 'mtos@localhost',
} as const

const keeping = (place: GitPlace): GitPlace => ({ ...place, variables: { ...place.variables, ...KEEPER } })

/** Lists entries of the index, with a name of their kind in front of their stage. Errors: GIT_FAILED. */
async function listEntries(place: GitPlace, option: '--stage' | '--resolve-undo', kind: string) {
  const listed = await git(['ls-files', option, '-z'], place)
  // A path may be there three times, once for each side of a conflict.
  return listed
    .split('\0')
    .filter(Boolean)
    .map((entry) => entry.replace(/^(\d+) ([0-9a-f]+) (\d)\t/, `$1 $2 0\t${kind}$3/`))
}

/** Whether the index says of every file what HEAD says. Errors: GIT_FAILED. */
async function isAsHead(place: GitPlace, head: string | null): Promise<boolean> {
  if (head === null) return false
  const args = ['diff-index', '--cached', '--quiet', '--ignore-submodules=none', head, '--']
  return (await runGit(args, place)).status === 0
}

/**
 * A commit that holds the content of every entry of the index, conflicts too, also those resolved that `git checkout
 * --merge` would bring back; null where HEAD holds it all. Errors: GIT_FAILED.
 */
async function commitIndex(place: GitPlace, head: string | null, scratch: string): Promise<string | null> {
  const resolved = await listEntries(place, '--resolve-undo', 'resolved-')
  const current = (await isAsHead(place, head)) ? [] : await listEntries(place, '--stage', '')
  const entries = [...current, ...resolved]
  if (entries.length === 0) return null
  const aside = {
    ...keeping(place),
    variables: { ...keeping(place).variables, GIT_INDEX_FILE: join(scratch, 'kept-index') },
  }
  const input = entries.map((entry) => `${entry}\0`).join('')
  await git(['update-index', '-z', '--index-info'], { ...aside, input })
  const tree = await git(['write-tree', '--missing-ok'], aside)
  const parents = head ? ['-p', head] : []
  return git(['commit-tree', tree, ...parents, '-m', 'Index of a removed worktree'], aside)
}

/**
 * A commit that holds those that only the worktree's own files or the branch's reflog name: git takes these for roots
 * no more once they are in the trash. Null where there are none.
 */
async function commitLogs(
  place: GitPlace,
  admin: string,
  head: string | null,
  taken: { branch: string; log: string } | null,
): Promise<string | null> {
  const own = await git(
    ['for-each-ref', '--format=%(objectname)', 'refs/bisect/', 'refs/worktree/', 'refs/rewritten/'],
    place,
  )
  const inLog = taken ? taken.log.split('\n').flatMap((line) => line.split(' ', 2)) : []
  const named = [...new Set([...idsHeldBy(admin), ...own.split('\n'), ...inLog])]
    .map((id) => id.trim())
    .filter((id) => /^[0-9a-f]{40,64}$/.test(id) && !/^0+$/.test(id))
  if (named.length === 0) return null
  const checked = await git(['cat-file', '--batch-check'], { ...place, input: `${named.join('\n')}\n` })
  const commits = checked
    .split('\n')
    .flatMap((line) => (line.split(' ')[1] === 'commit' ? [line.split(' ')[0]!] : []))
  if (commits.length === 0) return null
  const without = taken ? [`--exclude=${taken.branch}`] : []
  const args = ['rev-list', ...commits, '--not', ...without, '--branches', '--tags', ...(head ? [head] : [])]
  const alone = new Set((await git(args, place)).split('\n'))
  const parents = commits.filter((id) => alone.has(id)).flatMap((id) => ['-p', id])
  if (parents.length === 0) return null
  const tree = await git(['mktree'], { ...place, input: '' })
  return git(['commit-tree', tree, ...parents, '-m', 'Logs of a removed worktree'], keeping(place))
}

/** The text of a file, or ''. */
const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/**
 * Commits by the name under which the trash holds them: the head, and what only the index and logs of the worktree
 * hold. Without refs a `git gc` would delete them.
 * @param place the worktree
 * @param scratch a directory for a file of ours
 * @param taken the branch that goes too, and the file of its reflog
 * Errors: GIT_FAILED.
 */
export async function rescued(
  place: GitPlace,
  admin: string,
  head: string | null,
  scratch: string,
  taken: { branch: string; log: string } | null,
): Promise<{ name: string; id: string }[]> {
  const logged = taken && { branch: taken.branch, log: textOf(taken.log) }
  const index = await commitIndex(place, head, scratch)
  const logs = await commitLogs(place, admin, head, logged)
  const found = [
    ['head', head],
    ['index', index],
    ['logs', logs],
  ] as const
  return found.flatMap(([name, id]) => (id ? [{ name, id }] : []))
}
