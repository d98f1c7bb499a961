import { AGEING_SHARE } from '../../insight/ageing-work.ts'
import type { ReasonGroup } from '../../insight/block-episodes.ts'
import { HOUR } from '../../insight/durations.ts'
import { refOfPlain } from '../../insight/plain-task.ts'
import type { SlowScope } from '../../insight/slow-scopes.ts'
import { medianOf } from '../../insight/weighted-quantiles.ts'
import { visible } from '../../printable.ts'
import { colour } from '../output/colour.ts'
import { hoursSaid } from '../output/hours-said.ts'
import { isQuiet, spoken } from '../output/output-mode.ts'
import type { Patterns } from './read-patterns.ts'

const rounded = (value: number) => Number(value.toFixed(3))
const percent = (share: number) => `${Math.round(share * 100)} %`
const SPAN = { work: 'from start to completion', lead: 'from creation to completion' } as const

/** Hours at the median, of the blocks that are over; null where none is. */
function usualLength({ episodes }: ReasonGroup): number | null {
  const over = episodes.flatMap(({ from, to }) => (to === null ? [] : [(to - from) / HOUR]))
  return over.length === 0 ? null : medianOf(over)
}

const helpedIn = ({ episodes }: ReasonGroup) => [...new Set(episodes.flatMap(({ helped }) => helped ?? []))]

/** The patterns as scripts see them. */
export const patternsJson = (patterns: Patterns): object => ({
  finished: patterns.finished,
  gate_runs: patterns.gateRuns,
  blockers: patterns.blockers.map((group) => {
    const hours = usualLength(group)
    return {
      reason: group.reason,
      count: group.episodes.length,
      tasks: [...new Set(group.episodes.map(({ key }) => patterns.nameOf(key)))],
      median_hours: hours === null ? null : rounded(hours),
      helped: helpedIn(group),
    }
  }),
  slow_scopes: patterns.slow.map(({ scope, name, kind, count, rest, median, restMedian, ratio, delta }) => ({
    scope,
    name,
    measured: SPAN[kind],
    count,
    rest,
    median_hours: rounded(median),
    rest_median_hours: rounded(restMedian),
    ratio_of_medians: rounded(ratio),
    cliffs_delta: rounded(delta),
  })),
  failing_gates: patterns.failing.map(({ share, ...gate }) => ({ ...gate, share: rounded(share) })),
  flaky_gates: patterns.flaky,
  ageing: patterns.ageing.map(({ task, kind, hours, limit, finished }) => ({
    ref: refOfPlain(task),
    title: task.title,
    status: task.status,
    measured: kind === 'work' ? 'since it was started' : 'since it was created',
    hours: rounded(hours),
    limit_hours: rounded(limit),
    finished,
  })),
  people: 'left out',
})

const slowSaid = ({ scope, name, kind, count, rest, median, restMedian, ratio, delta }: SlowScope) =>
  `${scope} ${visible(name)}: ${count} tasks, median ${hoursSaid(median)} ${SPAN[kind]}, ${Number(ratio.toPrecision(2))} × the ${hoursSaid(restMedian)} of ${rest} others (Cliff’s delta ${delta.toFixed(2)})`

/** The patterns in words; in a quiet answer of those alone that there are, else empty. @param most lines of each kind; 0 for all */
export function patternsText(patterns: Patterns, home: string | null, most: number): string {
  const { blockers, slow, failing, flaky, ageing, finished, nameOf } = patterns
  const gate = ({ repository, gate }: { repository: string; gate: string }) =>
    repository === home ? gate : `${repository}: ${gate}`
  const section = (title: string, lines: readonly string[], none: string): string[] => {
    const shown = most > 0 ? lines.slice(0, most) : lines
    const more = lines.length - shown.length
    if (lines.length === 0 && isQuiet()) return []
    return [
      colour.bold(title),
      ...(lines.length === 0 ? [`  ${none}`] : shown.map((line) => `  ${line}`)),
      ...(more > 0 ? spoken(`  … and ${more} more (--limit 0 shows all)`) : []),
      '',
    ]
  }
  const blockerSaid = (group: ReasonGroup) => {
    const hours = usualLength(group)
    const helped = helpedIn(group)
    const tasks = [...new Set(group.episodes.map(({ key }) => nameOf(key)))].join(', ')
    return `${group.episodes.length} × “${visible(group.reason)}”: ${tasks}${hours === null ? '' : `; median ${hoursSaid(hours)}`}${helped.length > 0 ? `; helped: ${visible(helped.slice(0, 2).join('; '))}` : ''}`
  }
  const lines = [
    ...section(
      'What blocks again and again',
      blockers.map(blockerSaid),
      'No reason has blocked tasks twice.',
    ),
    ...section(
      'What takes longer than the rest',
      slow.map(slowSaid),
      `No label, type or repository stands out among ${finished} finished tasks.`,
    ),
    ...section(
      'Gates that fail most',
      failing.map((one) => `${gate(one)}: ${one.failures} of ${one.runs} runs (${percent(one.share)})`),
      'No gate that ran three times or more has failed.',
    ),
    ...section(
      'Flaky gates, which passed and failed the same',
      flaky.map(
        (one) =>
          `${gate(one)}: ${one.times} × (${one.commits.map((commit) => commit.slice(0, 10)).join(', ')})`,
      ),
      'None was seen.',
    ),
    ...section(
      'Ageing work',
      ageing.map(({ task, kind, hours, limit, finished: count }) => {
        const ref = task.repository === home ? `#${task.number}` : refOfPlain(task)
        const since = kind === 'work' ? 'in progress' : 'open'
        return `${ref} ${visible(task.title)}: ${since} for ${hoursSaid(hours)}; ${percent(AGEING_SHARE)} of ${count} were done within ${hoursSaid(limit)}`
      }),
      'Nothing open is older than most finished tasks were.',
    ),
    ...spoken('People are left out: what somebody takes says most of what they are given.'),
  ]
  return lines.join('\n').trimEnd()
}
