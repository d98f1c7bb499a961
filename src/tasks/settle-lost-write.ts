import type { EventDraft } from '../../schemas/event.ts'
import { MhvError } from '../errors.ts'
import { backTo } from './back-to.ts'
import { draft, type Step } from './event-kind.ts'
import type { CheckCriterion } from './kinds/criterion-checked.ts'
import type { SetParent } from './kinds/parent-set.ts'
import type { AssignTask } from './kinds/task-assigned.ts'
import type { BlockTask } from './kinds/task-blocked.ts'
import type { CancelTask } from './kinds/task-cancelled.ts'
import type { CompleteTask } from './kinds/task-completed.ts'
import type { DeleteTask } from './kinds/task-deleted.ts'
import type { EditTask } from './kinds/task-edited.ts'
import type { FailTask } from './kinds/task-failed.ts'
import type { ReopenTask } from './kinds/task-reopened.ts'
import type { RestoreTask } from './kinds/task-restored.ts'
import type { RevertStart } from './kinds/task-start-reverted.ts'
import type { StartTask } from './kinds/task-started.ts'
import { statusBeforeBlock, type UnblockTask } from './kinds/task-unblocked.ts'
import { EDITED_FIELDS } from './registers.ts'
import { isMove } from './status-moves.ts'
import type { TaskState } from './task-state.ts'

/** Sets again what one event had set and lost against a concurrent one. */
export interface TakeLostWrite {
  readonly kind: 'TakeLostWrite'
  readonly event: string
  /** Fields as `LostWrite` names them. */
  readonly fields: readonly string[]
}

/** Says once more what won, in knowledge of what lost, so that the matter is settled. */
export interface KeepWinningWrite {
  readonly kind: 'KeepWinningWrite'
  readonly fields: readonly string[]
}

type SettingCommand =
  | EditTask
  | AssignTask
  | SetParent
  | CheckCriterion
  | StartTask
  | RevertStart
  | BlockTask
  | UnblockTask
  | CompleteTask
  | FailTask
  | CancelTask
  | ReopenTask
  | DeleteTask
  | RestoreTask

const START: StartTask = {
  kind: 'StartTask',
  branch: null,
  base: null,
  assignee: null,
  force: false,
  reason: null,
}

const CRITERION = /^criterion (.+)$/

function stands(now: TaskState, why: string): MhvError {
  return new MhvError('CONFLICT_STANDS', `#${now.number}: ${why}.`, {
    recovery: [`mhv task history ${now.number}`, `mhv conflicts ${now.number}`],
    data: { number: now.number },
  })
}

/**
 * The ordinary commands that set again what an event had set, from where the task is now: they refuse what anybody
 * would be refused.
 * Errors: CONFLICT_STANDS for what no command sets, and for a criterion that is gone.
 */
export function commandsToTake(
  { event, fields }: TakeLostWrite,
  history: readonly Step[],
): readonly SettingCommand[] {
  const now = history.at(-1)!.after
  const step = history.find((each) => each.event.id === event)
  if (!step) throw stands(now, `the event ${event} does not count any more`)
  const edited = EDITED_FIELDS.filter((field) => fields.includes(field))
  const edit = Object.fromEntries(edited.map((field) => [field, step.after[field]]))
  return [
    ...(edited.length > 0 ? [{ kind: 'EditTask', fields: edit } as const] : []),
    ...fields
      .filter((field) => !(edited as readonly string[]).includes(field))
      .flatMap((field) => commandFor(field, step, now, history)),
  ]
}

function commandFor(
  field: string,
  step: Step,
  now: TaskState,
  history: readonly Step[],
): readonly SettingCommand[] {
  const then = step.after
  const criterion = CRITERION.exec(field)?.[1]
  if (criterion) return [criterionCommand(criterion, then, now)]
  switch (field) {
    case 'assignee':
      return [{ kind: 'AssignTask', assignee: then.assignee }]
    case 'parent':
      return [{ kind: 'SetParent', parent: then.parent }]
    case 'deleted':
      return [then.deleted ? { kind: 'DeleteTask', reason: null } : { kind: 'RestoreTask' }]
    case 'status':
      return statusCommands(step, now, history)
    case 'number':
      throw stands(now, 'numbers are given by the main remote, so that they mean one task everywhere')
    default:
      throw stands(now, `a task that has its branch keeps it; “${then.branch}” is still a branch of git`)
  }
}

