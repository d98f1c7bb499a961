import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { MhvError } from '../errors.ts'

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
  /** Git processes of a holder that died: their lock files may still lie about. */
  readonly abandoned: readonly number[]
}

function isAlive(pid: number): boolean {
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

/** A lock whose content cannot be read yet is being written, or was torn by a crash: only age tells. */
function isAbandoned(path: string, holder: Holder | null): boolean {
  if (holder) return holder.host === hostname() && !isAlive(holder.pid) && !isAlive(holder.git)
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat !== undefined && Date.now() - stat.mtimeMs > 5000
}

/** Takes an abandoned lock away by rename, which only one of several claimants can do. */
function breakLock(path: string): boolean {
  const aside = `${path}.${process.pid}.broken`
  try {
    renameSync(path, aside)
    rmSync(aside, { force: true })
    return true
  } catch {
    return false
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Queues for the right to write. Advisory: git's own check of the ref stays the guarantee; the queue only spares a
 * hundred racing writers their retries. Where no lock file can be made, writing goes on without one.
 * @param patience milliseconds until CONTENTION
 */
export async function takeWriteLock(directory: string, patience: number): Promise<WriteLock> {
  const path = join(directory, 'write.lock')
  const abandoned: number[] = []
  const content = (git: number) =>
    JSON.stringify({ pid: process.pid, host: hostname(), git } satisfies Holder)
  const until = Date.now() + patience
  for (let pause = 2; ; pause = Math.min(pause * 1.5, 40)) {
    try {
      mkdirSync(directory, { recursive: true })
      writeFileSync(path, content(0), { flag: 'wx' })
      return {
        setGit: (pid) => writeQuietly(path, content(pid)),
        release: () => rmSync(path, { force: true }),
        abandoned,
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        return { setGit: () => {}, release: () => {}, abandoned }
      }
    }
    const holder = readHolder(path)
    if (isAbandoned(path, holder)) {
      if (breakLock(path) && holder?.git) abandoned.push(holder.git)
      continue
    }
    if (Date.now() > until) {
      const who = holder ? ` (process ${holder.pid} on ${holder.host} holds ${path})` : ''
      throw new MhvError('CONTENTION', `Other writers did not finish within ${patience / 1000} s${who}.`, {
        recovery: [`cat '${path}'`],
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
