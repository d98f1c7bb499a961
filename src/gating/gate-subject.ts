import { MhvError } from '../errors.ts'
import type { GateSubject } from '../gates/gate-report.ts'
import { treeAt } from '../git/checkout.ts'
import type { Repository } from '../git/repository.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { TaskStore } from '../store/task-store.ts'
import { checkedOutBranch, currentTask } from '../worktrees/current-task.ts'
import { type Evidence, evidenceFor } from '../worktrees/evidence.ts'
import { listWorktrees } from '../worktrees/read-facts.ts'

/** Work to gate, and the worktree that it is in; null where its branch is checked out nowhere. */
export interface Work {
  readonly subject: GateSubject
  readonly place: string | null
}

/** The worktree that has a branch checked out, or null. */
export async function worktreeOf(repository: Repository, branch: string | null): Promise<string | null> {
  if (branch === null) return null
  const worktrees = await listWorktrees(repository)
  return worktrees.find((each) => each.branch === branch && each.state === 'there')?.path ?? null
}

async function baseOf(store: TaskStore, view: Snapshot, id: string): Promise<string | null> {
  return (await store.load(view, [id])).get(id)?.task.base ?? null
}

/** Where work is: the worktree of its branch, or this one where no branch can be named. Errors: GIT_FAILED. */
export const placeOf = async (repository: Repository, branch: string | null): Promise<string | null> =>
  branch === null ? repository.workTree : worktreeOf(repository, branch)

/** A task's work where its evidence says that there is some, else null. Errors: those of the store; GIT_FAILED. */
export async function workOf(
  repository: Repository,
  store: TaskStore,
  view: Snapshot,
  task: { readonly id: string } & Evidence,
): Promise<Work | null> {
  const { id, commit, branch } = task
  if (!commit) return null
  const place = await placeOf(repository, branch)
  return { subject: { commit, branch, base: await baseOf(store, view, id), task: id }, place }
}

/** The work of a task. Errors: NO_WORKTREE where there is none; as workOf. */
export async function requireWork(
  repository: Repository,
  store: TaskStore,
  view: Snapshot,
  slot: number,
): Promise<Work> {
  const { id, branch } = view.head(slot)
  const evidence = await evidenceFor(repository, { id, branch: branch || null })
  const work = await workOf(repository, store, view, { id, ...evidence })
  if (work) return work
  const number = view.number(slot)
  throw new MhvError('NO_WORKTREE', `#${number} has no branch, so there is no work to run gates on.`, {
    recovery: [`mhv start ${number}`, 'mhv gate run'],
    data: { number },
  })
}

/** What is checked out here, whoever's work it is. Errors: NO_COMMITS; those of the store where it is a task's. */
export async function workHere(repository: Repository, store: TaskStore): Promise<Work> {
  const [head, id] = await Promise.all([treeAt(repository.git, 'HEAD'), currentTask(repository)])
  if (!head) throw new MhvError('NO_COMMITS', 'There is no commit yet, and so nothing to run gates on.')
  const base = id ? await baseOf(store, await store.view(), id) : null
  const branch = checkedOutBranch(repository)
  return {
    subject: { ...head, branch, base, ...(id ? { task: id } : {}) },
    place: repository.workTree,
  }
}
