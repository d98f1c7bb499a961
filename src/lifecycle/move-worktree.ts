import { existsSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Config } from '../../schemas/config.ts'
import { MhvError, shellWord } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'
import type { TaskStore } from '../store/task-store.ts'
import type { WorktreeFacts } from '../worktrees/inspect.ts'
import { reasonsToKeep } from '../worktrees/plan-removal.ts'
import { worktreesNamed } from './remove-worktrees.ts'
import { surveyWorktrees } from './survey-worktrees.ts'
import { withTrash } from './worktree-trash.ts'

/** What keeps a worktree in its place: what of the reasons against its removal is not about what it holds. */
const IN_PLACE = ['main', 'not there', 'copied', 'locked', 'occupied', 'here'] as const

/** Errors: WORKTREE_IN_USE, WORKTREE_FIXED. */
function requireMovable(facts: WorktreeFacts, canLeave: boolean): void {
  const wishes = { needs: null, withChanges: true, goneToo: false, canLeave }
  const reasons = reasonsToKeep(facts, wishes).filter(({ code }) => IN_PLACE.includes(code as never))
  const hasModules = facts.admin !== null && existsSync(join(facts.admin, 'modules'))
  const said = [
    ...reasons.map(({ text }) => text),
    ...(hasModules ? ['it has submodules, which git does not move'] : []),
  ]
  if (said.length === 0) return
  const isInUse =
    reasons.length > 0 && !hasModules && reasons.every(({ code }) => code === 'here' || code === 'occupied')
  const steps = reasons.flatMap(({ step }) => step ?? [])
  throw new MhvError(
    isInUse ? 'WORKTREE_IN_USE' : 'WORKTREE_FIXED',
    `${facts.path} cannot be moved: ${said.join('; ')}.`,
    { ...(steps.length > 0 ? { recovery: steps } : {}), data: { path: facts.path, reasons: said } },
  )
}

export interface Moved {
  readonly from: string
  readonly to: string
  /** Whether the command ran inside it. */
  readonly wasHere: boolean
}

/**
 * Moves a worktree, as `git worktree move` does, after everything that speaks against it is looked at.
 * @param word the task's number or id, or the worktree's path
 * @param place the new path, or a directory to move it into
 * Errors: NO_WORKTREE, TASK_NOT_FOUND, INVALID_INPUT, WORKTREE_IN_USE, WORKTREE_FIXED, WORKTREE_EXISTS, GIT_FAILED.
 */
export async function moveWorktree(
  repository: Repository,
  store: TaskStore,
  config: Config,
  word: string,
  place: string,
  canLeave: boolean,
): Promise<Moved> {
  return withTrash(repository, async (main) => {
    const survey = await surveyWorktrees(main, store, config, canLeave)
    const [surveyed, ...others] = worktreesNamed(survey, [word], store.name)
    if (others.length > 0) {
      throw new MhvError('INVALID_INPUT', `“${word}” names several worktrees; only one can be moved.`, {
        recovery: ['mhv worktree list'],
      })
    }
    const facts = await survey.inspect(surveyed!, false)
    requireMovable(facts, canLeave)
    const isInto = statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false
    const to = isInto ? join(resolve(place), basename(facts.path)) : resolve(place)
    if (existsSync(to)) {
      throw new MhvError('WORKTREE_EXISTS', `${to} exists already.`, {
        recovery: [`ls -la ${shellWord(to)}`],
        data: { path: to },
      })
    }
    await git(['worktree', 'move', facts.path, to], main.git)
    return { from: facts.path, to, wasHere: facts.isHere }
  })
}
