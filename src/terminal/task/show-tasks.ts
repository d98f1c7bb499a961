import type { Repository } from '../../git/repository.ts'
import type { TaskCommit } from '../../git/task-commits.ts'
import { isOverdue } from '../../query/filter.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { shownAs } from '../../tasks/known.ts'
import type { Worktree } from '../../worktrees/missing-worktree.ts'
import type { Workplace } from '../base-command.ts'
import { localDate } from '../output/clock.ts'
import { page } from '../output/page.ts'
import { fitted } from '../output/wrapped.ts'
import { relationsOf } from './relations-of.ts'
import { type CardTask, renderCard } from './task-card.ts'
import { problemsJson, taskJsonTexts } from './task-json.ts'

/** What a task waits for, or has waited for, in other repositories, as far as it can be seen; each by its ref. */
function foreignDependencies(snapshot: Snapshot, slot: number) {
  const found = snapshot.head(slot).dependsOn.flatMap((id) => snapshot.elsewhere.task(id) ?? [])
  const once = new Map(found.map((task) => [task.id, task]))
  return [...once.values()].map((task) => ({ ref: shownAs(task), title: task.title, status: task.status }))
}

/** Commits of a task that are shown. */
const MOST_COMMITS = 20

/** The commits that carry a task's number, or one that it had, newest first, whoever wrote them and however it was begun. */
async function commitsOfTasks(
  repository: Repository,
  tasks: readonly CardTask[],
): Promise<(task: CardTask) => TaskCommit[]> {
  const numbersOf = ({ number, aliases }: CardTask) => [number, ...aliases]
  const numbers = [...new Set(tasks.flatMap(numbersOf))]
  if (numbers.length === 0) return () => []
  const { taskCommits } = await import('../../git/task-commits.ts')
  const created = tasks.flatMap(({ created_at }) => created_at ?? []).sort()
  const found = await taskCommits(repository, numbers, created[0] ?? '1970-01-01T00:00:00Z')
  return (task) => {
    const own = numbersOf(task).flatMap((number) => found.get(number) ?? [])
    const newest = own.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    // Commits know whole seconds only.
    const second = task.created_at?.slice(0, 19) ?? ''
    return newest.filter(({ at }) => at.slice(0, 19) >= second).slice(0, MOST_COMMITS)
  }
}

/**
 * Prints tasks whole: as cards, or as one JSON document. git is asked for the worktree only of a task with a branch.
 * @param time when the tasks are looked at, by which one is overdue
 */
export async function showTasks(
  workplace: Workplace,
  snapshot: Snapshot,
  slots: readonly number[],
  time: string,
  json: boolean,
): Promise<void> {
  const { repository, store } = workplace
  const worktreeOf = new Map<string, Worktree>()
  // Of a repository that is known by its URL, only the tasks are here.
  const isHere = workplace.elsewhere?.directory !== null
  if (isHere && slots.some((slot) => snapshot.head(slot).branch)) {
    const { listWorktrees } = await import('../../worktrees/read-facts.ts')
    for (const worktree of await listWorktrees(repository))
      if (worktree.branch) worktreeOf.set(worktree.branch, worktree)
  }
  const read = taskJsonTexts(snapshot, store.name, slots).map((text) => JSON.parse(text) as CardTask)
  const linked = read.some(({ links }) => links.length > 0)
    ? await (await import('./linked-tasks.ts')).linkedTasks(workplace, snapshot, read)
    : read.map(() => [])
  const commitsOf = isHere ? await commitsOfTasks(repository, read) : () => []
  const tasks = read.map((task, i) => {
    const worktree = task.branch ? worktreeOf.get(task.branch) : undefined
    return {
      ...task,
      ...relationsOf(snapshot, store.name, task.id),
      links: linked[i]!,
      elsewhere: foreignDependencies(snapshot, slots[i]!),
      worktree: worktree?.path ?? null,
      worktree_missing: worktree ? worktree.state !== 'there' : false,
      commits: commitsOf(task),
    }
  })
  const problems = problemsJson(snapshot, store.name)
  if (json) {
    const body = tasks.length === 1 ? { task: tasks[0] } : { tasks, total: tasks.length }
    process.stdout.write(`${JSON.stringify({ schema: 1, ...body, problems })}\n`)
    return
  }
  const today = { now: Date.parse(time), date: localDate(time) }
  const isLate = (task: CardTask) =>
    task.deadline !== null &&
    !['completed', 'cancelled'].includes(task.status) &&
    isOverdue(task.deadline, today)
  const home = workplace.elsewhere ? null : store.name
  const cards = tasks.map((task) => renderCard(task, isLate(task), time, home))
  await page(`${await fitted(cards.join('\n\n'))}\n`)
  for (const { path, message } of snapshot.problems) process.stderr.write(`Problem: ${path}: ${message}\n`)
}
