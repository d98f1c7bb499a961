import type { PlainTask } from './plain-task.ts'

/** From when it was begun to when it was completed, or from when it was created. */
export const DURATION_KINDS = ['work', 'lead'] as const
export type DurationKind = (typeof DURATION_KINDS)[number]

export const HOUR = 3_600_000
const SHORTEST = 1 / 60

/** When a kind of duration begins; null for work that nobody said was begun. */
export const beginOf = (task: PlainTask, kind: DurationKind): number | null =>
  kind === 'work' ? task.started : task.created

/** The natural logarithm of hours, a minute being the least: durations differ by factors. */
export const logHours = (milliseconds: number): number => Math.log(Math.max(milliseconds / HOUR, SHORTEST))

/** How long a completed task took, as `logHours`; null where that is not known. */
export function durationOf(task: PlainTask, kind: DurationKind): number | null {
  const begin = beginOf(task, kind)
  if (begin === null || task.completed === null || task.completed <= begin) return null
  return logHours(task.completed - begin)
}

/** What an estimate costs that was `quantile` for `share` where `value` came true: the pinball loss. */
export const pinball = (quantile: number, value: number, share: number): number =>
  Math.max(share * (value - quantile), (share - 1) * (value - quantile))
