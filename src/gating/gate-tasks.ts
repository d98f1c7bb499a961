import { hasConfig } from '../config/has-config.ts'
import type { GateProgress, GateReport } from '../gates/gate-report.ts'
import { treeAt } from '../git/checkout.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { TaskStore } from '../store/task-store.ts'
import type { Environment } from '../tasks/seal.ts'
import { checkedOutBranch, currentTask } from '../worktrees/current-task.ts'
import type { Evidence } from '../worktrees/evidence.ts'
import { placeOf, workOf } from './gate-subject.ts'

export interface Workshop {
  readonly repository: Repository
  readonly store: TaskStore
  readonly environment: Environment
}

/** A task whose work is to be gated. */
export interface ToGate {
  readonly id: string
  readonly number: number
  /** The branch that the task was started on, also where that is gone. */
  readonly recorded: string | null
  readonly evidence: Evidence
}

/** A task with what the gates said of its work, null where none ran. */
export interface Gated extends ToGate {
  readonly report: GateReport | null
}

interface HowToGate {
  readonly useCache: boolean
  readonly onProgress?: (progress: GateProgress) => void
}

/**
 * What is gated for a task: its work. Where its branch is gone, its work is supposed to be in what is checked out here,
 * so that a branch that was deleted too early passes no gate.
 */
async function judgedFor(repository: Repository, { recorded, evidence }: ToGate): Promise<Evidence> {
  if (evidence.commit || recorded === null) return evidence
  const head = await treeAt(repository.git, 'HEAD')
  return { commit: head?.commit ?? null, branch: head && checkedOutBranch(repository) }
}

/**
 * Runs the gates on a commit that is a task's work; null where nothing is configured. Gates, and what reads their
 * configuration, are only loaded where something is.
 */
async function gateWork(
  { repository, store, environment }: Workshop,
  { onProgress, useCache }: HowToGate,
  view: Snapshot,
  work: { readonly id: string } & Evidence,
): Promise<GateReport | null> {
  const place = await placeOf(repository, work.branch)
  if (place !== null && !hasConfig(place)) return null
  const found = await workOf(repository, store, view, work)
  if (!found) return null
  const { gateCommit } = await import('./gate-commit.ts')
  return gateCommit(repository, found.subject, {
    moment: 'done',
    useCache,
    ...(place ? { place } : {}),
    ...(onProgress ? { onProgress } : {}),
    environment,
  })
}

/** Whether gates are configured for `done` where this runs. Errors: CONFIG_INVALID. */
async function hasGates({ workTree }: Repository): Promise<boolean> {
  if (!hasConfig(workTree)) return false
  const { loadConfig } = await import('../config/load-config.ts')
  return (await loadConfig(workTree)).config.gates.some(({ when }) => when.includes('done'))
}

/** How many commits what is checked out in this linked worktree has and the branch has not; 0 where another task is here. */
async function commitsBeside(repository: Repository, id: string, branch: string): Promise<number> {
  if (repository.gitDir === repository.commonDir) return 0
  const current = await currentTask(repository)
  if (current !== null && current !== id) return 0
  const args = ['rev-list', '--count', `refs/heads/${branch}..HEAD`, '--']
  const result = await runGit(args, repository.git)
  return result.status === 0 ? Number(result.stdout.toString('latin1')) : 0
}

/** What people would not expect of what was judged for a task, as a sentence; null where it is what they see. */
async function remarkOn(
  repository: Repository,
  { id, number, recorded, evidence }: ToGate,
  judged: Evidence,
): Promise<string | null> {
  const tip = judged.commit!.slice(0, 12)
  if (!evidence.commit) {
    const here = judged.branch ? `${judged.branch} at ${tip}` : tip
    return `#${number}: its branch ${recorded} is gone; what is checked out here was judged instead, ${here}.`
  }
  const { branch } = evidence
  if (branch === null || (await placeOf(repository, branch)) !== null) return null
  const beside = await commitsBeside(repository, id, branch)
  const more = beside === 1 ? 'a commit' : `${beside} commits`
  const said = beside > 0 ? ` What is checked out here has ${more} that ${branch} lacks: not judged.` : ''
  return `#${number}: ${branch} is checked out nowhere; its tip ${tip} was judged.${said}`
}

/**
 * Runs the gates on the work of tasks, each commit once.
 * @returns also sentences on what they were run on, where that is not what people see. Errors: those of gateCommit.
 */
export async function gateTasks(
  workshop: Workshop,
  how: HowToGate,
  view: Snapshot,
  tasks: readonly ToGate[],
): Promise<{ gated: Gated[]; remarks: string[] }> {
  const { repository } = workshop
  const reports = new Map<string, GateReport | null>()
  const gated: Gated[] = []
  const remarks: string[] = []
  for (const task of tasks) {
    const judged = await judgedFor(repository, task)
    const { commit } = judged
    if (commit && !reports.has(commit))
      reports.set(commit, await gateWork(workshop, how, view, { id: task.id, ...judged }))
    const report = reports.get(commit ?? '') ?? null
    gated.push({ ...task, report })
    const remark = report && report.results.length > 0 ? await remarkOn(repository, task, judged) : null
    if (remark) remarks.push(remark)
  }
  const without = tasks
    .filter(({ recorded, evidence }) => !evidence.commit && recorded === null)
    .map(({ number }) => `#${number}`)
  if (without.length > 0 && (await hasGates(repository)))
    remarks.push(`${without.join(', ')}: without a branch there is no work to run gates on.`)
  return { gated, remarks }
}
