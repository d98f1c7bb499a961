import { MhvError } from '../errors.ts'
import { type AddedBy, cyclesIn, edgesWithin } from '../query/cycle-cuts.ts'
import { keyOf, type TaskGraph, type TaskNode } from '../query/task-graph.ts'
import type { TaskState } from '../tasks/task-state.ts'
import type { MemberView } from './view-members.ts'

/** The tasks of some nodes, folded from their events, by key; those whose files cannot be read are not among them. */
async function statesOf(nodes: readonly TaskNode[], views: readonly MemberView[]) {
  const states = new Map<string, TaskState>()
  for (const { member, snapshot, workplace } of views) {
    const own = nodes.filter(({ repository }) => repository === member.name)
    if (own.length === 0 || !snapshot || !workplace) continue
    const ids = own.map(({ slot }) => snapshot.head(slot).id)
    try {
      const read = await workplace.store.load(snapshot, ids)
      for (const [id, { task }] of read) states.set(`${member.name}/${id}`, task)
    } catch (error) {
      if (!(error instanceof MhvError)) throw error
    }
  }
  return states
}

/** Which events added the dependencies that make cycles. Reads the histories of the tasks in one, and of no others. */
export async function dependencyEvents(graph: TaskGraph, views: readonly MemberView[]): Promise<AddedBy> {
  const waiting = new Set(
    cyclesIn(graph).flatMap((members) => edgesWithin(graph, members).map(({ from }) => from)),
  )
  const nodes = [...waiting].map((node) => graph.nodes[node] as TaskNode)
  const states = await statesOf(nodes, views)
  const namesOf = new Map(views.map(({ member }) => [member.name, [member.name, ...member.nicknames]]))
  return ({ from, to, kind }) => {
    const state = states.get(keyOf(graph.nodes[from]!))
    if (kind === 'part_of' || !state) return ''
    const needed = graph.nodes[to] as TaskNode
    const { id } = needed.snapshot.head(needed.slot)
    const isIt = (other: string) =>
      other === id
        ? needed.repository === (graph.nodes[from] as TaskNode).repository
        : (namesOf.get(needed.repository) ?? []).some(
            (name) => other.toLowerCase() === `${name}/${id}`.toLowerCase(),
          )
    const events = [...state.dependsOn].flatMap(([other, added]) => (isIt(other) ? added : []))
    return events.sort().at(-1) ?? ''
  }
}
