import { neededBy, needsIn, reachableFrom } from '../query/graph-parts.ts'
import type { TaskGraph } from '../query/task-graph.ts'

/**
 * The open tasks that a task could be made to wait for: none that waits for it, which would close a cycle, and none that
 * it waits for already, directly or through others.
 * @param graph of what is open
 */
export function linkCandidates(graph: TaskGraph, task: number): number[] {
  const dependents = neededBy(graph)
  const waiting = reachableFrom([task], (node) => dependents[node]!)
  const needed = reachableFrom([task], needsIn(graph))
  return [...graph.nodes.keys()].filter(
    (node) => graph.nodes[node]!.kind === 'task' && !waiting.has(node) && !needed.has(node),
  )
}
