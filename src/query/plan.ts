import type { Priority, Status } from '../../schemas/vocabulary.ts'
import { type AddedBy, type Cycle, cycleCuts } from './cycle-cuts.ts'
import { neededBy, reachableFrom } from './graph-parts.ts'
import { schedule } from './schedule.ts'
import { estimateMinutes } from './sort.ts'
import type { TaskGraph, TaskNode } from './task-graph.ts'

/** What a task without an estimate counts as: half a working day. */
export const ASSUMED_MINUTES = 240
/** What a point counts as. */
export const POINT_MINUTES = 240

/** Where the length of a task comes from. */
export type Measure = 'time' | 'points' | 'assumed'

export interface PlannedTask {
  /** Its place in the graph. */
  readonly node: number
  readonly status: Status
  readonly priority: Priority
  /** From 1. */
  readonly level: number
  readonly minutes: number
  readonly measure: Measure
  /** Minutes from now at which it can begin, and by which it can be late. */
  readonly start: number
  readonly slack: number
  /** Nodes that it waits for. */
  readonly after: readonly number[]
}

/** A task for which no time can be told, and the nodes that are in its way. */
export interface UnplannedTask {
  readonly node: number
  readonly because: 'cycle' | 'missing'
  readonly of: readonly number[]
}

export interface Plan {
  /** By level; within one, what can be late least comes first, then what has the higher priority. */
  readonly levels: readonly (readonly PlannedTask[])[]
  /** Nodes of the longest chain, in the order of work. */
  readonly critical: readonly number[]
  /** How long it takes. */
  readonly minutes: number
  /** All work together. */
  readonly work: number
  /** Nodes of tasks that can be taken up now. */
  readonly now: readonly number[]
  readonly cycles: readonly Cycle[]
  readonly unplanned: readonly UnplannedTask[]
}

function lengthOf({ snapshot, slot }: TaskNode): { minutes: number; measure: Measure } {
  const { estimate } = snapshot.head(slot)
  const amount = estimateMinutes(estimate)
  if (amount < 0) return { minutes: ASSUMED_MINUTES, measure: 'assumed' }
  if (estimate.endsWith('pt')) return { minutes: Math.round(amount * POINT_MINUTES), measure: 'points' }
  return { minutes: Math.round(amount), measure: 'time' }
}

/** The tasks that cannot be planned: those in a cycle, and whatever waits for one or for something that is not here. */
function unplannedIn({ nodes, needs }: TaskGraph, cycles: readonly Cycle[], dependents: number[][]) {
  const causes = [
    ...cycles.flatMap(({ members }) => members.map((node) => ({ node, because: 'cycle' as const }))),
    ...nodes.flatMap(({ kind }, node) => (kind === 'missing' ? [{ node, because: 'missing' as const }] : [])),
  ]
  const because = new Map<number, UnplannedTask['because']>()
  for (const kind of ['cycle', 'missing'] as const) {
    const starts = causes.filter((cause) => cause.because === kind).map(({ node }) => node)
    for (const node of reachableFrom(starts, (at) => dependents[at]!)) {
      if (!because.has(node)) because.set(node, kind)
    }
  }
  const isStuck = (node: number) => because.has(node)
  const unplanned = [...because]
    .filter(([node]) => nodes[node]!.kind === 'task')
    .sort(([a], [b]) => a - b)
    .map(([node, reason]): UnplannedTask => {
      return { node, because: reason, of: needs[node]!.map(({ to }) => to).filter(isStuck) }
    })
  return { unplanned, isStuck }
}

const RANK: Readonly<Record<Priority, number>> = { critical: 0, high: 1, medium: 2, low: 3 }
const bySlack = (a: PlannedTask, b: PlannedTask) =>
  a.slack - b.slack || RANK[a.priority] - RANK[b.priority] || a.node - b.node

const CAN_START: readonly Status[] = ['pending', 'failed']

/**
 * What can be done at once, in which order, and how long it takes at least, of the open tasks of a graph. A task counts
 * whole until it has ended, also one in progress.
 */
export async function planOf(graph: TaskGraph, addedBy: AddedBy): Promise<Plan> {
  const cycles = cycleCuts(graph, addedBy)
  const { unplanned, isStuck } = unplannedIn(graph, cycles, neededBy(graph))
  const planned = [...graph.nodes.keys()].filter((node) => !isStuck(node))
  const placeOf = new Map(planned.map((node, place) => [node, place]))
  const tasks = planned.map((node) => graph.nodes[node] as TaskNode)
  const lengths = tasks.map(lengthOf)
  const needs = planned.map((node) => graph.needs[node]!.map(({ to }) => placeOf.get(to)!))
  const { levels, done, slack, critical } = await schedule(
    needs,
    lengths.map(({ minutes }) => minutes),
  )
  const plannedAt = (place: number, level: number): PlannedTask => {
    const { snapshot, slot } = tasks[place]!
    return {
      node: planned[place]!,
      status: snapshot.status(slot),
      priority: snapshot.priority(slot),
      level,
      ...lengths[place]!,
      start: done[place]! - lengths[place]!.minutes,
      slack: slack[place]!,
      after: needs[place]!.map((need) => planned[need]!),
    }
  }
  const levelled = levels.map((level, i) => level.map((place) => plannedAt(place, i + 1)).sort(bySlack))
  return {
    levels: levelled,
    critical: critical.map((place) => planned[place]!),
    minutes: critical.length > 0 ? done[critical.at(-1)!]! : 0,
    work: lengths.reduce((sum, { minutes }) => sum + minutes, 0),
    now: (levelled[0] ?? []).filter(({ status }) => CAN_START.includes(status)).map(({ node }) => node),
    cycles,
    unplanned,
  }
}
