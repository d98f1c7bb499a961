import type { GateRecord } from '../../schemas/gate-record.ts'

/**
 * Names of gates that an override lets pass on a tree at an instant. Of several on one gate the last counts: one that was
 * taken back is followed by one that has ended already.
 * @param records what the log has on the tree, the oldest first
 */
export function overriddenGates(records: readonly GateRecord[], now: string): Set<string> {
  const last = new Map(
    records.flatMap(({ override }) => (override?.gates ?? []).map((gate) => [gate, override!] as const)),
  )
  const valid = [...last].filter(([, { expires }]) => expires === undefined || expires > now)
  return new Set(valid.map(([gate]) => gate))
}
