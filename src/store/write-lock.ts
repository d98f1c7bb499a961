import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import { makeDirectory } from '../make-directory.ts'
import { saysIfItLasts } from '../say-what-is-waited-for.ts'

interface Holder {
  readonly pid: number
  readonly host: string
  /** The git process that writes for the holder, 0 when none does. */
  readonly git: number
  /** When each of the two began, as far as this machine tells: an id that another process has now is not theirs. */
  readonly since?: string | null
  readonly gitSince?: string | null
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

/** Milliseconds that a writer waits for the others, unless it is told otherwise. */
export const PATIENCE = 60_000

/** Milliseconds after which a file without a readable owner is taken to be left over. */
const SETTLED = 5000

/**
 * Milliseconds after which a lock is left over whose holder cannot be looked at, on another machine or on one that does
 * not tell when a process began. A write takes milliseconds, an import of thousands of tasks seconds, and its git ends
 * with it. Should one take this long all the same, git's check of the ref keeps it from undoing what came in between.
 */
const FORSAKEN = 600_000

const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return null
  }
}

/** When a process of this machine began, in a form that no other process ever has; null where that cannot be told. */
export function beganAt(pid: number): string | null {
  const boot = readText('/proc/sys/kernel/random/boot_id')?.trim()
  // The name, in brackets, may hold anything; the start is the twentieth field after it.
  const start = readText(`/proc/${pid}/stat`)?.replace(/^.*\)/s, '').trim().split(' ')[19]
  return boot && start ? `${boot}/${start}` : null
}

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
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder> | null
    const isWhole =
      Number.isInteger(holder?.pid) && Number.isInteger(holder?.git) && typeof holder?.host === 'string'
    return isWhole ? (holder as Holder) : null
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

const isHere = (holder: Holder) => holder.host === hostname()

/** Whether a holder's process runs; `unsure` where one of that id does, and it cannot be told whether it is the same. */
function isRunning(pid: number, since: string | null | undefined): boolean | 'unsure' {
  if (!isAlive(pid)) return false
  const now = beganAt(pid)
  return since && now ? since === now : 'unsure'
}

/** A lock whose content cannot be read yet is being written, or was torn by a crash: only age tells. */
function isAbandoned(path: string, holder: Holder | null): boolean {
  if (!holder) return ageOf(path) > SETTLED
  if (!isHere(holder)) return ageOf(path) > FORSAKEN
  const running = [isRunning(holder.pid, holder.since), isRunning(holder.git, holder.gitSince)]
  if (running.includes(true)) return false
  return !running.includes('unsure') || ageOf(path) > FORSAKEN
}

const lockPath = (directory: string) => join(directory, 'write.lock')

/** A lock that is there: who holds it, in words, since when, and whether its writer is there no more. */
export interface LockSeen {
  readonly path: string
  readonly age: number
  readonly isAbandoned: boolean
  readonly holder: string
}

/** The write lock as it is, or null where there is none. */
export function inspectLock(directory: string): LockSeen | null {
  const path = lockPath(directory)
  const age = ageOf(path)
  if (age < 0) return null
  const holder = readHolder(path)
  const who = holder ? `process ${holder.pid} on ${holder.host}` : 'nobody that its content names'
  return { path, age, isAbandoned: isAbandoned(path, holder), holder: who }
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
  const path = lockPath(directory)
  const since = beganAt(process.pid)
  const content = (git: number) => {
    const gitSince = git > 0 ? beganAt(git) : null
    return JSON.stringify({ pid: process.pid, host: hostname(), git, since, gitSince } satisfies Holder)
  }
  const until = Date.now() + patience
  const waits = saysIfItLasts(() => {
    const holder = inspectLock(directory)?.holder ?? 'another one'
    return `Waiting, for ${patience / 1000} s at most: ${holder} writes, and holds ${path}.`
  })
  for (let pause = 2; ; pause = Math.min(pause * 1.5, 40)) {
    try {
      makeDirectory(directory)
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
        recovery: [...(holder && isHere(holder) ? [`ps -p ${holder.pid}`] : []), `rm ${shellWord(path)}`],
        data: { lock: path },
      })
    }
    waits()
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
