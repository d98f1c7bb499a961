import type { GraphEdge, TaskGraph } from './task-graph.ts'

/** All edges, by the node that waits. */
export const edgesOf = ({ needs }: TaskGraph): GraphEdge[] => needs.flat()

/** For each node, those that wait for it. */
export function neededBy({ needs }: TaskGraph): number[][] {
  const dependents: number[][] = needs.map(() => [])
  for (const edges of needs) for (const { from, to } of edges) dependents[to]!.push(from)
  return dependents
}

/** The nodes that some lead to, in at most so many steps; themselves among them. */
export function reachableFrom(
  starts: Iterable<number>,
  nextOf: (node: number) => readonly number[],
  steps = Number.POSITIVE_INFINITY,
): Set<number> {
  const reached = new Set(starts)
  let last: Iterable<number> = [...reached]
  for (let step = 0; step < steps; step++) {
    const found: number[] = []
    for (const node of last) {
      for (const next of nextOf(node)) {
        if (reached.has(next)) continue
        reached.add(next)
        found.push(next)
      }
    }
    if (found.length === 0) break
    last = found
  }
  return reached
}

/** The part of a graph that some of its nodes make, in the same order. */
export function subgraph(graph: TaskGraph, keeps: (node: number) => boolean): TaskGraph {
  const kept = graph.nodes.flatMap((_, node) => (keeps(node) ? [node] : []))
  const placeOf = new Map(kept.map((node, place) => [node, place]))
  return {
    nodes: kept.map((node) => graph.nodes[node]!),
    needs: kept.map((node) =>
      graph.needs[node]!.flatMap(({ from, to, kind }) => {
        const place = placeOf.get(to)
        return place === undefined ? [] : [{ from: placeOf.get(from)!, to: place, kind }]
      }),
    ),
  }
}

/** Those that a node waits for. */
export const needsIn =
  ({ needs }: TaskGraph) =>
  (node: number): number[] =>
    needs[node]!.map(({ to }) => to)

/** Some tasks with all that they wait for, wherever it is. */
export function withNeeds(graph: TaskGraph, starts: Iterable<number>): TaskGraph {
  const reached = reachableFrom(starts, needsIn(graph))
  return reached.size === graph.nodes.length ? graph : subgraph(graph, (node) => reached.has(node))
}

/** Nodes from which all others can be reached: those that nothing waits for, and one of each cycle that is left. */
export function rootsOf(graph: TaskGraph): number[] {
  const nextOf = needsIn(graph)
  const dependents = neededBy(graph)
  const roots = [...graph.nodes.keys()].filter((node) => dependents[node]!.length === 0)
  const reached = reachableFrom(roots, nextOf)
  for (const node of graph.nodes.keys()) {
    if (reached.has(node)) continue
    roots.push(node)
    for (const next of reachableFrom([node], nextOf)) reached.add(next)
  }
  return roots.sort((a, b) => a - b)
}

/** The same tasks with every edge the other way round: each then needs what waits for it. */
export function reversed({ nodes, needs }: TaskGraph): TaskGraph {
  const turned: GraphEdge[][] = nodes.map(() => [])
  for (const { from, to, kind } of needs.flat()) turned[to]!.push({ from: to, to: from, kind })
  return { nodes, needs: turned }
}

/** Whether a node waits for another, or another for it. */
export function isRelatedIn(graph: TaskGraph): (node: number) => boolean {
  const dependents = neededBy(graph)
  return (node) => graph.needs[node]!.length > 0 || dependents[node]!.length > 0
}
