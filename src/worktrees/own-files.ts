import { lstatSync, readdirSync } from 'node:fs'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'

/** Settings that could make git remember instead of looking, or touch the index that it looks into. */
const LOOK = [
  ...['--no-optional-locks', '-c', 'core.fsmonitor=false'],
  ...['-c', 'core.untrackedCache=false', '-c', 'diff.autoRefreshIndex=true'],
]

/**
 * Whether a directory that does not lead to a worktree's git directory is the worktree all the same: at least half of what
 * its index has is there unchanged. A few files of the same names are in many a directory that has nothing to do with it.
 * Where nothing is tracked, an empty directory is all that can be told from somebody else's; what cannot be told is not it.
 */
export async function holdsFilesOf(repository: Repository, path: string, admin: string): Promise<boolean> {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) return false
  const names = async (args: readonly string[]): Promise<string[] | null> => {
    const all = [...LOOK, '--git-dir', admin, '--work-tree', path, ...args]
    const { status, stdout } = await runGit(all, { ...repository.git, cwd: path })
    return status === 0 ? stdout.toString('utf8').split('\0').filter(Boolean) : null
  }
  // Files that git was told not to look at are no sign of anything: it takes them for unchanged.
  const tracked = (await names(['ls-files', '-v', '-z']))?.filter((line) => line.startsWith('H '))
  if (tracked?.length === 0) return readdirSync(path).length === 0
  const options = ['--name-only', '-z', '--no-ext-diff', '--no-renames', '--ignore-submodules=all']
  const changed = tracked && (await names(['diff', ...options]))
  if (!tracked || !changed) return false
  return (tracked.length - new Set(changed).size) * 2 >= tracked.length
}
