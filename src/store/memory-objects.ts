import { createHash } from 'node:crypto'
import { signature } from '../git/fast-import.ts'
import type { Identity } from '../git/identity.ts'
import type { StoredFile, TreeChange } from '../git/objects.ts'

export interface MemoryCommit {
  readonly id: string
  readonly treeId: string
  readonly files: ReadonlyMap<string, StoredFile>
  readonly parents: readonly string[]
  /** Seconds since 1970. */
  readonly time: number
}

/** What a commit is made of. */
export interface MemoryCommitRequest {
  readonly parents: readonly string[]
  readonly identity: Identity
  readonly time: number
  readonly message: string
  /** Files to write over the first parent's. */
  readonly files: ReadonlyMap<string, string | StoredFile>
  /** Paths of files to leave out. */
  readonly removed?: readonly string[]
}

/** An object database in memory. Its ids are the ones that git gives, so that git's answers can be held against it. */
export interface MemoryObjects {
  commit(id: string): MemoryCommit
  write(request: MemoryCommitRequest): MemoryCommit
  /** Contents of files, null for one that is not here. */
  read(ids: readonly string[]): (Buffer | null)[]
  changes(from: string | null, to: string): TreeChange[]
  isAncestor(older: string, newer: string): boolean
  /** A commit that both come from and that is nearest to the first; null where there is none. */
  mergeBase(a: string, b: string): string | null
}

const MODE = '100644'

function objectId(kind: string, content: Buffer): string {
  return createHash('sha1').update(`${kind} ${content.length}\0`).update(content).digest('hex')
}

/** The id of the tree that holds files, as git works it out: directories sort as if they ended in a slash. */
function treeId(files: ReadonlyMap<string, StoredFile>): string {
  const entries = new Map<string, { mode: string; id: string }>()
  const below = new Map<string, Map<string, StoredFile>>()
  for (const [path, file] of files) {
    const slash = path.indexOf('/')
    if (slash < 0) entries.set(path, file)
    else {
      const name = path.slice(0, slash)
      const inner = below.get(name) ?? new Map<string, StoredFile>()
      below.set(name, inner.set(path.slice(slash + 1), file))
    }
  }
  for (const [name, inner] of below) entries.set(`${name}/`, { mode: '40000', id: treeId(inner) })
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
  const parts = sorted.flatMap(([name, { mode, id }]) => [
    Buffer.from(`${mode} ${name.replace('/', '')}\0`),
    Buffer.from(id, 'hex'),
  ])
  return objectId('tree', Buffer.concat(parts))
}

function commitId(request: MemoryCommitRequest, tree: string): string {
  const who = signature(request.identity, request.time)
  const lines = [
    `tree ${tree}`,
    ...request.parents.map((parent) => `parent ${parent}`),
    `author ${who}`,
    `committer ${who}`,
  ]
  return objectId('commit', Buffer.from(`${lines.join('\n')}\n\n${request.message}`))
}

export function memoryObjects(): MemoryObjects {
  const blobs = new Map<string, Buffer>()
  const commits = new Map<string, MemoryCommit>()

  const commit = (id: string) => {
    const found = commits.get(id)
    if (!found) throw new Error(`there is no commit ${id}`)
    return found
  }
  const store = (text: string): StoredFile => {
    const content = Buffer.from(text)
    const id = objectId('blob', content)
    blobs.set(id, content)
    return { mode: MODE, id }
  }
  /** A commit and everything that it follows, nearest first. */
  const ancestors = (id: string) => {
    const seen = new Set([id])
    for (const next of seen) for (const parent of commit(next).parents) seen.add(parent)
    return seen
  }

  return {
    commit,
    write(request) {
      const files = new Map(request.parents[0] ? commit(request.parents[0]).files : [])
      for (const [path, file] of request.files) files.set(path, typeof file === 'string' ? store(file) : file)
      for (const path of request.removed ?? []) files.delete(path)
      const tree = treeId(files)
      const { parents, time } = request
      const made: MemoryCommit = { id: commitId(request, tree), treeId: tree, files, parents, time }
      commits.set(made.id, made)
      return made
    },
    read: (ids) => ids.map((id) => blobs.get(id) ?? null),
    changes(from, to) {
      const before = from ? commit(from).files : new Map<string, StoredFile>()
      const now = commit(to).files
      return [...new Set([...before.keys(), ...now.keys()])]
        .filter((path) => before.get(path)?.id !== now.get(path)?.id)
        .map((path) => ({ path, before: before.get(path) ?? null, now: now.get(path) ?? null }))
    },
    isAncestor: (older, newer) => ancestors(newer).has(older),
    mergeBase(a, b) {
      const others = ancestors(b)
      for (const id of ancestors(a)) if (others.has(id)) return id
      return null
    },
  }
}
