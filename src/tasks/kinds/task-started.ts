import type { EventDraft } from '../../../schemas/event.ts'
import { MhvError } from '../../errors.ts'
import { backTo } from '../back-to.ts'
import { draft, type Kind } from '../event-kind.ts'
import { type Known, openAmong } from '../known.ts'
import { requireMove } from '../status-moves.ts'
import type { TaskState } from '../task-state.ts'

export interface StartTask {
  readonly kind: 'StartTask'
  readonly branch: string | null
  readonly base: string | null
  /** Who takes the task on when nobody has it. */
  readonly assignee: string | null
  readonly force: boolean
  readonly reason: string | null
}

export const taskStarted: Kind<'TaskStarted'> = {
  evolve: (task, { at, data }) => ({
    ...task,
    status: 'in_progress',
    reason: data.reason ?? null,
    statusAt: at,
    branch: data.branch ?? task.branch,
    base: data.base ?? task.base,
    startedAt: data.started_at ?? task.startedAt ?? at,
  }),
  revert: (before, _event, now) => [backTo(before, now, 'TaskStartReverted')],
}

/** Errors: TASK_BLOCKED, WAITING_FOR_DEPENDENCIES (both pass with `force`), ILLEGAL_MOVE. */
export function startTask(command: StartTask, task: TaskState, known: Known): EventDraft[] {
  if (task.status === 'in_progress') {
    const branchIsNew = command.branch !== null && task.branch === null
    if (!branchIsNew) return []
  }
  const waiting = openAmong(known, task.dependsOn.keys())
  const forceIt = `mhv start ${task.number} --force`
  if (task.status === 'blocked' && !command.force) {
    throw new MhvError('TASK_BLOCKED', `#${task.number} is blocked: ${task.reason ?? 'no reason given'}.`, {
      recovery: [`mhv task unblock ${task.number}`, forceIt],
      data: { number: task.number, reason: task.reason },
    })
  }
  if (waiting.length > 0 && !command.force && task.status !== 'in_progress') {
    throw new MhvError(
      'WAITING_FOR_DEPENDENCIES',
      `#${task.number} waits for ${waiting.map((open) => open.label).join(', ')}.`,
      {
        recovery: ['mhv task ready', forceIt],
        data: { number: task.number, waiting_on: waiting.map((o) => o.id) },
      },
    )
  }
  const drafts: EventDraft[] = []
  if (task.status === 'blocked') drafts.push(draft('TaskUnblocked', { to: 'in_progress' }))
  else if (task.status !== 'in_progress') requireMove(task, 'in_progress')
  drafts.push(
    draft('TaskStarted', {
      ...(command.branch ? { branch: command.branch } : {}),
      ...(command.base ? { base: command.base } : {}),
      ...(command.reason ? { reason: command.reason } : {}),
      ...(waiting.length > 0 && command.force ? { forced: waiting.map((open) => open.id) } : {}),
    }),
  )
  if (command.assignee && task.assignee === null) {
    drafts.push(draft('TaskAssigned', { assignee: command.assignee }))
  }
  return drafts
}
