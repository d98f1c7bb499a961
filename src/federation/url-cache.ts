import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import { isAncestor, moveRef, readRef } from '../git/refs.ts'
import { fetchRefs, type RemoteOptions, requireGitAnswer } from '../git/remote.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { makeDirectory } from '../make-directory.ts'
import { publicUrl, withoutSecrets } from '../repos/shown-url.ts'
import { TASKS_BRANCH, trackingRef } from '../store/fetched-log-refs.ts'
import { TASKS_REF } from '../store/git-store.ts'
import { takeWriteLock } from '../store/write-lock.ts'
import { type FetchState, failureOf, noteUse, readState, unusedFor, writeState } from './fetch-state.ts'
import { hostOf, type Reach } from './reach-hosts.ts'
import {
  entryDirectory,
  REMOTE,
  requireUrlRepository,
  urlCacheDirectory,
  urlRepository,
} from './url-repository.ts'

export interface UrlOptions {
  /** Milliseconds; what was fetched since then is not fetched again. */
  readonly maxAge?: number
  /** Where nothing of the remote is here, asks it also if it did not answer just now: who works on a task needs it. */
  readonly insists?: boolean
  /** Asks no remote at all. */
  readonly offline?: boolean
  /** Milliseconds for which a remote may say nothing, or take in all where there is something to show meanwhile. */
  readonly timeout?: number
  /** How the network is used where several repositories are read; without it, at once and one time. */
  readonly reach?: Reach
}

/** What is here of the log of a URL. */
export interface CachedLog {
  readonly repository: Repository
  /** null where it was never fetched. */
  readonly state: FetchState | null
  /** Why it may be older than was asked for. */
  readonly problem: MhvError | null
}

/**
 * A listing is looked at several times in a row, and what others do changes by the hour: five minutes spare most of the
 * fetches and nobody is misled. A write never relies on it.
 */
export const MAX_AGE = 300_000
export const TIMEOUT = 30_000

/** Milliseconds for which a remote that could not be reached is left in peace, so that not every listing waits for it. */
const PAUSE = 60_000

/** Milliseconds after which what nobody has looked at goes. */
const FORGOTTEN = 90 * 86_400_000

const BRANCH_HERE = trackingRef(`${REMOTE}/branch`)

/**
 * The `*` lets the fetch go well where there is no such ref, and stands where it takes in no other: after the name, it
 * would bring the code of a branch mtos/tasks-page.
 */
const starred = (ref: string) => ref.replace(/ks$/, '*ks')
const REFSPECS = [
  `+${starred(TASKS_REF)}:${starred(trackingRef(REMOTE))}`,
  `+${starred(TASKS_BRANCH)}:${starred(BRANCH_HERE)}`,
]

const ageOf = (at: string | null) => (at === null ? Number.POSITIVE_INFINITY : Date.now() - Date.parse(at))

/** A time that is still to come, by a clock that was set back, says nothing. */
const isWithin = (at: string | null, span: number) => ageOf(at) >= 0 && ageOf(at) < span

/** Which of the remote's refs the log is in; of two the one that goes further, and ours where they have parted. */
async function tipFetched(repository: Repository): Promise<{ tip: string | null; ref: string }> {
  const own = await readRef(repository, trackingRef(REMOTE))
  const branch = await readRef(repository, BRANCH_HERE)
  const isBranch = branch !== null && (own === null || (await isAncestor(repository, own, branch)))
  return isBranch && branch !== own ? { tip: branch, ref: TASKS_BRANCH } : { tip: own, ref: TASKS_REF }
}

/**
 * Moves the log here to where the remote's is. What was seen there and is there no more stays, and is told: the others
 * who have it will push it again, or somebody has to look at it.
 * Errors: REMOTE_REPLACED.
 */
export async function followRemote(url: string, repository: Repository, tip: string | null): Promise<void> {
  const mine = await readRef(repository, TASKS_REF)
  if (mine === tip) return
  if (mine !== null && (tip === null || !(await isAncestor(repository, mine, tip)))) {
    const now = tip === null ? 'is gone' : `is at ${tip.slice(0, 12)}`
    throw new MhvError(
      'REMOTE_REPLACED',
      `The task log of ${publicUrl(url)} ${now}, without ${mine.slice(0, 12)}, which was seen there. Where that is meant to be, what is kept here has to be deleted.`,
      { recovery: [`rm -r ${shellWord(entryDirectory(url))}`], data: { last_seen: mine, tip } },
    )
  }
  await moveRef(repository, TASKS_REF, tip, mine)
}

/** Whether all that the log here consists of can be found. */
async function isWhole(repository: Repository): Promise<boolean> {
  const tip = await readRef(repository, TASKS_REF)
  if (tip === null) return false
  return (await runGit(['rev-list', '--objects', '--quiet', tip], repository.git)).status === 0
}

/**
 * Fetches, and does not take a page to sign in for a remote without tasks: what was seen there would seem to be gone.
 * Errors: as fetchRefs.
 */
async function fetchTasks(url: string, repository: Repository, limits: RemoteOptions): Promise<void> {
  await fetchRefs(repository, REMOTE, REFSPECS, limits)
  const isBare = (await tipFetched(repository)).tip === null
  if (isBare && /^https?:/i.test(url)) await requireGitAnswer(repository, REMOTE, limits)
}

