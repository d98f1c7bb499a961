import { backTo } from '../back-to.ts'
import type { Kind } from '../event-kind.ts'

/** Quality gates failed on the task's work. */
export const taskFailed: Kind<'TaskFailed'> = {
  evolve: (task, { at, data }) => ({
    ...task,
    status: 'failed',
    reason: null,
    statusAt: at,
    commit: data.commit ?? null,
    gates: (data.gates ?? []).map(({ gate, outcome }) => ({ gate, outcome })),
  }),
  revert: (before, _event, now) => [backTo(before, now)],
}
