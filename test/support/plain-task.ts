import type { PlainTask } from '../../src/insight/plain-task.ts'

/** A Monday, from which the hours of test tasks count. */
export const START = Date.UTC(2026, 0, 5)
export const hour = (n: number) => START + n * 3_600_000

/** A task of `demo`, created at an hour, completed some hours later where that is said. */
export function plainTask(
  number: number,
  { at = 0, took, ...more }: Partial<PlainTask> & { at?: number; took?: number } = {},
): PlainTask {
  const completed = took === undefined ? null : hour(at + took)
  return {
    key: `demo/${String(number).padStart(6, '0')}`,
    repository: 'demo',
    number,
    title: `Task ${number}`,
    description: '',
    type: 'task',
    priority: 'medium',
    labels: [],
    parent: null,
    source: null,
    status: completed === null ? 'pending' : 'completed',
    reason: null,
    created: hour(at),
    started: null,
    completed,
    left: completed,
    ...more,
  }
}
