import { beginOf, DURATION_KINDS, type DurationKind, durationOf, HOUR, logHours } from './durations.ts'
import { LEAST_FINISHED } from './forecast.ts'
import type { PlainTask } from './plain-task.ts'
import { weightedQuantiles } from './weighted-quantiles.ts'

/** Open work that has taken longer already than most of what was finished. */
export interface AgeingTask {
  readonly task: PlainTask
  readonly kind: DurationKind
  readonly hours: number
  /** Hours within which so many of the finished ones were done. */
  readonly limit: number
  readonly finished: number
}

export const AGEING_SHARE = 0.85

/** Work in hand by how long it is in hand, the rest by how long it is there; the oldest for its kind first. */
export function ageingWork(tasks: readonly PlainTask[], at: number): AgeingTask[] {
  const limits = new Map(
    DURATION_KINDS.map((kind) => {
      const values = tasks.flatMap((task) => durationOf(task, kind) ?? [])
      const [limit] = weightedQuantiles(
        values.map((value) => ({ value, weight: 1 })),
        [AGEING_SHARE],
      )
      return [kind, { limit: limit!, finished: values.length }] as const
    }),
  )
  return tasks
    .filter(({ left }) => left === null)
    .flatMap((task): AgeingTask[] => {
      const isInHand = task.status === 'in_progress' && task.started !== null
      const kind = isInHand && limits.get('work')!.finished >= LEAST_FINISHED ? 'work' : 'lead'
      const { limit, finished } = limits.get(kind)!
      const age = at - beginOf(task, kind)!
      if (finished < LEAST_FINISHED || age <= 0 || logHours(age) <= limit) return []
      return [{ task, kind, hours: age / HOUR, limit: Math.exp(limit), finished }]
    })
    .sort((a, b) => b.hours / b.limit - a.hours / a.limit || (a.task.key < b.task.key ? -1 : 1))
}
