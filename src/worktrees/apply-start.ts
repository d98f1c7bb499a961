import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ERRORS } from '../error-table.ts'
import { MhvError } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import type { Repository } from '../git/repository.ts'
import { git, gitFailure, runGit, SHOW_HOOKS } from '../git/run.ts'
import { clearUnfinished } from './clear-unfinished.ts'
import { claimOf } from './current-task.ts'
import { excludeNested } from './exclude-nested.ts'
import type { StartPlan } from './start-request.ts'
import { type MadeByStart, takeBack, takeBackWhole } from './take-back.ts'

/** Errors: BRANCH_TAKEN, INVALID_INPUT, GIT_FAILED. */
async function makeBranch(repository: Repository, again: string, plan: StartPlan): Promise<void> {
  const args = ['branch', '--no-track', plan.branch, plan.base!]
  const made = await runGit(args, repository.git)
  if (made.status === 0) return
  if (/already exists/.test(made.stderr)) {
    throw new MhvError('BRANCH_TAKEN', `The branch ${plan.branch} has come into being meanwhile.`, {
      recovery: [again],
    })
  }
  if (/not a valid branch name/.test(made.stderr)) {
    throw new MhvError(
      'INVALID_INPUT',
      `git does not take ${JSON.stringify(plan.branch)} for a branch name.`,
      { recovery: [again], data: { field: 'branch', value: plan.branch } },
    )
  }
  throw gitFailure(args, made)
}

/** What somebody asks for when a start is to be gone on with. */
export interface StartAgain {
  /** Command that does so. */
  readonly command: string
  /** Command that asks git for no worktree, where it refused one at a path that the user did not choose; else null. */
  readonly without: string | null
}

/** Errors: WORKTREE_EXISTS, GIT_FAILED, STORE_UNWRITABLE. */
async function addWorktree(
  repository: Repository,
  plan: StartPlan,
  again: StartAgain,
  onSpawn: (pid: number) => void,
): Promise<void> {
  const args = ['worktree', 'add', '--quiet', plan.path!, plan.branch]
  const added = await runGit(args, { ...repository.git, onSpawn })
  if (added.status === 0) return
  if (/already exists|already checked out|already used by worktree/.test(added.stderr)) {
    // What came there meanwhile is seen by the next plan, which knows another place.
    throw new MhvError('WORKTREE_EXISTS', added.stderr.trim().replace(/^fatal: /, ''), {
      recovery: [again.command],
      data: { path: plan.path },
    })
  }
  if (existsSync(join(plan.path!, '.git')) && !/^fatal:/m.test(added.stderr)) {
    const message = `The worktree is at ${plan.path}, but a hook of git failed in it: ${added.stderr.trim() || `status ${added.status}`}`
    throw new MhvError('GIT_FAILED', message, { recovery: [SHOW_HOOKS, again.command] })
  }
  const failure = gitFailure(args, added)
  if (failure.recovery !== ERRORS[failure.error].recovery) throw failure
  throw new MhvError(failure.error, failure.message, {
    recovery: [again.without ?? again.command],
    data: failure.data,
  })
}

export interface AppliedStart {
  /** Where half a worktree was set aside that may hold somebody's work, or null. */
  readonly setAside: string | null
  /** Takes back what was made, the worktree too if there is nothing in it but what git put there. */
  readonly undo: () => Promise<void>
}

/** Directories above a path that are not there, the deepest first. */
function missingAbove(path: string): string[] {
  const missing: string[] = []
  for (let above = dirname(path); !existsSync(above); above = dirname(above)) missing.push(above)
  return missing
}

/**
 * Does what a plan says. Each step leaves a state that the next plan goes on from: a branch is claimed before it is
 * made, since one without a claim would be taken for somebody else's. What fails takes back what it made.
 * @param task id of the task that the branch is claimed for; null for none
 * @param onSpawn is told the git process that makes the worktree, which may take long
 * Errors: BRANCH_TAKEN, WORKTREE_EXISTS, INVALID_INPUT, GIT_FAILED, STORE_UNWRITABLE.
 */
export async function applyStart(
  repository: Repository,
  task: string | null,
  plan: StartPlan,
  again: StartAgain,
  onSpawn: (pid: number) => void,
): Promise<AppliedStart> {
  const { branch, path } = plan
  const around = plan.addWorktree ? missingAbove(path!) : []
  const made: MadeByStart = {
    ...{ branch, around },
    ...{ commit: null, isClaimed: false, isFollowing: false, include: () => {} },
  }
  try {
    if (plan.claimBranch && task !== null) {
      await git(['config', claimOf(branch), task], repository.git)
      made.isClaimed = true
    }
    faultPoint('branch-claimed')
    if (plan.createBranch) {
      await makeBranch(repository, again.command, plan)
      made.commit = plan.base
    }
    if (plan.follows !== null) {
      made.isFollowing = true
      await git(['branch', '--quiet', `--set-upstream-to=${plan.follows}`, branch], repository.git)
    }
    faultPoint('branch-made')
    const undo = () => takeBackWhole(repository, plan, made)
    if (!plan.addWorktree) return { setAside: null, undo }
    const setAside = plan.unfinished && (await clearUnfinished(repository, plan.unfinished, branch))
    if (plan.exclude) made.include = await excludeNested(repository, plan.exclude)
    await addWorktree(repository, plan, again, onSpawn)
    faultPoint('worktree-added')
    return { setAside, undo }
  } catch (error) {
    const isThere = plan.addWorktree && existsSync(join(path!, '.git'))
    // A hook that fails does so in a worktree that is whole, and may have begun to work in it.
    if (!isThere) await takeBack(repository, made)
    throw error
  }
}
