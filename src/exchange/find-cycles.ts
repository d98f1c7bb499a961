/** An edge of a graph whose nodes are named. */
export interface Step {
  readonly to: string
}

/**
 * Cycles that can be reached from some nodes, each as the edges along it; at least one of every group of nodes that
 * lead back to themselves.
 */
export function findCycles<S extends Step>(
  starts: Iterable<string>,
  stepsFrom: (node: string) => readonly S[],
): S[][] {
  const cycles: S[][] = []
  const state = new Map<string, 'open' | 'done'>()
  for (const start of starts) {
    if (state.has(start)) continue
    // A stack of our own: a chain of ten thousand dependencies is legal.
    const path: { node: string; steps: readonly S[]; next: number }[] = []
    const enter = (node: string) => {
      state.set(node, 'open')
      path.push({ node, steps: stepsFrom(node), next: 0 })
    }
    enter(start)
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const step = top.steps[top.next++]
      if (step === undefined) {
        state.set(top.node, 'done')
        path.pop()
      } else if (state.get(step.to) === 'open') {
        const first = path.findIndex(({ node }) => node === step.to)
        cycles.push(path.slice(first).map(({ steps, next }) => steps[next - 1]!))
      } else if (!state.has(step.to)) enter(step.to)
    }
  }
  return cycles
}
