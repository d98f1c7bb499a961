import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { faultPoint } from '../fault-point.ts'
import type { Identity } from './identity.ts'
import { isComplete, type StoredFile } from './objects.ts'
import { moveRef, readRef } from './refs.ts'
import type { Repository } from './repository.ts'
import { type GitResult, git, gitFailure, runGit, saysUnwritable } from './run.ts'

export interface CommitRequest {
  readonly ref: string
  /** Commits that the new one follows, among them the tip that was read. Empty for a root. */
  readonly parents: readonly string[]
  readonly identity: Identity
  /** Who commits, where that is somebody else than the author. */
  readonly committer?: Identity
  /** Seconds since 1970. */
  readonly time: number
  readonly message: string
  /** Files to write over the first parent's tree: texts, at paths that we made, or what another commit holds there. */
  readonly files: ReadonlyMap<string, string | StoredFile>
  /** Paths of files that the new tree is not to have. */
  readonly removed?: readonly string[]
  /** Sign with the user's key, as `commit.gpgSign` asks. */
  readonly sign?: boolean
  readonly onSpawn?: (pid: number) => void
}

/** The new commit, or `moved` when the ref was at a commit that is not among the parents' history: nothing was changed. */
export type CommitResult = { readonly commit: string } | 'moved'

const safePath =
  /^(?:mtos\.yaml|tasks\/[0-9a-z]\/[0-9a-z]\/[0-9a-z]\/[0-9A-Z]{26}\.yaml|results\/[0-9a-f]{2}\/[0-9a-f]{40,64}\/[0-9A-Z]{26}\.yaml)$/
