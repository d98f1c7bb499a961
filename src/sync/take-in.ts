import { MhvError } from '../errors.ts'
import { sameTree as haveSameTree } from '../git/objects.ts'
import { moveRef, readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import type { Clash } from '../merge/unite-logs.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { GATES_REF, storeDirectory, TASKS_REF } from '../store/git-store.ts'
import { readFormat } from '../store/read-settings.ts'
import type { Merged, TaskStore } from '../store/task-store.ts'
import { beginCheck, endCheck, uncheckedFrom } from './checked-from.ts'
import { countChanges } from './count-changes.ts'
import type { Restored } from './restore-events.ts'
import type { Sync } from './sync-result.ts'

/** How often a merge is tried again because somebody wrote beside it, which our own writers do not: they queue. */
const TRIES = 50

const stuck = (ref: string) =>
  new MhvError('CONTENTION', `${ref} kept moving while it was to be merged; nothing was merged.`, {
    recovery: ['mhv sync'],
  })

export interface TakenIn {
  /** Whether this repository had no log and has the remote's now. */
  readonly adopted: boolean
  /** How many tasks changed here. */
  readonly received: number
  readonly clashes: readonly Clash[]
  /** What the logs that were fetched had lost and changed, and has been put back, and what could not be. */
  readonly restored: readonly Restored[]
  readonly left: readonly Restored[]
  /** The tip before, from which that was told; and the one that had lost something, where one had. */
  readonly damage: { readonly from: string; readonly to: string } | null
  /** The tasks as they are now, where they had to be looked at. */
  readonly view: Snapshot | null
}

/**
 * Brings task logs that were fetched into the one that is here, or takes one over where there is none.
 * @param seen the tasks as they were a moment ago, where they have been looked at
 * Errors: NOT_INITIALISED where there is none on either side, LOG_REWOUND, NEWER_FORMAT, NOT_A_LOG, TASK_UNREADABLE,
 * CONTENTION, STORE_UNWRITABLE, GIT_FAILED.
 */
export async function takeInTasks(
  sync: Sync,
  tips: readonly string[],
  seen: Promise<Snapshot | null> | null,
): Promise<TakenIn> {
  const { repository, store, places, sameTree } = sync
  const before = await readRef(repository, TASKS_REF)
  const adopted = before === null && (await adopt(repository, store, places.remote, tips))
  const ours = before ?? (await readRef(repository, TASKS_REF))!
  const news: string[] = []
  // Not where the same files came about by other merges: joining these too, clones that sync with several remotes would
  // merge each other's merges for ever.
  for (const tip of tips) if (!(await sameTree(ours, tip))) news.push(tip)
  const directory = storeDirectory(repository)
  const merged: Merged[] = []
  const restored: Restored[] = []
  const left: Restored[] = []
  let damage: TakenIn['damage'] = null
  let view: Snapshot | null = null
  const check = async (from: string, to: string, theirs: string): Promise<void> => {
    const { restoreEvents } = await import('./restore-events.ts')
    const put = await restoreEvents(repository, store, from, to, theirs, sync.options.environment)
    endCheck(directory)
    restored.push(...put.restored)
    left.push(...put.left)
    if (put.restored.length + put.left.length > 0) damage ??= { from, to: theirs }
    view = put.view ?? view
  }
  const unchecked = await uncheckedFrom(repository, directory, ours)
  if (unchecked) await check(unchecked, ours, ours)
  for (const theirs of news) {
    const now: Snapshot | null = view ?? (await seen)
    const from = (await readRef(repository, TASKS_REF))!
    beginCheck(directory, from)
    const one = await mergeOne(store, theirs, now)
    merged.push(one)
    view = one.view
    await check(from, one.view.tip!, theirs)
  }
  const known = merged.length === 1 && !adopted && restored.length === 0 ? merged[0]!.changed : null
  const tip = (view as Snapshot | null)?.tip ?? ours
  return {
    adopted,
    received: known ?? (await countChanges(repository, before, tip, 'tasks/')),
    clashes: merged.flatMap(({ clashes }) => clashes),
    restored,
    left,
    damage,
    view,
  }
}

async function mergeOne(store: TaskStore, theirs: string, seen: Snapshot | null): Promise<Merged> {
  return store.exclusively(async () => {
    let view = seen ?? (await store.view())
    for (let left = TRIES; left > 0; left--) {
      const merged = await store.merge(view, theirs)
      if (merged !== 'moved') return merged
      view = await store.view()
    }
    throw stuck(TASKS_REF)
  })
}

async function adopt(
  repository: Repository,
  store: TaskStore,
  remote: string,
  tips: readonly string[],
): Promise<boolean> {
  try {
    // Also what says that a log is gone, for which another one is never put in its place.
    await store.view()
    return false
  } catch (error) {
    if (!(error instanceof MhvError) || error.error !== 'NOT_INITIALISED') throw error
  }
  const [tip] = tips
  if (tip === undefined) {
    const message = `Neither this repository nor ${remote} has a task log yet.`
    throw new MhvError('NOT_INITIALISED', message, { recovery: ['mhv init', 'mhv sync'] })
  }
  await readFormat(repository, tip)
  return moveRef(repository, TASKS_REF, tip, null)
}

/** Brings logs of gates that were fetched into the one that is here. Errors: as takeInTasks. */
export async function takeInGates(repository: Repository, tips: readonly string[]): Promise<void> {
  const ours = await readRef(repository, GATES_REF)
  const news = tips.filter((tip) => tip !== ours)
  if (news.length === 0) return
  const [{ lockLog }, { mergeTips }] = await Promise.all([
    import('../store/lock-log.ts'),
    import('../store/merge-tips.ts'),
  ])
  const lock = await lockLog(repository, storeDirectory(repository))
  try {
    for (const theirs of news) {
      for (let left = TRIES; ; left--) {
        if (left === 0) throw stuck(GATES_REF)
        const tip = await readRef(repository, GATES_REF)
        if (tip === null) {
          await readFormat(repository, theirs)
          if (await moveRef(repository, GATES_REF, theirs, null)) break
        } else if (
          (await haveSameTree(repository, tip, theirs)) ||
          (await mergeTips(repository, GATES_REF, tip, theirs, (pid) => lock.setGit(pid))) !== 'moved'
        ) {
          break
        }
      }
    }
  } finally {
    lock.release()
  }
}
