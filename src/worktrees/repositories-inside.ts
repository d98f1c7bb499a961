import { existsSync, readdirSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type GitPlace, runGit } from '../git/run.ts'

/** Whether a directory is a git directory itself, as bare repositories are. */
const isGitDirectory = (path: string) =>
  ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(path, name)))

/**
 * Repositories and worktrees of others below some paths of a worktree: their work is theirs, and a worktree of another
 * repository would not be found by it any more.
 * @param paths relative to the top; what is committed cannot have any, so that only the rest is walked
 * Errors: those of the file system.
 */
export async function repositoriesBelow(top: string, paths: readonly string[]): Promise<string[]> {
  const found: string[] = []
  const open = paths.filter((path) => path.endsWith('/')).map((path) => path.slice(0, -1))
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const directory = join(top, path)
    const entries = await readdir(directory, { withFileTypes: true })
    if (entries.some(({ name }) => name === '.git') || isGitDirectory(directory)) {
      found.push(path)
      continue
    }
    for (const entry of entries) if (entry.isDirectory()) open.push(join(path, entry.name))
  }
  return found.sort()
}

/** Commits of a repository that none of its remotes is known to have; null where git cannot tell. */
async function commitsOnlyHere(place: GitPlace): Promise<number | null> {
  const result = await runGit(['rev-list', '--count', '--all', 'HEAD', '--not', '--remotes'], place)
  if (result.status === 0) return Number(result.stdout.toString('utf8'))
  // Without a commit there is nothing that could be lost.
  const any = await runGit(['rev-list', '--count', '--all'], place)
  return any.status === 0 && any.stdout.toString('utf8').trim() === '0' ? 0 : null
}

/** Git directories below one for submodules, which may lie in one another. */
function modulesBelow(directory: string): string[] {
  if (!existsSync(directory)) return []
  const found: string[] = []
  const open = [directory]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const isModule = isGitDirectory(at)
    if (isModule) found.push(at)
    const inside = isModule ? join(at, 'modules') : at
    if (!existsSync(inside)) continue
    for (const entry of readdirSync(inside, { withFileTypes: true })) {
      if (entry.isDirectory()) open.push(join(inside, entry.name))
    }
  }
  return found
}

/**
 * What submodules of a worktree hold that is nowhere else, in words. A linked worktree has git directories of its own
 * for them, so their commits go where it goes; what is changed in their files, `status` of the worktree tells.
 * @param admin the worktree's own git directory
 */
export async function submoduleWork(admin: string): Promise<string[]> {
  const said: string[] = []
  for (const module of modulesBelow(join(admin, 'modules'))) {
    const name = module.slice(join(admin, 'modules').length + 1).replaceAll('/modules/', '/')
    const count = await commitsOnlyHere({
      cwd: module,
      variables: { GIT_DIR: module, GIT_WORK_TREE: module },
    })
    if (count === null) said.push(`whether the submodule ${name} has commits of its own cannot be told`)
    else if (count > 0)
      said.push(
        `the submodule ${name} has ${count === 1 ? 'a commit' : `${count} commits`} that no remote has`,
      )
  }
  return said
}
