interface Frame<K> {
  readonly node: K
  readonly next: readonly K[]
  taken: number
}

/**
 * The strongly connected components that can be reached from some nodes: sets of which each node leads to each other, most
 * of them of a single node. Tarjan's walk with a stack of its own: chains of tasks may be longer than the call stack, on
 * which graphology's gives up at some ten thousand.
 */
export function stronglyConnected<K>(starts: Iterable<K>, nextOf: (node: K) => readonly K[]): K[][] {
  const place = new Map<K, number>()
  const lowest = new Map<K, number>()
  const pending: K[] = []
  const isPending = new Set<K>()
  const components: K[][] = []
  const lower = (node: K, to: number) => lowest.set(node, Math.min(lowest.get(node)!, to))
  const enter = (node: K): Frame<K> => {
    lowest.set(node, place.size)
    place.set(node, place.size)
    pending.push(node)
    isPending.add(node)
    return { node, next: nextOf(node), taken: 0 }
  }
  const leave = (node: K): void => {
    if (lowest.get(node) !== place.get(node)) return
    const component = pending.splice(pending.lastIndexOf(node))
    for (const member of component) isPending.delete(member)
    components.push(component)
  }
  for (const start of starts) {
    if (place.has(start)) continue
    const stack = [enter(start)]
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      if (top.taken === top.next.length) {
        leave(top.node)
        stack.pop()
        const above = stack.at(-1)
        if (above) lower(above.node, lowest.get(top.node)!)
        continue
      }
      const to = top.next[top.taken++]!
      if (!place.has(to)) stack.push(enter(to))
      else if (isPending.has(to)) lower(top.node, place.get(to)!)
    }
  }
  return components
}
