import { MhvError } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import type { GateProgress, GateReport } from '../gates/gate-report.ts'
import type { Repository } from '../git/repository.ts'
import { handle, rehearse, type TaskReceipt, type Written } from '../handle.ts'
import { findLiveTasks, type TaskNames } from '../query/find-task.ts'
import type { TaskStore } from '../store/task-store.ts'
import type { Command } from '../tasks/decide.ts'
import type { Environment } from '../tasks/seal.ts'
import type { GateOutcome } from '../tasks/task-state.ts'
import { type Evidence, evidenceFor } from '../worktrees/evidence.ts'
import { type Gated, gateTasks, type Workshop } from './gate-tasks.ts'
import type { GateOverrideRequest, OverriddenWork } from './override-gates.ts'

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
  /** Told what the gates said, and in sentences what they were run on, also where the tasks are then not completed. */
  readonly onReports?: (reports: readonly GateReport[], remarks: readonly string[]) => Promise<void>
}

export interface Completion {
  readonly written: Written<readonly TaskReceipt[]>
  readonly reports: readonly GateReport[]
  /** Sentences on what went otherwise than asked, although the tasks are completed. */
  readonly warnings: readonly string[]
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

/** Writes down that the gates failed on the work of tasks, and refuses to complete any. */
async function refuse({ store, environment }: Workshop, gated: readonly Gated[]): Promise<void> {
  const reports = [...new Set(gated.flatMap(({ report }) => report ?? []))]
  if (reports.some(({ verdict }) => verdict === 'cancelled')) {
    throw new MhvError('GATE_NOT_STARTED', 'The gates were stopped before they had said anything.')
  }
  const { gateRefusal } = await import('./gate-refusal.ts')
  const failing = gated.filter(({ report }) => report?.verdict === 'failed')
  const refused = failing[0] ?? gated.find(({ report }) => report?.verdict === 'not started')
  const refusal = gateRefusal(reports, () => (refused ? `mhv gate run ${refused.number}` : 'mhv gate run'))
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
 * @param environmentNow asked again once the gates have run
 * Errors: every refusal of CompleteTask; GATE_FAILED (then the tasks whose gates failed are marked so), GATE_NOT_STARTED;
 * those of gateCommit and handle.
 */
export async function completeTasks(
  repository: Repository,
  store: TaskStore,
  request: CompletionRequest,
  environmentNow: () => Promise<Environment>,
): Promise<Completion> {
  const environment = await environmentNow()
  const view = await store.view()
  const known = new Map(
    await Promise.all(
      findLiveTasks(view, request.targets).map(async (slot) => {
        const task = view.head(slot)
        const recorded = task.branch || null
        const evidence = await evidenceFor(repository, { id: task.id, branch: recorded })
        return [task.id, { recorded, evidence }] as const
      }),
    ),
  )
  const none: Evidence = { commit: null, branch: null }
  const evidenceOf = (id: string) => known.get(id)?.evidence ?? none
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
  const tasks = open.map(({ after: { id, number } }) => {
    const recorded = known.get(id)?.recorded ?? null
    return { id, number, recorded, evidence: evidenceOf(id) }
  })
  const { gated, remarks } = await gateTasks({ repository, store, environment }, request, view, tasks)
  const reports = [...new Set(gated.flatMap(({ report }) => report ?? []))]
  await request.onReports?.(reports, remarks)
  faultPoint('gates-ran')
  // What comes of the gates comes after what was done while they ran; its ids come after those of their records.
  const { newId } = environment
  const workshop = { repository, store, environment: { ...(await environmentNow()), newId } }
  const overridden = request.override
    ? await (await import('./override-gates.ts')).overriddenWork(gated, request.override, request.reason!)
    : new Map<string, OverriddenWork>()
  await refuse(
    workshop,
    gated.filter(({ id }) => !overridden.has(id)),
  )
  return finish(workshop, request, { gated, overridden, evidenceOf, reports })
}

interface Outcome {
  readonly gated: readonly Gated[]
  readonly overridden: ReadonlyMap<string, OverriddenWork>
  readonly evidenceOf: (id: string) => Evidence
  readonly reports: readonly GateReport[]
}

/** Writes the completions, and overrides before them: one that is recorded twice harms less than one that is not. */
async function finish(
  { repository, store, environment }: Workshop,
  request: CompletionRequest,
  { gated, overridden, evidenceOf, reports }: Outcome,
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
  const isIdle = request.override !== null && overridden.size === 0
  const nothing = 'Nothing was overridden, and no reason recorded for it: no required gate stood in the way.'
  return { written, reports, warnings: isIdle ? [nothing] : unheard }
}
