import {
  chmodSync,
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  type Stats,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'

/** What copying into a worktree came to. */
export interface Copied {
  files: number
  bytes: number
  /** Paths that were there already, and were left as they are. */
  kept: number
  /** What could not be copied, and why. */
  readonly left: { readonly path: string; readonly why: string }[]
}

/** Where copies are made before they get their names: one that is cut short is never taken for the file. */
const STAGING = '.mhv-copying'

/** No further file would fare better. */
const HOPELESS = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO'])
/** How file systems say that they have no hard links. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? ''
const stateOf = (path: string): Stats | null => lstatSync(path, { throwIfNoEntry: false }) ?? null

/** One place to copy: from, to, and how messages name it. */
interface Place {
  readonly from: string
  readonly to: string
  readonly path: string
}

interface Copying {
  readonly staging: string
  readonly report: Copied
  /** Copies begun, which names them in the staging directory. */
  begun: number
}

/** Whether a path leads out of the worktree, or to what git keeps for itself. */
const isForeign = (path: string) =>
  path
    .replace(/\/$/, '')
    .split('/')
    .some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git')

/**
 * Copies files and directories, as paths relative to the tops of two worktrees: copy-on-write where the file system can,
 * with modes and times, links as links. What is there stays as it is, and nothing is written through a link. Killed in
 * between, it leaves whole files only, and a directory that the next call clears.
 * Errors: those of the file system that no further file would escape, such as ENOSPC.
 */
export async function copyFiles(source: string, target: string, paths: readonly string[]): Promise<Copied> {
  const report: Copied = { files: 0, bytes: 0, kept: 0, left: [] }
  const copying: Copying = { staging: join(target, STAGING), report, begun: 0 }
  rmSync(copying.staging, { recursive: true, force: true })
  if (paths.length === 0) return report
  mkdirSync(copying.staging)
  try {
    for (const path of paths) {
      const place = { from: join(source, path), to: join(target, path), path }
      await noting(copying, place, async () => {
        // U+FFFD stands for bytes that are no text, by which the file cannot be opened.
        if (isForeign(path) || path.includes('\ufffd')) throw new Error('its name is not one to copy')
        makeParents(target, path)
        await copyPlace(copying, place)
      })
    }
  } finally {
    rmSync(copying.staging, { recursive: true, force: true })
  }
  return report
}

/** Goes on after what only concerns one path. */
async function noting(copying: Copying, { path }: Place, copy: () => Promise<void>): Promise<void> {
  try {
    await copy()
  } catch (error) {
    if (HOPELESS.has(codeOf(error))) throw error
    copying.report.left.push({ path, why: codeOf(error) || (error as Error).message })
  }
}

/** The directories above a path. A link among them could lead anywhere, so nothing is written through one. */
function makeParents(target: string, path: string): void {
  let above = target
  for (const part of path.replace(/\/$/, '').split('/').slice(0, -1)) {
    above = join(above, part)
    const state = stateOf(above)
    if (state === null) mkdirSync(above)
    else if (!state.isDirectory()) throw new Error('something else than a directory is above it')
  }
}

async function copyPlace(copying: Copying, place: Place): Promise<void> {
  const source = lstatSync(place.from)
  const there = stateOf(place.to.replace(/\/$/, ''))
  if (source.isDirectory()) {
    if (there === null) return copyNewDirectory(copying, place, source)
    if (there.isDirectory()) return copyEntries(copying, place, entriesOf(place.from))
  }
  if (there !== null) copying.report.kept++
  else copyLeaf(copying, place, source)
}

/**
 * One after the other, without threads: handing over each step of a small file takes longer than the step. Between
 * directories others have their turn, who may want to stop this.
 */
async function copyEntries(
  copying: Copying,
  { from, to, path }: Place,
  names: readonly string[],
): Promise<void> {
  await setImmediate()
  for (const name of names) {
    const place = { from: join(from, name), to: join(to, name), path: `${path.replace(/\/$/, '')}/${name}` }
    await noting(copying, place, () => copyPlace(copying, place))
  }
}

/** What is in a directory. Errors: where that is the top of another repository or worktree, which has its own life. */
function entriesOf(directory: string): string[] {
  const names = readdirSync(directory)
  if (names.some((name) => name.toLowerCase() === '.git')) throw new Error('it is a repository of its own')
  return names
}

/** A directory gets its name when all that is in it has been copied. */
async function copyNewDirectory(copying: Copying, place: Place, source: Stats): Promise<void> {
  const isStaged = place.to.startsWith(`${copying.staging}/`)
  const to = isStaged ? place.to : join(copying.staging, String(++copying.begun))
  const names = entriesOf(place.from)
  mkdirSync(to)
  await copyEntries(copying, { ...place, to }, names)
  // Their owner may write to all of them: else neither could be moved to its place or cleared away.
  chmodSync(to, (source.mode & 0o7777) | 0o700)
  utimesSync(to, source.atimeMs / 1000, source.mtimeMs / 1000)
  if (!isStaged) renameSync(to, place.to.replace(/\/$/, ''))
}

function copyLeaf(copying: Copying, { from, to }: Place, source: Stats): void {
  if (source.isSymbolicLink()) symlinkSync(readlinkSync(from), to)
  else if (!source.isFile()) throw new Error('it is neither a file nor a directory nor a link')
  else if (to.startsWith(`${copying.staging}/`)) copyBytes(from, to, source)
  else copyWhole(join(copying.staging, String(++copying.begun)), from, to, source)
  copying.report.files++
  copying.report.bytes += source.isFile() ? source.size : 0
}

function copyBytes(from: string, to: string, source: Stats): void {
  copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  utimesSync(to, source.atimeMs / 1000, source.mtimeMs / 1000)
}

/** A link is made only where nothing is, in one step. */
function copyWhole(staged: string, from: string, to: string, source: Stats): void {
  copyBytes(from, staged, source)
  try {
    linkSync(staged, to)
  } catch (error) {
    if (!NO_LINKS.has(codeOf(error))) throw error
    renameSync(staged, to)
    return
  }
  unlinkSync(staged)
}
