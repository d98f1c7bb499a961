import { hasConfig } from './config/has-config.ts'
import { MhvError } from './errors.ts'
import { faultPoint } from './fault-point.ts'
import { placeOf, workOf } from './gate-subject.ts'
import type { GateProgress, GateReport } from './gates/gate-report.ts'
import type { Repository } from './git/repository.ts'
import { handle, rehearse, type TaskReceipt, type Written } from './handle.ts'
import type { GateOverrideRequest, OverriddenWork } from './override-gates.ts'
import { findLiveTasks, type TaskNames } from './query/find-task.ts'
import type { Snapshot } from './snapshot/snapshot.ts'
import type { TaskStore } from './store/task-store.ts'
import type { Command } from './tasks/decide.ts'
import type { Environment } from './tasks/seal.ts'
import type { GateOutcome } from './tasks/task-state.ts'
import { type Evidence, evidenceFor } from './worktrees/evidence.ts'

export interface CompletionRequest {
  readonly targets: TaskNames
  /** Whether to complete although something is open, for the reason. */
  readonly force: boolean
  readonly reason: string | null
  /** Lets gates pass that did not, for the reason. */
  readonly override: GateOverrideRequest | null
  /** Whether recorded passes count. */
  readonly useCache: boolean
  readonly onProgress?: (progress: GateProgress) => void
  /** Told what the gates said, also where the tasks are then not completed. */
  readonly onReports?: (reports: readonly GateReport[]) => Promise<void>
}

export interface Completion {
  readonly written: Written<readonly TaskReceipt[]>
  readonly reports: readonly GateReport[]
  /** Sentences on what went otherwise than asked, although the tasks are completed. */
  readonly warnings: readonly string[]
}

interface Workshop {
  readonly repository: Repository
  readonly store: TaskStore
  readonly environment: Environment
}

/** A task to complete with what the gates said of its work, null where none ran. */
interface Gated {
  readonly id: string
  readonly number: number
  readonly evidence: Evidence
  readonly report: GateReport | null
}

/** What a report says, as events keep it. */
const outcomesOf = ({ commit, tree, results }: GateReport): GateOutcome[] =>
  results.map(({ gate, outcome, command, exit_code, seconds, cached }) => ({
    gate,
    outcome,
    commit,
    tree,
    command,
    exit_code,
    seconds,
    cached,
  }))

/** The commands that complete a task, or that only ask whether it could be completed. */
function completion(request: CompletionRequest, gated: Pick<Gated, 'evidence' | 'report'>): Command {
  const { report, evidence } = gated
  const isSaid = report && report.results.length > 0
  return {
    kind: 'CompleteTask',
    force: request.force,
    reason: request.reason,
    ...evidence,
    ...(isSaid ? { gates: outcomesOf(report) } : {}),
  }
}

/**
 * Runs the gates on a commit that is a task's work; null where nothing is configured. Gates, and what reads their
 * configuration, are only loaded where something is.
 */
async function gateWork(
  { repository, store, environment }: Workshop,
  request: CompletionRequest,
  view: Snapshot,
  { id, evidence }: Omit<Gated, 'report'>,
): Promise<GateReport | null> {
  const place = await placeOf(repository, evidence.branch)
  if (place !== null && !hasConfig(place)) return null
  const work = await workOf(repository, store, view, { id, ...evidence })
  if (!work) return null
  const { gateCommit } = await import('./gate-commit.ts')
  const { onProgress, useCache } = request
  return gateCommit(repository, work.subject, {
    moment: 'done',
    useCache,
    ...(place ? { place } : {}),
    ...(onProgress ? { onProgress } : {}),
    environment,
  })
}

/** Runs the gates on the work of tasks, each commit once. Errors: those of gateCommit. */
async function gateAll(
  workshop: Workshop,
  request: CompletionRequest,
  view: Snapshot,
  tasks: readonly Omit<Gated, 'report'>[],
): Promise<{ gated: Gated[]; warnings: string[] }> {
  const reports = new Map<string, GateReport | null>()
  for (const task of tasks) {
    const { commit } = task.evidence
    if (commit && !reports.has(commit)) reports.set(commit, await gateWork(workshop, request, view, task))
  }
  const gated = tasks.map((task) => ({ ...task, report: reports.get(task.evidence.commit ?? '') ?? null }))
  const without = tasks.filter(({ evidence }) => !evidence.commit).map(({ number }) => `#${number}`)
  const isSaid = without.length > 0 && (await hasGates(workshop.repository))
  const said = `${without.join(', ')}: without a branch there is no work to run gates on.`
  return { gated, warnings: isSaid ? [said] : [] }
}

/** Whether gates are configured for `done` where this runs. Errors: CONFIG_INVALID. */
async function hasGates({ workTree }: Repository): Promise<boolean> {
  if (!hasConfig(workTree)) return false
  const { loadConfig } = await import('./config/load-config.ts')
  return (await loadConfig(workTree)).config.gates.some(({ when }) => when.includes('done'))
}

