import { type BlockEpisode, groupReasons } from './block-episodes.ts'
import { MOST_COMPARED, weightOf } from './forecast.ts'
import type { PlainTask } from './plain-task.ts'
import { comparedText, textLikeness } from './text-likeness.ts'
import { effectiveCount } from './weighted-quantiles.ts'

/** With fewer tasks to learn from nothing is said. */
export const LEAST_LEARNT = 8
/** So many tasks of no particular likeness are added, of which as many were held up as of all. */
const PRIOR = 4
export const LEAST_PROBABILITY = 0.3

export interface LikelyBlocker {
  /** As it was worded. */
  readonly reason: string
  readonly probability: number
  /** Of all tasks, how many it has blocked. */
  readonly base: number
  readonly evidence: readonly BlockEpisode[]
}

/** How much some tasks say of another, for any question that they answer with yes or no. */
export function likelihoods(
  task: PlainTask,
  others: readonly PlainTask[],
): (isSo: (other: PlainTask) => boolean) => { probability: number; base: number } {
  const likeness = textLikeness([task, ...others].map(comparedText))
  const places = others.map((_, i) => i + 1)
  const cosines = likeness.to(0, places)
  const weights = others.map((other, i) => weightOf(task, other, cosines[i]!))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const alike = effectiveCount(weights.map((weight) => ({ value: 0, weight })))
  return (isSo) => {
    const so = others.map(isSo)
    const base = so.filter(Boolean).length / others.length
    const share = weights.reduce((sum, weight, i) => (so[i] ? sum + weight : sum), 0) / total
    return { probability: (alike * share + PRIOR * base) / (alike + PRIOR), base }
  }
}

/** Tasks from which can be learnt what holds tasks up: those that were under way before an instant, the latest first. */
export function learntFrom(
  tasks: readonly PlainTask[],
  blocked: ReadonlySet<string>,
  task: PlainTask,
  at: number,
): PlainTask[] {
  const wasUnderWay = ({ key, started, left }: PlainTask) =>
    (left !== null && left < at) || (started !== null && started < at) || blocked.has(key)
  return tasks
    .filter((other) => other.key !== task.key && other.created < at && wasUnderWay(other))
    .sort((a, b) => b.created - a.created || (a.key < b.key ? -1 : 1))
    .slice(0, MOST_COMPARED)
}

/**
 * What is likely to block a task, by reasons that have blocked others before an instant, the likeliest first; null where
 * too few tasks can be learnt from.
 */
export function predictBlockers(
  task: PlainTask,
  tasks: readonly PlainTask[],
  episodes: readonly BlockEpisode[],
  at: number,
): LikelyBlocker[] | null {
  // What ended later was not over then.
  const known = episodes
    .filter(({ from, key }) => from < at && key !== task.key)
    .map((episode) =>
      episode.to !== null && episode.to >= at ? { ...episode, to: null, helped: null } : episode,
    )
  const others = learntFrom(tasks, new Set(known.map(({ key }) => key)), task, at)
  if (others.length < LEAST_LEARNT) return null
  const learnt = new Set(others.map(({ key }) => key))
  const likelihood = likelihoods(task, others)
  return groupReasons(known.filter(({ key }) => learnt.has(key)))
    .map(({ reason, episodes: evidence }) => {
      const keys = new Set(evidence.map(({ key }) => key))
      return { reason, evidence, ...likelihood(({ key }) => keys.has(key)) }
    })
    .filter(({ probability }) => probability >= LEAST_PROBABILITY)
    .sort((a, b) => b.probability - a.probability || (a.reason < b.reason ? -1 : 1))
}
