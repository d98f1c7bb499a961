import type { Kind } from '../event-kind.ts'
import type { GateOutcome } from '../task-state.ts'

/**
 * Somebody let the work pass in spite of gates; the outcome of each says so from then on. Taking back the completion
 * that it belongs to gives the outcomes back as they were.
 */
export const gateOverridden: Kind<'GateOverridden'> = {
  evolve: (task, { at, by, data }) => {
    const override = {
      reason: data.reason,
      by,
      at,
      ...(data.approver ? { approver: data.approver } : {}),
      ...(data.expires ? { expires: data.expires } : {}),
    }
    const overridden = data.gates.map((gate): GateOutcome => {
      const {
        outcome,
        was,
        override: _,
        ...evidence
      } = task.gates.find((each) => each.gate === gate) ?? {
        gate,
        outcome: undefined,
      }
      const said = was ?? outcome
      return { ...evidence, outcome: 'overridden', ...(said ? { was: said } : {}), override }
    })
    return { ...task, gates: [...task.gates.filter(({ gate }) => !data.gates.includes(gate)), ...overridden] }
  },
}
