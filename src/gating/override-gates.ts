import type { EventData } from '../../schemas/event.ts'
import type { GateRecord, GateResult } from '../../schemas/gate-record.ts'
import { loadConfig } from '../config/load-config.ts'
import type { GateReport } from '../gates/gate-report.ts'
import type { Repository } from '../git/repository.ts'
import { runCommand } from '../process/run-command.ts'
import { appendGateRecord } from '../store/gate-log.ts'
import type { Environment } from '../tasks/seal.ts'
import type { GateOutcome, TaskState } from '../tasks/task-state.ts'
import { configOfCommit } from './gate-config.ts'

export interface GateOverrideRequest {
  readonly approver: string | null
  /** An instant, or null for an override that holds for ever. */
  readonly expires: string | null
}

/** A task's work whose gates are let pass. */
export interface OverriddenWork {
  readonly id: string
  readonly number: number
  readonly report: GateReport
  /** What the event says. */
  readonly data: EventData<'GateOverridden'>
}

/** Milliseconds that the command may take which is told of an override. */
const PATIENCE = 30_000

const isStopping = ({ required, outcome }: GateResult) =>
  required && outcome !== 'passed' && outcome !== 'skipped'

/** The tasks, by their ids, that gates would stop, with the override for each. A run that was cancelled is none of them. */
export function overriddenWork(
  gated: readonly { id: string; number: number; report: GateReport | null }[],
  { approver, expires }: GateOverrideRequest,
  reason: string,
): Map<string, OverriddenWork> {
  const works = gated.flatMap(({ id, number, report }) => {
    const stopping = report?.results.filter(isStopping) ?? []
    if (!report || report.verdict === 'cancelled' || stopping.length === 0) return []
    const { commit, tree } = report
    const data = {
      gates: stopping.map(({ gate }) => gate),
      reason,
      ...(approver ? { approver } : {}),
      ...(expires ? { expires } : {}),
      scope: { commit, tree },
      results: stopping.map(({ gate, outcome, command, exit_code, seconds, cached }) => ({
        gate,
        outcome,
        command,
        exit_code,
        seconds,
        cached,
      })),
    }
    return [[id, { id, number, report, data }] as const]
  })
  return new Map(works)
}

/** Records an override in the log of gates, where pushing and verifying look. Errors: those of appendGateRecord. */
export async function recordOverride(
  repository: Repository,
  { id, report, data }: OverriddenWork,
  { newId, now, actor }: Environment,
): Promise<void> {
  const { gates, reason, approver, expires } = data
  const record: GateRecord = {
    id: newId(),
    at: now,
    by: actor,
    moment: report.moment,
    commit: report.commit,
    tree: report.tree,
    task: id,
    results: report.results.filter(({ gate }) => gates.includes(gate)),
    override: { gates, reason, ...(approver ? { approver } : {}), ...(expires ? { expires } : {}) },
  }
  await appendGateRecord(repository, record)
}

/** Gates by the tree on which they were let pass. */
function overriddenTrees({ gates }: TaskState): Map<string, GateOutcome[]> {
  const trees = new Map<string, GateOutcome[]>()
  for (const gate of gates) {
    if (gate.outcome !== 'overridden' || !gate.tree || !gate.commit) continue
    trees.set(gate.tree, [...(trees.get(gate.tree) ?? []), gate])
  }
  return trees
}

/**
 * Ends overrides in the log of gates that a task has no more, since what brought them was taken back: what is pushed is
 * not to pass by them. Errors: those of appendGateRecord.
 */
export async function endOverrides(
  repository: Repository,
  before: TaskState,
  after: TaskState,
  { newId, now, actor }: Environment,
): Promise<void> {
  const still = overriddenTrees(after)
  for (const [tree, gates] of overriddenTrees(before)) {
    const gone = gates.filter(({ gate }) => !still.get(tree)?.some((each) => each.gate === gate))
    if (gone.length === 0) continue
    await appendGateRecord(repository, {
      id: newId(),
      at: now,
      by: actor,
      moment: 'done',
      commit: gone[0]!.commit!,
      tree,
      task: after.id,
      results: [],
      override: { gates: gone.map(({ gate }) => gate), reason: 'taken back', expires: now },
    })
  }
}

/**
 * Tells the configured command of an override.
 * @returns why it could not be told, or null
 */
export async function notifyOfOverride(
  repository: Repository,
  { id, number, data, report }: OverriddenWork,
  { now, actor }: Environment,
): Promise<string | null> {
  const { place, temporary, commit } = report
  const top = place !== null && !temporary ? place : repository.workTree
  const config = (temporary && (await configOfCommit(repository, commit))) || (await loadConfig(top)).config
  const command = config.gating.on_override
  if (command === undefined) return null
  const { gates, reason, approver, expires } = data
  const outcome = await runCommand({
    command,
    cwd: top ?? repository.mainDirectory,
    timeout: PATIENCE,
    env: {
      MHV_TASK: id,
      MHV_NUMBER: String(number),
      MHV_GATES: gates.join(','),
      MHV_REASON: reason,
      MHV_ACTOR: actor,
      MHV_APPROVER: approver ?? '',
      MHV_EXPIRES: expires ?? '',
    },
    input: `${JSON.stringify({ task: id, number, actor, at: now, ...data })}\n`,
  })
  if (outcome.kind === 'exited' && outcome.code === 0) return null
  const how = outcome.kind === 'exited' ? `ended with ${outcome.code}` : outcome.kind
  return `The command that is told of overrides failed (${how}); the override holds all the same.`
}
