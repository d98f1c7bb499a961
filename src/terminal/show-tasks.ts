import { isOverdue } from '../query/filter.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { Worktree } from '../worktrees/missing-worktree.ts'
import type { Workplace } from './base-command.ts'
import { localDate } from './clock.ts'
import { type CardTask, renderCard } from './task-card.ts'
import { problemsJson, taskJsonTexts } from './task-json.ts'

/** Refs of the tasks that depend on a task, and of those that are parts of it: the edges seen from their other end. */
function relationsOf(snapshot: Snapshot, repository: string, id: string) {
  const refs = (slots: readonly number[]) =>
    slots
      .filter((slot) => !(snapshot.flags(slot) & FLAG.DELETED))
      .map((slot) => `${repository}#${snapshot.number(slot)}`)
  return { dependents: refs(snapshot.slotsDependingOn(id)), subtasks: refs(snapshot.slotsWithin(id)) }
}

/**
 * Prints tasks whole: as cards, or as one JSON document. git is asked for the worktree only of a task with a branch.
 * @param time when the tasks are looked at, by which one is overdue
 */
export async function showTasks(
  { repository, store }: Workplace,
  snapshot: Snapshot,
  slots: readonly number[],
  time: string,
  json: boolean,
): Promise<void> {
  const worktreeOf = new Map<string, Worktree>()
  if (slots.some((slot) => snapshot.head(slot).branch)) {
    const { listWorktrees } = await import('../worktrees/read-facts.ts')
    for (const worktree of await listWorktrees(repository))
      if (worktree.branch) worktreeOf.set(worktree.branch, worktree)
  }
  const tasks = taskJsonTexts(snapshot, store.name, slots).map((text) => {
    const task = JSON.parse(text) as CardTask
    const worktree = task.branch ? worktreeOf.get(task.branch) : undefined
    return {
      ...task,
      ...relationsOf(snapshot, store.name, task.id),
      worktree: worktree?.path ?? null,
      worktree_missing: worktree ? worktree.state !== 'there' : false,
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
  process.stdout.write(`${tasks.map((task) => renderCard(task, isLate(task))).join('\n\n')}\n`)
  for (const { path, message } of snapshot.problems) process.stderr.write(`Problem: ${path}: ${message}\n`)
}
