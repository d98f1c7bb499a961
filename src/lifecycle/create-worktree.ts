import { MhvError, shellWord } from '../errors.ts'
import { readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { findLiveTask, type TaskName } from '../query/find-task.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { TaskStore } from '../store/task-store.ts'
import { applyStart } from '../worktrees/apply-start.ts'
import { type CreateWishes, planCreate } from '../worktrees/plan-create.ts'
import { planStart } from '../worktrees/plan-start.ts'
import { readClaims, readStartFacts, remoteBranches } from '../worktrees/read-facts.ts'
import type { StartPlan } from '../worktrees/start-request.ts'
import { oneAtATime } from './one-start-at-a-time.ts'
import { planAsConfigured } from './plan-as-configured.ts'
import { type SetUp, type SetUpOptions, setUpWorktree, worktreeSettings } from './set-up-worktree.ts'
import { STARTED, taskToStart, userOf } from './start-task.ts'
import { settleKilled } from './worktree-trash.ts'

export interface CreateOptions extends CreateWishes, SetUpOptions {}

/** What a worktree is made for: a task that is started, or a branch. */
export type WorktreeOf = { readonly task: TaskName } | { readonly branch: string }

export interface CreatedWorktree {
  readonly plan: StartPlan
  /** The task that it is for, if any. */
  readonly task: { readonly id: string; readonly number: number } | null
  /** Where half a worktree of a killed command was set aside, since it may hold somebody's work; else null. */
  readonly setAside: string | null
  readonly setUp: SetUp
}

/**
 * Makes a worktree for a started task that has none, or for any branch, and makes it ready for work. No task changes.
 * Removals that were killed are settled first.
 * Errors: NO_WORKTREE where the task is not started; those of planStart, planCreate, applyStart, setUpWorktree;
 * CONTENTION while another such command goes on.
 */
export async function createWorktree(
  repository: Repository,
  store: TaskStore,
  wanted: WorktreeOf,
  actor: string,
  options: CreateOptions,
): Promise<CreatedWorktree> {
  await settleKilled(repository)
  const view = await store.view()
  const slot = await slotOf(repository, view, wanted)
  const key = slot === null && 'branch' in wanted ? wanted.branch : view.head(slot!).id
  return oneAtATime(repository, key, async (lock) => {
    const { plan, task } =
      slot === null && 'branch' in wanted
        ? await planForBranch(repository, wanted.branch, actor, options)
        : await planForTask(repository, store, view, slot!, actor, options)
    const named = task ? String(task.number) : shellWord(plan.branch)
    const again = `mhv worktree create ${named}${options.submodules ? ' --submodules' : ''}`
    const { setAside } = await applyStart(
      repository,
      task?.id ?? null,
      plan,
      { command: again, without: null },
      lock.setGit,
    )
    const worktree = { path: plan.path!, branch: plan.branch, task, again }
    return { plan, task, setAside, setUp: await setUpWorktree(repository, worktree, options) }
  })
}

/** The task that is meant; that of a branch is whoever has claimed it. Errors: those of findLiveTask. */
async function slotOf(repository: Repository, view: Snapshot, wanted: WorktreeOf): Promise<number | null> {
  if ('task' in wanted) return findLiveTask(view, wanted.task)
  const claim = (await readClaims(repository)).get(wanted.branch)
  const summary = claim === undefined ? null : view.summary(claim)
  return summary && !summary.deleted ? (view.slotOfId(summary.id) ?? null) : null
}

interface Planned {
  readonly plan: StartPlan
  readonly task: CreatedWorktree['task']
}

async function planForTask(
  repository: Repository,
  store: TaskStore,
  view: Snapshot,
  slot: number,
  actor: string,
  options: CreateOptions,
): Promise<Planned> {
  const task = await taskToStart(store, view, slot)
  const isGone = task.branch === null || !(await readRef(repository, `refs/heads/${task.branch}`))
  if (task.branch === null || (isGone && !STARTED.includes(view.status(slot)))) {
    const why = task.branch === null ? 'is not started' : `is ${view.status(slot)}, and its branch is gone`
    throw new MhvError('NO_WORKTREE', `#${task.number} ${why}, so there is nothing to check out.`, {
      recovery: [task.branch === null ? `mhv start ${task.number}` : `mhv task reopen ${task.number}`],
    })
  }
  const settings = await worktreeSettings(repository.workTree)
  const wishes = { ...options, worktree: true }
  const facts = await readStartFacts(repository, options, settings, userOf(actor))
  return { plan: await planAsConfigured(repository.workTree, () => planStart(task, wishes, facts)), task }
}

async function planForBranch(
  repository: Repository,
  branch: string,
  actor: string,
  options: CreateOptions,
): Promise<Planned> {
  const tip = await readRef(repository, `refs/heads/${branch}`)
  // As git does it: a branch that only a remote has is taken up from there.
  const theirs = tip === null && options.base === undefined ? await remoteBranches(repository, branch) : []
  const wishes =
    theirs.length === 1 ? { ...options, base: theirs[0]!, track: options.track ?? true } : options
  const settings = await worktreeSettings(repository.workTree)
  const facts = await readStartFacts(repository, wishes, settings, userOf(actor))
  const plan = await planAsConfigured(repository.workTree, () => planCreate(branch, tip, options, facts))
  return { plan, task: null }
}
