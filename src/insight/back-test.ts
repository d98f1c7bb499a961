import { durationOf, pinball } from './durations.ts'
import { forecastsOf, judged, MODELS, type Quantiles, SHARES } from './forecast.ts'
import { knownAt, type PlainTask } from './plain-task.ts'
import { isLikenessBetter, LEAST_LEARNT, learntFrom, likelihoodsAmong } from './predict-blockers.ts'
import { predictDuration } from './predict-duration.ts'
import { type LinkSuggestion, rankLinks } from './suggest-links.ts'

/** What was said of a task when it was created, by some method, and what came true; as logarithms of hours. */
export interface Outcome {
  readonly task: PlainTask
  readonly said: Quantiles
  readonly value: number
}

/** Every task that came to be completed, predicted at its creation from what was known then. */
export function replayDurations(tasks: readonly PlainTask[]): Map<string, Outcome[]> {
  const forecasts = forecastsOf(tasks, 'lead')
  const outcomes = new Map<string, Outcome[]>([...MODELS, 'predict'].map((name) => [name, []]))
  for (const task of tasks) {
    const value = durationOf(task, 'lead')
    if (value === null) continue
    const prediction = predictDuration(forecasts, 'lead', task, task.created)
    const plain = forecasts.atItsBegin(task)
    if (prediction.abstains || !plain) continue
    const { low, median, high } = prediction
    outcomes.get('predict')!.push({ task, said: [Math.log(low), Math.log(median), Math.log(high)], value })
    for (const model of MODELS) outcomes.get(model)!.push({ task, said: plain[model], value })
  }
  return outcomes
}

export interface Score {
  readonly count: number
  /** Pinball loss at 0.1, 0.5 and 0.9, in natural logarithms of hours. */
  readonly logLoss: readonly number[]
  /** The same in hours. */
  readonly hourLoss: readonly number[]
  /** Share of the tasks that took as long as the 80 % interval says. */
  readonly coverage: number
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

export function scoreOf(outcomes: readonly Outcome[]): Score {
  const lossAt = (scale: (log: number) => number) =>
    SHARES.map((share, i) =>
      mean(outcomes.map(({ said, value }) => pinball(scale(said[i]!), scale(value), share))),
    )
  return {
    count: outcomes.length,
    logLoss: lossAt((log) => log),
    hourLoss: lossAt(Math.exp),
    coverage: mean(outcomes.map(({ said, value }) => Number(judged(said, value).outside <= 1e-9))),
  }
}

export interface Ranked {
  readonly links: readonly LinkSuggestion[]
  /** Keys of the tasks that it is linked to in truth. */
  readonly truth: ReadonlySet<string>
}

const NO_FILES = { filesOf: () => new Set<string>() }

/**
 * For each task the tasks that were open at its creation, ranked as what it may have to wait for.
 * @param truthOf keys of what it depends on in the end
 */
export function replayLinks(
  tasks: readonly PlainTask[],
  truthOf: (task: PlainTask) => readonly string[],
): Ranked[] {
  return tasks.flatMap((task) => {
    const candidates = knownAt(tasks, task.created).filter((other) => {
      const isLater = other.created === task.created && other.key >= task.key
      return !isLater && other.key !== task.key && other.left === null
    })
    const open = new Set(candidates.map(({ key }) => key))
    const truth = new Set(truthOf(task).filter((key) => open.has(key)))
    return candidates.length === 0 ? [] : [{ links: rankLinks(task, candidates, NO_FILES), truth }]
  })
}

/**
 * For each task the probability, said at its creation from those before it, that something holds it up, and whether it
 * did. What held one up is known of those that had ended.
 */
export function replayBlockers(
  tasks: readonly PlainTask[],
  isHeldUp: (task: PlainTask) => boolean,
): { likeness: number; said: number; base: number; isSo: boolean }[] {
  const likelihoods = likelihoodsAmong(tasks)
  return tasks.flatMap((task) => {
    const others = learntFrom(tasks, new Set(), task, task.created)
    if (others.length < LEAST_LEARNT) return []
    const { probability, base } = likelihoods(task, others)(isHeldUp)
    const isUsed = isLikenessBetter(likelihoods, tasks, isHeldUp, task.created)
    return [{ likeness: probability, said: isUsed ? probability : base, base, isSo: isHeldUp(task) }]
  })
}

/** The probability that one that is so ranks above one that is not. */
export function areaUnderCurve(scored: readonly { score: number; isSo: boolean }[]): number {
  const sorted = [...scored].sort((a, b) => a.score - b.score)
  let [ranks, positives] = [0, 0]
  for (let from = 0; from < sorted.length; ) {
    let to = from
    while (to < sorted.length && sorted[to]!.score === sorted[from]!.score) to++
    const so = sorted.slice(from, to).filter(({ isSo }) => isSo).length
    ranks += so * ((from + to + 1) / 2)
    positives += so
    from = to
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (sorted.length - positives))
}

/** Of the first k links of each task that has any, the share that is true. */
export function precisionAt(ranked: readonly Ranked[], k: number): number {
  const asked = ranked.filter(({ truth }) => truth.size > 0)
  return mean(
    asked.map(({ links, truth }) => {
      const first = links.slice(0, k)
      return first.filter(({ task }) => truth.has(task.key)).length / first.length
    }),
  )
}
