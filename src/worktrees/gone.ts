import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GitPlace, git } from '../git/run.ts'
import { idsHeldBy } from './operation.ts'

/** What the git directory of a worktree holds that nothing else does, once its files are gone or were moved. */
export interface LeftOfGone {
  /** Paths whose content in the index is not the one that is committed. */
  readonly staged: readonly string[]
  /** Commits that only its HEAD, its log and its own refs name, the newest first. */
  readonly commits: readonly string[]
}

const idsInLog = (log: string): string[] =>
  existsSync(log)
    ? readFileSync(log, 'utf8')
        .split('\n')
        .flatMap((line) => line.split(' ', 2))
    : []

const isId = (id: string) => /^[0-9a-f]{40,64}$/.test(id) && !/^0+$/.test(id)

/** Ids among these that are commits; git has forgotten others, or never knew them. */
async function commitsAmong(place: GitPlace, ids: readonly string[]): Promise<string[]> {
  const named = [...new Set(ids)].filter(isId)
  if (named.length === 0) return []
  const checked = await git(['cat-file', '--batch-check'], { ...place, input: `${named.join('\n')}\n` })
  return checked.split('\n').flatMap((line) => (line.split(' ')[1] === 'commit' ? [line.split(' ')[0]!] : []))
}

/**
 * Looks into the git directory of a worktree whose files are not at their place.
 * @param place somewhere, with variables that lead git to that directory
 * @param log the file of its branch's reflog, which holds commits too; null with a detached head
 * Errors: GIT_FAILED where it cannot be told.
 */
export async function leftOfGone(
  place: GitPlace,
  admin: string,
  head: string | null,
  log: string | null,
): Promise<LeftOfGone> {
  const staged = !existsSync(join(admin, 'index'))
    ? ''
    : await git(
        head
          ? ['diff-index', '--cached', '--name-only', '-z', '--ignore-submodules=none', head, '--']
          : ['ls-files', '-z'],
        place,
      )
  const own = await git(
    ['for-each-ref', '--format=%(objectname)', 'refs/bisect/', 'refs/worktree/', 'refs/rewritten/'],
    place,
  )
  const named = await commitsAmong(place, [...idsHeldBy(admin), ...own.split('\n')])
  const logged = log === null ? [] : await commitsAmong(place, idsInLog(log))
  const commits =
    named.length === 0
      ? ''
      : await git(['rev-list', ...named, '--not', ...logged, '--branches', '--tags', '--remotes'], place)
  return { staged: staged.split('\0').filter(Boolean), commits: commits.split('\n').filter(Boolean) }
}
