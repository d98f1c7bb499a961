import type { Config } from '../../schemas/config.ts'
import { shellWord } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import type { TaskStore } from '../store/task-store.ts'
import type { Environment } from '../tasks/seal.ts'
import type { WorktreeFacts } from '../worktrees/inspect.ts'
import { whyAstray } from '../worktrees/kept-tree.ts'
import { moveToTrash } from '../worktrees/move-to-trash.ts'
import {
  isSafeElsewhere,
  MAYBE_MOVED,
  type Reason,
  type RemovalWishes,
  reasonsToKeep,
} from '../worktrees/plan-removal.ts'
import { wasBroughtBack } from '../worktrees/trash-entry.ts'
import {
  isFinished,
  type Orphan,
  orphanKind,
  type Survey,
  type SurveyedWorktree,
  surveyWorktrees,
} from './survey-worktrees.ts'
import { emptyOld, hasWorktrees, withTrash } from './worktree-trash.ts'

/** A worktree that went into the trash. */
export interface RemovedWorktree {
  readonly path: string
  readonly number: number | null
  readonly branch: string | null
  /** Whether the branch went with it. */
  readonly tookBranch: boolean
  /** Id of the entry in the trash; null where it was only looked at whether it may go. */
  readonly trash: string | null
  /** Files that git ignores, which went along. */
  readonly ignored: readonly string[]
  /** Changed, staged and untracked files, which went along because somebody said so. */
  readonly changes: readonly string[]
  /** Whether the command ran inside it, so that the shell has to be moved. */
  readonly wasHere: boolean
  /** Whether its directory was gone before, so that it may only have been moved. */
  readonly wasGone: boolean
}

export interface KeptWorktree {
  readonly path: string
  readonly number: number | null
  readonly reasons: readonly string[]
  readonly codes: readonly Reason['code'][]
  /** Commands that lead out, as far as there are. */
  readonly steps: readonly string[]
}

export interface Reconciled {
  readonly removed: readonly RemovedWorktree[]
  readonly kept: readonly KeptWorktree[]
  /** Paths of worktrees whose removal, or return, was interrupted before and is settled now. */
  readonly settled: readonly string[]
  /** How many entries of the trash were too old to be kept. */
  readonly emptied: number
  /** Entries that are too old too, but stay: their files are not where they are kept. */
  readonly astray: readonly { readonly trash: string; readonly path: string; readonly reason: string }[]
  /** The main worktree, where a shell is moved to that was inside one that went. */
  readonly main: string
}

export interface RemoveOptions {
  readonly config: Config
  readonly environment: Environment
  /** Whether the shell that runs the command can be moved out of a worktree that goes. */
  readonly canLeave?: boolean
  readonly dryRun?: boolean
}

export interface ReconcileOptions extends RemoveOptions {
  /** Ids of the tasks that it is about; all finished ones unless given. */
  readonly tasks?: readonly string[]
  /** Whether orphans go too that are older than `worktrees.orphan`. */
  readonly orphans?: boolean
}

const kept = ({ worktree, task }: SurveyedWorktree, reasons: readonly Reason[]): KeptWorktree => ({
  path: worktree.path,
  number: task?.number ?? null,
  reasons: reasons.map(({ text }) => text),
  codes: reasons.map(({ code }) => code),
  steps: [...new Set(reasons.flatMap(({ step }) => step ?? []))],
})

/** Everything that is in none of a worktree's commits and that git does not ignore, each path once. */
const changesIn = ({ files }: WorktreeFacts): string[] => [
  ...new Set([...files.staged, ...files.changed, ...files.untracked, ...files.hidden]),
]

/** Whether a branch is checked out in another worktree too, which git allows when it is forced to. */
const isShared = (survey: Survey, { worktree }: SurveyedWorktree): boolean =>
  survey.all.some((other) => other.path !== worktree.path && other.branch === worktree.branch)

/**
 * Removes one worktree if nothing speaks against it. Only inside withTrash. Never throws because it stays.
 * Errors: bugs only.
 */
export async function removeOne(
  main: Repository,
  survey: Survey,
  surveyed: SurveyedWorktree,
  wishes: RemovalWishes,
  { environment, dryRun }: RemoveOptions,
): Promise<RemovedWorktree | KeptWorktree> {
  const { task, worktree } = surveyed
  const look = async (): Promise<{ facts: WorktreeFacts; reasons: Reason[] }> => {
    const facts = await survey.inspect(surveyed, true)
    return { facts, reasons: reasonsToKeep(facts, wishes) }
  }
  const { facts, reasons } = await look()
  if (reasons.length > 0) return kept(surveyed, reasons)
  const takesBranch = isSafeElsewhere(facts) && !isShared(survey, surveyed)
  const removed = {
    path: worktree.path,
    number: task?.number ?? null,
    branch: worktree.branch,
    ignored: facts.files.ignored,
    changes: changesIn(facts),
    wasHere: facts.isHere,
    wasGone: facts.state === 'gone',
  }
  if (dryRun) return { ...removed, tookBranch: takesBranch, trash: null }
  try {
    const outcome = await moveToTrash(main, facts, {
      id: environment.newId(),
      at: environment.now,
      task: task && { id: task.id, number: task.number, title: task.title },
      takesBranch,
      reasonsNow: async () => (await look()).reasons,
    })
    if (!('state' in outcome)) return kept(surveyed, outcome)
    return { ...removed, tookBranch: outcome.takesBranch, trash: outcome.id }
  } catch (error) {
    const text = `it could not be moved: ${error instanceof Error ? error.message : String(error)}`
    return kept(surveyed, [{ code: 'unknown', text }])
  }
}

