import type { EventData, EventDraft } from '../../../schemas/event.ts'
import { CLOSED_STATUSES } from '../../../schemas/vocabulary.ts'
import { MhvError } from '../../errors.ts'
import { backTo } from '../back-to.ts'
import { draft, type Kind } from '../event-kind.ts'
import { gateOutcomes } from '../gate-outcomes.ts'
import { type Known, openAmong } from '../known.ts'
import { requireMove } from '../status-moves.ts'
import type { GateOutcome, TaskState } from '../task-state.ts'

export interface CompleteTask {
  readonly kind: 'CompleteTask'
  /** Evidence: the commit and branch that the work is on, where there is one. */
  readonly commit: string | null
  readonly branch: string | null
  readonly force: boolean
  readonly reason: string | null
  /** What the gates said of the commit, where any ran. */
  readonly gates?: readonly GateOutcome[]
  /** Gates that had not passed and are let pass. */
  readonly override?: EventData<'GateOverridden'>
}

export const taskCompleted: Kind<'TaskCompleted'> = {
  evolve: (task, { at, by, data }) => ({
    ...task,
    status: 'completed',
    reason: data.reason ?? null,
    statusAt: at,
    completedAt: data.completed_at ?? at,
    completedBy: data.completed_by ?? by,
    commit: data.commit ?? null,
    branch: task.branch ?? data.branch ?? null,
    gates: data.gates ? gateOutcomes(data.gates) : task.gates,
  }),
  revert: (before, _event, now) => [backTo(before, now)],
}

/** Errors: ILLEGAL_MOVE; INCOMPLETE with everything that is open, which passes with `force` and a reason. */
export function completeTask(command: CompleteTask, task: TaskState, known: Known): EventDraft[] {
  if (task.status === 'completed') return []
  requireMove(task, 'completed')
  const dependencies = openAmong(known, task.dependsOn.keys())
  const subtasks = known
    .childrenOf(task.id)
    .filter((child) => !child.deleted && !CLOSED_STATUSES.includes(child.status))
  const criteria = task.criteria.flatMap((criterion, i) =>
    criterion.met ? [] : [{ place: i + 1, criterion }],
  )
  const open = [
    ...dependencies.map(({ label }) => `dependency ${label}`),
    ...subtasks.map((child) => `subtask #${child.number} ${child.title}`),
    ...criteria.map(({ place, criterion }) => `criterion ${place} “${criterion.text}”`),
  ]
  if (open.length > 0 && !(command.force && command.reason)) {
    throw new MhvError('INCOMPLETE', `#${task.number} still has open: ${open.join('; ')}.`, {
      recovery: [
        ...criteria.map(({ place }) => `mhv task check ${task.number} ${place}`),
        ...(dependencies.length + subtasks.length > 0 ? [`mhv task show ${task.number}`] : []),
        `mhv done ${task.number} --force --reason "…"`,
      ],
      data: { number: task.number, open },
    })
  }
  return [
    draft('TaskCompleted', {
      ...(command.commit ? { commit: command.commit } : {}),
      ...(command.branch ? { branch: command.branch } : {}),
      ...(open.length > 0 && command.reason ? { reason: command.reason } : {}),
      ...(open.length > 0 ? { forced: open.map((item) => item.slice(0, 200).trim()) } : {}),
      ...(command.gates ? { gates: command.gates.map((outcome) => ({ ...outcome })) } : {}),
    }),
    ...(command.override ? [draft('GateOverridden', command.override)] : []),
  ]
}
