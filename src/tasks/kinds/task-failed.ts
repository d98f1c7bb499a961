import type { EventDraft } from '../../../schemas/event.ts'
import { backTo } from '../back-to.ts'
import { draft, type Kind } from '../event-kind.ts'
import { gateOutcomes } from '../gate-outcomes.ts'
import type { GateOutcome, TaskState } from '../task-state.ts'

export interface FailTask {
  readonly kind: 'FailTask'
  /** What the gates ran on. */
  readonly commit: string
  readonly gates: readonly GateOutcome[]
}

/** Quality gates failed on the task's work. */
export const taskFailed: Kind<'TaskFailed'> = {
  evolve: (task, { at, data }) => ({
    ...task,
    status: 'failed',
    reason: null,
    statusAt: at,
    commit: data.commit ?? null,
    gates: gateOutcomes(data.gates ?? []),
  }),
  revert: (before, _event, now) => [backTo(before, now)],
}

/** What was said of which commit, without how long it took to say it. */
const sayings = (commit: string | null, gates: readonly GateOutcome[]) =>
  JSON.stringify([commit, gates.map(({ gate, outcome, exit_code }) => [gate, outcome, exit_code ?? null])])

/**
 * Nothing where the task is not being worked on, since a pending one cannot fail; nor where it failed already in the
 * same way.
 */
export function failTask({ commit, gates }: FailTask, task: TaskState): EventDraft[] {
  const isNews = task.status === 'failed' && sayings(commit, gates) !== sayings(task.commit, task.gates)
  if (task.status !== 'in_progress' && !isNews) return []
  return [draft('TaskFailed', { commit, gates: gates.map((outcome) => ({ ...outcome })) })]
}
