import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MhvError } from '../errors.ts'
import { isAncestor, readRef } from '../git/refs.ts'
import { fetchRefs, type RemoteOptions, requireGitAnswer } from '../git/remote.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { readFormat } from '../store/read-settings.ts'
import { type Place, type RemotePlaces, refspecsOf } from './remote-places.ts'

/** What a remote has, as of one answer of it. */
export interface FetchedLogs {
  /** The refs that carry its logs, and that are pushed to. */
  readonly place: Place
  /** Tip of its task log there; null where it has none. */
  readonly tasks: string | null
  /** Another task log of it, where it has one as a ref of ours and one as a branch. */
  readonly otherTasks: string | null
  /** Tips of its logs of gates. */
  readonly gates: readonly string[]
  readonly gatesAtPlace: string | null
}

/** Another git, a plain fetch for one, was just updating the same refs. */
const BESIDE_ANOTHER = /cannot lock ref|unable to update local ref|Unable to create '[^']*\.lock'/
const TRIES = 5

/**
 * Settings of the user's that have nothing to say here: their refspecs, which in a mirror would put the remote's log in
 * the place of ours; and the filter of a partial clone, since a log is needed whole.
 */
const FLAGS = ['--refmap=', '--no-filter'] as const

async function fetchOnce(
  repository: Repository,
  places: RemotePlaces,
  options: RemoteOptions,
  flags: readonly string[],
): Promise<void> {
  for (let left = TRIES; ; left--) {
    try {
      return await fetchRefs(repository, places.remote, refspecsOf(places), options, [...FLAGS, ...flags])
    } catch (error) {
      const isBeside =
        error instanceof MhvError && error.error === 'GIT_FAILED' && BESIDE_ANOTHER.test(error.message)
      if (!isBeside || left === 1) throw error
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100))
    }
  }
}

/** Whether the history of a log is cut off, as `git fetch --depth` leaves it: nothing could be merged with it. */
export async function isCutOff(repository: Repository, tip: string): Promise<boolean> {
  let cuts: Set<string>
  try {
    cuts = new Set(readFileSync(join(repository.commonDir, 'shallow'), 'latin1').split('\n').filter(Boolean))
  } catch {
    return false
  }
  const result = await runGit(['rev-list', '--max-parents=0', tip], repository.git)
  const roots = result.stdout.toString('latin1').split('\n').filter(Boolean)
  return roots.some((root) => cuts.has(root))
}

async function isLog(repository: Repository, tip: string): Promise<boolean> {
  try {
    await readFormat(repository, tip)
    return true
  } catch (error) {
    if (error instanceof MhvError && error.error === 'NOT_A_LOG') return false
    throw error
  }
}

const readTips = (repository: Repository, { custom, branch }: RemotePlaces) =>
  Promise.all(
    [custom.trackedTasks, branch.trackedTasks, custom.trackedGates, branch.trackedGates].map((ref) =>
      readRef(repository, ref),
    ),
  )

/**
 * What was last fetched of a remote, by whatever command. A remote that has a log as a branch only, or went on in one, is
 * taken as one that takes nothing else. Errors: OBJECT_MISSING where a branch of the log's name is not all here.
 */
export async function trackedLogs(repository: Repository, places: RemotePlaces): Promise<FetchedLogs> {
  const { custom, branch, prefersBranch, prefersCustom, isKnownBranch } = places
  const tips = await readTips(repository, places)
  const [customTasks = null, branchTasks = null, customGates = null, branchGates = null] = tips
  // Where the log was in the branch, one that is not there was deleted: the host still takes nothing else.
  const isMeant = prefersBranch || (isKnownBranch && customTasks === null)
  // Anybody may have a branch of that name.
  const branchLog = branchTasks && (isMeant || (await isLog(repository, branchTasks))) ? branchTasks : null
  // A branch that holds all of the ref of ours goes on where that did: the host takes it no longer, and shows it still.
  const goesOn =
    branchLog !== null &&
    (customTasks === null || (!prefersCustom && (await isAncestor(repository, customTasks, branchLog))))
  const isBranch = isMeant || goesOn
  const tasks = isBranch ? branchLog : customTasks
  return {
    place: isBranch ? branch : custom,
    tasks,
    otherTasks: isBranch ? customTasks : branchLog,
    gates: [customGates, branchLog && branchGates].flatMap((tip) => tip ?? []),
    gatesAtPlace: isBranch ? branchGates : customGates,
  }
}

/** Asks a remote, with one command, for all that it has of our logs. Errors: those of fetchRefs and trackedLogs. */
export async function fetchLogs(
  repository: Repository,
  places: RemotePlaces,
  options: RemoteOptions,
): Promise<FetchedLogs> {
  await fetchOnce(repository, places, options, [])
  const present = (await readTips(repository, places)).flatMap((tip) => tip ?? [])
  if (present.length === 0 && /^https?:/i.test(places.url)) {
    await requireGitAnswer(repository, places.remote, options)
  }
  for (const tip of present) {
    if (!(await isCutOff(repository, tip))) continue
    // Of these refs alone, so that the code stays as shallow as it is: one more would mean everything.
    await fetchOnce(repository, places, options, ['--depth=2147483646'])
    break
  }
  return trackedLogs(repository, places)
}