function criterionCommand(id: string, then: TaskState, now: TaskState): CheckCriterion {
  const place = 1 + now.criteria.findIndex((each) => each.id === id)
  const was = then.criteria.find((each) => each.id === id)
  if (place === 0 || !was) throw stands(now, 'the criterion has been removed since')
  return { kind: 'CheckCriterion', place, met: was.met, evidence: was.met ? was.evidence : null }
}

/** How a task comes nearer to `in_progress`, from where every status but what it was before can be reached. */
const TOWARDS_WORK = {
  completed: { to: 'pending', by: { kind: 'ReopenTask', reason: null } },
  cancelled: { to: 'pending', by: { kind: 'ReopenTask', reason: null } },
  pending: { to: 'in_progress', by: START },
  failed: { to: 'in_progress', by: START },
} as const

/** The move to the status that an event had set, with what it had said besides; where there is none, by way of others. */
function statusCommands(step: Step, now: TaskState, history: readonly Step[]): readonly SettingCommand[] {
  const to = step.after.status
  if (now.status === to) return []
  if (now.status === 'blocked' && to !== 'cancelled') {
    const status = statusBeforeBlock(history)
    return [{ kind: 'UnblockTask' }, ...statusCommands(step, { ...now, status }, history)]
  }
  if (isMove(now.status, to)) return [statusCommand(step, now)]
  const { by, to: status } = TOWARDS_WORK[now.status as keyof typeof TOWARDS_WORK]
  return [by, ...statusCommands(step, { ...now, status }, history)]
}

function statusCommand({ event, after: then }: Step, now: TaskState): SettingCommand {
  const { reason, commit } = then
  switch (then.status) {
    case 'pending':
      return { kind: now.status === 'in_progress' ? 'RevertStart' : 'ReopenTask', reason }
    case 'in_progress': {
      // Whoever has started it since keeps the branch.
      const branch = now.branch ? null : then.branch
      return { ...START, branch, base: branch ? then.base : null, reason }
    }
    case 'blocked':
      return { kind: 'BlockTask', reason: reason ?? 'blocked' }
    case 'failed':
      if (!commit) throw stands(now, 'nothing says which commit the gates failed on')
      return { kind: 'FailTask', commit, gates: then.gates }
    case 'cancelled':
      return { kind: 'CancelTask', reason }
    case 'completed': {
      const { forced, gates } = event.data as { forced?: unknown; gates?: unknown }
      const evidence = gates ? { gates: then.gates } : {}
      const branch = then.branch
      return { kind: 'CompleteTask', commit, branch, force: forced !== undefined, reason, ...evidence }
    }
  }
}

/** Drafts that say what the task has once more. Errors: CONFLICT_STANDS for a criterion that is gone. */
export function keepWinner({ fields }: KeepWinningWrite, history: readonly Step[]): EventDraft[] {
  const now = history.at(-1)!.after
  const edited = EDITED_FIELDS.filter((field) => fields.includes(field))
  const edit = Object.fromEntries(edited.map((field) => [field, now[field]]))
  return [
    ...(edited.length > 0 ? [draft('TaskEdited', edit)] : []),
    ...fields
      .filter((field) => !(edited as readonly string[]).includes(field))
      .map((field) => saidAgain(field, now)),
  ]
}

function saidAgain(field: string, now: TaskState): EventDraft {
  const criterion = CRITERION.exec(field)?.[1]
  if (criterion) {
    const is = now.criteria.find((each) => each.id === criterion)
    if (!is) throw stands(now, 'the criterion has been removed since')
    return draft('CriterionChecked', { criterion, met: is.met, evidence: is.evidence })
  }
  switch (field) {
    case 'assignee':
      return draft('TaskAssigned', { assignee: now.assignee })
    case 'parent':
      return draft('ParentSet', { parent: now.parent })
    case 'deleted':
      return draft(now.deleted ? 'TaskDeleted' : 'TaskRestored', {})
    case 'status':
      return backTo(now, now)
    case 'number':
      return draft('TaskRenumbered', { number: now.number })
    default:
      return branchSaidAgain(now)
  }
}

/** Only a start says a branch, and it sets the status with it. */
function branchSaidAgain(now: TaskState): EventDraft {
  if (now.status !== 'in_progress' || !now.branch)
    throw stands(now, 'a branch is settled while it is worked on')
  const reason = now.reason ? { reason: now.reason } : {}
  return draft('TaskStarted', { branch: now.branch, ...(now.base ? { base: now.base } : {}), ...reason })
}
