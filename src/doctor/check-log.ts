import { isAncestor, readRef, remotes } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { TASKS_REF } from '../store/git-store.ts'
import { readHighWater } from '../store/high-water.ts'
import { trackingRef } from '../store/initialise.ts'
import { type Finding, mendable, reported } from './finding.ts'

const exists = async (repository: Repository, commit: string) =>
  (await runGit(['cat-file', '-e', `${commit}^{commit}`], { cwd: repository.commonDir })).status === 0

async function isFetched(repository: Repository): Promise<boolean> {
  for (const remote of await remotes(repository)) {
    if (await readRef(repository, trackingRef(remote))) return true
  }
  return false
}

/** Where the log's ref is gone: what was seen last brings it back, if git still has it. */
async function goneFindings(repository: Repository, seen: string | null): Promise<Finding[]> {
  if (!seen) {
    const message = 'This repository has no task log yet.'
    return [reported('NOT_INITIALISED', 'error', message, 'mhv init')]
  }
  if (await exists(repository, seen)) {
    const message = `The log’s ref ${TASKS_REF} is gone; its last known commit ${seen.slice(0, 12)} is still here.`
    return [mendable('LOG_GONE', 'error', message, { kind: 'restore-log', to: seen, from: null })]
  }
  const rest = (await isFetched(repository))
    ? '“mhv init” then takes over what was fetched'
    : '“git fetch” may bring a remote’s log, “mhv init” takes it over or begins a new one'
  const message = `The log’s ref ${TASKS_REF} is gone, and so is its last known commit ${seen.slice(0, 12)}. --fix forgets it; ${rest}.`
  return [mendable('LOG_GONE', 'error', message, { kind: 'reset-mark', tip: null })]
}

/**
 * Whether the log is there and holds everything that this clone has seen of it.
 * @returns the tip, null where there is none that could be read
 */
export async function logFindings(
  repository: Repository,
  directory: string,
): Promise<{ tip: string | null; findings: Finding[] }> {
  const seen = readHighWater(directory)
  const tip = await readRef(repository, TASKS_REF)
  if (!tip) return { tip: null, findings: await goneFindings(repository, seen) }
  if (!(await exists(repository, tip))) {
    const message = `${TASKS_REF} points to ${tip}, which is not a commit that is here.`
    const step = `git cat-file -t ${tip}`
    if (seen && seen !== tip && (await exists(repository, seen))) {
      const mend = { kind: 'restore-log', to: seen, from: tip } as const
      return { tip: null, findings: [mendable('OBJECT_MISSING', 'error', message, mend)] }
    }
    return { tip: null, findings: [reported('OBJECT_MISSING', 'error', message, step)] }
  }
  if (!seen || (await isAncestor(repository, seen, tip))) return { tip, findings: [] }
  const short = `${TASKS_REF} was moved back: it is at ${tip.slice(0, 12)}, and ${seen.slice(0, 12)} was seen before`
  if (!(await exists(repository, seen))) {
    const message = `${short}, which git has no more. --fix takes the log as it is.`
    return { tip, findings: [mendable('LOG_REWOUND', 'error', message, { kind: 'reset-mark', tip })] }
  }
  if (await isAncestor(repository, tip, seen)) {
    const message = `${short}. Nothing has been added since, so --fix moves it forward again.`
    const mend = { kind: 'restore-log', to: seen, from: tip } as const
    return { tip, findings: [mendable('LOG_REWOUND', 'error', message, mend)] }
  }
  const message = `${short}. Each has what the other lacks. The step keeps what is here under refs/mtos/trash and goes back to what was seen.`
  const step = `git update-ref refs/mtos/trash/tasks-${tip.slice(0, 12)} ${tip} && git update-ref ${TASKS_REF} ${seen} ${tip}`
  return { tip, findings: [reported('LOG_REWOUND', 'error', message, step)] }
}
