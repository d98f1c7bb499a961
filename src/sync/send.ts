import { MhvError, shellWord } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import { moveRef, readRef } from '../git/refs.ts'
import { listRemoteRefs, type PushedRef, pushRefs } from '../git/remote.ts'
import { TASKS_BRANCH } from '../store/fetched-log-refs.ts'
import { countChanges } from './count-changes.ts'
import type { FetchedLogs } from './fetch-logs.ts'
import { type RemotePlaces, refSetting } from './remote-places.ts'
import type { Sync } from './sync-result.ts'

const HIDDEN = 'it does not show the ref, so that nobody could fetch it'

function refused(places: RemotePlaces, ref: string, reason: string): MhvError {
  const { remote, branch } = places
  const branchInstead =
    ref === branch.tasks
      ? []
      : [
          `git config ${shellWord(refSetting(remote))} ${TASKS_BRANCH}`,
          `mhv sync --remote ${shellWord(remote)}`,
        ]
  const how = reason === HIDDEN ? 'does not serve' : 'does not take'
  return new MhvError('REMOTE_REFUSED', `${remote} ${how} ${ref}: ${reason}.`, {
    recovery: ['mhv doctor --remote', ...branchInstead],
    data: { remote, ref, reason },
  })
}

/**
 * Whether a remote shows a ref that was made just now. Asked once, when there is a first push: later the fetch tells. Where
 * the remote is away by then, the next sync tells.
 */
async function shows({ repository, places, options }: Sync, ref: string): Promise<boolean> {
  try {
    return (await listRemoteRefs(repository, places.remote, [ref], options)).has(ref)
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    return true
  }
}

/**
 * @returns whether the tasks have arrived; else somebody was faster
 * Errors: REMOTE_REFUSED; those of pushRefs.
 */
export async function send(
  sync: Sync,
  fetched: FetchedLogs,
  wanted: ReadonlyMap<string, string>,
): Promise<boolean> {
  const { repository, places, options, tally } = sync
  const { place } = fetched
  const refspecs = [...wanted].map(([ref, tip]) => `${tip}:${ref}`)
  const counted = (ref: string, from: string | null, folder: 'tasks/' | 'results/') => {
    const tip = wanted.get(ref)
    return tip === undefined ? 0 : countChanges(repository, from, tip, folder)
  }
  // Counting waits for nobody, and the push waits for the remote.
  const [outcomes, tasksSent, gatesSent] = await Promise.all([
    pushRefs(repository, places.remote, refspecs, options),
    counted(place.tasks, fetched.tasks, 'tasks/'),
    counted(place.gates, fetched.gatesAtPlace, 'results/'),
  ])
  faultPoint('after-push')
  const of = (ref: string): PushedRef | undefined => outcomes.find((pushed) => pushed.ref === ref)
  const tasks = of(place.tasks)
  if (tasks?.outcome === 'refused') throw refused(places, place.tasks, tasks.reason)
  // A ref that is there, or that moves, and is not shown: twice in a row that is nobody who has just made it.
  if (fetched.tasks === null && (tasks?.outcome === 'there' || tasks?.outcome === 'raced')) {
    tally.unseen += 1
    if (tally.unseen >= 3) throw refused(places, place.tasks, HIDDEN)
    return false
  }
  if (fetched.tasks === null && tasks?.outcome === 'pushed' && !(await shows(sync, place.tasks)))
    throw refused(places, place.tasks, HIDDEN)
  const arrived = (ref: string) => ['pushed', 'there'].includes(of(ref)?.outcome ?? '')
  if (arrived(place.tasks)) tally.sent += tasksSent
  if (arrived(place.gates)) tally.gatesSent += gatesSent
  if (outcomes.some(({ outcome }) => outcome === 'raced')) return false
  const gates = of(place.gates)
  if (gates?.outcome === 'refused') {
    const { error, message } = refused(places, place.gates, gates.reason)
    tally.problems.push({ code: error, message })
  }
  for (const [ref, tracked] of [
    [place.tasks, place.trackedTasks],
    [place.gates, place.trackedGates],
  ] as const) {
    if (!arrived(ref)) continue
    // Where the user's refspec covers the ref, git has moved it already.
    const now = await readRef(repository, tracked)
    const tip = wanted.get(ref)!
    if (now !== tip) await moveRef(repository, tracked, tip, now)
  }
  return true
}
