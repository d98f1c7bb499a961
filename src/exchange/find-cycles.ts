/** Cycles of a graph, each as the names along it; at least one of every group of names that lead back to themselves. */
export function findCycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = []
  const state = new Map<string, 'open' | 'done'>()
  for (const start of edges.keys()) {
    if (state.has(start)) continue
    // A stack of our own: a chain of ten thousand dependencies is legal.
    const path: { name: string; next: number }[] = [{ name: start, next: 0 }]
    state.set(start, 'open')
    while (path.length > 0) {
      const top = path.at(-1)!
      const to = edges.get(top.name)?.[top.next++]
      if (to === undefined) {
        state.set(top.name, 'done')
        path.pop()
      } else if (state.get(to) === 'open') {
        cycles.push(path.slice(path.findIndex(({ name }) => name === to)).map(({ name }) => name))
      } else if (!state.has(to)) {
        state.set(to, 'open')
        path.push({ name: to, next: 0 })
      }
    }
  }
  return cycles
}
