import type { BlockEpisode } from '../../insight/block-episodes.ts'
import type { PlainTask } from '../../insight/plain-task.ts'
import { refOfPlain } from '../../insight/plain-task.ts'
import { LEAST_LEARNT, type LikelyBlocker } from '../../insight/predict-blockers.ts'
import { type DurationPrediction, type DurationSaid, LEAST_PAST } from '../../insight/predict-duration.ts'
import type { TaskPrediction } from '../../insight/predict-task.ts'
import type { LinkSuggestion } from '../../insight/suggest-links.ts'
import { visible } from '../../printable.ts'
import { refOf, shortRefOf, type TaskNode, titleOf } from '../../query/task-graph.ts'
import { linkJson, reasonsSaid } from '../graph/print-links.ts'
import { colour } from '../output/colour.ts'
import { hoursSaid } from '../output/hours-said.ts'

/** What is predicted of a task, with what the graph knows of it. */
export interface Predicted extends TaskPrediction {
  readonly waitsFor: readonly TaskNode[]
  /** What waits for it, directly or through others. */
  readonly dependents: readonly TaskNode[]
  /** Dependencies that nobody has stored. */
  readonly unstated: readonly LinkSuggestion[]
  readonly nameOf: (key: string) => string
}

const rounded = (value: number) => Number(value.toFixed(3))
const percent = (share: number) => `${Math.round(share * 100)} %`

const SPAN = { work: 'from start to completion', lead: 'from creation to completion' } as const
const PLAIN_MODEL = { all: 'all of them alike', type: 'those of its type alike' } as const

/** Why likeness has no part in a duration. */
function baselineReason({ isAlone, past }: DurationSaid): string {
  if (isAlone) return 'none of these is like this one'
  if (past >= LEAST_PAST) return 'so far, likeness has not been the better guide here'
  return `likeness is judged by ${LEAST_PAST} that can be predicted again, and these are ${past}`
}

function durationJson(said: DurationPrediction): object {
  if (said.abstains) {
    return { abstains: true, reason: said.reason, measured: SPAN[said.kind], finished: said.finished }
  }
  return {
    abstains: false,
    measured: SPAN[said.kind],
    model: said.model,
    is_baseline: said.model !== 'similar',
    none_alike: said.isAlone,
    finished: said.finished,
    counted: said.samples.length,
    similar: said.similar,
    past_forecasts: said.past,
    elapsed_hours: rounded(said.elapsed),
    hours: { p10: rounded(said.low), p50: rounded(said.median), p90: rounded(said.high) },
  }
}

function durationSaid(said: DurationPrediction): string {
  const name = said.kind === 'work' ? 'Work' : 'Lead time'
  if (said.abstains) return `${name}, ${SPAN[said.kind]}: nothing can be said, ${said.reason}.`
  const { model, finished, samples, shorter, similar } = said
  const elapsed = hoursSaid(said.elapsed)
  const counted =
    model === 'similar'
      ? `${similar} similar of ${samples.length} finished tasks`
      : `${samples.length}${samples.length < finished ? ` of ${finished}` : ''} finished tasks`
  const which = shorter > 0 ? `, those that took longer than its ${elapsed} so far` : ''
  const basis =
    model === 'similar' ? '' : ` This is the baseline, ${PLAIN_MODEL[model]}: ${baselineReason(said)}.`
  const sofar = said.elapsed > 0 && shorter === 0 ? `, ${elapsed} of it over` : ''
  return `${name}, ${SPAN[said.kind]}: ${counted}${which}, median ${hoursSaid(said.median)}, 80 % between ${hoursSaid(said.low)} and ${hoursSaid(said.high)}${sofar}.${basis}`
}

const lastsSaid = ({ from, to }: BlockEpisode) =>
  to === null ? 'lasts' : `over after ${hoursSaid((to - from) / 3_600_000)}`

const evidenceJson = (ref: (key: string) => string, { key, reason, from, to, helped }: BlockEpisode) => ({
  task: ref(key),
  reason,
  from: new Date(from).toISOString(),
  to: to === null ? null : new Date(to).toISOString(),
  helped,
})

const MOST_EVIDENCE = 3
/** Tasks that nobody has taken up may be held up yet. */
const AMONG = 'all begun, blocked or ended tasks'

function blockerLines(
  { reason, probability, base, isBaseline, evidence }: LikelyBlocker,
  ref: (key: string) => string,
): string[] {
  const latest = [...evidence].sort((a, b) => b.from - a.from).slice(0, MOST_EVIDENCE)
  return [
    `  ${percent(probability)}  “${visible(reason)}” (${isBaseline ? `as of ${AMONG}` : `of ${AMONG} ${percent(base)}`})`,
    ...latest.map((episode) => {
      const helped = episode.helped === null ? '' : `; what helped: ${visible(episode.helped).split('\n')[0]}`
      return `       ${ref(episode.key)}: ${lastsSaid(episode)}${helped}`
    }),
  ]
}

