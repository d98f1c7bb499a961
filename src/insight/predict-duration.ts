import { beginOf, type DurationKind, durationOf, logHours } from './durations.ts'
import {
  type Forecasts,
  judged,
  LEAST_FINISHED,
  MODELS,
  type Model,
  type Quantiles,
  type Sample,
  SHARES,
  weighedBy,
} from './forecast.ts'
import type { PlainTask } from './plain-task.ts'
import { effectiveCount, weightAbove, weightedMedian, weightedQuantiles } from './weighted-quantiles.ts'

/** Past forecasts by which a model is chosen and its interval set. */
const MOST_PAST = 200
/** With fewer, likeness has proved nothing here, and the interval is as wide as the durations were. */
export const LEAST_PAST = 20
const COVERAGE = 0.8
/** Of texts, from which on people would call tasks alike. */
export const LEAST_ALIKE = 0.1

export interface Basis {
  readonly kind: DurationKind
  /** Finished tasks. */
  readonly finished: number
  readonly model: Model
  /** How many past forecasts chose the model and set the interval. */
  readonly past: number
}

export interface DurationSaid extends Basis {
  readonly abstains: false
  /** Whether likeness was left out because no finished task is like it. */
  readonly isAlone: boolean
  /** How many tasks of equal weight say as much. */
  readonly similar: number
  /** Hours from its begin. */
  readonly low: number
  readonly median: number
  readonly high: number
  /** Hours that it has taken already. */
  readonly elapsed: number
  /** What it rests on. */
  readonly samples: readonly Sample[]
  /** Tasks that would be among these, had they not taken less than it has taken already. */
  readonly shorter: number
}

export interface DurationAbstained {
  readonly abstains: true
  readonly kind: DurationKind
  readonly finished: number
  readonly reason: string
}

export type DurationPrediction = DurationSaid | DurationAbstained

interface Choice {
  readonly model: Model
  readonly margin: number
  readonly past: number
}

/** The value that so many of all values to come stay below, as far as past ones tell. */
function conformal(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length, Math.ceil(share * (sorted.length + 1))) - 1]!
}

/**
 * The model that would have been off least in the past, and how much wider than its forecasts the interval has to be
 * for eight in ten to be in it. Likeness has to beat both of the plain models here, or is not used.
 */
function choose(forecasts: Forecasts, kind: DurationKind, at: number, models: readonly Model[]): Choice {
  const past = forecasts
    .finishedBefore(at)
    .slice(0, MOST_PAST)
    .flatMap((task) => {
      const said = forecasts.atItsBegin(task)
      return said ? [{ said, value: durationOf(task, kind)! }] : []
    })
  if (past.length < LEAST_PAST) return { model: 'all', margin: 0, past: past.length }
  const byModel = models.map((model) => {
    const all = past.map(({ said, value }) => judged(said[model], value))
    return {
      model,
      loss: all.reduce((sum, { loss }) => sum + loss, 0),
      margin: conformal(
        all.map(({ outside }) => outside),
        COVERAGE,
      ),
    }
  })
  const best = byModel.reduce((one, other) => (other.loss < one.loss ? other : one))
  return { model: best.model, margin: best.margin, past: past.length }
}

/**
 * How long a task takes, from what was known at an instant.
 * @param forecasts of all tasks, of this kind of duration; what happened after the instant makes no difference
 */
export function predictDuration(
  forecasts: Forecasts,
  kind: DurationKind,
  task: PlainTask,
  at: number,
): DurationPrediction {
  const samples = forecasts.samples(task, at)
  const finished = samples.length
  if (finished < LEAST_FINISHED) {
    const reason = `${finished} ${finished === 1 ? 'task is' : 'tasks are'} finished with a known duration; from ${LEAST_FINISHED} on something can be said`
    return { abstains: true, kind, finished, reason }
  }
  const isAlone = samples.every(({ likeness }) => likeness < LEAST_ALIKE)
  const models = isAlone ? MODELS.filter((model) => model !== 'similar') : MODELS
  const chosen = choose(forecasts, kind, at, models)
  const { margin, past } = chosen
  const elapsed = Math.max(0, at - (beginOf(task, kind) ?? at))
  const tookLonger = ({ value }: Sample) => elapsed === 0 || value > logHours(elapsed)
  // Those that are like it may all have been shorter.
  const isLeftAlone = samples.filter(tookLonger).every(({ likeness }) => likeness < LEAST_ALIKE)
  const model = chosen.model === 'similar' && isLeftAlone ? 'all' : chosen.model
  const weighed = weighedBy(model, task, samples)
  const longer = weighed.filter(tookLonger)
  const similar = Math.round(effectiveCount(longer))
  const shorter = weighed.length - longer.length
  if (elapsed > 0 && similar < LEAST_FINISHED) {
    const left =
      longer.length < LEAST_FINISHED
        ? `${longer.length} took longer`
        : `those that took longer and are like it tell as much as ${similar}`
    const reason = `it has taken longer already than ${shorter} of ${weighed.length} finished tasks; ${left}, and from ${LEAST_FINISHED} on something can be said`
    return { abstains: true, kind, finished, reason }
  }
  const [low, , high] = weightedQuantiles(longer, SHARES) as unknown as Quantiles
  const median = Math.log(
    weightedMedian(longer.map(({ value, weight }) => ({ value: Math.exp(value), weight }))),
  )
  const hours = (log: number) => Math.max(Math.exp(log), elapsed / 3_600_000)
  return {
    abstains: false,
    kind,
    finished,
    // Of a type with too few of its own, all are weighed.
    model: model === 'type' && weighed.length === finished ? 'all' : model,
    past,
    isAlone: isLeftAlone,
    similar: Math.max(1, similar),
    low: hours(Math.min(low - margin, median)),
    median: hours(median),
    high: hours(Math.max(high + margin, median)),
    elapsed: elapsed / 3_600_000,
    samples: longer,
    shorter,
  }
}

/**
 * The probability that a task ends after its deadline, given how long it has taken already; never quite 0 or 1, since
 * the next one may be of a kind that was not seen yet.
 * @param deadline milliseconds since 1970
 */
export function overdueRisk(prediction: DurationSaid, task: PlainTask, deadline: number, at: number): number {
  if (deadline <= at) return 1
  const begin = beginOf(task, prediction.kind) ?? at
  const late = weightAbove(prediction.samples, logHours(deadline - begin))
  return (late * prediction.similar + 0.5) / (prediction.similar + 1)
}
