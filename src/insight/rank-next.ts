import { NEXT_WEIGHTS, type NextPart, type NextWeights } from '../../schemas/next-weights.ts'
import { PRIORITIES, type Priority } from '../../schemas/vocabulary.ts'

/** A task that can be worked on, as far as its place among the others rests on it. */
export interface Workable {
  readonly repository: string
  readonly number: number
  readonly id: string
  readonly isInProgress: boolean
  readonly priority: Priority
  /** Hours until its deadline, less than nothing once it has passed; null where it has none. */
  readonly hoursLeft: number | null
  /** Hours that it is expected to take. */
  readonly hoursNeeded: number
  /** Open tasks that wait for it, directly or through others. */
  readonly unblocks: number
  /** How much of the whole plan's length it can be late, 0 to 1. */
  readonly slack: number
}

export interface RankedTask<T extends Workable> {
  readonly task: T
  readonly score: number
  readonly weights: NextWeights
  /** What each reason adds to the score. */
  readonly parts: Readonly<Record<NextPart, number>>
}

/** So many waiting tasks make half of what any number can make. */
const HALF_UNBLOCKED = 3

const PARTS = Object.keys(NEXT_WEIGHTS) as NextPart[]

/** Each reason from 0 to 1. */
function reasonsOf(task: Workable): Record<NextPart, number> {
  const { hoursLeft, hoursNeeded, unblocks } = task
  const deadline = hoursLeft === null ? 0 : hoursLeft <= hoursNeeded ? 1 : hoursNeeded / hoursLeft
  return {
    in_progress: Number(task.isInProgress),
    deadline,
    priority: PRIORITIES.indexOf(task.priority) / (PRIORITIES.length - 1),
    unblocks: unblocks / (unblocks + HALF_UNBLOCKED),
    // What nothing waits for holds up nobody, whatever its length.
    critical_path: unblocks === 0 ? 0 : 1 - task.slack,
  }
}

const before = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The tasks in the order in which to take them up; equal ones by repository, number and id. */
export function rankNext<T extends Workable>(tasks: readonly T[], weights: NextWeights): RankedTask<T>[] {
  const ranked = tasks.map((task) => {
    const parts = reasonsOf(task)
    let sum = 0
    for (const part of PARTS) {
      parts[part] *= weights[part]
      sum += parts[part]
    }
    // To a millionth: sums of fractions differ with their order, and ties have to be ties.
    return { task, score: Math.round(sum * 1e6) / 1e6, weights, parts }
  })
  return ranked.sort(
    (a, b) =>
      b.score - a.score ||
      before(a.task.repository, b.task.repository) ||
      a.task.number - b.task.number ||
      before(a.task.id, b.task.id),
  )
}
