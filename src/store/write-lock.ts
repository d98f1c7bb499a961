import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { MhvError } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'

interface Holder {
  readonly pid: number
  readonly host: string
  /** The git process that writes for the holder, 0 when none does. */
  readonly git: number
}

export interface WriteLock {
  /** Records the git process that now writes under this lock. */
  setGit(pid: number): void
  /** Lets the next writer in. */
  release(): void
}

/**
 * Clears up after a writer that died, while nobody else can write.
 * @param git the git process that it had started last, 0 if none, null where its record is torn
 */
export type ClearUp = (git: number | null) => void

/** Milliseconds after which a file without a readable owner is taken to be left over. */
const SETTLED = 5000

/** Whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function readHolder(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    return null
  }
}

/** Milliseconds since a file was written; -1 where there is none. */
export function ageOf(path: string): number {
  try {
    return Math.max(0, Date.now() - statSync(path).mtimeMs)
  } catch {
    return -1
  }
}

/** A lock whose content cannot be read yet is being written, or was torn by a crash: only age tells. */
function isAbandoned(path: string, holder: Holder | null): boolean {
  if (holder) return holder.host === hostname() && !isAlive(holder.pid) && !isAlive(holder.git)
  return ageOf(path) > SETTLED
}

/** Whether a lock is there whose writer is not any more. */
export function hasAbandonedLock(directory: string): boolean {
  const path = join(directory, 'write.lock')
  return ageOf(path) >= 0 && isAbandoned(path, readHolder(path))
}

/** Writes a file that must not exist yet, whole or not at all. False where it exists; anything else in the way throws. */
function createFile(path: string, content: string): boolean {
  let fd: number
  try {
    fd = openSync(path, 'wx')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  try {
    writeSync(fd, content)
    return true
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(fd)
  }
}

/**
 * Takes an abandoned lock away. Of several that find it, one gets the guard, and looks again under it: the lock that it
 * removes is the dead one, never that of a writer who has come in since. Nobody can write until it is removed, so what
 * the dead writer left is cleared up before.
 */
function breakLock(path: string, clearUp: ClearUp): void {
  const guard = `${path}.breaking`
  if (!createFile(guard, String(process.pid))) {
    if (ageOf(guard) > SETTLED) rmSync(guard, { force: true })
    return
  }
  try {
    const holder = readHolder(path)
    if (ageOf(path) < 0 || !isAbandoned(path, holder)) return
    clearUp(holder ? holder.git : null)
    rmSync(path, { force: true })
  } finally {
    rmSync(guard, { force: true })
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Queues for the right to write. Advisory: git's own check of the ref stays the guarantee; the queue only spares a
 * hundred racing writers their retries. Where no lock file can be made, writing goes on without one.
 * Errors: CONTENTION after `patience` milliseconds.
 */
export async function takeWriteLock(
  directory: string,
  patience: number,
  clearUp: ClearUp,
): Promise<WriteLock> {
  const path = join(directory, 'write.lock')
  const content = (git: number) =>
    JSON.stringify({ pid: process.pid, host: hostname(), git } satisfies Holder)
  const until = Date.now() + patience
  for (let pause = 2; ; pause = Math.min(pause * 1.5, 40)) {
    try {
      mkdirSync(directory, { recursive: true })
      if (createFile(path, content(0))) {
        faultPoint('lock-taken')
        return {
          setGit: (pid) => writeQuietly(path, content(pid)),
          release: () => rmSync(path, { force: true }),
        }
      }
      if (isAbandoned(path, readHolder(path))) breakLock(path, clearUp)
    } catch {
      return { setGit: () => {}, release: () => {} }
    }
    if (Date.now() > until) {
      const holder = readHolder(path)
      const who = holder ? ` (process ${holder.pid} on ${holder.host} holds ${path})` : ''
      throw new MhvError('CONTENTION', `Other writers did not finish within ${patience / 1000} s${who}.`, {
        recovery: [...(holder ? [`ps -p ${holder.pid}`] : []), `rm '${path}'`],
        data: { lock: path },
      })
    }
    await sleep(pause * (0.5 + Math.random()))
  }
}

function writeQuietly(path: string, content: string): void {
  try {
    writeFileSync(path, content)
  } catch {
    // The lock is advisory: a disk that is full may cost its accuracy, never the write itself.
  }
}
