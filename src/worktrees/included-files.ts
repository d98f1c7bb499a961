import { statSync } from 'node:fs'
import { join } from 'node:path'
import { git, gitFailure, runGit } from '../git/run.ts'

const paths = (listing: Buffer | string): string[] => listing.toString('utf8').split('\0').filter(Boolean)

/** Those that git ignores and does not track. Errors: GIT_FAILED. */
async function ignoredOf(source: string, candidates: readonly string[]): Promise<string[]> {
  if (candidates.length === 0) return []
  const args = ['check-ignore', '-z', '--stdin']
  const result = await runGit(args, { cwd: source, input: `${candidates.join('\0')}\0` })
  // 1 says that none is.
  if (result.status > 1) throw gitFailure(args, result)
  return paths(result.stdout)
}

/**
 * What a worktree's file of patterns lists of the files that git ignores there: paths relative to its top, with a slash
 * behind those of directories that are ignored as a whole. git does the matching, by the rules of .gitignore.
 * @returns null where there is no such file. Errors: GIT_FAILED.
 */
export async function includedFiles(source: string, include: string): Promise<string[] | null> {
  const patterns = join(source, include)
  if (!statSync(patterns, { throwIfNoEntry: false })?.isFile()) return null
  const args = ['ls-files', '-z', '--others', '--ignored', `--exclude-from=${patterns}`]
  // Listing node_modules by its name takes milliseconds, by its files seconds.
  const listed = paths(await git([...args, '--directory'], { cwd: source }))
  const ignored = new Set(await ignoredOf(source, listed))
  const whole = [...ignored].filter((path) => path.endsWith('/'))
  const isWithin = (path: string) =>
    whole.some((directory) => path !== directory && path.startsWith(directory))
  // A directory that git does not ignore as a whole may hold files that it does.
  if (listed.some((path) => path.endsWith('/') && !ignored.has(path))) {
    const files = paths(await git(args, { cwd: source }))
    const others = files.filter((path) => !ignored.has(path) && !isWithin(path))
    for (const path of await ignoredOf(source, others)) ignored.add(path)
  }
  return [...ignored].filter((path) => !isWithin(path)).sort()
}
