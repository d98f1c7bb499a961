import { neededBy, reachableFrom } from '../query/graph-parts.ts'
import { ASSUMED_MINUTES, type Plan } from '../query/plan.ts'
import { estimateMinutes } from '../query/sort.ts'
import type { TaskGraph, TaskNode } from '../query/task-graph.ts'
import { HOUR } from './durations.ts'
import type { Workable } from './rank-next.ts'
import type { UsualLead } from './usual-leads.ts'

/** A task that can be worked on, with what its explanation says. */
export interface NextTask extends Workable {
  readonly node: TaskNode
  readonly usual: UsualLead | null
  readonly deadline: string | null
}

export interface Asking {
  /** Milliseconds since 1970. */
  readonly now: number
  /** When a deadline ends. */
  readonly endOf: (deadline: string) => number
  readonly usual: (node: TaskNode) => UsualLead | null
  /** Whether the task may be taken up by who asks, by its repository and its assignee, empty for nobody. */
  readonly isFor: (repository: string, assignee: string) => boolean
  readonly chosen: ReadonlySet<string>
}

/** What it takes where nothing was finished yet. */
function assumedHours({ snapshot, slot }: TaskNode): number {
  const minutes = estimateMinutes(snapshot.head(slot).estimate)
  return (minutes < 0 ? ASSUMED_MINUTES : minutes) / 60
}

/** The tasks that can be worked on now: begun or not, and waiting for nothing. What others have in hand is theirs. */
export function findWorkable(graph: TaskGraph, plan: Plan, asking: Asking): NextTask[] {
  const dependents = neededBy(graph)
  const planned = new Map(plan.levels.flat().map((task) => [task.node, task]))
  return graph.nodes.flatMap((node, at) => {
    if (node.kind !== 'task' || !asking.chosen.has(node.repository)) return []
    const { snapshot, slot, repository } = node
    const status = snapshot.status(slot)
    if (status === 'blocked') return []
    const isInProgress = status === 'in_progress'
    // Who has begun a parent has begun its parts; who has not takes up these.
    if (graph.needs[at]!.some(({ kind }) => kind === 'depends_on' || !isInProgress)) return []
    const { id, assignee, deadline } = snapshot.head(slot)
    if (!asking.isFor(repository, assignee)) return []
    const usual = asking.usual(node)
    return [
      {
        node,
        repository,
        number: snapshot.number(slot),
        id,
        isInProgress,
        priority: snapshot.priority(slot),
        deadline: deadline || null,
        hoursLeft: deadline ? (asking.endOf(deadline) - asking.now) / HOUR : null,
        hoursNeeded: usual?.hours ?? assumedHours(node),
        usual,
        unblocks:
          dependents[at]!.length === 0 ? 0 : reachableFrom([at], (next) => dependents[next]!).size - 1,
        slack: plan.minutes === 0 ? 1 : (planned.get(at)?.slack ?? plan.minutes) / plan.minutes,
      },
    ]
  })
}
