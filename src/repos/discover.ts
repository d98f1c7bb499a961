import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { MhvError } from '../errors.ts'
import { childEnvironment } from '../git/environment.ts'
import { readConfig } from '../git/refs.ts'
import { findRepository, type Repository } from '../git/repository.ts'
import { namesFor } from './names-for.ts'
import { remoteUrls } from './remote-urls.ts'
import { publicUrl } from './shown-url.ts'

export interface Found {
  readonly name: string
  readonly path: string
  /** The address of origin, where it was asked for and there is one. */
  readonly url: string | null
}

export interface Discovery {
  readonly found: readonly Found[]
  /** Directories that could not be looked into, and why. */
  readonly problems: readonly { readonly path: string; readonly message: string }[]
}

const isDirectory = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

const isBare = (path: string) =>
  existsSync(join(path, 'HEAD')) && isDirectory(join(path, 'objects')) && isDirectory(join(path, 'refs'))

const isRepository = (path: string) => existsSync(join(path, '.git')) || isBare(path)

/** Directories in a directory that are worth a look; links last, so that a repository is found where it lies. */
function below(directory: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((one, other) => (one.name < other.name ? -1 : 1))
  const paths = (wanted: typeof entries) => wanted.map(({ name }) => join(directory, name))
  const links = paths(entries.filter((entry) => entry.isSymbolicLink())).filter(isDirectory)
  return [...paths(entries.filter((entry) => entry.isDirectory())), ...links]
}

/** The address as it may stand in a file that others read. */
async function originOf(repository: Repository): Promise<string | null> {
  const url = await readConfig(repository, 'remote.origin.url')
  return url === null || /^-|^ext::|[^\x20-\x7e]/.test(url) ? null : publicUrl(url)
}

/** Directories that a repository's remotes are in, without links. */
async function remoteDirectories(repository: Repository): Promise<string[]> {
  const urls = await remoteUrls(repository)
  return urls.flatMap((url) => {
    const path = resolve(repository.mainDirectory, url.replace(/^file:\/\//, ''))
    return isDirectory(path) ? [realpathSync(path)] : []
  })
}

/** Where a linked worktree leads: to the main repository's own directory, which is another place to find it. */
const placeOf = (repository: Repository, path: string) =>
  repository.gitDir === repository.commonDir ? path : repository.mainDirectory

/**
 * The git repositories in a directory and below, the nearest first. It is not looked into repositories, except where the
 * search begins in one; nor into hidden directories and node_modules. Links are followed, each directory is seen once. A
 * bare repository that another one found has as its remote is left out.
 * @param depth how many directories down; 0 is the directory itself
 * @param known common directories of repositories that are listed already
 * @param taken names, and names of directories, that others have already, in lower case
 */
export async function discover(
  start: string,
  depth: number,
  known: ReadonlySet<string>,
  taken: ReadonlySet<string>,
  withUrls: boolean,
): Promise<Discovery> {
  const seen = new Set<string>()
  const repositories = new Set(known)
  const taking: { readonly repository: Repository; readonly path: string }[] = []
  const problems: { path: string; message: string }[] = []
  const take = async (path: string) => {
    const repository = await findRepository(path, childEnvironment())
    const common = realpathSync(repository.commonDir)
    if (repositories.has(common)) return
    repositories.add(common)
    taking.push({ repository, path })
  }
  let level = [start]
  for (let down = 0; down <= depth; down++) {
    const next: string[] = []
    for (const path of level) {
      try {
        const place = realpathSync(path)
        if (seen.has(place)) continue
        seen.add(place)
        const isOne = isRepository(path)
        if (isOne) await take(path)
        if ((!isOne || path === start) && down < depth) next.push(...below(path))
      } catch (error) {
        const isForeseen = error instanceof MhvError || (error as NodeJS.ErrnoException).code !== undefined
        if (!isForeseen) throw error
        problems.push({ path, message: (error as Error).message.split(',')[0]! })
      }
    }
    level = next
  }
  // A bare one that others here are clones of holds the same tasks: each would be listed twice.
  const remotes = new Set(
    (await Promise.all(taking.map(({ repository }) => remoteDirectories(repository)))).flat(),
  )
  const listed: (Omit<Found, 'name'> & { readonly repository: Repository })[] = []
  for (const { repository, path } of taking) {
    if (repository.workTree === null && remotes.has(realpathSync(path))) continue
    const url = withUrls ? await originOf(repository) : null
    listed.push({ repository, path: placeOf(repository, path), url })
  }
  const names = namesFor(
    listed.map(({ repository }) => repository),
    taken,
  )
  return { found: listed.map(({ path, url }, i) => ({ name: names[i]!, path, url })), problems }
}
