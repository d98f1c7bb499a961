import { join } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import { isComplete } from '../git/objects.ts'
import { isAncestor, isTornRef, packedRef, readRef, remotes } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { trackingRef } from '../store/fetched-log-refs.ts'
import { TASKS_REF } from '../store/git-store.ts'
import { inspectHighWater, readHighWater } from '../store/high-water.ts'
import { loadIndex } from '../store/index-file.ts'
import { noLogHere } from '../store/log-elsewhere.ts'
import { readFormat } from '../store/read-settings.ts'
import { formatFindings, refetch } from './check-history.ts'
import { type Finding, mendable, reported } from './finding.ts'
import { newerLogs, unheldLogs } from './unheld-logs.ts'

const exists = async (repository: Repository, commit: string) =>
  (await runGit(['cat-file', '-e', `${commit}^{commit}`], repository.git)).status === 0

/** Whether a commit is here and is of something else than a task log: no state of it that could have been seen. */
async function isForeign(repository: Repository, commit: string): Promise<boolean> {
  try {
    await readFormat(repository, commit)
    return false
  } catch (error) {
    return error instanceof MhvError && error.error === 'NOT_A_LOG'
  }
}

/** The newest commit of the log that something remembers where there is no ref, or null. */
async function remembered(repository: Repository, directory: string): Promise<string | null> {
  for (const seen of [readHighWater(directory), loadIndex(directory)?.tip]) {
    if (seen && !(await isForeign(repository, seen))) return seen
  }
  return null
}

async function isFetched(repository: Repository): Promise<boolean> {
  for (const remote of await remotes(repository)) {
    if (await readRef(repository, trackingRef(remote))) return true
  }
  return false
}

/**
 * The finding that brings the log back to the last commit that something remembers, or to what was written after it:
 * the packed refs, and an index that was kept, may be many writes old, and nothing else would keep those from a gc.
 */
async function restoration(
  repository: Repository,
  code: 'LOG_GONE' | 'REF_DAMAGED',
  what: string,
  known: string,
): Promise<Finding> {
  const { newest, commits, others } = await newerLogs(repository, known)
  if (!newest) {
    const message = `${what} --fix goes back to it: no commit that follows it was found.`
    return mendable(code, 'error', message, { kind: 'restore-log', to: known, from: null })
  }
  const found = `${what} ${commits === 1 ? 'One commit that follows it was' : `${commits} commits that follow it were`} found, which no ref holds`
  if (others.length === 0) {
    const message = `${found}. --fix goes on from the newest, ${newest.slice(0, 12)}.`
    return mendable(code, 'error', message, { kind: 'restore-log', to: newest, from: null })
  }
  const ends = others.map((end) => end.slice(0, 12)).join(', ')
  const message = `${found}, and ${others.length} more that the newest does not hold (${ends}): attempts that were made again, or tasks of a log that was moved back. The step goes on from the newest, ${newest.slice(0, 12)}, and keeps the others under refs/mtos/trash.`
  return reported(code, 'error', message, takeUp(repository, newest, others))
}

/** The command that makes the log be at a commit, whatever its ref's file holds, and keeps others from a gc. */
function takeUp(repository: Repository, newest: string, others: readonly string[]): string {
  const kept = others.map((end) => `git update-ref refs/mtos/trash/tasks-${end.slice(0, 12)} ${end}`)
  const torn = isTornRef(repository, TASKS_REF)
    ? [`rm -f ${shellWord(join(repository.commonDir, TASKS_REF))}`]
    : []
  return [...kept, ...torn, `git update-ref ${TASKS_REF} ${newest}`].join(' && ')
}

/** Where the log's ref is gone: what was seen last brings it back, if git still has it. */
async function goneFindings(repository: Repository, seen: string | null): Promise<Finding[]> {
  if (!seen) {
    const { message, recovery } = await noLogHere(repository)
    return [reported('NOT_INITIALISED', 'error', message, ...(recovery as [string, ...string[]]))]
  }
  if (await exists(repository, seen)) {
    const gone = `The log’s ref ${TASKS_REF} is gone; its last known commit ${seen.slice(0, 12)} is still here.`
    return [await restoration(repository, 'LOG_GONE', gone, seen)]
  }
  const rest = (await isFetched(repository))
    ? '“mhv init” then takes over what was fetched'
    : '“git fetch” may bring a remote’s log, “mhv init” takes it over or begins a new one'
  const message = `The log’s ref ${TASKS_REF} is gone, and so is its last known commit ${seen.slice(0, 12)}. --fix forgets it; ${rest}.`
  return [mendable('LOG_GONE', 'error', message, { kind: 'reset-mark', tip: null })]
}

