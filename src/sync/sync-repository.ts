import { MhvError, shellWord } from '../errors.ts'
import { treeComparison } from '../git/objects.ts'
import { readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { GATES_REF, storeDirectory, TASKS_REF } from '../store/git-store.ts'
import { readFormat } from '../store/read-settings.ts'
import {
  addRemoteAlarm,
  type RemoteAlarm,
  type RemoteMark,
  readRemoteMark,
  remoteDirectory,
  writeRemoteMark,
} from '../store/remote-marks.ts'
import type { TaskStore } from '../store/task-store.ts'
import { takeWriteLock } from '../store/write-lock.ts'
import { collisionsIn, hasCollisions } from './colliding-slots.ts'
import { countChanges } from './count-changes.ts'
import { due } from './due.ts'
import { type FetchedLogs, fetchLogs } from './fetch-logs.ts'
import { judgeRemote } from './judge-remote.ts'
import { isOfLog, namedRemote } from './name-remote.ts'
import { lastFetchedLogs, moveOnPlainBranch } from './plain-branch.ts'
import type { RemotePlaces } from './remote-places.ts'
import { noteRenumbered, type Sync, type SyncOptions, type SyncResult, type Tally } from './sync-result.ts'
import { takeInGates, takeInTasks } from './take-in.ts'
import { isAway, withStanding } from './unreachable-remote.ts'

/** Milliseconds for which a sync is tried again after somebody else was faster. */
const PATIENCE = 60_000
/** Milliseconds for which another sync of this clone with the same remote is waited for. */
const QUEUE = 120_000
/** Milliseconds after which a fetch has something to fetch, or a network to wait for, and time to look at the tasks. */
const MEANWHILE = 15

/** Errors: REMOTE_REPLACED; NOT_A_LOG, OBJECT_MISSING for what is found where a log should be. */
async function lookForRewind(
  sync: Sync,
  { tasks: tip, place }: FetchedLogs,
  seen: RemoteMark | null,
): Promise<RemoteAlarm | null> {
  const { repository, places, options } = sync
  const { remote, url } = places
  const isNew = tip !== null && tip !== seen?.tip && tip !== (await readRef(repository, TASKS_REF))
  const [alarm] = await Promise.all([
    judgeRemote(repository, remote, url, place.tasks, seen, tip, options.now),
    isNew ? readFormat(repository, tip) : null,
  ]).catch((error) => {
    throw isOfLog(error) ? namedRemote(error, places, place.tasks, place.trackedTasks) : error
  })
  const directory = storeDirectory(repository)
  // One that is gone may be hidden only, which the push will tell.
  if (alarm && alarm.what !== 'deleted') addRemoteAlarm(directory, alarm)
  if (alarm?.what !== 'replaced' || options.acceptReplaced) return alarm
  const message = `The task log of ${remote} (${place.tasks}) is another one than was seen there: ${alarm.from.slice(0, 12)} is not in ${tip!.slice(0, 12)}. Nothing was merged and nothing pushed.`
  throw new MhvError('REMOTE_REPLACED', message, {
    recovery: [
      `git log --oneline ${place.trackedTasks}`,
      `mhv sync --remote ${shellWord(remote)} --accept-replaced`,
    ],
    data: { remote, from: alarm.from, to: alarm.to },
  })
}

/** Merges what was fetched, and settles numbers where that is this remote's to say. */
async function receive(
  sync: Sync,
  fetched: FetchedLogs,
  seen: RemoteMark | null,
  early: Promise<Snapshot | null> | null,
): Promise<void> {
  const { repository, places, tally, options } = sync
  const tips = [fetched.tasks, fetched.otherTasks].flatMap((tip) => tip ?? [])
  const { place } = fetched
  const taken = await takeInTasks(sync, tips, early).catch((error) => {
    // The log here may be the one that is none.
    const isTheirs = isOfLog(error) && (error.error === 'NEWER_FORMAT' || tips.includes(`${error.data.tip}`))
    throw isTheirs ? namedRemote(error, places, place.tasks, place.trackedTasks) : error
  })
  const { view, damage } = taken
  tally.adopted ||= taken.adopted
  tally.clashes.push(...taken.clashes)
  tally.restored.push(...taken.restored)
  tally.received += taken.received
  if (damage) {
    const tasks = [...taken.restored, ...taken.left].map(({ task }) => task)
    const { remote, url } = places
    const alarm = { at: options.now, remote, url, what: 'damaged', ...damage, tasks } as const
    addRemoteAlarm(storeDirectory(repository), alarm)
  }
  const isSettled = seen?.settled === true && seen.tip === (await readRef(repository, TASKS_REF))
  tally.settled = isSettled ? seen.tip : null
  tally.collisions = []
  if (!isSettled) await settle(sync, tips, view ?? (await early))
  const gatesBefore = await readRef(repository, GATES_REF)
  tally.problems = taken.left.map(({ task, what }) => ({
    code: 'NEWER_FORMAT',
    message: `Task ${task}: ${what} in the log of ${places.remote}; putting that back needs a newer version of mhv.`,
  }))
  try {
    await takeInGates(repository, fetched.gates)
  } catch (error) {
    // Tasks do not wait for records of gates.
    if (!(error instanceof MhvError)) throw error
    const { message } = isOfLog(error) ? namedRemote(error, places, place.gates, place.trackedGates) : error
    tally.problems.push({ code: error.error, message: `The log of gates: ${message} Tasks were synced.` })
  }
  const gatesAfter = await readRef(repository, GATES_REF)
  if (gatesAfter) {
    tally.gatesReceived += await countChanges(repository, gatesBefore, gatesAfter, 'results/')
  }
}

/** Settles numbers, or notes what is to be settled with another remote. @param view the tasks as they were looked at, if they were */
async function settle(
  { repository, store, places, options, tally }: Sync,
  tips: readonly string[],
  view: Snapshot | null,
): Promise<void> {
  // What another sync has merged meanwhile would go to this remote unsettled.
  const isCurrent = view?.tip === (await readRef(repository, TASKS_REF))
  const now = view && isCurrent ? view : await store.view()
  // Most often there is nothing to settle, and then nobody has to wait for the lock.
  if (!hasCollisions(now)) {
    tally.settled = now.problems.length === 0 ? now.tip : null
    return
  }
  if (places.main !== places.remote) {
    tally.collisions = collisionsIn(now)
    return
  }
  const { heldBy, settleNumbers } = await import('./settle-numbers.ts')
  const heldThere = (ids: readonly string[]) => heldBy(repository, tips, ids)
  noteRenumbered(tally, await settleNumbers(store, heldThere, await options.environment()))
}

/** Says who will see the tasks, once, before the first of them are sent. */
async function announce({ store, places, options, tally }: Sync, seen: RemoteMark | null): Promise<void> {
  // What is remembered of a remote is remembered after tasks were there, or were sent and refused.
  if (!options.onFirstPush || seen?.url === places.url || tally.announced) return
  tally.announced = true
  const view = await store.view()
  let tasks = 0
  for (let slot = 0; slot < view.slots; slot++) if (!(view.flags(slot) & FLAG.GONE)) tasks += 1
  options.onFirstPush({ remote: places.remote, url: places.url, tasks })
}

/** Merges what plain `git fetch` has brought, while the remote is away. Errors: as lookForRewind and receive. */
async function receiveFetched(sync: Sync): Promise<void> {
  const { repository, places } = sync
  const fetched = await lastFetchedLogs(repository, places)
  if (fetched.tasks === null || fetched.tasks === (await readRef(repository, TASKS_REF))) return
  const seen = readRemoteMark(storeDirectory(repository), places.remote)
  await lookForRewind(sync, fetched, seen)
  await receive(sync, fetched, seen, null)
}

/** One round: ask, merge, push. @returns null where somebody was faster */
async function exchange(sync: Sync): Promise<SyncResult | null> {
  const { repository, store, places, options, tally } = sync
  const directory = storeDirectory(repository)
  let early: Promise<Snapshot | null> | null = null
  const look = setTimeout(() => {
    // What is wrong is met again by whoever needs it: where there is no log yet, nobody does.
    early = store.view().catch(() => null)
  }, MEANWHILE)
  const fetched = await fetchLogs(repository, places, options)
    .catch(async (error) => {
      if (isAway(error)) await receiveFetched(sync)
      throw error
    })
    .finally(() => clearTimeout(look))
  tally.answered = true
  const seen = readRemoteMark(directory, places.remote)
  const alarm = await lookForRewind(sync, fetched, seen)
  await receive(sync, fetched, seen, early)
  const wanted = await due(sync, fetched, alarm?.what === 'rewound')
  const { remote, url } = places
  if (wanted.size > 0) {
    if (wanted.has(fetched.place.tasks) && fetched.tasks === null) await announce(sync, seen)
    const { send } = await import('./send.ts')
    if (!(await send(sync, fetched, wanted))) return null
    if (places.main === remote && fetched.tasks !== null) {
      const { untoldRenumberings } = await import('./untold-renumberings.ts')
      noteRenumbered(tally, await untoldRenumberings(sync, fetched.tasks, seen?.tip ?? null))
    }
  }
  if (alarm) addRemoteAlarm(directory, alarm)
  if (seen === null) {
    // Once: whoever takes the refspec away again wants that.
    const { configureFetch } = await import('../store/initialise.ts')
    await configureFetch(repository, remote)
  }
  const ref = fetched.place.tasks
  const tip = wanted.get(ref) ?? fetched.tasks!
  if (ref === places.branch.tasks) await moveOnPlainBranch(repository, places, tip)
  writeRemoteMark(directory, remote, {
    url,
    tip,
    ref,
    reachedAt: options.now,
    settled: tip === tally.settled,
  })
  return {
    remote,
    url,
    ref,
    tip,
    adopted: tally.adopted,
    received: tally.received,
    sent: tally.sent,
    renumbered: [...tally.renumbered.values()],
    collisions: tally.collisions,
    main: places.main,
    gates: { received: tally.gatesReceived, sent: tally.gatesSent },
    alarm,
    clashes: tally.clashes,
    restored: tally.restored,
    problems: tally.problems,
  }
}

/** For the doctor, who asks nothing of a remote that changes it. */
function noteRefusal(
  repository: Repository,
  { remote, url }: RemotePlaces,
  { data }: MhvError,
  { now }: SyncOptions,
): void {
  const directory = storeDirectory(repository)
  const { ref, reason } = data
  if (typeof ref !== 'string' || typeof reason !== 'string') return
  const known = readRemoteMark(directory, remote)
  const tip = known?.url === url && known.ref === ref ? known.tip : null
  writeRemoteMark(directory, remote, { url, tip, ref, reachedAt: now, refused: { ref, reason } })
}

/**
 * Makes a remote and this repository hold the same tasks: fetches, merges, settles numbers if this is the main remote,
 * and pushes without force; again, when somebody else was faster. With nothing new on either side that is one git
 * command on the network. Local writers wait for the merge only, never for the network.
 * Errors: REMOTE_AUTH, REMOTE_UNREACHABLE, REMOTE_TIMEOUT, REMOTE_MISSING, in which nothing was merged, or it
 * was merged and not pushed; REMOTE_REFUSED, REMOTE_REPLACED; NOT_INITIALISED where neither side has a log; CONTENTION;
 * those of takeInTasks.
 */
export async function syncRepository(
  repository: Repository,
  store: TaskStore,
  places: RemotePlaces,
  options: SyncOptions,
): Promise<SyncResult> {
  const { remote } = places
  // Of two at once, the one that was answered first may be the last to write down what it heard, which would then look
  // like a rewind.
  const queue = await takeWriteLock(remoteDirectory(storeDirectory(repository), remote), QUEUE, () => {})
  const tally: Tally = {
    adopted: false,
    received: 0,
    sent: 0,
    gatesReceived: 0,
    gatesSent: 0,
    renumbered: new Map(),
    clashes: [],
    restored: [],
    collisions: [],
    problems: [],
    settled: null,
    unseen: 0,
    answered: false,
    announced: false,
  }
  const sameTree = treeComparison(repository)
  const { patience = PATIENCE } = options
  const until = Date.now() + patience
  try {
    for (let pause = 50; ; pause = Math.min(pause * 2, 2000)) {
      const result = await exchange({ repository, store, places, options, tally, sameTree })
      if (result) return result
      if (Date.now() > until) {
        throw new MhvError(
          'CONTENTION',
          `Others kept pushing tasks to ${remote} for ${patience / 1000} s. What they pushed is merged here; what is new here is not there yet.`,
          { recovery: [`mhv sync --remote ${shellWord(remote)}`], data: { remote } },
        )
      }
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())))
    }
  } catch (error) {
    if (error instanceof MhvError && error.error === 'REMOTE_REFUSED')
      noteRefusal(repository, places, error, options)
    throw await withStanding(repository, places, error, tally.received, tally.answered ? options.now : null)
  } finally {
    queue.release()
  }
}
