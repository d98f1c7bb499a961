import * as z from 'zod'
import * as task from './task.ts'
import { MOMENTS } from './vocabulary.ts'

/** How a gate ended. `cancelled`: somebody stopped the run; `skipped`: no changed file matched it. */
export const OUTCOMES = ['passed', 'failed', 'not started', 'timed out', 'skipped', 'cancelled'] as const
export type Outcome = (typeof OUTCOMES)[number]

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 digest')

/** What one gate said of one tree. Unknown keys are kept: a later version may have written them. */
export const gateResult = z.looseObject({
  gate: task.line(100),
  outcome: z.enum(OUTCOMES),
  required: z.boolean(),
  /** null where the gate only reads a report. */
  command: task.text(4000).nullable(),
  exit_code: z.int().nullable(),
  seconds: z.number().min(0),
  /** Of the tree, the gate's definition, its declared inputs and the tool chain. */
  key: digest,
  /** Of the gate's definition alone. */
  definition: digest,
  /** Whether a record of an earlier run stood in for it. */
  cached: z.boolean(),
  /** Whether the worktree held exactly the tree, before and after. */
  clean: z.boolean(),
  /** How many findings it had, where that is known. */
  issues: z.int().min(0).nullable(),
  /** Percent of the lines covered. */
  coverage: z.number().min(0).max(100).optional(),
  /** What its output does not say, such as why it could not start. */
  detail: task.text(500).optional(),
})

/** Gates that somebody let pass on a tree, although they had failed. */
export const gateOverride = z.looseObject({
  gates: z.array(task.line(100)).min(1),
  reason: task.reason,
  approver: task.person.optional(),
  expires: task.instant.optional(),
})

/** One run of gates, or one override, as the log of gates keeps it: a claim, which a run of one's own proves. */
export const gateRecord = z.looseObject({
  id: task.ulid,
  at: task.instant,
  by: task.line(300),
  moment: z.enum(MOMENTS),
  commit: task.objectId,
  tree: task.objectId,
  /** The task whose work this is. */
  task: task.ulid.optional(),
  results: z.array(gateResult),
  override: gateOverride.optional(),
})

export type GateResult = z.output<typeof gateResult>
export type GateOverride = z.output<typeof gateOverride>
export type GateRecord = z.output<typeof gateRecord>
