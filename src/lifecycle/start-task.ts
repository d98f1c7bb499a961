import type { Status } from '../../schemas/vocabulary.ts'
import { MhvError } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import type { Repository } from '../git/repository.ts'
import { handle, rehearse, type TaskReceipt, type Written } from '../handle.ts'
import { filterTasks } from '../query/filter.ts'
import { findLiveTask, type TaskName } from '../query/find-task.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { TaskStore } from '../store/task-store.ts'
import type { WriteLock } from '../store/write-lock.ts'
import type { Environment } from '../tasks/seal.ts'
import { applyStart } from '../worktrees/apply-start.ts'
import { planStart } from '../worktrees/plan-start.ts'
import { readStartFacts } from '../worktrees/read-facts.ts'
import { slug } from '../worktrees/slug.ts'
import {
  type StartPlan,
  type StartWishes,
  startCommand,
  type TaskToStart,
} from '../worktrees/start-request.ts'
import { readTrash } from '../worktrees/trash-entry.ts'
import { oneAtATime } from './one-start-at-a-time.ts'
import { planAsConfigured } from './plan-as-configured.ts'
import { type SetUp, type SetUpOptions, setUpWorktree, worktreeSettings } from './set-up-worktree.ts'
import { settleKilled } from './worktree-trash.ts'

export interface StartOptions extends StartWishes, SetUpOptions {
  readonly force: boolean
  readonly reason: string | null
}

export interface Started {
  readonly written: Written<readonly TaskReceipt[]>
  readonly plan: StartPlan
  /** Where half a worktree of a killed start was set aside, since it may hold somebody's work; else null. */
  readonly setAside: string | null
  /** What `worktree undo` calls a removed worktree of this task, in whose stead a new one was made; else null. */
  readonly removed: string | null
  /** What making its worktree ready came to; null without one. */
  readonly setUp: SetUp | null
}

/**
 * Starts a task: plan, then the event beside branch and worktree, then what makes that ready for work. A crash in between
 * leaves what is finished by the same command; a failure takes back what was made, unless the
 * worktree was: this stays, and the same command goes on from there.
 * Removals that were killed are settled first. Errors: those of planStart, applyStart, setUpWorktree, handle; CONTENTION while another start of the task goes on.
 */
export async function startTask(
  repository: Repository,
  store: TaskStore,
  name: TaskName,
  environment: Environment,
  options: StartOptions,
): Promise<Started> {
  await settleKilled(repository)
  const before = await store.view()
  const { id } = before.head(findLiveTask(before, name))
  return oneAtATime(repository, id, (lock) => startLocked(repository, store, id, environment, options, lock))
}

async function startLocked(
  repository: Repository,
  store: TaskStore,
  id: string,
  environment: Environment,
  options: StartOptions,
  lock: WriteLock,
): Promise<Started> {
  const view = await store.view()
  const slot = findLiveTask(view, id)
  const task = await taskToStart(store, view, slot)
  const settings = await worktreeSettings(repository.workTree)
  const user = userOf(environment.actor)
  const facts = await readStartFacts(repository, options, settings, user)
  const plan = await planAsConfigured(repository.workTree, () => planStart(task, options, facts))
  const command = {
    kind: 'StartTask' as const,
    branch: plan.branch,
    base: plan.base,
    assignee: environment.actor,
    force: options.force,
    reason: options.reason,
  }
  const request = { targets: [id], commands: () => [command] }
  await rehearse(store, view, request, environment).catch((error: unknown) => {
    if (!(error instanceof MhvError)) throw error
    // The decision knows the task, not where it was to be worked on: a step that starts it keeps that.
    const again = `mhv start ${task.number} --force`
    const recovery = error.recovery.map((step) =>
      step === again ? startCommand(task, options, { force: true }) : step,
    )
    throw new MhvError(error.error, error.message, { recovery, data: error.data, cause: error.cause })
  })
  const resume = `mhv start ${task.number}${options.submodules ? ' --submodules' : ''}`
  const again = { command: resume, without: options.path === undefined ? `${resume} --no-worktree` : null }
  // The event is written while git checks files out. Whichever of the two a crash leaves behind, the next start goes on.
  const [event, made] = await Promise.allSettled([
    handle(store, request, environment).then((done) => {
      faultPoint('task-started')
      return done
    }),
    applyStart(repository, id, plan, again, lock.setGit),
  ])
  if (event.status === 'rejected') {
    if (made.status === 'fulfilled') await made.value.undo()
    throw event.reason
  }
  const written = event.value
  if (made.status === 'rejected') {
    if (written.changed && made.reason instanceof MhvError) {
      await handle(store, { targets: [id], commands: () => [{ kind: 'UndoTask' }] }, environment)
    }
    throw made.reason
  }
  const { setAside } = made.value
  const worktree = plan.path && { path: plan.path, branch: plan.branch, task, again: resume }
  const setUp = worktree ? await setUpWorktree(repository, worktree, options) : null
  return {
    written,
    plan,
    setAside,
    removed: plan.addWorktree ? removedBefore(repository, task) : null,
    setUp,
  }
}

function removedBefore(repository: Repository, { id, number }: TaskToStart): string | null {
  const entries = readTrash(repository).filter(({ state }) => state === 'removed')
  const own = entries.find(({ task }) => task?.id === id)
  if (!own) return null
  // The number that it had then may name another task's by now.
  return entries.find(({ task }) => task?.number === number) === own ? String(number) : own.id
}

/** What templates call the user `Ann <ann@example.com>`: the part of the address that is a name. */
export const userOf = (actor: string) => slug(/<([^@>]+)/.exec(actor)?.[1] ?? actor)

/** Statuses of a task whose branch and worktree stand: it may have been blocked, or have failed its gates, since. */
export const STARTED: readonly Status[] = ['in_progress', 'blocked', 'failed']

/** A task as a plan needs to know it. */
export async function taskToStart(store: TaskStore, view: Snapshot, slot: number): Promise<TaskToStart> {
  const { id, title, branch } = view.head(slot)
  const isStarted = STARTED.includes(view.status(slot)) && branch !== ''
  const base = isStarted ? ((await store.load(view, [id])).get(id)?.task.base ?? null) : null
  return {
    id,
    title,
    number: view.number(slot),
    type: view.type(slot),
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
