import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { MhvError, shellWord } from './errors.ts'
import { writeWhole } from './write-whole.ts'

/** A file of the user's that is there whole once it is kept, and until then as it was before. */
export interface OutputFile {
  write(text: string): void
  keep(): void
  /** Leaves no trace; nothing where it is kept already. */
  discard(): void
}

export interface OutputWishes {
  /** Whether what is there already gives way. */
  readonly force: boolean
  /** What to say of a file that is there, after its name; of `--force` when left out. */
  readonly taken?: string
  /** Steps that lead on from any failure. */
  readonly recovery: readonly string[]
}

/** What is wrong with a path, where another one would do. */
const OF_THE_PATH = 'EACCES EEXIST EISDIR ELOOP ENAMETOOLONG ENOENT ENOTDIR ENXIO EPERM EROFS ETXTBSY'.split(
  ' ',
)

function failure(
  path: string,
  { taken = 'exists; --force replaces it.', recovery }: OutputWishes,
  cause: NodeJS.ErrnoException,
): unknown {
  if (cause.code === undefined) return cause
  const name = JSON.stringify(path)
  const more = { data: { field: 'output', value: path }, cause }
  if (cause.code === 'EEXIST') {
    return new MhvError('INVALID_INPUT', `The file ${name} ${taken}`, { recovery, ...more })
  }
  if (OF_THE_PATH.includes(cause.code)) {
    return new MhvError('INVALID_INPUT', `The file ${name} cannot be written (${cause.code}).`, {
      recovery,
      ...more,
    })
  }
  return new MhvError('OUTPUT_FAILED', `The file ${name} could not be written: ${cause.message}.`, {
    recovery: [`df -h ${shellWord(dirname(resolve(path)))}`, ...recovery],
    ...more,
  })
}

/** Where links lead, to a file or to where one would be; null for what is no place but is open somewhere, as /dev/stdout is. */
function followed(path: string): string | null {
  const at = join(realpathSync(dirname(path)), basename(path))
  if (/^\/(?:dev|proc)\//.test(at)) return null
  const isLink = lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink()
  return isLink ? followed(resolve(dirname(at), readlinkSync(at))) : at
}

interface Opened {
  readonly fd: number
  /** What is left by giving up. */
  readonly made: string | null
  /** What the file that was made is to replace. */
  readonly place: string | null
}

/** Errors: of the file system. */
function open(path: string, force: boolean): Opened {
  if (!force) return { fd: openSync(path, 'wx'), made: path, place: null }
  const there = statSync(path, { throwIfNoEntry: false })
  const place = there && !there.isFile() ? null : followed(path)
  if (place === null) return { fd: openSync(path, 'w'), made: null, place }
  // Replacing it needs no leave of the file itself, but whoever took the leave away meant something by it.
  if (there) accessSync(place, constants.W_OK)
  // Its other names would keep what was there before.
  if (there && there.nlink > 1) return { fd: openSync(place, 'w'), made: null, place: null }
  const made = join(dirname(place), `.mhv-${process.pid}-${process.hrtime.bigint()}.tmp`)
  let fd: number
  try {
    fd = openSync(made, 'wx')
  } catch (cause) {
    // Nothing can be put beside it; the file itself may be written, as `>` would.
    if (!there) throw cause
    return { fd: openSync(place, 'w'), made: null, place: null }
  }
  if (there) {
    try {
      fchownSync(fd, there.uid, there.gid)
    } catch {
      // Only root gives files away.
    }
    fchmodSync(fd, there.mode & 0o777)
  }
  return { fd, made, place }
}

/** A file that is mounted by itself, as containers have them, cannot be replaced, but written. */
function replace(made: string, place: string): void {
  try {
    renameSync(made, place)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EBUSY') throw cause
    copyFileSync(made, place)
    rmSync(made)
  }
}

/**
 * Opens a file that a flag names. What was there stays until the new one is kept; a link stays one, and so do permissions. A
 * pipe or device is written as it is.
 * Errors, of each step: INVALID_INPUT for a path that cannot be written or is taken, OUTPUT_FAILED.
 */
export function openOutput(path: string, wishes: OutputWishes): OutputFile {
  const told = <T>(work: () => T): T => {
    try {
      return work()
    } catch (cause) {
      discard()
      throw failure(path, wishes, cause as NodeJS.ErrnoException)
    }
  }
  let opened: Opened | null = null
  const close = () => {
    const closing = opened
    opened = null
    if (closing) closeSync(closing.fd)
  }
  const discard = () => {
    const made = opened?.made
    try {
      close()
    } finally {
      if (made) rmSync(made, { force: true })
    }
  }
  opened = told(() => open(path, wishes.force))
  const { fd, made, place } = opened
  return {
    write: (text) => told(() => writeWhole(fd, text)),
    keep: () =>
      told(() => {
        // Some file systems tell only now that there was no room.
        if (fstatSync(fd).isFile()) fsyncSync(fd)
        if (made && place) replace(made, place)
        close()
      }),
    discard,
  }
}

/** Writes a file that a flag names, in one go. Errors: those of `openOutput`. */
export function writeOutput(path: string, text: string, wishes: OutputWishes): void {
  const file = openOutput(path, wishes)
  file.write(text)
  file.keep()
}
