/** Ports that worktrees are given. */
export interface PortRange {
  readonly first: number
  readonly count: number
}

const LAST_PORT = 65_535

/** A number made of a text that is the same everywhere, and near for no two (FNV-1a). */
function spread(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/**
 * A worktree's port: where its name falls in the range, or the next that no other has.
 * @param name what the worktree is for: the same name gets the same port on every machine, as long as it is free
 * @param taken ports of the repository's other worktrees
 * @returns null where all are taken
 */
export function allocatePort(
  name: string,
  { first, count }: PortRange,
  taken: ReadonlySet<number>,
): number | null {
  const ports = Math.min(count, LAST_PORT - first + 1)
  const start = spread(name) % ports
  for (let i = 0; i < ports; i++) {
    const port = first + ((start + i) % ports)
    if (!taken.has(port)) return port
  }
  return null
}