/** Why an orphan is not for this run; null where it is old enough to go. */
function youngOrphan(
  kind: Orphan,
  facts: WorktreeFacts,
  { config, environment }: RemoveOptions,
): Reason | null {
  const age = Date.parse(environment.now) - (facts.lastActivity ?? 0)
  if (age >= config.worktrees.orphan) return null
  const days = Math.floor(config.worktrees.orphan / 86_400_000)
  return { code: 'young', text: `${kind}, but not for ${days} days yet (worktrees.orphan)` }
}

async function reconcileOne(
  main: Repository,
  survey: Survey,
  surveyed: SurveyedWorktree,
  options: ReconcileOptions,
): Promise<RemovedWorktree | KeptWorktree> {
  const wishes = {
    needs: options.config.worktrees.remove,
    withChanges: false,
    goneToo: false,
    canLeave: options.canLeave ?? false,
  }
  if (surveyed.worktree.admin && wasBroughtBack(surveyed.worktree.admin)) {
    const text = 'it was brought back from the trash'
    const step = `mhv worktree remove ${surveyed.task?.number ?? surveyed.worktree.path}`
    return kept(surveyed, [{ code: 'brought back', text, step }])
  }
  if (surveyed.isOffBranch && surveyed.branch !== null) {
    const { path } = surveyed.worktree
    const number = surveyed.task!.number
    const text = `it was made for #${number}, but has the branch ${surveyed.branch} checked out now`
    return kept(surveyed, [{ code: 'other branch', text, step: `mhv worktree remove ${shellWord(path)}` }])
  }
  const kind = orphanKind(surveyed)
  // Whether it was deleted or only moved cannot be told, so only what nobody works on any more goes by itself.
  if (kind === 'directory gone' && !(surveyed.task && isFinished(surveyed.task))) {
    return kept(surveyed, [{ code: 'not there', text: `${MAYBE_MOVED}, and it is of no finished task` }])
  }
  if (kind && !(surveyed.task && isFinished(surveyed.task) && kind !== 'directory gone')) {
    const young = youngOrphan(kind, await survey.inspect(surveyed, false), options)
    if (young) return kept(surveyed, [young])
    // Of one whose directory is gone, git itself would forget the rest in time; here it can be brought back.
    const needs = kind === 'directory gone' && wishes.needs !== 'never' ? null : wishes.needs
    return removeOne(main, survey, surveyed, { ...wishes, needs, goneToo: true }, options)
  }
  return removeOne(main, survey, surveyed, wishes, options)
}

/**
 * Removes the worktrees of finished tasks whose work is safe, as far as nothing would be lost; everything else stays,
 * with its reasons. Finishes or takes back removals that were interrupted, and empties the trash of what is too old.
 * Errors: CONTENTION while another command removes worktrees; those of the store. A worktree that stays is none.
 */
export async function reconcileWorktrees(
  repository: Repository,
  store: TaskStore,
  options: ReconcileOptions,
): Promise<Reconciled> {
  const nothing = {
    removed: [],
    kept: [],
    settled: [],
    emptied: 0,
    astray: [],
    main: repository.mainDirectory,
  }
  if (!hasWorktrees(repository)) return nothing
  return withTrash(repository, async (main, settled) => {
    const survey = await surveyWorktrees(main, store, options.config, options.canLeave ?? false)
    const isAsked = (surveyed: SurveyedWorktree): boolean => {
      const { task, worktree } = surveyed
      if (worktree.isMain) return false
      if (task && isFinished(task)) return options.tasks?.includes(task.id) ?? true
      return (options.orphans ?? false) && orphanKind(surveyed) !== null
    }
    const outcomes: (RemovedWorktree | KeptWorktree)[] = []
    for (const surveyed of survey.worktrees.filter(isAsked)) {
      outcomes.push(await reconcileOne(main, survey, surveyed, options))
    }
    const { gone, astray } = options.dryRun
      ? { gone: [], astray: [] }
      : await emptyOld(main, options.config, options.environment.now)
    return {
      removed: outcomes.filter((outcome) => 'trash' in outcome),
      kept: outcomes.filter((outcome) => 'reasons' in outcome),
      settled: [...settled.takenBack, ...settled.finished, ...settled.broughtBack].map(({ path }) => path),
      emptied: gone.length,
      astray: astray.map((entry) => ({ trash: entry.id, path: entry.path, reason: whyAstray(main, entry) })),
      main: main.mainDirectory,
    }
  })
}
