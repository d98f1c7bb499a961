import { MhvError } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { storeDirectory } from '../store/git-store.ts'
import { fetchRefspec } from '../store/initialise.ts'
import { type RemoteAlarm, readRemoteMark } from '../store/remote-marks.ts'
import { isCutOff, trackedLogs } from './fetch-logs.ts'
import { judgeRemote } from './judge-remote.ts'
import { type Place, type RemotePlaces, readRemoteSettings, remotePlaces } from './remote-places.ts'

/** What was fetched of a remote's log and is not what it is to be. A sync may have met it, and could not put it right. */
export interface FetchedAlarm extends RemoteAlarm {
  /** Where that was fetched to. */
  readonly tracked: string
}

/** Whether plain `git fetch --prune` takes our ref of a remote's log away exactly when the remote has none. */
async function isPruned(repository: Repository, { remote, custom }: RemotePlaces, place: Place) {
  if (place !== custom) return false
  const said = await runGit(['config', '--get-all', `remote.${remote}.fetch`], repository.git)
  return said.stdout.toString('utf8').split('\n').includes(fetchRefspec(remote))
}

async function fetchedAlarm(repository: Repository, places: RemotePlaces): Promise<FetchedAlarm | null> {
  const { remote, url } = places
  const mark = readRemoteMark(storeDirectory(repository), remote)
  const { place, tasks } = await trackedLogs(repository, places)
  // A host that hides the ref shows none either, and has said so.
  if (tasks === null && (mark?.refused || !(await isPruned(repository, places, place)))) return null
  const alarm = await judgeRemote(repository, remote, url, place.tasks, mark, tasks, '')
  // Of a history that git has cut off it cannot be told what it holds; a sync fetches the rest.
  if (!alarm || (tasks !== null && (await isCutOff(repository, tasks)))) return null
  return { ...alarm, tracked: place.trackedTasks }
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
