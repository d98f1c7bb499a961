import { existsSync, lstatSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Config } from '../../schemas/config.ts'
import { MhvError, shellWord } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { gitFailure, runGit } from '../git/run.ts'
import type { TaskStore } from '../store/task-store.ts'
import { excludeNested } from '../worktrees/exclude-nested.ts'
import type { WorktreeFacts } from '../worktrees/inspect.ts'
import { exclusionFor } from '../worktrees/place-worktree.ts'
import { reasonsToKeep } from '../worktrees/plan-removal.ts'
import { below } from '../worktrees/read-facts.ts'
import { firstFree } from '../worktrees/start-request.ts'
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

const isDirectory = (path: string): boolean => existsSync(path) && statSync(path).isDirectory()

/** Whether anything has that name, also a link that leads nowhere. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path) !== undefined
  } catch {
    return false
  }
}

/** Errors: INVALID_INPUT, WORKTREE_EXISTS. */
function requireFree(from: string, to: string, moveTo: (place: string) => string): void {
  const data = { field: 'path', value: to }
  if (below(from, to) !== null) {
    throw new MhvError('INVALID_INPUT', `${to} is inside the worktree that is to be moved there.`, {
      recovery: ['mhv worktree move --help'],
      data,
    })
  }
  let above = dirname(to)
  while (!isThere(above)) above = dirname(above)
  if (!isDirectory(above)) {
    throw new MhvError('INVALID_INPUT', `${above} is no directory.`, {
      recovery: [`ls -ld ${shellWord(above)}`],
      data,
    })
  }
  if (above !== dirname(to)) {
    throw new MhvError('INVALID_INPUT', `${dirname(to)}, the directory to move it into, is not there.`, {
      recovery: [`mkdir -p ${shellWord(dirname(to))}`, moveTo(to)],
      data,
    })
  }
  if (isThere(to)) {
    throw new MhvError('WORKTREE_EXISTS', `${to} exists already.`, {
      recovery: [`ls -ld ${shellWord(to)}`, moveTo(firstFree(to, (place) => !isThere(place)))],
      data: { path: to },
    })
  }
}

/** The error where moving means copying, which is for the user to look after. */
function onAnotherDisk(from: string, to: string): MhvError {
  const [old, kept] = [shellWord(from), shellWord(`${from}.old`)]
  return new MhvError(
    'WORKTREE_FIXED',
    `${to} is on another disk, to which git does not move worktrees. Copied by hand it can be led there; ${from}.old is then no longer needed.`,
    {
      recovery: [
        `mv ${old} ${kept}`,
        `cp -a ${kept} ${shellWord(to)}`,
        `mhv worktree repair ${shellWord(to)}`,
      ],
      data: { path: from, to },
    },
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
    const to = isDirectory(place) ? join(resolve(place), basename(facts.path)) : resolve(place)
    requireFree(facts.path, to, (path) => `mhv worktree move ${shellWord(word)} ${shellWord(path)}`)
    const worktrees = survey.all.filter(({ path }) => path !== facts.path)
    const around = { commonDir: main.commonDir, worktrees, below }
    const exclude = exclusionFor(around, to, 'mhv worktree move --help')
    const include = exclude ? await excludeNested(main, exclude) : () => {}
    const args = ['worktree', 'move', facts.path, to]
    const moved = await runGit(args, main.git)
    if (moved.status !== 0) {
      include()
      throw /cross-device/i.test(moved.stderr) ? onAnotherDisk(facts.path, to) : gitFailure(args, moved)
    }
    return { from: facts.path, to, wasHere: facts.isHere }
  })
}