/** Writes down that the gates failed on the work of tasks, and refuses to complete any. */
async function refuse({ store, environment }: Workshop, gated: readonly Gated[]): Promise<void> {
  const reports = [...new Set(gated.flatMap(({ report }) => report ?? []))]
  if (reports.some(({ verdict }) => verdict === 'cancelled')) {
    throw new MhvError('GATE_NOT_STARTED', 'The gates were stopped before they had said anything.')
  }
  const { gateRefusal } = await import('./gate-refusal.ts')
  const failing = gated.filter(({ report }) => report?.verdict === 'failed')
  const refused = failing[0] ?? gated.find(({ report }) => report?.verdict === 'not started')
  const refusal = gateRefusal(reports, refused?.number ?? null)
  if (!refusal) return
  if (failing.length > 0) {
    const commandOf = new Map(
      failing.map(({ id, report }): [string, Command] => [
        id,
        { kind: 'FailTask', commit: report!.commit, gates: outcomesOf(report!) },
      ]),
    )
    const targets = [...commandOf.keys()]
    await handle(store, { targets, commands: (_view, id) => [commandOf.get(id)!] }, environment)
  }
  throw refusal
}

/**
 * Completes tasks, all or none, with evidence of the work and of what the gates said of it. Whether they may be completed
 * is asked first, so that nobody waits minutes for gates to hear that a criterion is open.
 * Errors: every refusal of CompleteTask; GATE_FAILED (then the tasks whose gates failed are marked so), GATE_NOT_STARTED;
 * those of gateCommit and handle.
 */
export async function completeTasks(
  repository: Repository,
  store: TaskStore,
  request: CompletionRequest,
  environment: Environment,
): Promise<Completion> {
  const workshop = { repository, store, environment }
  const view = await store.view()
  const evidence = new Map(
    await Promise.all(
      findLiveTasks(view, request.targets).map(async (slot) => {
        const { id, branch } = view.head(slot)
        return [id, await evidenceFor(repository, { id, branch: branch || null })] as const
      }),
    ),
  )
  const none: Evidence = { commit: null, branch: null }
  const evidenceOf = (id: string) => evidence.get(id) ?? none
  const dry = await rehearse(
    store,
    view,
    {
      targets: request.targets,
      commands: (_view, id) => [completion(request, { evidence: evidenceOf(id), report: null })],
    },
    environment,
  )
  const open = dry.filter(({ kinds }) => kinds.length > 0)
  const tasks = open.map(({ after: { id, number } }) => ({ id, number, evidence: evidenceOf(id) }))
  const { gated, warnings } = await gateAll(workshop, request, view, tasks)
  const reports = [...new Set(gated.flatMap(({ report }) => report ?? []))]
  await request.onReports?.(reports)
  faultPoint('gates-ran')
  const overridden = request.override
    ? await (await import('./override-gates.ts')).overriddenWork(gated, request.override, request.reason!)
    : new Map<string, OverriddenWork>()
  await refuse(
    workshop,
    gated.filter(({ id }) => !overridden.has(id)),
  )
  return finish(workshop, request, { gated, overridden, evidenceOf, warnings, reports })
}

interface Outcome {
  readonly gated: readonly Gated[]
  readonly overridden: ReadonlyMap<string, OverriddenWork>
  readonly evidenceOf: (id: string) => Evidence
  readonly warnings: readonly string[]
  readonly reports: readonly GateReport[]
}

/** Writes the completions, and overrides before them: one that is recorded twice harms less than one that is not. */
async function finish(
  { repository, store, environment }: Workshop,
  request: CompletionRequest,
  { gated, overridden, evidenceOf, warnings, reports }: Outcome,
): Promise<Completion> {
  const reportOf = new Map(gated.map(({ id, report }) => [id, report]))
  for (const work of overridden.values()) {
    const { recordOverride } = await import('./override-gates.ts')
    await recordOverride(repository, work, environment)
  }
  faultPoint('overrides-recorded')
  const written = await handle(
    store,
    {
      targets: request.targets,
      commands: (_view, id) => {
        const gatedTask = { evidence: evidenceOf(id), report: reportOf.get(id) ?? null }
        const command = completion(request, gatedTask)
        const override = overridden.get(id)?.data
        return [override && command.kind === 'CompleteTask' ? { ...command, override } : command]
      },
    },
    environment,
  )
  faultPoint('tasks-completed')
  const unheard: string[] = []
  for (const work of overridden.values()) {
    const { notifyOfOverride } = await import('./override-gates.ts')
    const failure = await notifyOfOverride(repository, work, environment)
    if (failure) unheard.push(failure)
  }
  return { written, reports, warnings: [...warnings, ...unheard] }
}