/** Where the ref's file holds no object id: the newest commit that something else remembers and that is whole. */
async function tornFindings(repository: Repository, directory: string): Promise<Finding[]> {
  const known = [
    await remembered(repository, directory),
    loadIndex(directory)?.tip,
    packedRef(repository, TASKS_REF),
  ]
  let to: string | null = null
  for (const tip of known) {
    if (!tip || !(await isComplete(repository, tip, null))) continue
    // A writer that was killed may have kept the index and not the mark.
    if (!to || (await isAncestor(repository, to, tip))) to = tip
  }
  const torn = `The file of the log’s ref ${TASKS_REF} is damaged, as a power cut may leave it`
  if (to) {
    const known = `${torn}; the last known commit ${to.slice(0, 12)} is whole.`
    return [await restoration(repository, 'REF_DAMAGED', known, to)]
  }
  const unknown = `${torn}, and no commit that it was at is known and whole.`
  const [only, ...more] = await unheldLogs(repository)
  if (only && more.length === 0) {
    const message = `${unknown} One commit of a task log is here that no ref holds; the step takes it up.`
    return [reported('REF_DAMAGED', 'error', message, takeUp(repository, only, []))]
  }
  const path = join(repository.commonDir, TASKS_REF)
  const message = `${unknown} The step names the commits that no ref holds, so that ${path} can be written again by hand.`
  return [reported('REF_DAMAGED', 'error', message, `cat ${shellWord(path)}; git fsck --lost-found`)]
}

/** Whether the mark can be read. */
function markFindings(directory: string, tip: string | null): Finding[] {
  if (inspectHighWater(directory) !== 'damaged') return []
  const message =
    'The mark of the newest commit that was seen is damaged: a log that is moved back goes unnoticed.'
  return [mendable('MARK_DAMAGED', 'warning', message, { kind: 'reset-mark', tip })]
}

/**
 * Whether the log is there and holds everything that this clone has seen of it.
 * @returns the tip, null where there is none that could be read
 */
export async function logFindings(
  repository: Repository,
  directory: string,
): Promise<{ tip: string | null; findings: Finding[] }> {
  const tip = await readRef(repository, TASKS_REF)
  const marks = markFindings(directory, tip)
  const log = await tipFindings(repository, directory, tip)
  return { tip: log.tip, findings: [...log.findings, ...marks] }
}

async function tipFindings(
  repository: Repository,
  directory: string,
  tip: string | null,
): Promise<{ tip: string | null; findings: Finding[] }> {
  const seen = tip ? readHighWater(directory) : await remembered(repository, directory)
  if (!tip && isTornRef(repository, TASKS_REF)) {
    return { tip: null, findings: await tornFindings(repository, directory) }
  }
  if (!tip) return { tip: null, findings: await goneFindings(repository, seen) }
  if (!(await exists(repository, tip))) {
    const message = `${TASKS_REF} points to ${tip}, which is not a commit that is here.`
    if (seen && seen !== tip && (await exists(repository, seen))) {
      const mend = { kind: 'restore-log', to: seen, from: tip } as const
      return { tip: null, findings: [mendable('OBJECT_MISSING', 'error', message, mend)] }
    }
    const isHere = (await runGit(['cat-file', '-e', tip], repository.git)).status === 0
    if (isHere) return { tip: null, findings: await formatFindings(repository, tip) }
    const step = (await refetch(repository)) ?? 'git fsck --full'
    return { tip: null, findings: [reported('OBJECT_MISSING', 'error', message, step)] }
  }
  if (!seen || (await isAncestor(repository, seen, tip))) return { tip, findings: [] }
  if (await isForeign(repository, seen)) {
    const message = `The mark of the newest commit that was seen names ${seen.slice(0, 12)}, which is of no task log; while it does, nothing can be written.`
    return { tip, findings: [mendable('MARK_DAMAGED', 'error', message, { kind: 'reset-mark', tip })] }
  }
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
