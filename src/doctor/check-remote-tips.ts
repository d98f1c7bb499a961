import { MhvError } from '../errors.ts'
import { readRef } from '../git/refs.ts'
import { fetchRefs, type RemoteOptions } from '../git/remote.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { GATES_REF, TASKS_REF } from '../store/git-store.ts'
import { readFormat } from '../store/read-settings.ts'
import type { RemoteMark } from '../store/remote-marks.ts'
import { FORMAT } from '../store/task-store.ts'
import { lastFetched } from '../sync/fetched-alarms.ts'
import { judgeRemote } from '../sync/judge-remote.ts'
import type { Place, RemotePlaces } from '../sync/remote-places.ts'
import { alarmFinding } from './check-remote-logs.ts'
import { type Finding, reported } from './finding.ts'

/** What a remote has at a ref, if it is no log that could be merged with one of ours. */
async function tipFindings(
  repository: Repository,
  remote: string,
  ref: string,
  tip: string,
  options: RemoteOptions,
): Promise<Finding[]> {
  const isHere = (await runGit(['cat-file', '-e', tip], repository.git)).status === 0
  // Into no ref: what is found out here changes nothing.
  if (!isHere) await fetchRefs(repository, remote, [ref], options, ['--refmap=', '--no-filter'])
  const where = `${ref} of ${remote}`
  try {
    const format = await readFormat(repository, tip)
    if (format <= FORMAT) return []
    const message = `${where} is of format ${format}, which a newer version of mhv wrote; this one reads it and does not merge it.`
    return [reported('NEWER_FORMAT', 'error', message, 'mhv version')]
  } catch (error) {
    if (!(error instanceof MhvError) || error.error !== 'NOT_A_LOG') throw error
    const log = ref.endsWith('gates') ? 'log of gates' : 'task log'
    const message = `${where} holds something else than a ${log}: ${error.message} Nothing is merged with it or pushed over it.`
    return [reported('NOT_A_LOG', 'error', message, `git show --stat ${tip}`)]
  }
}

/**
 * What keeps the logs that a remote shows from being synced. Fetches what is not here.
 * @param shown tips by the names of refs on the remote
 * @param mark what is known of it, at this address
 * Errors: those of fetchRefs and readFormat.
 */
export async function remoteTipFindings(
  repository: Repository,
  places: RemotePlaces,
  place: Place,
  shown: ReadonlyMap<string, string>,
  mark: RemoteMark | null,
  options: RemoteOptions,
): Promise<Finding[]> {
  const { remote, url } = places
  const found: Finding[] = []
  for (const [ref, own] of [
    [place.tasks, TASKS_REF],
    [place.gates, GATES_REF],
  ] as const) {
    const tip = shown.get(ref)
    if (tip === undefined || tip === (await readRef(repository, own))) continue
    const wrong = await tipFindings(repository, remote, ref, tip, options)
    found.push(...wrong)
    if (wrong.length > 0 || own === GATES_REF) continue
    // What was fetched already is told without asking.
    if (tip === (await lastFetched(repository, places))?.tip) continue
    const alarm = await judgeRemote(repository, remote, url, ref, mark, tip, '')
    if (alarm) found.push(alarmFinding(alarm, `${ref} of ${remote}`, tip))
  }
  return found
}
