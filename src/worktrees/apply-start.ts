import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ERRORS } from '../error-table.ts'
import { MhvError } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import type { Repository } from '../git/repository.ts'
import { git, gitFailure, runGit, SHOW_HOOKS } from '../git/run.ts'
import { clearUnfinished } from './clear-unfinished.ts'
import { claimOf } from './current-task.ts'
import type { StartPlan } from './plan-start.ts'

/** Errors: BRANCH_TAKEN, INVALID_INPUT, GIT_FAILED. */
async function makeBranch(repository: Repository, task: { number: number }, plan: StartPlan): Promise<void> {
  const args = ['branch', '--no-track', plan.branch, plan.base!]
  const made = await runGit(args, repository.git)
  if (made.status === 0) return
  if (/already exists/.test(made.stderr)) {
    throw new MhvError('BRANCH_TAKEN', `The branch ${plan.branch} has come into being meanwhile.`, {
      recovery: [`mhv start ${task.number}`],
    })
  }
  if (/not a valid branch name/.test(made.stderr)) {
    throw new MhvError(
      'INVALID_INPUT',
      `git does not take ${JSON.stringify(plan.branch)} for a branch name.`,
      { recovery: [`mhv start ${task.number}`], data: { field: 'branch', value: plan.branch } },
    )
  }
  throw gitFailure(args, made)
}

/**
 * Does what a plan says. Each step leaves a state that the next plan goes on from: a branch is claimed before it is
 * made, since one without a claim would be taken for somebody else's.
 * @param hasOwnPath whether the user chose where the worktree goes
 * @param onSpawn is told the git process that makes the worktree, which may take long
 * @returns where half a worktree was set aside that may hold somebody's work, or null
 * Errors: BRANCH_TAKEN, WORKTREE_EXISTS, INVALID_INPUT, GIT_FAILED.
 */
export async function applyStart(
  repository: Repository,
  task: { id: string; number: number },
  plan: StartPlan,
  hasOwnPath: boolean,
  onSpawn: (pid: number) => void,
): Promise<string | null> {
  if (plan.claimBranch) await git(['config', claimOf(plan.branch), task.id], repository.git)
  faultPoint('branch-claimed')
  if (plan.createBranch) {
    try {
      await makeBranch(repository, task, plan)
    } catch (error) {
      if (plan.claimBranch) await runGit(['config', '--unset', claimOf(plan.branch)], repository.git)
      throw error
    }
  }
  faultPoint('branch-made')
  if (!plan.addWorktree) return null
  const aside = plan.unfinished && (await clearUnfinished(repository, plan.unfinished, plan.branch))
  const args = ['worktree', 'add', '--quiet', plan.path!, plan.branch]
  const added = await runGit(args, { ...repository.git, onSpawn })
  if (/already exists|already checked out|already used by worktree/.test(added.stderr)) {
    throw new MhvError('WORKTREE_EXISTS', added.stderr.trim().replace(/^fatal: /, ''), {
      data: { path: plan.path },
    })
  }
  if (added.status !== 0 && existsSync(join(plan.path!, '.git')) && !/^fatal:/m.test(added.stderr)) {
    const message = `The worktree is at ${plan.path}, but a hook of git failed in it: ${added.stderr.trim() || `status ${added.status}`}`
    throw new MhvError('GIT_FAILED', message, { recovery: [SHOW_HOOKS, `mhv start ${task.number}`] })
  }
  if (added.status === 0) return aside
  const failure = gitFailure(args, added)
  if (failure.recovery !== ERRORS[failure.error].recovery) throw failure
  // Without a path of the user's, or without a worktree: what git refused is then not asked of it again.
  const step = hasOwnPath ? `mhv start ${task.number}` : `mhv start ${task.number} --no-worktree`
  throw new MhvError(failure.error, failure.message, { recovery: [step], data: failure.data })
}
