import type { Config } from '../../schemas/config.ts'
import { CLOSED_STATUSES, type Status } from '../../schemas/vocabulary.ts'
import type { Repository } from '../git/repository.ts'
import { filterTasks } from '../query/filter.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { TaskStore } from '../store/task-store.ts'
import {
  findTargets,
  inspectWorktree,
  type Stray,
  strayDirectories,
  type WorktreeFacts,
} from '../worktrees/inspect.ts'
import type { Target } from '../worktrees/merged.ts'
import { workingProcesses } from '../worktrees/occupants.ts'
import { branchLeft } from '../worktrees/operation.ts'
import { type ListedWorktree, listWorktrees, readClaims } from '../worktrees/read-facts.ts'
import { sideBySide } from '../worktrees/side-by-side.ts'

/** The task that a worktree is for. */
export interface WorktreeTask {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly status: Status
  readonly deleted: boolean
  /** The branch that its log records, or null. */
  readonly branch: string | null
  /** Commit that its work began at, as its start has recorded it. */
  readonly base: string | null
}

/** What has gone wrong with a worktree that nobody removed. */
export type Orphan = 'task gone' | 'branch gone' | 'directory gone' | 'moved' | 'cut off' | 'unfinished'

export interface SurveyedWorktree {
  readonly worktree: ListedWorktree
  readonly task: WorktreeTask | null
  /** Whether it was made for the task, but has something checked out now that is not the task's. */
  readonly isOffBranch: boolean
  /** Id of the task that its branch is claimed for and that is not here. */
  readonly lostTask: string | null
  /** The branch that is checked out, also in the middle of a rebase. */
  readonly branch: string | null
}

export interface Survey {
  readonly view: Snapshot
  readonly all: readonly ListedWorktree[]
  readonly worktrees: readonly SurveyedWorktree[]
  readonly targets: readonly Target[]
  /** Directories that take themselves for one of the worktrees. */
  readonly strays: readonly Stray[]
  /** Everything there is to know of a worktree. @param thorough whether to look into what git ignores: before a removal */
  inspect(surveyed: SurveyedWorktree, thorough: boolean): Promise<WorktreeFacts>
}

/** The task whose log records a branch, where it is the only one. */
function taskOfBranch(view: Snapshot, branch: string): number | undefined {
  const today = { now: 0, date: '' }
  const live = filterTasks(view, { branch, statuses: ['all'] }, today, String)
  const found =
    live.length > 0 ? live : filterTasks(view, { branch, statuses: ['all'], deleted: true }, today, String)
  return found.length === 1 ? found[0] : undefined
}

/** Whether nobody works on a task any more. */
export const isFinished = ({ status, deleted }: Pick<WorktreeTask, 'status' | 'deleted'>): boolean =>
  deleted || CLOSED_STATUSES.includes(status)

/** What keeps a worktree from being found by what it belongs to, or null. */
export function orphanKind({ worktree, lostTask }: SurveyedWorktree): Orphan | null {
  if (worktree.isMain) return null
  if (worktree.movedTo) return 'moved'
  if (worktree.state === 'cut off' || worktree.state === 'unfinished') return worktree.state
  if (worktree.state === 'gone') return 'directory gone'
  if (worktree.head === null && worktree.branch !== null) return 'branch gone'
  return lostTask ? 'task gone' : null
}

/**
 * The repository's worktrees with the tasks that they are for, and a way to look into each.
 * @param canLeave whether the shell that runs the command can be moved, so that it does not count as being inside
 * Errors: those of the store, GIT_FAILED.
 */
export async function surveyWorktrees(
  repository: Repository,
  store: TaskStore,
  config: Config,
  canLeave: boolean,
): Promise<Survey> {
  const [view, all, claims] = await Promise.all([
    store.view(),
    listWorktrees(repository),
    readClaims(repository),
  ])
  const targets = await findTargets(repository, all[0], config.worktrees.base)
  const named = all.map((worktree) => {
    const branch = worktree.branch ?? branchLeft(worktree.admin)
    const claimed = branch === null ? undefined : claims.get(branch)
    const checkedOut = claimed
      ? view.slotOfId(claimed)
      : branch === null
        ? undefined
        : taskOfBranch(view, branch)
    const { madeFor } = worktree
    const slot = checkedOut ?? (claimed || madeFor === null ? undefined : view.slotOfId(madeFor))
    return { worktree, branch, claimed, slot, isOffBranch: slot !== checkedOut }
  })
  const ids = named.flatMap(({ slot }) => (slot === undefined ? [] : [view.head(slot).id]))
  const loaded = ids.length > 0 ? await store.load(view, [...new Set(ids)]).catch(() => new Map()) : new Map()
  const worktrees = named.map(({ worktree, branch, claimed, slot, isOffBranch }): SurveyedWorktree => {
    if (slot === undefined) return { worktree, branch, task: null, isOffBranch, lostTask: claimed ?? null }
    const { id, title, branch: recorded } = view.head(slot)
    const task = {
      id,
      title,
      number: view.number(slot),
      status: view.status(slot),
      deleted: (view.flags(slot) & FLAG.DELETED) !== 0,
      branch: recorded || null,
      base: loaded.get(id)?.task.base ?? null,
    }
    return { worktree, branch, task, isOffBranch, lostTask: null }
  })
  const here = process.cwd()
  const look = () => ({ occupants: workingProcesses(canLeave), strays: strayDirectories(repository, all) })
  const atFirst = look()
  return {
    strays: atFirst.strays,
    view,
    all,
    worktrees,
    targets,
    inspect: ({ worktree, task }, thorough) =>
      inspectWorktree(repository, worktree, {
        all,
        targets,
        base: task?.base ?? null,
        // Before a removal, things may have changed since the first look.
        ...(thorough ? look() : atFirst),
        here,
        thorough,
      }),
  }
}

/** Facts of every worktree, in order, a few at a time. @param onProgress told how many are looked at, and of how many */
export function inspectAll(
  survey: Survey,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<WorktreeFacts[]> {
  let done = 0
  return sideBySide(survey.worktrees, async (surveyed) => {
    const facts = await survey.inspect(surveyed, false)
    onProgress(++done, survey.worktrees.length)
    return facts
  })
}

/** Tasks in progress that no worktree here is for. */
export function startedWithout({ view, worktrees }: Survey): { id: string; number: number; title: string }[] {
  const busy = new Set(worktrees.map(({ task }) => task?.id))
  const today = { now: 0, date: '' }
  return filterTasks(view, { statuses: ['in_progress'] }, today, String)
    .map((slot) => ({ id: view.head(slot).id, number: view.number(slot), title: view.head(slot).title }))
    .filter(({ id }) => !busy.has(id))
}
