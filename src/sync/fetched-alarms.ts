import { MhvError } from '../errors.ts'
import { isAncestor, readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { plainBranchRef } from '../store/fetched-log-refs.ts'
import { storeDirectory, TASKS_REF } from '../store/git-store.ts'
import { fetchRefspec } from '../store/initialise.ts'
import { type RemoteAlarm, type RemoteMark, readRemoteMark } from '../store/remote-marks.ts'
import { isCutOff, trackedLogs } from './fetch-logs.ts'
import { judgeRemote } from './judge-remote.ts'
import { branchesRefspec, isFetchedBy } from './plain-branch.ts'
import { type RemotePlaces, readRemoteSettings, remotePlaces } from './remote-places.ts'
import { lossesBetween } from './restore-events.ts'

/** What was fetched of a remote's log and is not what it is to be. A sync may have met it, and could not put it right. */
export interface FetchedAlarm extends RemoteAlarm {
  /** Where that was fetched to. */
  readonly tracked: string
}

/** What was last fetched of a log. */
interface Fetched {
  /** The ref that it is on the remote. */
  readonly ref: string
  readonly tip: string | null
  /** Where it was fetched to. */
  readonly tracked: string
}

/**
 * What was last fetched of a remote's log; null where that tells nothing. What is not there, and is fetched by a refspec
 * of the user's, was taken away by `git fetch --prune`. A branch comes to a ref of git's own.
 * Errors: those of trackedLogs.
 */
export async function lastFetched(repository: Repository, places: RemotePlaces): Promise<Fetched | null> {
  const { remote, branch } = places
  const { place, tasks } = await trackedLogs(repository, places)
  const ref = place.tasks
  const isBranch = place === branch
  const plain = isBranch ? plainBranchRef(remote, ref) : place.trackedTasks
  const tip = isBranch ? await readRef(repository, plain) : tasks
  if (tip) return { ref, tip, tracked: plain }
  const refspec = isBranch ? branchesRefspec(remote) : fetchRefspec(remote)
  if (await isFetchedBy(repository, remote, refspec)) return { ref, tip: null, tracked: plain }
  return tasks ? { ref, tip: tasks, tracked: place.trackedTasks } : null
}

/** What a log that went on does not hold any more, or otherwise. What is merged here is judged with the log here. */
async function damageSince(
  repository: Repository,
  { remote, url }: RemotePlaces,
  seen: RemoteMark,
  { ref, tip }: Fetched,
): Promise<RemoteAlarm | null> {
  const from = seen.url === url && seen.ref === ref ? seen.tip : null
  if (!from || !tip || from === tip) return null
  const ours = await readRef(repository, TASKS_REF)
  if (!ours || (await isAncestor(repository, tip, ours))) return null
  const losses = await lossesBetween(repository, from, tip, tip)
  if (losses.length === 0) return null
  return { at: '', remote, url, what: 'damaged', from, to: tip, tasks: losses.map(({ task }) => task) }
}

async function fetchedAlarm(repository: Repository, places: RemotePlaces): Promise<FetchedAlarm | null> {
  const { remote, url } = places
  const mark = readRemoteMark(storeDirectory(repository), remote)
  const fetched = mark && (await lastFetched(repository, places))
  // A host that hides the ref shows none either, and has said so.
  if (!fetched || (fetched.tip === null && mark.refused)) return null
  const { ref, tip, tracked } = fetched
  const alarm =
    (await judgeRemote(repository, remote, url, ref, mark, tip, '')) ??
    (await damageSince(repository, places, mark, fetched))
  // Of a history that git has cut off it cannot be told what it holds; a sync fetches the rest.
  if (!alarm || (tip !== null && (await isCutOff(repository, tip)))) return null
  return { ...alarm, tracked }
}

/**
 * What remotes have done to their logs since the last sync with them, as far as plain `git fetch` has shown it. Nothing is
 * known of a remote that this clone never synced with. Errors: OBJECT_MISSING, GIT_FAILED.
 */
export async function fetchedAlarms(repository: Repository): Promise<FetchedAlarm[]> {
  const settings = await readRemoteSettings(repository)
  const alarms: FetchedAlarm[] = []
  for (const remote of settings.names) {
    try {
      const alarm = await fetchedAlarm(repository, await remotePlaces(repository, remote, settings))
      if (alarm) alarms.push(alarm)
    } catch (error) {
      // What is configured wrongly is said by whoever syncs.
      const isConfigured = error instanceof MhvError && ['INVALID_INPUT', 'NO_REMOTE'].includes(error.error)
      if (!isConfigured) throw error
    }
  }
  return alarms
}
