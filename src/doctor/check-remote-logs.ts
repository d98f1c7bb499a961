import { shellWord } from '../errors.ts'
import { sameTree as haveSameTree } from '../git/objects.ts'
import { isAncestor, readRef, remotes } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { fetchedLogRefs, isLogTip } from '../store/fetched-log-refs.ts'
import { storeDirectory } from '../store/git-store.ts'
import { type RemoteAlarm, readRemoteMark } from '../store/remote-marks.ts'
import { fetchedAlarms } from '../sync/fetched-alarms.ts'
import { type Finding, reported } from './finding.ts'

/** Names a task, and how many more. */
export const tasksNamed = (tasks: readonly string[]): string =>
  tasks.length === 1 ? `task ${tasks[0]}` : `${tasks.length} tasks, ${tasks[0]} among them`

/**
 * The finding for a remote's log that is less than was seen there, or another one.
 * @param where how the log is called
 * @param shown what shows to git what is there now
 */
export function alarmFinding(alarm: RemoteAlarm, where: string, shown: string): Finding {
  const { remote, what, from, to, tasks = [] } = alarm
  const sync = `mhv sync --remote ${shellWord(remote)}`
  if (what === 'damaged') {
    const message = `${where} went on without what it had held of ${tasksNamed(tasks)}: ${from.slice(0, 12)} holds that, ${to!.slice(0, 12)} does not. Syncing puts it back, and keeps an alarm.`
    return reported('REMOTE_DAMAGED', 'error', message, sync)
  }
  if (what === 'replaced') {
    const message = `${where} is another log than was seen there: ${from.slice(0, 12)} is not in ${to!.slice(0, 12)}. Syncing merges and pushes nothing until that is accepted.`
    return reported(
      'REMOTE_REPLACED',
      'error',
      message,
      `git log --oneline ${shown}`,
      `${sync} --accept-replaced`,
    )
  }
  const how = to
    ? `was moved back: ${from.slice(0, 12)} was seen there, ${to.slice(0, 12)} is there`
    : `is gone: ${from.slice(0, 12)} was seen there`
  const message = `${where} ${how}. Syncing sends what is missing again, and keeps an alarm.`
  return reported('REMOTE_REWOUND', 'error', message, sync)
}

/** That a log that was fetched has what the one here has not. */
async function newsFinding(
  repository: Repository,
  remote: string,
  theirs: string,
  tip: string,
): Promise<Finding | null> {
  if (await isAncestor(repository, theirs, tip)) return null
  // The same files by other merges: nothing is to be synced.
  if (await haveSameTree(repository, theirs, tip)) return null
  if (!(await isLogTip(repository, theirs))) return null
  const sync = `mhv sync --remote ${shellWord(remote)}`
  if (await isAncestor(repository, tip, theirs)) {
    const message = `The log of ${remote}, as last fetched, has changes that are not taken over yet.`
    return reported('LOG_BEHIND', 'warning', message, sync)
  }
  const message = `The log of ${remote}, as last fetched, and the one here each have what the other lacks.`
  return reported('LOG_DIVERGED', 'warning', message, sync)
}

/** What the logs that were fetched from the remotes have and the one here has not, and what they have no more. */
export async function remoteLogFindings(repository: Repository, tip: string): Promise<Finding[]> {
  const alarms = await fetchedAlarms(repository)
  const found = alarms.map((alarm) =>
    alarmFinding(alarm, `The log of ${alarm.remote}, as last fetched,`, alarm.tracked),
  )
  const directory = storeDirectory(repository)
  for (const remote of await remotes(repository)) {
    if (alarms.some((alarm) => alarm.remote === remote)) continue
    for (const ref of fetchedLogRefs(remote, readRemoteMark(directory, remote))) {
      const theirs = await readRef(repository, ref)
      const finding = theirs && (await newsFinding(repository, remote, theirs, tip))
      if (!finding) continue
      found.push(finding)
      break
    }
  }
  return found
}
