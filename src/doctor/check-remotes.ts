import { MhvError, shellWord } from '../errors.ts'
import { isAncestor, readRef, remotes } from '../git/refs.ts'
import { listRemoteRefs, pushRefs, type RemoteOptions } from '../git/remote.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { TASKS_BRANCH } from '../store/fetched-log-refs.ts'
import { storeDirectory, TASKS_REF } from '../store/git-store.ts'
import { type RemoteMark, readRemoteMark } from '../store/remote-marks.ts'
import { ROOT } from '../store/task-store.ts'
import { lastFetched } from '../sync/fetched-alarms.ts'
import { type RemotePlaces, readRemoteSettings, refSetting, remotePlaces } from '../sync/remote-places.ts'
import { remoteTipFindings } from './check-remote-tips.ts'
import { type Finding, reported } from './finding.ts'

const syncWith = (remote: string) => `mhv sync --remote ${shellWord(remote)}`

/** The finding for a remote that does not keep, or does not show, the refs that tasks travel in. */
function refusal({ remote, branch, prefersBranch }: RemotePlaces, how: string): Finding {
  if (prefersBranch) {
    const message = `${remote} ${how}, though ${refSetting(remote)} names ${branch.tasks}.`
    return reported(
      'REMOTE_REFUSES',
      'error',
      message,
      `git config --unset ${shellWord(refSetting(remote))}`,
      syncWith(remote),
    )
  }
  const message = `${remote} ${how}. The tasks can travel in the branch mtos/tasks there instead, which everybody sees among the branches.`
  const step = `git config ${shellWord(refSetting(remote))} ${TASKS_BRANCH}`
  return reported('REMOTE_REFUSES', 'error', message, step, syncWith(remote))
}

/** A ref of its own for every try, so that two do not meet. */
const probeRef = () => `refs/mtos/probe/${process.pid}-${Date.now().toString(36)}`

/** Pushes a ref that means nothing, looks whether it shows, and takes it away again. */
async function probe(
  repository: Repository,
  places: RemotePlaces,
  tip: string,
  options: RemoteOptions,
): Promise<Finding[]> {
  const { remote } = places
  const ref = probeRef()
  const [pushed] = await pushRefs(repository, remote, [`${tip}:${ref}`], options)
  if (pushed?.outcome === 'refused')
    return [refusal(places, `does not take refs like ${ref}: ${pushed.reason}`)]
  const shown = (await listRemoteRefs(repository, remote, [ref], options)).has(ref)
  const [taken] = await pushRefs(repository, remote, [`:${ref}`], options)
  const left =
    taken?.outcome === 'refused'
      ? [
          reported(
            'REMOTE_REFUSES',
            'warning',
            `${remote} took ${ref} for a try and does not let it be deleted: ${taken.reason}.`,
            `git push ${shellWord(remote)} :${ref}`,
          ),
        ]
      : []
  return shown
    ? left
    : [
        refusal(places, `takes refs like ${ref} and does not show them, so that nobody could fetch them`),
        ...left,
      ]
}

/** Whether a tip that a remote shows has not been fetched, and is not in the log here. */
async function isNews(
  repository: Repository,
  { custom, branch }: RemotePlaces,
  mark: RemoteMark | null,
  tip: string,
): Promise<boolean> {
  if (tip === mark?.tip) return false
  for (const ref of [custom.trackedTasks, branch.trackedTasks]) {
    if (tip === (await readRef(repository, ref))) return false
  }
  const ours = await readRef(repository, TASKS_REF)
  return ours === null || !(await isAncestor(repository, tip, ours))
}

/** What a remote shows, against what is known of it. */
async function remoteFindings(
  repository: Repository,
  places: RemotePlaces,
  root: string | null,
  options: RemoteOptions,
): Promise<Finding[]> {
  const { remote, url, custom, branch, prefersBranch, isKnownBranch } = places
  const asked = [custom, branch].flatMap(({ tasks, gates }) => [tasks, gates])
  const shown = await listRemoteRefs(repository, remote, asked, options)
  const known = readRemoteMark(storeDirectory(repository), remote)
  const mark = known?.url === url ? known : null
  const isBranch = prefersBranch || (isKnownBranch && !shown.has(custom.tasks))
  const wanted = isBranch ? branch : custom
  // What it shows may be what it took before.
  if (mark?.refused?.ref === wanted.tasks) {
    return [refusal(places, `did not take ${mark.refused.ref}: ${mark.refused.reason}`)]
  }
  const there = (isBranch ? [branch] : [custom, branch]).filter(({ tasks }) => shown.has(tasks))
  let isBehind = false
  for (const place of there) {
    const wrong = await remoteTipFindings(repository, places, place, shown, mark, options)
    // Anybody may have a branch of that name.
    const isOthers = place !== wanted && wrong[0]?.code === 'NOT_A_LOG'
    if (wrong.length > 0 && !isOthers) return wrong
    isBehind ||= !isOthers && (await isNews(repository, places, mark, shown.get(place.tasks)!))
  }
  if (isBehind) {
    const message = `${remote} has tasks that were not fetched yet.`
    return [reported('LOG_BEHIND', 'warning', message, syncWith(remote))]
  }
  if (there.length > 0) return []
  if (root !== null && !isBranch) {
    const found = await probe(repository, places, root, options)
    if (found.length > 0) return found
  }
  // Where git fetch has shown that, it is told without asking.
  if (!mark?.tip || (await lastFetched(repository, places))?.tip === null) return []
  const message = `${remote} shows no ${wanted.tasks}, which was there before: it was deleted, or is hidden now. Syncing tells, and sends the tasks again.`
  return [reported('REMOTE_LACKS_LOG', 'warning', message, syncWith(remote))]
}

/** The commit that the log here begins with, if it is here: it holds no task, so that anybody may see it. */
async function beginning(repository: Repository): Promise<string | null> {
  const said = await runGit(['rev-list', '--max-parents=0', TASKS_REF], repository.git)
  for (const root of said.stdout.toString('latin1').split('\n').filter(Boolean)) {
    const files = await runGit(['ls-tree', '--name-only', '--full-tree', root], repository.git)
    if (files.stdout.toString('latin1').trim() === ROOT.file) return root
  }
  return null
}

/**
 * Asks every remote what it has of the tasks.
 * @param tries whether a ref is pushed, and taken away again, to see whether a remote takes ours
 * Errors: those that are no failure of a remote.
 */
export async function remotesFindings(
  repository: Repository,
  tries: boolean,
  options: RemoteOptions,
): Promise<Finding[]> {
  const root = tries ? await beginning(repository) : null
  const found: Finding[] = []
  for (const remote of await remotes(repository)) {
    try {
      const places = await remotePlaces(repository, remote, await readRemoteSettings(repository))
      found.push(...(await remoteFindings(repository, places, root, options)))
    } catch (error) {
      if (!(error instanceof MhvError)) throw error
      found.push(
        reported('REMOTE_AWAY', 'warning', error.message, ...(error.recovery as [string, ...string[]])),
      )
    }
  }
  return found
}
