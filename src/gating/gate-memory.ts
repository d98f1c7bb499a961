import type { Config } from '../../schemas/config.ts'
import type { GateRecord, GateResult } from '../../schemas/gate-record.ts'
import type { Moment } from '../../schemas/vocabulary.ts'
import { MhvError } from '../errors.ts'
import { gateKey, toolChain } from '../gates/gate-key.ts'
import { type GateSubject, isFailure } from '../gates/gate-report.ts'
import type { PlannedGate } from '../gates/plan-gates.ts'
import { resultOf } from '../gates/run-gates.ts'
import type { Snapshotted } from '../git/checkout.ts'
import type { Repository } from '../git/repository.ts'
import { appendGateRecord, type Signature } from '../store/gate-log.ts'
import type { Environment } from '../tasks/seal.ts'

/** A digest for each gate of a plan: what its result is valid for. */
export function keysIn(at: Snapshotted, top: string): (gate: PlannedGate) => string {
  const tools = new Map<string, string>()
  return (planned) => {
    const { cwd } = planned.gate
    const chain = tools.get(cwd) ?? toolChain(top, cwd)
    tools.set(cwd, chain)
    return gateKey(planned, at, top, chain)
  }
}

/**
 * Results of gates that need not run: a clean pass with the same key is recorded, and no failure since; or no changed file
 * is their business.
 * @param records what the log has on the tree
 * @param whose the identity whose records count; null for everyone's
 */
export function settledResults(
  gates: readonly PlannedGate[],
  keyOf: (gate: PlannedGate) => string,
  records: readonly GateRecord[],
  whose: string | null,
): Map<PlannedGate, GateResult> {
  // A failure counts whoever's it is: a pass that somebody has seen fail since proves nothing.
  const counted = records.flatMap(({ by, results }) =>
    whose === null || by === whose ? results : results.filter(isFailure),
  )
  const settled = new Map<PlannedGate, GateResult>()
  for (const gate of gates) {
    const key = keyOf(gate)
    const wanted = gate.skipped ? 'skipped' : 'passed'
    const last = counted.findLast(
      (result) => result.key === key && result.clean && (result.outcome === wanted || isFailure(result)),
    )
    const known = last?.outcome === wanted ? last : undefined
    const fresh = resultOf(gate, key, wanted)
    if (known) {
      const { exit_code, seconds, issues, coverage } = known
      const told = { exit_code, seconds, issues, ...(coverage === undefined ? {} : { coverage }) }
      settled.set(gate, { ...fresh, ...told, cached: true, clean: true })
    } else if (gate.skipped) settled.set(gate, fresh)
  }
  return settled
}

/** Whose records count by the configuration: undefined for nobody's. */
export function whoseCount(cache: Config['gating']['cache'], actor: string): string | null | undefined {
  return { own: actor, all: null, off: undefined }[cache]
}

/**
 * Records a run, where it has anything new to say. That it cannot be recorded is no reason to stop what the gates
 * allow: it costs another run.
 * @returns why it was not recorded, or null
 */
export async function recordRun(
  repository: Repository,
  moment: Moment,
  { tree, commit, task }: GateSubject & { readonly tree: string },
  results: readonly GateResult[],
  environment: Environment,
  signature?: Promise<Signature>,
): Promise<string | null> {
  if (results.every(({ cached }) => cached)) return null
  const { actor, now } = environment
  const record: GateRecord = {
    id: environment.newId(),
    at: now,
    by: actor,
    moment,
    commit,
    tree,
    ...(task ? { task } : {}),
    results: [...results],
  }
  try {
    await appendGateRecord(repository, record, signature)
    return null
  } catch (error) {
    if (error instanceof MhvError) return error.message
    throw error
  }
}
