import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shellWord } from '../errors.ts'
import { gitDirectories, type Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'
import { TASKS_REF } from '../store/git-store.ts'
import { refLock } from '../store/lock-log.ts'
import { ageOf, inspectLock, isAlive, PATIENCE } from '../store/write-lock.ts'
import { type Finding, mendable, reported } from './finding.ts'

/** Milliseconds for which git's lock of the ref may be held: as long as a writer waits for it. */
const HELD = 30_000
/** Milliseconds after which whoever holds git's lock of the ref is taken to be dead. */
const DEAD = 3_600_000
/** Milliseconds for which a pack may be marked as being written. */
const PACKING = 3_600_000

const names = (directory: string): string[] => {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

const contentOf = (path: string): string => {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

const left = (path: string, what: string): Finding =>
  mendable('FILE_LEFT', 'warning', `${path} was left by ${what}.`, { kind: 'delete-file', path })

const seconds = (age: number) => `${Math.round(age / 1000)} s`

function writeLockFindings(directory: string): Finding[] {
  const lock = inspectLock(directory)
  if (!lock) return []
  const { path, holder, age } = lock
  if (lock.isAbandoned) {
    const message = `The write lock is left by a writer that is gone, or on another machine long ago (${holder}, for ${seconds(age)}).`
    return [mendable('LOCK_LEFT', 'warning', message, { kind: 'break-lock' })]
  }
  if (age <= PATIENCE) return []
  const message = `${path} is held by ${holder} for ${seconds(age)}, longer than any write waits. Unless that process is still at work, the step lets the next one write.`
  return [reported('LOCK_LEFT', 'error', message, `rm ${shellWord(path)}`)]
}

/**
 * git's own lock of the ref. It says nothing of who holds it, and a hook of the user's may take its time meanwhile:
 * without the lock, git would move the ref under it. What a writer of ours leaves there, the next one takes away.
 */
function refLockFindings(repository: Repository): Finding[] {
  const path = refLock(repository, TASKS_REF)
  const age = ageOf(path)
  if (age <= HELD) return []
  const message = `${path} has been there for ${seconds(age)}: while it is, nothing can be written`
  if (age > DEAD) {
    const old = `${message}. No git takes that long.`
    return [mendable('LOCK_LEFT', 'error', old, { kind: 'delete-file', path })]
  }
  const young = `${message}. A git that still runs may hold it, in a hook for instance; if none does, the step takes it away.`
  return [reported('LOCK_LEFT', 'error', young, `rm ${shellWord(path)}`)]
}

async function scratchFindings(repository: Repository): Promise<Finding[]> {
  const args = ['for-each-ref', '--format=%(refname) %(objectname)', 'refs/mtos/scratch/']
  const refs = (await git(args, repository.git)).split('\n').filter(Boolean)
  return refs.flatMap((line) => {
    const [ref = '', at = ''] = line.split(' ')
    const pid = Number(/^refs\/mtos\/scratch\/(\d+)/.exec(ref)?.[1] ?? 0)
    if (isAlive(pid)) return []
    const message = `${ref} was left by a write that was killed.`
    return [mendable('SCRATCH_REF_LEFT', 'warning', message, { kind: 'delete-ref', ref, at })]
  })
}

/** What writers that were killed have left behind. None of it is in the way of a write, but for git's lock of the ref. */
export async function leftoverFindings(repository: Repository, directory: string): Promise<Finding[]> {
  const { commonDir } = repository
  const reports = gitDirectories(repository).flatMap((gitDir) =>
    names(gitDir).map((name) => join(gitDir, name)),
  )
  const crashes = reports.flatMap((path) => {
    const pid = /fast_import_crash_(\d+)$/.exec(path)?.[1]
    // Other programs use fast-import too; their reports are theirs.
    if (!pid || isAlive(Number(pid)) || !contentOf(path).includes('refs/mtos/')) return []
    return [left(path, 'a write that failed')]
  })
  const temporary = names(directory).flatMap((name) => {
    const pid = /^(?:index\.base|high-water)\.(\d+)(?:\.tmp)?$/.exec(name)?.[1]
    return pid && !isAlive(Number(pid)) ? [left(join(directory, name), 'a process that was killed')] : []
  })
  const packs = join(commonDir, 'objects', 'pack')
  const kept = names(packs).flatMap((name) => {
    const path = join(packs, name)
    if (!name.endsWith('.keep') || contentOf(path).trim() !== 'fast-import') return []
    return ageOf(path) > PACKING ? [left(path, 'a git fast-import that was killed')] : []
  })
  return [
    ...writeLockFindings(directory),
    ...refLockFindings(repository),
    ...(await scratchFindings(repository)),
    ...crashes,
    ...temporary,
    ...kept,
  ]
}
