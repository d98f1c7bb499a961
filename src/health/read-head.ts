import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { listTree, readObjects, type TreeEntry } from '../git/objects.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'

/** Documents beyond so many, and the rest of one beyond so many bytes, are not looked at. */
const MOST_FILES = 400
const MOST_BYTES = 256 * 1024

/** The files of a commit, and what lies around them. */
export interface HeadFiles {
  readonly paths: ReadonlySet<string>
  /** Texts of the files that were asked for, by path. */
  readonly texts: ReadonlyMap<string, string>
  /** Whether there is such a file or directory, in the commit or in the work tree. */
  readonly exists: (path: string) => boolean
}

/** All paths with the directories above them. */
function withDirectories(entries: readonly TreeEntry[]): Set<string> {
  const paths = new Set<string>([''])
  for (const { path } of entries) {
    for (let at = path; !paths.has(at); at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '')
      paths.add(at)
  }
  return paths
}

/**
 * What HEAD holds: the state that others get, and the same wherever it is looked at. null where there is no commit, or
 * nothing is checked out. Errors: GIT_FAILED.
 * @param wants paths of the files whose texts are needed
 */
export async function readHead(
  repository: Repository,
  wants: (path: string) => boolean,
): Promise<HeadFiles | null> {
  const { workTree } = repository
  if (workTree === null) return null
  const { status } = await runGit(['rev-parse', '--quiet', '--verify', 'HEAD^{commit}'], repository.git)
  if (status !== 0) return null
  const entries = await listTree(repository, 'HEAD')
  const asked = entries.filter(({ path }) => wants(path)).slice(0, MOST_FILES)
  const contents = asked.length === 0 ? [] : await readObjects(repository, asked.map(({ id }) => id)) // biome-ignore format: short
  const texts = new Map(
    asked.flatMap(({ path }, i) => {
      const content = contents[i]
      return content ? [[path, content.subarray(0, MOST_BYTES).toString('utf8')] as const] : []
    }),
  )
  const paths = withDirectories(entries)
  return { paths, texts, exists: (path) => paths.has(path) || existsSync(join(workTree, path)) }
}

/** Those of some paths that git ignores: they are made when they are needed. */
export async function ignoredAmong(
  repository: Repository,
  paths: readonly string[],
): Promise<ReadonlySet<string>> {
  if (paths.length === 0 || repository.workTree === null) return new Set()
  const args = ['check-ignore', '-z', '--stdin', '--no-index']
  const place = { ...repository.git, cwd: repository.workTree }
  const { stdout } = await runGit(args, { ...place, input: paths.map((path) => `${path}\0`).join('') })
  return new Set(stdout.toString('utf8').split('\0').filter(Boolean))
}