/** Fetches, into a new repository where the one that is here does not serve. Errors: as fetchRefs. */
async function fetchInto(url: string, options: UrlOptions): Promise<Repository> {
  const { timeout = TIMEOUT } = options
  const repository = requireUrlRepository(url)
  const hasSome = (await readRef(repository, TASKS_REF)) !== null
  const limits: RemoteOptions = hasSome ? { timeout, signal: AbortSignal.timeout(timeout) } : { timeout }
  try {
    await fetchTasks(url, repository, limits)
    return repository
  } catch (error) {
    if (limits.signal?.aborted) {
      throw new MhvError('REMOTE_TIMEOUT', `${REMOTE} did not answer within ${timeout / 1000} s.`, {
        cause: error,
      })
    }
    if (!(error instanceof MhvError) || error.error !== 'GIT_FAILED') throw error
    const isOther = /mismatched algorithms: client \w+; server (sha1|sha256)/.exec(error.message)
    if (!isOther && (await isWhole(repository))) throw error
    rmSync(repository.commonDir, { recursive: true, force: true })
    const again = requireUrlRepository(url, (isOther?.[1] ?? 'sha1') as 'sha1' | 'sha256')
    await fetchTasks(url, again, { timeout })
    return again
  }
}

/** What shows more of a remote's failure: nothing that would have to be done in a clone. */
const stepsFor = (url: string) => [
  `git ls-remote ${shellWord(publicUrl(url))} 'refs/mtos/*'`,
  'mhv repos check --remote',
]

/** The error as it is told to somebody who knows the URL, and nothing of a remote called origin. */
export function told(url: string, error: unknown): MhvError {
  if (error instanceof MhvError) {
    if (error.error === 'REMOTE_REPLACED') return error
    const isRemote = error.error.startsWith('REMOTE_')
    const message = isRemote ? error.message.replace(REMOTE, publicUrl(url)) : error.message
    return new MhvError(error.error, withoutSecrets(message, url), {
      recovery: isRemote ? stepsFor(url) : error.recovery,
      cause: error,
    })
  }
  if ((error as NodeJS.ErrnoException).code === undefined) throw error
  const message = `${urlCacheDirectory()} cannot be written: ${(error as Error).message.split(',')[0]}.`
  return new MhvError('STATE_UNWRITABLE', message, { cause: error })
}

/** Takes away what nobody has looked at for long. Called when something new comes: that is when the cache grows. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(urlCacheDirectory())) {
    const entry = join(urlCacheDirectory(), name)
    try {
      if (unusedFor(entry) < FORGOTTEN) continue
      // Whoever holds it uses it again.
      await takeWriteLock(entry, 0, () => {})
      rmSync(entry, { recursive: true, force: true })
    } catch {
      // Another process sweeps too, or it cannot be deleted: there is time.
    }
  }
}

/** What is remembered, where what it is about is there as well. */
async function stateOf(url: string): Promise<FetchState | null> {
  const state = readState(entryDirectory(url))
  const isHere = state?.tip == null || (await readRef(urlRepository(url), TASKS_REF)) !== null
  return isHere ? state : null
}

async function fetchLocked(url: string, before: FetchState | null, options: UrlOptions): Promise<FetchState> {
  const entry = entryDirectory(url)
  const now = new Date().toISOString()
  try {
    const { reach } = options
    const fetch = () => fetchInto(url, options)
    const repository = await (reach ? reach(hostOf(url) ?? url, fetch) : fetch())
    const { tip, ref } = await tipFetched(repository)
    await followRemote(url, repository, tip)
    const state = { fetchedAt: now, tip, ref, failure: null }
    writeState(entry, state)
    if (before === null) await sweep()
    return state
  } catch (thrown) {
    const error = told(url, thrown)
    // A program that is missing is not the remote's failure, and may be there the next time.
    if (error.error !== 'GIT_MISSING' && error.error !== 'STATE_UNWRITABLE') {
      const known = before ?? { fetchedAt: null, tip: null, ref: TASKS_REF }
      writeState(entry, { ...known, failure: { at: now, error: error.error, message: error.message } })
    }
    throw error
  }
}

/**
 * The log of a URL: as it was fetched not long ago, or fetched now, by one process at a time. Whatever keeps it from being
 * fetched is told beside what is here.
 */
export async function refreshLog(url: string, options: UrlOptions = {}): Promise<CachedLog> {
  const { maxAge = MAX_AGE, insists = false, offline = false, timeout = TIMEOUT } = options
  const entry = entryDirectory(url)
  const begun = Date.now()
  const answer = (state: FetchState | null, problem: MhvError | null): CachedLog => {
    noteUse(entry)
    return { repository: urlRepository(url), state, problem }
  }
  const remembered = (state: FetchState) => {
    const failure = failureOf(state)
    return failure && told(url, failure)
  }
  const settled = (state: FetchState | null, span: number): CachedLog | null => {
    if (state === null || (insists && state.fetchedAt === null)) return null
    // A failure that is remembered came after the last success, however young that is.
    if (isWithin(state.failure?.at ?? null, Math.min(span, PAUSE))) return answer(state, remembered(state))
    return isWithin(state.fetchedAt, span) ? answer(state, null) : null
  }
  try {
    const known = await stateOf(url)
    const enough = settled(known, maxAge)
    if (enough) return enough
    if (offline) return answer(known, known?.fetchedAt ? null : neverFetched(url))
    makeDirectory(urlCacheDirectory(), 0o700)
    const lock = await takeWriteLock(entry, timeout * 4, () => {})
    try {
      // What another process has brought since this one asked is as new as can be.
      const meanwhile = await stateOf(url)
      const brought = settled(meanwhile, Math.max(maxAge, Date.now() - begun))
      return brought ?? answer(await fetchLocked(url, meanwhile, options), null)
    } finally {
      lock.release()
    }
  } catch (error) {
    return answer(await stateOf(url), told(url, error))
  }
}

const neverFetched = (url: string) =>
  new MhvError('REMOTE_UNREACHABLE', `${publicUrl(url)} was never fetched, and now no remote is asked.`, {
    recovery: ['mhv task list --all'],
  })