const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`
/** A path that another commit has, which may be any. */
const quoted = (path: string) => `"${path.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n')}"`
/** git's own rules for names: no angle brackets, no line ends. */
const clean = (text: string) => text.replace(/[<>\n\0]/g, '').trim()

/** An author's or committer's line, as commits and fast-import have it. */
export const signature = ({ name, email, zone }: Identity, time: number) =>
  `${clean(name)} <${clean(email)}> ${time} ${zone}`

function* stream(request: CommitRequest, ref: string): Generator<string> {
  const { parents } = request
  const author = signature(request.identity, request.time)
  const committer = signature(request.committer ?? request.identity, request.time)
  let head = `commit ${ref}\nmark :1\nauthor ${author}\ncommitter ${committer}\n${data(request.message)}`
  if (parents[0]) head += `from ${parents[0]}\n`
  for (const parent of parents.slice(1)) head += `merge ${parent}\n`
  yield head
  for (const [path, content] of request.files) {
    if (typeof content !== 'string') {
      yield `M ${content.mode} ${content.id} ${quoted(path)}\n`
      continue
    }
    if (!safePath.test(path)) throw new Error(`a path that the store does not make: ${path}`)
    yield `M 100644 inline ${path}\n${data(content)}`
  }
  for (const path of request.removed ?? []) yield `D ${quoted(path)}\n`
  yield 'get-mark :1\ndone\n'
}

const gcRuns = (repository: Repository) => existsSync(join(repository.commonDir, 'gc.pid'))

/** @param asPack beside a gc that prunes: a pack is marked to be kept, loose objects without a ref yet would go */
async function importInto(
  repository: Repository,
  request: CommitRequest,
  ref: string,
  asPack: boolean,
): Promise<GitResult> {
  let pid = 0
  const keptBefore = keepFiles(repository)
  // Objects and ref have to survive a power cut: git syncs neither loose objects nor refs by default.
  const settings = ['-c', 'core.fsync=all', ...(asPack ? ['-c', 'fastimport.unpackLimit=0'] : [])]
  const result = await runGit([...settings, 'fast-import', '--quiet', '--done', '--date-format=raw'], {
    ...repository.git,
    input: stream(request, ref),
    onSpawn: (id) => {
      pid = id
      request.onSpawn?.(id)
    },
  })
  if (result.status !== 0 && pid > 0) {
    rmSync(join(repository.gitDir, `fast_import_crash_${pid}`), { force: true })
    dropOrphanKeeps(repository, keptBefore)
  }
  return result
}

const packDirectory = (repository: Repository) => join(repository.commonDir, 'objects', 'pack')

const keepFiles = (repository: Repository): string[] =>
  existsSync(packDirectory(repository))
    ? readdirSync(packDirectory(repository)).filter((name) => name.endsWith('.keep'))
    : []

/**
 * fast-import marks a pack to be kept before it puts the pack and then its index there. A gc that deletes one of the
 * temporary files in between makes it end with the mark in place, on which every later attempt at the same objects would
 * stumble. So does an import of a few objects that could not be written one by one. Writers queue, so a mark that was not
 * there before is that of our own child, which is dead.
 */
function dropOrphanKeeps(repository: Repository, before: readonly string[]): void {
  for (const name of keepFiles(repository)) {
    const path = join(packDirectory(repository), name)
    if (!before.includes(name) && readQuietly(path).trim() === 'fast-import') rmSync(path, { force: true })
  }
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

const LOST_RACE =
  /Not updating .* \(new tip|cannot lock ref|is at [0-9a-f]+ but expected|Unable to create '[^']*\.lock'/
const GC_RACE =
  /is missing commits|cannot create keep file|unable to write file|unable to create temporary file|failed to open .*pack|unable to rename/i

/** A ref of our own that holds objects for a moment. Its name begins with our process id, so that leftovers can be told. */
const scratchRef = () => `refs/mtos/scratch/${process.pid}-${Date.now().toString(36)}`

/**
 * Writes one commit and moves the ref to it, both or neither; the ref only from what the commit follows.
 * Errors: STORE_UNWRITABLE, GIT_FAILED.
 */
export async function commitFiles(repository: Repository, request: CommitRequest): Promise<CommitResult> {
  const target = request.sign ? scratchRef() : request.ref
  for (let attempt = 1; ; attempt++) {
    faultPoint('before-import')
    const asPack = gcRuns(repository)
    const result = await importInto(repository, request, target, asPack)
    faultPoint('after-import')
    if (result.status === 0) {
      const commit = result.stdout.toString('latin1').trim()
      await ensureWritten(repository, request, commit, asPack)
      return request.sign ? sign(repository, request, commit, target) : { commit }
    }
    if (LOST_RACE.test(result.stderr) && !saysUnwritable(result.stderr)) return 'moved'
    if (attempt >= 5 || !GC_RACE.test(result.stderr)) throw gitFailure(['fast-import'], result)
  }
}

const looseFile = (repository: Repository, id: string) =>
  join(repository.commonDir, 'objects', id.slice(0, 2), id.slice(2))

/**
 * Makes sure that no gc beside us prunes what was just written: one that began before the ref moved does not know of
 * it. One that runs now may still be about to, so that all is written again, as a pack, which it leaves alone. One that
 * came and went has taken the commit's own loose file too, which is looked for in any case, since that costs nothing.
 */
async function ensureWritten(
  repository: Repository,
  request: CommitRequest,
  commit: string,
  asPack: boolean,
): Promise<void> {
  const from = request.parents[0] ?? null
  if (asPack || !gcRuns(repository)) {
    if (!asPack && existsSync(looseFile(repository, commit))) return
    if (await isComplete(repository, commit, from)) return
  }
  for (let attempt = 0; attempt < 5; attempt++) {
    const scratch = scratchRef()
    const result = await importInto(repository, request, scratch, true)
    if (result.status !== 0 && !GC_RACE.test(result.stderr)) throw gitFailure(['fast-import'], result)
    await moveRef(repository, scratch, null, null)
    if (await isComplete(repository, commit, from)) return
  }
  throw gitFailure(['rev-list'], {
    status: 1,
    stdout: Buffer.alloc(0),
    stderr: `objects of ${commit} keep vanishing`,
  })
}

/** fast-import cannot sign: the tree that it wrote is committed again with a signature, and the ref moved by hand. */
async function sign(
  repository: Repository,
  request: CommitRequest,
  unsigned: string,
  scratch: string,
): Promise<CommitResult> {
  const { time, identity: author, committer = author } = request
  const variables = {
    ...repository.git.variables,
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: `${time} ${author.zone}`,
    GIT_COMMITTER_NAME: committer.name,
    GIT_COMMITTER_EMAIL: committer.email,
    GIT_COMMITTER_DATE: `${time} ${committer.zone}`,
  }
  try {
    const parents = request.parents.flatMap((parent) => ['-p', parent])
    const args = ['-c', 'core.fsync=all', 'commit-tree', '-S', ...parents, '-F', '-', `${unsigned}^{tree}`]
    const commit = await git(args, { ...repository.git, variables, input: request.message })
    return (await moveRef(repository, request.ref, commit, request.parents[0] ?? null)) ? { commit } : 'moved'
  } finally {
    await moveRef(repository, scratch, null, await readRef(repository, scratch))
  }
}
