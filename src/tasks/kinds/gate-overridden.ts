import type { Kind } from '../event-kind.ts'

/** Somebody let the work pass in spite of gates; the outcome of each says so from then on. */
export const gateOverridden: Kind<'GateOverridden'> = {
  evolve: (task, { data }) => ({
    ...task,
    gates: [
      ...task.gates.filter(({ gate }) => !data.gates.includes(gate)),
      ...data.gates.map((gate) => ({ gate, outcome: 'overridden' })),
    ],
  }),
}
