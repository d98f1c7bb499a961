import type { Status } from '../schemas/vocabulary.ts'
import { MhvError } from './errors.ts'
import { faultPoint } from './fault-point.ts'
import type { Repository } from './git/repository.ts'
import { handle, type TaskReceipt, type Written } from './handle.ts'
import { filterTasks } from './query/filter.ts'
import { findLiveTask, type TaskName } from './query/find-task.ts'
import type { Snapshot } from './snapshot/snapshot.ts'
import type { TaskStore } from './store/task-store.ts'
import type { Environment } from './tasks/seal.ts'
import { applyStart } from './worktrees/apply-start.ts'
import {
  planStart,
  type StartPlan,
  type StartWishes,
  startCommand,
  type TaskToStart,
} from './worktrees/plan-start.ts'
import { readStartFacts } from './worktrees/read-facts.ts'

export interface StartOptions extends StartWishes {
  readonly force: boolean
  readonly reason: string | null
}

export interface Started {
  readonly written: Written<readonly TaskReceipt[]>
  readonly plan: StartPlan
}

/**
 * Starts a task: plan, then the event, then branch and worktree. A crash in between leaves a task in progress whose
 * start is finished by the same command; a failure in between takes the event back.
 * Errors: those of planStart, applyStart, handle.
 */
export async function startTask(
  repository: Repository,
  store: TaskStore,
  name: TaskName,
  environment: Environment,
  options: StartOptions,
): Promise<Started> {
  const view = await store.view()
  const slot = findLiveTask(view, name)
  const { id } = view.head(slot)
  const task = await taskToStart(store, view, slot)
  const plan = planStart(task, options, await readStartFacts(repository, options.base))
  const command = {
    kind: 'StartTask' as const,
    branch: plan.branch,
    base: plan.base,
    assignee: environment.actor,
    force: options.force,
    reason: options.reason,
  }
  const written = await handle(store, { targets: [id], commands: () => [command] }, environment).catch(
    (error: unknown) => {
      if (!(error instanceof MhvError)) throw error
      // The decision knows the task, not where it was to be worked on: a step that starts it keeps that.
      const again = `mhv start ${task.number} --force`
      const recovery = error.recovery.map((step) =>
        step === again ? startCommand(task, options, { force: true }) : step,
      )
      throw new MhvError(error.error, error.message, { recovery, data: error.data, cause: error.cause })
    },
  )
  faultPoint('task-started')
  try {
    await applyStart(repository, task, plan, options.path !== undefined)
  } catch (error) {
    if (written.changed && error instanceof MhvError) {
      await handle(store, { targets: [id], commands: () => [{ kind: 'UndoTask' }] }, environment)
    }
    throw error
  }
  return { written, plan }
}

/** Statuses of a task whose branch and worktree stand: it may have been blocked, or have failed its gates, since. */
const STARTED: readonly Status[] = ['in_progress', 'blocked', 'failed']

async function taskToStart(store: TaskStore, view: Snapshot, slot: number): Promise<TaskToStart> {
  const { id, title, branch } = view.head(slot)
  const isStarted = STARTED.includes(view.status(slot)) && branch !== ''
  const base = isStarted ? ((await store.load(view, [id])).get(id)?.task.base ?? null) : null
  return {
    id,
    title,
    number: view.number(slot),
    branch: branch || null,
    base,
    isStarted,
    nameOf: (other) => {
      const summary = view.summary(other)
      return summary ? `#${summary.number} ${summary.title}` : `a task that is not here (${other})`
    },
    isShared: (name) =>
      filterTasks(view, { branch: name, statuses: ['all'] }, { now: 0, date: '' }, String).some(
        (found) => found !== slot,
      ),
  }
}
