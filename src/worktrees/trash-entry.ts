import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { MhvError } from '../errors.ts'
import { moveRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'

/** A removed worktree, as the journal of its removal has it. Every step is noted before it is done. */
export interface TrashEntry {
  readonly format: 1
  readonly id: string
  readonly at: string
  /** Rises with every removal, also where a clock stands still or is set back. */
  readonly order: number
  /** Where the worktree was. */
  readonly path: string
  /**
   * Where its files are now, or are about to be moved: from the entry's directory, so that a repository that is moved or
   * copied takes its own along; absolute where they are on another disk. Null where they were gone before.
   */
  readonly treeAt: string | null
  /** The repository's git directory when the worktree went; null where the entry does not say. */
  readonly home: string | null
  /** Name of its own git directory, among those of the worktrees. */
  readonly admin: string
  readonly task: { readonly id: string; readonly number: number; readonly title: string } | null
  /** Short name; null for a detached head. */
  readonly branch: string | null
  readonly head: string | null
  /** Whether the branch goes, or went, with it. */
  readonly takesBranch: boolean
  /** The branch's section of the configuration, as names within it and values. */
  readonly config: readonly (readonly [string, string])[]
  /** Refs that hold what nothing else would. */
  readonly refs: readonly { readonly name: string; readonly id: string }[]
  /**
   * `removing` until everything has been moved and looked at again: a run that finds it takes it back. `moved`: the
   * rest is finished by whoever finds it. `restoring`, and `emptying` of what nobody wants any more: likewise.
   */
  readonly state: 'removing' | 'moved' | 'removed' | 'restoring' | 'emptying'
  /** While it is being brought back: where to, and under which names. */
  readonly back: { readonly branch: string | null; readonly admin: string; readonly path: string } | null
}

/** Where removed worktrees are kept: beside the objects, not in the directory of our own that may be deleted. */
export const trashDirectory = ({ commonDir }: Pick<Repository, 'commonDir'>) => join(commonDir, 'mtos-trash')
export const entryDirectory = (repository: Repository, id: string) => join(trashDirectory(repository), id)
export const adminInTrash = (repository: Repository, id: string) =>
  join(entryDirectory(repository, id), 'admin')
export const branchLogInTrash = (repository: Repository, id: string) =>
  join(entryDirectory(repository, id), 'branch-log')
/** Name of the files' directory in an entry's. */
export const TREE = 'tree'
/** Where git keeps the reflog of a branch. */
export const branchLog = (repository: Repository, branch: string) =>
  join(repository.commonDir, 'logs', 'refs', 'heads', branch)
export const adminInUse = (repository: Repository, name: string) =>
  join(repository.commonDir, 'worktrees', name)

/** Whether there is a directory at a path. */
export const isDirectory = (path: string): boolean => {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function syncDirectory(path: string): void {
  try {
    const fd = openSync(path, 'r')
    try {
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
  } catch {
    // Not every system lets a directory be synced.
  }
}

/** Notes a step, so that it is on disk before the step is done. */
export function writeEntry(repository: Repository, entry: TrashEntry): TrashEntry {
  const directory = entryDirectory(repository, entry.id)
  mkdirSync(directory, { recursive: true })
  const path = join(directory, 'manifest.json')
  const fd = openSync(`${path}.new`, 'w')
  try {
    writeSync(fd, `${JSON.stringify(entry, null, 2)}\n`)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(`${path}.new`, path)
  syncDirectory(directory)
  syncDirectory(dirname(directory))
  return entry
}

/** What an entry says of places, as it is written today. */
function today(entry: TrashEntry): TrashEntry {
  const { treeAt, home = null, path } = entry
  const back = entry.back && { ...entry.back, path: entry.back.path ?? path }
  // It was absolute once also in the trash, and led out of a copy of the repository into the first one's trash.
  const inTrash = join('mtos-trash', entry.id, TREE)
  if (!treeAt?.endsWith(`${sep}${inTrash}`)) return { ...entry, home, back }
  return { ...entry, treeAt: TREE, home: home ?? treeAt.slice(0, -inTrash.length - 1), back }
}

function readEntry(path: string): TrashEntry | null {
  try {
    const entry = JSON.parse(readFileSync(path, 'utf8')) as TrashEntry
    return entry.format === 1 ? today(entry) : null
  } catch {
    return null
  }
}

/** What the deletion of an entry was interrupted at: its name says that nobody wants it any more. */
const EMPTIED = '.emptied-'

/** What is in the trash, the newest first. Entries that cannot be read are left alone. */
export function readTrash(repository: Pick<Repository, 'commonDir'>): TrashEntry[] {
  const directory = trashDirectory(repository)
  if (!existsSync(directory)) return []
  return readdirSync(directory)
    .filter((name) => !name.startsWith(EMPTIED))
    .map((name) => readEntry(join(directory, name, 'manifest.json')))
    .filter((entry) => entry !== null)
    .sort((a, b) => b.order - a.order)
}

/** Deletes what is left of an entry that has lost its name. The directory goes last: it tells that refs are left. */
async function sweep(repository: Repository, id: string): Promise<void> {
  const listed = await git(
    ['for-each-ref', '--format=%(refname) %(objectname)', `refs/mtos/trash/${id}/`],
    repository.git,
  )
  let isGone = true
  for (const line of listed.split('\n').filter(Boolean)) {
    const [name, at] = line.split(' ') as [string, string]
    isGone = (await moveRef(repository, name, null, at)) && isGone
  }
  const emptied = join(trashDirectory(repository), `${EMPTIED}${id}`)
  if (isGone) rmSync(emptied, { recursive: true, force: true })
}

/** As sweep; what cannot be deleted just now, as refs while git packs them, is left for the next sweep. Errors: bugs only. */
async function sweepIfPossible(repository: Repository, id: string): Promise<void> {
  try {
    await sweep(repository, id)
  } catch (error) {
    if (!(error instanceof MhvError) && (error as NodeJS.ErrnoException).code === undefined) throw error
  }
}

/**
 * Takes an entry out of the trash, with what is left in it, and lets go of what its refs hold. Errors: those of the file
 * system.
 */
export async function dropEntry(repository: Repository, { id }: TrashEntry): Promise<void> {
  const directory = entryDirectory(repository, id)
  const emptied = join(trashDirectory(repository), `${EMPTIED}${id}`)
  // With its name it loses its manifest at once: half an entry would look as if it could be brought back.
  if (existsSync(directory)) renameSync(directory, emptied)
  await sweepIfPossible(repository, id)
}

/** What a removal writes into an entry's directory before its manifest. */
const SCRATCH = new Set(['kept-index', 'kept-index.lock', 'manifest.json.new'])

/** Finishes deletions that were interrupted, and removes what a removal has left that had not begun to move anything. */
export async function sweepTrash(repository: Repository): Promise<void> {
  const directory = trashDirectory(repository)
  if (!existsSync(directory)) return
  for (const name of readdirSync(directory)) {
    const path = join(directory, name)
    if (name.startsWith(EMPTIED)) await sweepIfPossible(repository, name.slice(EMPTIED.length))
    else if (isDirectory(path) && readdirSync(path).every((inner) => SCRATCH.has(inner)))
      rmSync(path, { recursive: true, force: true })
  }
}

/** Beside a worktree's HEAD: that it was brought back, so that nobody has to bring it back again after each clean-up. */
const BROUGHT_BACK = 'mtos-brought-back'
export const noteBroughtBack = (admin: string): void => writeFileSync(join(admin, BROUGHT_BACK), '')
export const wasBroughtBack = (admin: string): boolean => existsSync(join(admin, BROUGHT_BACK))
