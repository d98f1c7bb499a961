import { MhvError } from './errors.ts'
import { faultPoint } from './fault-point.ts'
import type { Repository } from './git/repository.ts'
import { handle, type TaskReceipt, type Written } from './handle.ts'
import { findLiveTask, type TaskName } from './query/find-task.ts'
import type { TaskStore } from './store/task-store.ts'
import type { Environment } from './tasks/seal.ts'
import { applyStart } from './worktrees/apply-start.ts'
import { planStart, type StartPlan, type StartWishes } from './worktrees/plan-start.ts'
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
  const { id, title, branch } = view.head(slot)
  const task = { id, title, number: view.number(slot), branch: branch || null }
  const facts = await readStartFacts(repository, options.base)
  const plan =
    !options.worktree && !options.branch && !facts.baseCommit && !task.branch
      ? NO_BRANCH
      : planStart(task, options, facts)
  const written = await handle(
    store,
    {
      targets: [id],
      commands: () => [
        {
          kind: 'StartTask',
          branch: plan.branch || null,
          base: plan.base,
          assignee: environment.actor,
          force: options.force,
          reason: options.reason,
        },
      ],
    },
    environment,
  )
  faultPoint('task-started')
  if (plan === NO_BRANCH) return { written, plan }
  try {
    await applyStart(repository, task, plan)
  } catch (error) {
    if (written.changed && error instanceof MhvError) {
      await handle(store, { targets: [id], commands: () => [{ kind: 'UndoTask' }] }, environment)
    }
    throw error
  }
  return { written, plan }
}

/** In a repository without a commit a task can be worked on before there is anything to branch from. */
const NO_BRANCH: StartPlan = {
  branch: '',
  path: null,
  base: null,
  createBranch: false,
  claimBranch: false,
  addWorktree: false,
}
