import { readObjects } from '../git/objects.ts'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'

export interface Person {
  readonly name: string
  readonly email: string
  /** Seconds since 1970. */
  readonly time: number
  /** The line as the commit has it. */
  readonly line: string
}

/** A commit of the log, as its bytes say. */
export interface LogCommit {
  readonly id: string
  readonly tree: string
  /** Those that git follows. */
  readonly parents: readonly string[]
  /** Whether it has parents that are not here, as in a shallow clone. */
  readonly isCut: boolean
  readonly author: Person
  readonly committer: Person
  readonly isSigned: boolean
  readonly message: string
}

/** Commits that are in memory at once. */
const PIECE = 500

function personIn(header: string, role: 'author' | 'committer'): Person {
  const line = new RegExp(`^${role} (.*)$`, 'm').exec(header)?.[1] ?? ''
  const [, name = '', email = '', time = '0'] = /^(.*?) ?<([^>]*)> (\d+) /.exec(line) ?? []
  return { name, email, time: Number(time), line }
}

function parseCommit(id: string, parents: readonly string[], content: Buffer): LogCommit {
  const text = content.toString('utf8')
  const end = text.indexOf('\n\n')
  const header = end < 0 ? text : text.slice(0, end)
  const own = header.match(/^parent [0-9a-f]+$/gm) ?? []
  return {
    id,
    tree: /^tree ([0-9a-f]+)$/m.exec(header)?.[1] ?? '',
    parents,
    isCut: own.length > parents.length,
    author: personIn(header, 'author'),
    committer: personIn(header, 'committer'),
    isSigned: /^gpgsig(?:-sha256)? /m.test(header),
    message: end < 0 ? '' : text.slice(end + 2),
  }
}

/** Ids of all commits that a tip reaches with their parents, each after those. Errors: GIT_FAILED where one is missing. */
async function listCommits(repository: Repository, tip: string): Promise<string[]> {
  const said = await git(['rev-list', '--topo-order', '--reverse', '--parents', tip], repository.git)
  return said.split('\n').filter(Boolean)
}

/**
 * All commits that a tip reaches, in pieces, parents first.
 * @param onList called with how many there are
 * Errors: GIT_FAILED where one is missing.
 */
export async function* readCommits(
  repository: Repository,
  tip: string,
  onList: (commits: number) => void,
): AsyncGenerator<LogCommit[]> {
  const lines = await listCommits(repository, tip)
  onList(lines.length)
  for (let at = 0; at < lines.length; at += PIECE) {
    const piece = lines.slice(at, at + PIECE).map((line) => line.split(' '))
    const contents = await readObjects(
      repository,
      piece.map(([id]) => id!),
    )
    yield piece.map(([id, ...parents], i) => parseCommit(id!, parents, contents[i] ?? Buffer.alloc(0)))
  }
}
