import { FLAG, isClosed } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { isReference } from '../tasks/known.ts'

/** A repository whose tasks a graph may hold. */
export interface Place {
  readonly name: string
  /** Other names by which references may have been stored. */
  readonly nicknames: readonly string[]
  /** null where its tasks cannot be seen. */
  readonly snapshot: Snapshot | null
}

export interface TaskNode {
  readonly kind: 'task'
  readonly repository: string
  readonly snapshot: Snapshot
  readonly slot: number
}

/** What a dependency names and is not to be seen here. */
export interface MissingNode {
  readonly kind: 'missing'
  /** `name/id`, as it is stored. */
  readonly reference: string
  /** No such repository is known; it is known and cannot be seen; it is here and has no such task. */
  readonly why: 'unknown repository' | 'unseen repository' | 'unknown task'
}

export type GraphNode = TaskNode | MissingNode

/** One waits for another: a task for what it depends on, a parent for its parts. */
export interface GraphEdge {
  readonly from: number
  readonly to: number
  readonly kind: 'depends_on' | 'part_of'
}

/** Tasks by place in a list; repositories in their order, then by number, then by id, so that it is equal on every run. */
export interface TaskGraph {
  readonly nodes: readonly GraphNode[]
  /** For each node, the edges to what it waits for. */
  readonly needs: readonly (readonly GraphEdge[])[]
}

export type Shows = (snapshot: Snapshot, slot: number) => boolean

/** Everything that has not ended. */
export const isOpen: Shows = (snapshot, slot) => !isClosed(snapshot.packed(slot))

/** `name/id`: what a node is called whatever happens to its number. */
export const keyOf = (node: GraphNode): string =>
  node.kind === 'task' ? `${node.repository}/${node.snapshot.head(node.slot).id}` : node.reference

/** `name#12`: what people call it; what is not here keeps the reference that is stored. */
export const refOf = (node: GraphNode): string =>
  node.kind === 'task' ? `${node.repository}#${node.snapshot.number(node.slot)}` : node.reference

/** The same from inside a repository, where its own tasks go without its name. */
export const shortRefOf = (node: GraphNode, home: string | null): string =>
  node.kind === 'task' && node.repository === home ? `#${node.snapshot.number(node.slot)}` : refOf(node)

export const titleOf = (node: GraphNode): string =>
  node.kind === 'task' ? node.snapshot.head(node.slot).title : `(${node.why})`

/** Finds slots by id in one step each. */
type Index = ReadonlyMap<string, number>

function indexOf(snapshot: Snapshot): Index {
  snapshot.willRead('heads', snapshot.slots)
  const index = new Map<string, number>()
  for (let slot = 0; slot < snapshot.slots; slot++) {
    if (!(snapshot.flags(slot) & FLAG.GONE)) index.set(snapshot.head(slot).id, slot)
  }
  return index
}

interface Seen {
  readonly place: Place
  readonly snapshot: Snapshot
  readonly index: Index
  /** Node of each slot; -1 for one that the graph does not hold. */
  readonly nodeAt: Int32Array
}

function nodesOf(places: readonly Place[], shows: Shows): { nodes: GraphNode[]; seen: Map<string, Seen> } {
  const nodes: GraphNode[] = []
  const seen = new Map<string, Seen>()
  for (const place of places) {
    const { snapshot, name } = place
    if (snapshot === null) continue
    const index = indexOf(snapshot)
    const nodeAt = new Int32Array(snapshot.slots).fill(-1)
    const shown = [...index]
      .filter(([, slot]) => !(snapshot.flags(slot) & FLAG.DELETED) && shows(snapshot, slot))
      .sort(([a, x], [b, y]) => snapshot.number(x) - snapshot.number(y) || (a < b ? -1 : 1))
    for (const [, slot] of shown) {
      nodeAt[slot] = nodes.length
      nodes.push({ kind: 'task', repository: name, snapshot, slot })
    }
    seen.set(name, { place, snapshot, index, nodeAt })
  }
  return { nodes, seen }
}

/** Places by all of their names, in lower case; a name goes before another's nickname. */
function byName(places: readonly Place[]): Map<string, Place> {
  const named = new Map<string, Place>()
  for (const place of places) for (const word of place.nicknames) named.set(word.toLowerCase(), place)
  for (const place of places) named.set(place.name.toLowerCase(), place)
  return named
}

/**
 * The graph of the tasks that are shown, over one repository or several. What is waited for and not shown, such as a
 * task that has ended, holds nothing up and is left out; what is not here at all is a node of its own kind.
 */
export function taskGraph(places: readonly Place[], shows: Shows = isOpen): TaskGraph {
  const { nodes, seen } = nodesOf(places, shows)
  const named = byName(places)
  const missing = new Map<string, number>()
  const miss = (reference: string, why: MissingNode['why']): number => {
    const known = missing.get(reference)
    if (known !== undefined) return known
    missing.set(reference, nodes.length)
    nodes.push({ kind: 'missing', reference, why })
    return nodes.length - 1
  }
  const nodeOf = (repository: string, id: string): number => {
    const at = id.indexOf('/')
    const owner = isReference(id) ? named.get(id.slice(0, at).toLowerCase())?.name : repository
    if (owner === undefined) return miss(id, 'unknown repository')
    const place = seen.get(owner)
    const own = isReference(id) ? id.slice(at + 1) : id
    if (!place) return miss(`${owner}/${own}`, 'unseen repository')
    const slot = place.index.get(own)
    return slot === undefined ? miss(`${owner}/${own}`, 'unknown task') : place.nodeAt[slot]!
  }
  const count = nodes.length
  const needs: GraphEdge[][] = nodes.map(() => [])
  for (let from = 0; from < count; from++) {
    const { repository, snapshot, slot } = nodes[from] as TaskNode
    const flags = snapshot.flags(slot)
    if (flags & FLAG.HAS_DEPENDENCIES) {
      for (const id of snapshot.head(slot).dependsOn) {
        const to = nodeOf(repository, id)
        if (to >= 0 && needs[from]!.every((edge) => edge.to !== to)) {
          needs[from]!.push({ from, to, kind: 'depends_on' })
        }
      }
    }
    if (!(flags & FLAG.HAS_PARENT)) continue
    const parent = nodeOf(repository, snapshot.head(slot).parent)
    // A parent that is not here waits for nobody.
    if (parent >= 0 && parent < count) needs[parent]!.push({ from: parent, to: from, kind: 'part_of' })
  }
  while (needs.length < nodes.length) needs.push([])
  return { nodes, needs: needs.map((edges) => edges.sort((a, b) => a.to - b.to)) }
}
