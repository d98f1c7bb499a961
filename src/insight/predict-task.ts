import type { BlockEpisode } from './block-episodes.ts'
import { DURATION_KINDS, type DurationKind, durationOf } from './durations.ts'
import { forecastsOf } from './forecast.ts'
import { knownAt, type PlainTask } from './plain-task.ts'
import { type LikelyBlocker, predictBlockers } from './predict-blockers.ts'
import {
  type DurationPrediction,
  type DurationSaid,
  LEAST_ALIKE,
  overdueRisk,
  predictDuration,
} from './predict-duration.ts'
import { comparedText, type TermReader, termReader, textLikeness } from './text-likeness.ts'

/** A task that is like another. */
export interface Alike {
  readonly task: PlainTask
  /** Of their texts, 0 to 1. */
  readonly likeness: number
}

export interface FinishedAlike extends Alike {
  readonly kind: DurationKind
  readonly hours: number
}

export interface TaskPrediction {
  readonly task: PlainTask
  readonly work: DurationPrediction
  readonly lead: DurationPrediction
  /** null where too few tasks can be learnt from. */
  readonly blockers: readonly LikelyBlocker[] | null
  readonly similar: readonly FinishedAlike[]
  /** Open tasks whose words say that they are about the same. */
  readonly sameScope: readonly Alike[]
  /** Its kind is null for a deadline that has passed. null where there is no deadline, or no duration can be told. */
  readonly overdue: { readonly risk: number; readonly kind: DurationKind | null } | null
}

export interface PredictionQuestion {
  readonly task: PlainTask
  readonly tasks: readonly PlainTask[]
  readonly episodes: readonly BlockEpisode[]
  /** Milliseconds since 1970. */
  readonly at: number
  readonly deadline: number | null
  /** One that has read the tasks' texts already, where there is one. */
  readonly reader?: TermReader
}

const MOST_SHOWN = 5
const SAME_SCOPE = 0.25

function alikeOf(task: PlainTask, others: readonly PlainTask[], least: number, reader: TermReader): Alike[] {
  const likeness = textLikeness([task, ...others].map(comparedText), reader)
  const places = others.map((_, i) => i + 1)
  const cosines = likeness.to(0, places)
  return others
    .map((other, i) => ({ task: other, likeness: cosines[i]! }))
    .filter((one) => one.likeness >= least)
    .sort((a, b) => b.likeness - a.likeness || (a.task.key < b.task.key ? -1 : 1))
}

function finishedAlike(task: PlainTask, known: readonly PlainTask[], reader: TermReader): FinishedAlike[] {
  const finished = known.filter((other) => other.key !== task.key && durationOf(other, 'lead') !== null)
  return alikeOf(task, finished, LEAST_ALIKE, reader)
    .slice(0, MOST_SHOWN)
    .map((one) => {
      const kind = durationOf(one.task, 'work') === null ? 'lead' : 'work'
      return { ...one, kind, hours: Math.exp(durationOf(one.task, kind)!) }
    })
}

/** What a deadline is held against: work that was begun, else the way from creation to completion. */
function toJudgeBy(
  { started }: PlainTask,
  work: DurationPrediction,
  lead: DurationPrediction,
): DurationSaid | null {
  const [first, second] = started === null ? [lead, work] : [work, lead]
  if (!first.abstains) return first
  return second.abstains ? null : second
}

function overdueOf(
  { task, at, deadline }: PredictionQuestion,
  work: DurationPrediction,
  lead: DurationPrediction,
): TaskPrediction['overdue'] {
  if (deadline === null) return null
  if (deadline <= at) return { risk: 1, kind: null }
  const judge = toJudgeBy(task, work, lead)
  return judge && { risk: overdueRisk(judge, task, deadline, at), kind: judge.kind }
}

/** Everything that is predicted of an open task. What happened after the instant makes no difference. */
export function predictTask(question: PredictionQuestion): TaskPrediction {
  const { task, tasks, episodes, at, reader = termReader() } = question
  const known = knownAt(tasks, at)
  const [work, lead] = DURATION_KINDS.map((kind) =>
    predictDuration(forecastsOf(known, kind, reader), kind, task, at),
  ) as [DurationPrediction, DurationPrediction]
  const open = known.filter((other) => other.key !== task.key && other.left === null)
  return {
    task,
    work,
    lead,
    blockers: predictBlockers(task, known, episodes, at, reader),
    similar: finishedAlike(task, known, reader),
    sameScope: alikeOf(task, open, SAME_SCOPE, reader).slice(0, MOST_SHOWN),
    overdue: overdueOf(question, work, lead),
  }
}
