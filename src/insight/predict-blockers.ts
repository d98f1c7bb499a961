import { type BlockEpisode, groupReasons } from './block-episodes.ts'
import { byCreation, HALF_LIFE, MOST_COMPARED, weightOf } from './forecast.ts'
import type { PlainTask } from './plain-task.ts'
import { comparedText, termReader, textLikeness } from './text-likeness.ts'
import { effectiveCount } from './weighted-quantiles.ts'

/** With fewer tasks to learn from nothing is said. */
export const LEAST_LEARNT = 8
/** So many tasks of no particular likeness are added, of which as many were held up as of all. */
const PRIOR = 4
export const LEAST_PROBABILITY = 0.3
/** Past tasks by which it is judged whether likeness tells anything here. */
const MOST_PAST = 200
const LEAST_PAST = 20

export interface LikelyBlocker {
  /** As it was worded. */
  readonly reason: string
  readonly probability: number
  /** Of all tasks that can be learnt from, the share that it has blocked. */
  readonly base: number
  /** Whether the probability is that of all tasks, since likeness was no better guide in the past. */
  readonly isBaseline: boolean
  readonly evidence: readonly BlockEpisode[]
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
    .sort(byCreation)
    .slice(0, MOST_COMPARED)
}

/** A probability from tasks by likeness, beside the share of all of them. */
export interface Likelihood {
  readonly probability: number
  readonly base: number
}

/** Answers questions with yes or no about a task from others, which may be asked again of many. */
export type Likelihoods = (
  task: PlainTask,
  others: readonly PlainTask[],
) => (isSo: (other: PlainTask) => boolean) => Likelihood

/** @param tasks all that will be asked about, or learnt from */
export function likelihoodsAmong(tasks: readonly PlainTask[], reader = termReader()): Likelihoods {
  const placeOf = new Map(tasks.map(({ key }, place) => [key, place]))
  const likeness = textLikeness(tasks.map(comparedText), reader)
  return (task, others) => {
    const cosines = likeness.to(
      placeOf.get(task.key)!,
      others.map(({ key }) => placeOf.get(key)!),
    )
    const weights = others.map(
      (other, rank) => 2 ** (-rank / HALF_LIFE) * weightOf(task, other, cosines[rank]!),
    )
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const alike = effectiveCount(weights.map((weight) => ({ value: 0, weight })))
    return (isSo) => {
      const so = others.map(isSo)
      const base = so.filter(Boolean).length / others.length
      const share = weights.reduce((sum, weight, i) => (so[i] ? sum + weight : sum), 0) / total
      return { probability: (alike * share + PRIOR * base) / (alike + PRIOR), base }
    }
  }
}

/**
 * Whether likeness would have told better than the share of all tasks which of the past ones were held up, each asked
 * about from what was known before it.
 */
export function isLikenessBetter(
  likelihoods: Likelihoods,
  tasks: readonly PlainTask[],
  isHeldUp: (task: PlainTask) => boolean,
  at: number,
): boolean {
  const none = new Set<string>()
  const past = tasks
    .filter(({ left }) => left !== null && left < at)
    .sort(byCreation)
    .slice(0, MOST_PAST)
  let [ours, theirs, count] = [0, 0, 0]
  for (const task of past) {
    const others = learntFrom(tasks, none, task, task.created)
    if (others.length < LEAST_LEARNT) continue
    const { probability, base } = likelihoods(task, others)(isHeldUp)
    const truth = Number(isHeldUp(task))
    ours += (probability - truth) ** 2
    theirs += (base - truth) ** 2
    count++
  }
  return count >= LEAST_PAST && ours < theirs
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
  reader = termReader(),
): LikelyBlocker[] | null {
  // What ended later was not over then.
  const known = episodes
    .filter(({ from, key }) => from <= at && key !== task.key)
    .map((episode) =>
      episode.to !== null && episode.to > at ? { ...episode, to: null, helped: null } : episode,
    )
  const others = learntFrom(tasks, new Set(known.map(({ key }) => key)), task, at)
  if (others.length < LEAST_LEARNT) return null
  if (known.length === 0) return []
  const learnt = new Set(others.map(({ key }) => key))
  const among = likelihoodsAmong([...tasks.filter(({ key }) => key !== task.key), task], reader)
  const likelihood = among(task, others)
  const held = new Set(known.map(({ key }) => key))
  const isBaseline = !isLikenessBetter(among, tasks, ({ key }) => held.has(key), at)
  return groupReasons(known.filter(({ key }) => learnt.has(key)))
    .map(({ reason, episodes: evidence }) => {
      const keys = new Set(evidence.map(({ key }) => key))
      const { probability, base } = likelihood(({ key }) => keys.has(key))
      return { reason, evidence, base, isBaseline, probability: isBaseline ? base : probability }
    })
    .filter(({ probability }) => probability >= LEAST_PROBABILITY)
    .sort((a, b) => b.probability - a.probability || (a.reason < b.reason ? -1 : 1))
}
