import { beginOf, type DurationKind, durationOf, pinball } from './durations.ts'
import type { PlainTask } from './plain-task.ts'
import { comparedText, termReader, textLikeness } from './text-likeness.ts'
import { type Weighted, weightedQuantiles } from './weighted-quantiles.ts'

/** The ends and the middle of the 80 % interval. */
export const SHARES = [0.1, 0.5, 0.9] as const
/** With fewer finished tasks nothing is said. */
export const LEAST_FINISHED = 8
/** Older ones would count for next to nothing: of two tasks so far apart, the older counts half. */
export const HALF_LIFE = 100
export const MOST_COMPARED = 700

export const MODELS = ['similar', 'type', 'all'] as const
/** What a forecast rests on: finished tasks by likeness, those of the type, or all of them alike. */
export type Model = (typeof MODELS)[number]

/** A finished task beside one that is forecast. */
export interface Sample extends Weighted {
  readonly task: PlainTask
  /** Of their texts, 0 to 1. */
  readonly likeness: number
}

/** Forecasts as logarithms of hours: the ends and the middle. */
export type Quantiles = readonly [low: number, median: number, high: number]

const shareOfLabels = (a: readonly string[], b: readonly string[]): number => {
  const common = a.filter((label) => b.includes(label)).length
  return common === 0 ? 0 : common / (a.length + b.length - common)
}

/** What is left of a task's say where it has nothing in common with another: forecasts are drawn towards that of all. */
const NO_COMMON_WORD = 0.1
const NOT_IN_COMMON = 0.3

/**
 * How much a task says of another: the more alike their words are, and about four times as much for each thing that they
 * have in common besides. People are left out.
 * @param text likeness of their texts
 */
export function weightOf(task: PlainTask, other: PlainTask, text: number): number {
  const common = [
    Number(task.type === other.type),
    shareOfLabels(task.labels, other.labels),
    Number((task.parent === null) === (other.parent === null)),
    Number(task.priority === other.priority),
  ]
  return common.reduce((weight, share) => weight * (NOT_IN_COMMON + share), NO_COMMON_WORD + text)
}

/** Forecasts for a task from what was finished before it began, remembered: each is asked for again as a past one. */
export interface Forecasts {
  /** Tasks with this kind of duration that were completed before an instant, the latest created first. */
  finishedBefore(at: number): readonly PlainTask[]
  samples(task: PlainTask, at: number): readonly Sample[]
  /** What would have been said of a task when it began; null where too little was finished. */
  atItsBegin(task: PlainTask): Readonly<Record<Model, Quantiles>> | null
}

const quantilesOf = (samples: readonly Weighted[]) =>
  weightedQuantiles(samples, SHARES) as unknown as Quantiles

/** The samples as a model weighs them. */
export function weighedBy(model: Model, task: PlainTask, samples: readonly Sample[]): readonly Sample[] {
  if (model === 'similar') return samples
  const ofType = samples.filter((sample) => sample.task.type === task.type)
  const counted = model === 'type' && ofType.length >= LEAST_FINISHED ? ofType : samples
  return counted.map((sample) => ({ ...sample, weight: 1 }))
}

/** The latest created first. */
export const byCreation = (a: PlainTask, b: PlainTask) => b.created - a.created || (a.key < b.key ? -1 : 1)

export function forecastsOf(
  tasks: readonly PlainTask[],
  kind: DurationKind,
  reader = termReader(),
): Forecasts {
  const finished = tasks.filter((task) => durationOf(task, kind) !== null).sort(byCreation)
  const placeOf = new Map(finished.map((task, place) => [task.key, place]))
  const texts = finished.map(comparedText)
  const likeness = textLikeness(texts, reader)
  const placeFor = (task: PlainTask): number => {
    const known = placeOf.get(task.key)
    if (known !== undefined) return known
    placeOf.set(task.key, texts.length)
    return texts.push(comparedText(task)) - 1
  }
  const finishedBefore = (at: number) => finished.filter(({ completed }) => completed! < at)
  const samples = (task: PlainTask, at: number): Sample[] => {
    const others = finishedBefore(at)
      .filter(({ key }) => key !== task.key)
      .slice(0, MOST_COMPARED)
    const cosines = likeness.to(
      placeFor(task),
      others.map(({ key }) => placeOf.get(key)!),
    )
    return others.map((other, rank) => ({
      task: other,
      likeness: cosines[rank]!,
      value: durationOf(other, kind)!,
      weight: 2 ** (-rank / HALF_LIFE) * weightOf(task, other, cosines[rank]!),
    }))
  }
  const remembered = new Map<string, Readonly<Record<Model, Quantiles>> | null>()
  return {
    finishedBefore,
    samples,
    atItsBegin: (task) => {
      const known = remembered.get(task.key)
      if (known !== undefined) return known
      const found = samples(task, beginOf(task, kind)!)
      const by = (model: Model) => quantilesOf(weighedBy(model, task, found))
      const made =
        found.length < LEAST_FINISHED ? null : { similar: by('similar'), type: by('type'), all: by('all') }
      remembered.set(task.key, made)
      return made
    },
  }
}

/** How far a model was off, for each of the past tasks. */
export interface Judgement {
  readonly loss: number
  /** By how much the logarithm was outside of the interval; less than nothing inside. */
  readonly outside: number
}

export function judged(quantiles: Quantiles, value: number): Judgement {
  return {
    loss: SHARES.reduce((sum, share, i) => sum + pinball(quantiles[i]!, value, share), 0),
    outside: Math.max(quantiles[0] - value, value - quantiles[2]),
  }
}
