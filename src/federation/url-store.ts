import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import { isAncestor, moveRef, readRef } from '../git/refs.ts'
import { pushRefs } from '../git/remote.ts'
import type { Repository } from '../git/repository.ts'
import { publicUrl } from '../repos/shown-url.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { TASKS_BRANCH } from '../store/fetched-log-refs.ts'
import { type GitStoreOptions, openGitStore, storeDirectory, TASKS_REF } from '../store/git-store.ts'
import { initialise } from '../store/initialise.ts'
import type { TaskStore } from '../store/task-store.ts'
import { takeWriteLock } from '../store/write-lock.ts'
import { readState } from './fetch-state.ts'
import { followRemote, refreshLog, TIMEOUT, told } from './url-cache.ts'
import { draftRepository, entryDirectory, REMOTE, urlRepository } from './url-repository.ts'

/** Lays the index of one repository into another, so that a write there need not read every task first. */
function copyIndex(from: Repository, to: Repository): void {
  const source = storeDirectory(from)
  if (!existsSync(source)) return
  mkdirSync(storeDirectory(to), { recursive: true })
  for (const name of readdirSync(source).filter((file) => /^index\.[\w.]*$/.test(file))) {
    if (!name.endsWith('.tmp')) cpSync(join(source, name), join(storeDirectory(to), name), { force: true })
  }
}

const nothingChanged = (error: MhvError) =>
  new MhvError(error.error, `${error.message} Nothing was changed.`, {
    recovery: error.recovery,
    data: error.data,
    cause: error,
  })

/**
 * Takes over here what the remote has accepted. What a fetch has brought meanwhile is at least as new. The write stands
 * whatever happens here: where something is in the way, the next fetch brings it.
 */
async function settle(url: string, commit: string): Promise<void> {
  const repository = urlRepository(url)
  try {
    const lock = await takeWriteLock(entryDirectory(url), TIMEOUT * 2, () => {})
    try {
      const mine = await readRef(repository, TASKS_REF)
      const isHere = mine !== null && (await isAncestor(repository, commit, mine))
      if (!isHere) await followRemote(url, repository, commit)
    } finally {
      lock.release()
    }
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
  }
}

/**
 * Whether a commit whose push went wrong has arrived all the same: an answer that is lost says nothing about the push.
 * Errors: the push's own, which says whether that could be told.
 */
async function arrivedAnyway(url: string, commit: string, pushError: unknown): Promise<true> {
  const error = told(url, pushError)
  const { repository, problem } = await refreshLog(url, { maxAge: 0 })
  if (problem) {
    throw new MhvError(
      error.error,
      `${error.message} Whether the change has arrived there cannot be told until it is seen again.`,
      { recovery: [...error.recovery, 'mhv task list --all --max-age 0s'], cause: error },
    )
  }
  const tip = await readRef(repository, TASKS_REF)
  if (tip !== null && (await isAncestor(repository, commit, tip))) return true
  throw nothingChanged(error)
}

/**
 * Pushes the log of a draft, without force, to a ref of the remote.
 * @returns false when somebody else was faster
 * Errors: REMOTE_*; GIT_FAILED.
 */
async function publish(
  url: string,
  draft: Repository,
  commit: string,
  ref = readState(entryDirectory(url))?.ref ?? TASKS_REF,
): Promise<boolean> {
  try {
    const [pushed] = await pushRefs(draft, REMOTE, [`${TASKS_REF}:${ref}`], { timeout: TIMEOUT })
    if (pushed!.outcome === 'raced') return false
    if (pushed!.outcome === 'refused') {
      const message = `${REMOTE} does not take the tasks: ${pushed!.reason}.`
      throw nothingChanged(told(url, new MhvError('REMOTE_REFUSED', message)))
    }
  } catch (error) {
    if (error instanceof MhvError && error.error === 'REMOTE_REFUSED') throw error
    await arrivedAnyway(url, commit, error)
  }
  return true
}

/** There is no clone that the steps for one could be taken in. */
function noLogThere(url: string, name: string | undefined): MhvError {
  const begin = `mhv init --repo ${shellWord(name ?? publicUrl(url))}`
  return new MhvError(
    'NOT_INITIALISED',
    `${publicUrl(url)} has no task log yet. ${begin} begins one there.`,
    {
      recovery: [begin],
      data: { repository: name ?? publicUrl(url) },
    },
  )
}

const isRefused = (error: unknown) => error instanceof MhvError && error.error === 'REMOTE_REFUSED'

