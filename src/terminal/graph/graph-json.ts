import { cutCommand } from '../../query/cut-command.ts'
import type { Cycle } from '../../query/cycle-cuts.ts'
import { edgesOf } from '../../query/graph-parts.ts'
import { type GraphNode, keyOf, refOf, type TaskGraph } from '../../query/task-graph.ts'
import { pasted } from '../failing/pasted-step.ts'

/** A node as scripts see it; `id` is `repository/ULID`. */
export function nodeJson(node: GraphNode): Record<string, unknown> {
  const both = { id: keyOf(node), ref: refOf(node), kind: node.kind }
  if (node.kind === 'missing') return { ...both, why: node.why }
  const { repository, snapshot, slot } = node
  const { title, assignee, estimate } = snapshot.head(slot)
  return {
    ...both,
    repository,
    number: snapshot.number(slot),
    title,
    status: snapshot.status(slot),
    priority: snapshot.priority(slot),
    assignee: assignee || null,
    estimate: estimate || null,
  }
}

/** Cycles with what breaks them; their tasks by refs. */
export function cyclesJson(graph: TaskGraph, cycles: readonly Cycle[], home: string | null): object[] {
  const ref = (node: number) => refOf(graph.nodes[node]!)
  return cycles.map(({ members, cuts }) => ({
    tasks: members.map(ref),
    cuts: cuts.map(({ edge, path }) => ({
      from: ref(edge.from),
      to: ref(edge.to),
      kind: edge.kind,
      path: path.map(ref),
      command: pasted(cutCommand(graph, edge, home)),
    })),
  }))
}

/** Nodes and edges; an edge leads from what waits to what it waits for, by ids. */
export function graphJson(graph: TaskGraph): object {
  const ids = graph.nodes.map(keyOf)
  return {
    nodes: graph.nodes.map(nodeJson),
    edges: edgesOf(graph).map(({ from, to, kind }) => ({ from: ids[from], to: ids[to], kind })),
  }
}
