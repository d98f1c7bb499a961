import { AT, ROW_INTS } from '../snapshot/row.ts'
import { stronglyConnected } from './strongly-connected.ts'
import { type GraphEdge, keyOf, type TaskGraph } from './task-graph.ts'

/** Tasks that wait for each other, and the edges without which they would not. */
export interface Cycle {
  /** Nodes, in the order of the graph. */
  readonly members: readonly number[]
  readonly cuts: readonly Cut[]
}

export interface Cut {
  readonly edge: GraphEdge
  /** The nodes of the shortest cycle that the edge closes, the one that waits by it first, which is also the last. */
  readonly path: readonly number[]
}

/** The id of the event that added a dependency; empty where the history is not here. Ids are in order of time. */
export type AddedBy = (edge: GraphEdge) => string

/** Sets of nodes that wait for each other. */
export function cyclesIn({ nodes, needs }: TaskGraph): number[][] {
  const waitsForItself = (node: number) => needs[node]!.some(({ to }) => to === node)
  return stronglyConnected(nodes.keys(), (node) => needs[node]!.map(({ to }) => to))
    .filter((component) => component.length > 1 || waitsForItself(component[0]!))
    .map((component) => component.sort((a, b) => a - b))
    .sort((a, b) => a[0]! - b[0]!)
}

/** The edges between members of a cycle: those that cutting is about. */
export function edgesWithin({ needs }: TaskGraph, members: readonly number[]): GraphEdge[] {
  const inside = new Set(members)
  return members.flatMap((node) => needs[node]!.filter(({ to }) => inside.has(to)))
}

function nextIn(edges: readonly GraphEdge[]): (node: number) => readonly number[] {
  const next = new Map<number, number[]>()
  for (const { from, to } of edges) {
    const known = next.get(from)
    if (known) known.push(to)
    else next.set(from, [to])
  }
  return (node) => next.get(node) ?? []
}

/** The shortest way along edges that leads from one node to another. */
function shortestPath(edges: readonly GraphEdge[], from: number, to: number): number[] {
  const nextOf = nextIn(edges)
  const before = new Map<number, number>([[from, from]])
  for (const [node] of before) {
    if (node === to) break
    for (const other of nextOf(node)) if (!before.has(other)) before.set(other, node)
  }
  const path = [to]
  for (let at = to; at !== from; path.push(at)) at = before.get(at)!
  return path.reverse()
}

/**
 * Which of two edges to cut rather: a dependency rather than that a task is a part; the one that was added later; where
 * histories do not tell, that of the task that was changed later; else the later one in the order of keys.
 */
function compareEdges(graph: TaskGraph, addedBy: AddedBy): (a: GraphEdge, b: GraphEdge) => number {
  const rank = (edge: GraphEdge): readonly (string | number)[] => {
    const node = graph.nodes[edge.from]!
    const changed = node.kind === 'task' ? node.snapshot.wide[(node.slot * ROW_INTS + AT.UPDATED) / 2]! : 0
    return [
      edge.kind === 'depends_on' ? 1 : 0,
      addedBy(edge),
      changed,
      keyOf(node),
      keyOf(graph.nodes[edge.to]!),
    ]
  }
  return (a, b) => {
    const [x, y] = [rank(a), rank(b)]
    const place = x.findIndex((value, i) => value !== y[i])
    return place < 0 ? 0 : x[place]! > y[place]! ? -1 : 1
  }
}

/** The edges that still close cycles, in sets that share no node; in their order. */
function withinComponents(edges: readonly GraphEdge[]): GraphEdge[][] {
  const starts = edges.map(({ from }) => from)
  const componentOf = new Map<number, number>()
  stronglyConnected(starts, nextIn(edges)).forEach((members, component) => {
    for (const node of members) componentOf.set(node, component)
  })
  const left = new Map<number, GraphEdge[]>()
  for (const edge of edges) {
    const component = componentOf.get(edge.from)!
    if (component !== componentOf.get(edge.to)) continue
    const known = left.get(component)
    if (known) known.push(edge)
    else left.set(component, [edge])
  }
  return [...left.values()]
}

/** Every cycle with edges to cut, so few that each of them closes a cycle which those before it left. */
export function cycleCuts(graph: TaskGraph, addedBy: AddedBy): Cycle[] {
  const compare = compareEdges(graph, addedBy)
  return cyclesIn(graph).map((members) => {
    const cuts: Cut[] = []
    const todo = [edgesWithin(graph, members).sort(compare)]
    for (let edges = todo.pop(); edges; edges = todo.pop()) {
      const [edge, ...rest] = edges as [GraphEdge, ...GraphEdge[]]
      cuts.push({ edge, path: [edge.from, ...shortestPath(edges, edge.to, edge.from)] })
      todo.push(...withinComponents(rest))
    }
    return { members, cuts }
  })
}