/**
 * Pushes the first commit of a log; to the branch where the host does not take a ref of ours, or takes it and shows it to
 * nobody.
 * @returns the ref that the log is in, null when somebody else was faster
 * Errors: as publish; where both are refused, why ours was.
 */
async function publishFirst(url: string, draft: Repository, commit: string): Promise<string | null> {
  let refusal: unknown = null
  try {
    const isTaken = await publish(url, draft, commit, TASKS_REF)
    const { repository, problem } = await refreshLog(url, { maxAge: 0 })
    // What is in the way and cannot be seen would be in the way of every further try.
    if (problem || (await readRef(repository, TASKS_REF)) !== null) return isTaken ? TASKS_REF : null
  } catch (error) {
    if (!isRefused(error)) throw error
    refusal = error
  }
  try {
    return (await publish(url, draft, commit, TASKS_BRANCH)) ? TASKS_BRANCH : null
  } catch (error) {
    throw refusal && isRefused(error) ? refusal : error
  }
}

/**
 * Begins the log of a repository that is known by its URL, on the remote: with the commit that every log begins with, so
 * that one which somebody begins in a clone at the same time is the same.
 * @returns how it came to be, its newest commit, and the remote's ref that it is in
 * Errors: REMOTE_*; GIT_FAILED.
 */
export async function beginThere(url: string): Promise<{ log: 'begun' | 'there'; tip: string; ref: string }> {
  for (;;) {
    const { repository, state, problem } = await refreshLog(url, { maxAge: 0 })
    if (problem) throw nothingChanged(problem)
    const there = await readRef(repository, TASKS_REF)
    if (there !== null) return { log: 'there', tip: there, ref: state?.ref ?? TASKS_REF }
    const draft = draftRepository(url)
    try {
      const { tip } = await initialise(draft)
      const ref = await publishFirst(url, draft, tip)
      if (ref === null) continue
      await settle(url, tip)
      return { log: 'begun', tip, ref }
    } finally {
      rmSync(draft.commonDir, { recursive: true, force: true, maxRetries: 2 })
    }
  }
}

/**
 * The tasks of a repository that is known by its URL. Its remote's ref is the log: a write is made in a draft that nobody
 * sees, pushed, and only then taken over here. So the remote is asked what holds before a decision, and whoever is faster
 * makes a write begin again, as in any repository, instead of being merged with; a number is never given out twice. And
 * wherever a write is interrupted, it has either arrived or never was: nothing unpushed can lie here and surface later,
 * when whoever made it has long done it again.
 */
export function openUrlStore(url: string, options: GitStoreOptions): TaskStore {
  const repository = urlRepository(url)
  const plain = openGitStore(repository, options)
  const store: TaskStore = {
    ...plain,
    view: async () => {
      try {
        return await plain.view()
      } catch (error) {
        const isNone = error instanceof MhvError && error.error === 'NOT_INITIALISED'
        throw isNone ? noLogThere(url, options.name) : error
      }
    },
  }

  const onDraft = async <T>(
    view: Snapshot,
    write: (draft: TaskStore, view: Snapshot) => Promise<T | 'moved'>,
  ): Promise<{ written: T; view: Snapshot } | 'moved'> => {
    const draft = draftRepository(url)
    try {
      copyIndex(repository, draft)
      await moveRef(draft, TASKS_REF, view.tip, null)
      const own = openGitStore(draft, options)
      const written = await write(own, await own.view())
      const commit = await readRef(draft, TASKS_REF)
      if (written === 'moved' || commit === null) return 'moved'
      faultPoint('before-publishing')
      if (!(await publish(url, draft, commit))) {
        const { problem } = await refreshLog(url, { maxAge: 0 })
        if (problem) throw nothingChanged(problem)
        return 'moved'
      }
      faultPoint('after-publishing')
      await settle(url, commit)
      return { written, view: await store.view() }
    } finally {
      rmSync(draft.commonDir, { recursive: true, force: true, maxRetries: 2 })
    }
  }

  return {
    ...store,
    commit: async (view, batch) => {
      const outcome = await onDraft(view, (draft, there) => draft.commit(there, batch))
      return outcome === 'moved' ? 'moved' : outcome.view
    },
    merge: async (view, theirs) => {
      const outcome = await onDraft(view, (draft, there) => draft.merge(there, theirs))
      return outcome === 'moved' ? 'moved' : { ...outcome.written, view: outcome.view }
    },
    exclusively: (work) =>
      store.exclusively(async () => {
        const { problem } = await refreshLog(url, { maxAge: 0 })
        if (problem) throw nothingChanged(problem)
        return work()
      }),
  }
}
