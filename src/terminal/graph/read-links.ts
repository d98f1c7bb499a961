import type { MemberView } from '../../federation/view-members.ts'
import { linkCandidates } from '../../insight/link-candidates.ts'
import type { PlainTask } from '../../insight/plain-task.ts'
import { type LinkSuggestion, suggestLinks } from '../../insight/suggest-links.ts'
import { termReader } from '../../insight/text-likeness.ts'
import type { TaskGraph, TaskNode } from '../../query/task-graph.ts'
import type { PlainViews } from './plain-views.ts'

/** The files that commits of a repository's tasks changed, by the tasks' keys; nothing of one that is not here. */
async function filesByKey(
  views: readonly MemberView[],
  task: PlainTask,
  others: readonly PlainTask[],
): Promise<(key: string) => ReadonlySet<string>> {
  const none = new Set<string>()
  const view = views.find(({ member }) => member.name === task.repository)
  // Paths of two repositories have nothing to do with each other.
  if (!view?.workplace || view.fetchedAt !== null) return () => none
  const { repository } = view.workplace
  const [{ taskCommits }, { taskFiles }] = await Promise.all([
    import('../../git/task-commits.ts'),
    import('../../git/task-files.ts'),
  ])
  // Most tasks have no commits yet, which git tells by the time since one was created rather than by all of history.
  const since = new Date(task.created).toISOString()
  const commits = await taskCommits(repository, [task.number], since)
  if (commits.get(task.number)!.length === 0) return () => none
  const files = await taskFiles(repository)
  const own = [task, ...others].filter(({ repository }) => repository === task.repository)
  const byKey = new Map(own.map(({ key, number }) => [key, files.get(number) ?? none]))
  return (key) => byKey.get(key) ?? none
}

/**
 * Tasks that a task may have to wait for though nobody has said so, the likeliest first. Errors: GIT_MISSING.
 * @param graph of what is open, in which it is
 */
export async function readLinks(
  views: readonly MemberView[],
  plain: PlainViews,
  graph: TaskGraph,
  node: number,
  reader = termReader(),
): Promise<LinkSuggestion[]> {
  const plainOf = (at: number) => {
    const { snapshot, slot } = graph.nodes[at] as TaskNode
    return plain.at(snapshot, slot)!
  }
  const task = plainOf(node)
  const candidates = linkCandidates(graph, node).map(plainOf)
  return suggestLinks(task, candidates, { filesOf: await filesByKey(views, task, candidates), reader })
}
