import { existsSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { findTask } from '../query/find-task.ts'
import { namesTasks, parseTaskNames } from '../query/number-list.ts'
import type { TaskStore } from '../store/task-store.ts'
import type { RemovalWishes } from '../worktrees/plan-removal.ts'
import {
  type KeptWorktree,
  type RemovedWorktree,
  type RemoveOptions,
  removeOne,
} from './reconcile-worktrees.ts'
import { type Survey, type SurveyedWorktree, surveyWorktrees } from './survey-worktrees.ts'
import { withTrash } from './worktree-trash.ts'

/** A path as git names it, without symbolic links; one that is not there stays as it is. */
export const realPath = (path: string) => (existsSync(path) ? realpathSync(path) : resolve(path))

/** Worktrees that words name: numbers and ids of tasks, paths, or branches. Errors: NO_WORKTREE, TASK_NOT_FOUND, INVALID_INPUT. */
export function worktreesNamed(
  survey: Survey,
  words: readonly string[],
  repository: string,
): SurveyedWorktree[] {
  const found = words.flatMap((word) => {
    if (!namesTasks(word)) {
      const at =
        survey.worktrees.find(
          ({ worktree }) => resolve(word) === worktree.path || realPath(word) === worktree.path,
        ) ?? survey.worktrees.find(({ branch, worktree }) => !worktree.isMain && branch === word)
      if (at) return [at]
      throw new MhvError('NO_WORKTREE', `${word} is no worktree of this repository.`, {
        recovery: ['mhv worktree list'],
        data: { path: word },
      })
    }
    return parseTaskNames([word], repository).flatMap((name) => {
      const isIn = (number: number) => typeof name === 'object' && number >= name.from && number <= name.to
      const id = typeof name === 'object' ? null : survey.view.head(findTask(survey.view, name)).id
      const own = survey.worktrees.filter(
        ({ task, worktree }) =>
          task && !worktree.isMain && (id === null ? isIn(task.number) : task.id === id),
      )
      if (own.length > 0) return own
      throw new MhvError('NO_WORKTREE', `Task ${word} has no worktree here.`, {
        recovery: ['mhv worktree list'],
        data: { task: word },
      })
    })
  })
  return [...new Set(found)]
}

const IN_USE = ['here', 'occupied']

const TO_COMMIT = ['staged', 'changed', 'untracked']

/** What keeps the content of a worktree that is there, once it has been looked at: a commit on its own branch. */
const stepsToKeep = ({ path, codes, steps }: KeptWorktree): string[] =>
  steps.length > 0 && codes.every((code) => TO_COMMIT.includes(code))
    ? [`git -C ${shellWord(path)} add --all`, `git -C ${shellWord(path)} commit -m "…"`]
    : []

/** Errors: WORKTREE_IN_USE, WOULD_LOSE, with all reasons of all that stay. */
function refuse(kept: readonly KeptWorktree[], main: string): MhvError {
  const said = kept.map(({ path, reasons }) => `${path}: ${reasons.join('; ')}`).join('. ')
  const codes = new Set(kept.flatMap((each) => each.codes))
  const isInUse = [...codes].every((code) => IN_USE.includes(code))
  const steps = [
    ...(codes.has('here') ? [`cd ${shellWord(main)}`] : []),
    ...kept.flatMap((each) => [...each.steps, ...stepsToKeep(each)]),
    ...(codes.has('occupied') ? ['mhv worktree list'] : []),
  ]
  return new MhvError(isInUse ? 'WORKTREE_IN_USE' : 'WOULD_LOSE', `Nothing was removed. ${said}.`, {
    recovery: steps.length > 0 ? [...new Set(steps)] : ['mhv worktree list'],
    data: {
      kept: kept.map(({ path, number, reasons, codes: all }) => ({ path, number, reasons, codes: all })),
    },
  })
}

export interface Removed {
  readonly removed: readonly RemovedWorktree[]
  /** Those that were changed, or entered, while the ones before went. */
  readonly kept: readonly KeptWorktree[]
  readonly main: string
}

/**
 * Moves worktrees into the trash because somebody asks for it: all of them, or none where anything speaks against one.
 * Errors: WOULD_LOSE, WORKTREE_IN_USE, NO_WORKTREE, TASK_NOT_FOUND, INVALID_INPUT, CONTENTION.
 */
export async function removeWorktrees(
  repository: Repository,
  store: TaskStore,
  words: readonly string[],
  withChanges: boolean,
  options: RemoveOptions,
): Promise<Removed> {
  const canLeave = options.canLeave ?? false
  const wishes: RemovalWishes = { needs: null, withChanges, goneToo: true, canLeave }
  return withTrash(repository, async (main) => {
    const survey = await surveyWorktrees(main, store, options.config, canLeave)
    const named = worktreesNamed(survey, words, store.name)
    const looks: (RemovedWorktree | KeptWorktree)[] = []
    for (const each of named)
      looks.push(await removeOne(main, survey, each, wishes, { ...options, dryRun: true }))
    const staying = looks.filter((look) => 'reasons' in look)
    if (staying.length > 0) throw refuse(staying, main.mainDirectory)
    if (options.dryRun)
      return { removed: looks.filter((look) => 'trash' in look), kept: [], main: main.mainDirectory }
    const outcomes: (RemovedWorktree | KeptWorktree)[] = []
    for (const each of named) outcomes.push(await removeOne(main, survey, each, wishes, options))
    const kept = outcomes.filter((outcome) => 'reasons' in outcome)
    const removed = outcomes.filter((outcome) => 'trash' in outcome)
    if (removed.length === 0) throw refuse(kept, main.mainDirectory)
    return { removed, kept, main: main.mainDirectory }
  })
}