const TOO_FEW = `fewer than ${LEAST_LEARNT} other tasks were begun, blocked or ended`

/** The prediction as scripts see it. */
export function predictionJson(predicted: Predicted): object {
  const { task, work, lead, blockers, similar, sameScope, overdue, waitsFor, dependents, unstated, nameOf } =
    predicted
  const abstains = work.abstains && lead.abstains
  return {
    task: { ref: refOfPlain(task), title: task.title, status: task.status, type: task.type },
    abstains,
    ...(abstains ? { reason: lead.reason } : {}),
    duration: { work: durationJson(work), lead: durationJson(lead) },
    waits_for: waitsFor.map((node) => ({ ref: refOf(node), title: titleOf(node) })),
    blockers: {
      now: task.status === 'blocked' ? { reason: task.reason } : null,
      abstains: blockers === null,
      ...(blockers === null ? { reason: TOO_FEW } : {}),
      likely: (blockers ?? []).map(({ reason, probability, base, isBaseline, evidence }) => ({
        reason,
        probability: rounded(probability),
        base_rate: rounded(base),
        is_baseline: isBaseline,
        evidence: evidence.map((episode) => evidenceJson(nameOf, episode)),
      })),
      unstated_dependencies: unstated.map(linkJson),
    },
    affects: {
      dependents: dependents.map((node) => ({ ref: refOf(node), title: titleOf(node) })),
      same_scope: sameScope.map(({ task, likeness }) => ({
        ref: refOfPlain(task),
        title: task.title,
        likeness: rounded(likeness),
      })),
    },
    similar: similar.map(({ task, likeness, kind, hours }) => ({
      ref: refOfPlain(task),
      title: task.title,
      likeness: rounded(likeness),
      measured: SPAN[kind],
      hours: rounded(hours),
    })),
    overdue: overdue && {
      probability: rounded(overdue.risk),
      has_passed: overdue.kind === null,
      measured: overdue.kind && SPAN[overdue.kind],
    },
  }
}

const section = (title: string, lines: readonly string[]) => (lines.length > 0 ? ['', title, ...lines] : [])

const overdueSaid = ({ risk, kind }: NonNullable<TaskPrediction['overdue']>, deadline: string | null) =>
  kind === null
    ? `Late: the deadline ${deadline} has passed.`
    : `It will be late for ${deadline} with a probability of ${percent(risk)}.`

/** The prediction in words. */
export function predictionText(predicted: Predicted, home: string | null, deadline: string | null): string {
  const { task, work, lead, blockers, similar, sameScope, overdue, waitsFor, dependents, unstated, nameOf } =
    predicted
  const ref = (other: PlainTask) => (other.repository === home ? `#${other.number}` : refOfPlain(other))
  const named = (other: PlainTask) => `${ref(other)} ${visible(other.title)}`
  const node = (other: TaskNode) => `  ${shortRefOf(other, home)} ${visible(titleOf(other))}`
  const why = task.reason === null ? '' : `: “${visible(task.reason)}”`
  const blocked = [
    ...(task.status === 'blocked' ? [`  now   it is blocked${why}`] : []),
    ...(blockers === null ? [`  What blocked others says nothing yet: ${TOO_FEW}.`] : []),
    ...waitsFor.map((other) => `${node(other)} (it waits for this)`),
    ...(blockers ?? []).flatMap((blocker) => blockerLines(blocker, nameOf)),
    ...unstated.map(
      (link) =>
        `  ${percent(link.confidence)}  ${named(link.task)}, which it may depend on: ${reasonsSaid(link)}`,
    ),
  ]
  const lines = [
    colour.bold(named(task)),
    ...(task.started !== null || !work.abstains ? [durationSaid(work)] : []),
    durationSaid(lead),
    ...(overdue ? [overdueSaid(overdue, deadline)] : []),
    ...section('May hold it up:', blocked),
    ...section('Waits for it:', dependents.map(node)),
    ...section(
      'About the same:',
      sameScope.map((one) => `  ${named(one.task)} (${percent(one.likeness)} alike)`),
    ),
    ...section(
      'Finished and similar:',
      similar.map(
        (one) =>
          `  ${named(one.task)} (${percent(one.likeness)} alike), ${hoursSaid(one.hours)} ${SPAN[one.kind]}`,
      ),
    ),
  ]
  return lines.join('\n')
}
