import { LEAST_PROBABILITY } from '../../insight/predict-blockers.ts'
import { predictTask } from '../../insight/predict-task.ts'
import { termReader } from '../../insight/text-likeness.ts'
import { neededBy, reachableFrom } from '../../query/graph-parts.ts'
import { refOf, type TaskNode, taskGraph } from '../../query/task-graph.ts'
import { type GraphViews, placesOf } from '../graph/graph-views.ts'
import { plainViews } from '../graph/plain-views.ts'
import { readLinks } from '../graph/read-links.ts'
import { endOfDeadline } from '../input/end-of-deadline.ts'
import type { Predicted } from './print-prediction.ts'
import { readEpisodes } from './read-episodes.ts'

/** What is predicted of an open task, and its deadline; null where it has ended. @param at ISO 8601 */
export async function predictNamed(
  { views }: GraphViews,
  named: Omit<TaskNode, 'kind'>,
  at: string,
): Promise<{ predicted: Predicted; deadline: string | null } | null> {
  const graph = taskGraph(placesOf(views))
  const isNamed = (node: TaskNode) => node.snapshot === named.snapshot && node.slot === named.slot
  const node = graph.nodes.findIndex((other) => other.kind === 'task' && isNamed(other))
  if (node < 0) return null
  const plain = plainViews(views)
  const reader = termReader()
  const deadline = named.snapshot.head(named.slot).deadline || null
  const [episodes, links] = await Promise.all([
    readEpisodes(views),
    readLinks(views, plain, graph, node, reader),
  ])
  const prediction = predictTask({
    task: plain.at(named.snapshot, named.slot)!,
    tasks: plain.tasks,
    episodes,
    at: Date.parse(at),
    deadline: deadline === null ? null : endOfDeadline(deadline),
    reader,
  })
  const dependents = neededBy(graph)
  const tasksAt = (nodes: Iterable<number>) =>
    [...nodes].map((other) => graph.nodes[other]!).filter((other) => other.kind === 'task')
  const waiting = reachableFrom([node], (other) => dependents[other]!)
  waiting.delete(node)
  const dependentTasks = tasksAt(waiting)
  const related = new Set([...dependentTasks, ...tasksAt(graph.needs[node]!.map(({ to }) => to))].map(refOf))
  const refs = new Map(plain.tasks.map(({ key, repository, number }) => [key, `${repository}#${number}`]))
  return {
    deadline,
    predicted: {
      ...prediction,
      // What is related is told as such.
      sameScope: prediction.sameScope.filter(({ task }) => !related.has(`${task.repository}#${task.number}`)),
      waitsFor: tasksAt(graph.needs[node]!.map(({ to }) => to)),
      dependents: dependentTasks,
      unstated: links.filter(({ confidence }) => confidence >= LEAST_PROBABILITY),
      nameOf: (key) => refs.get(key) ?? key,
    },
  }
}
