import { type DurationKind, durationOf } from './durations.ts'
import type { PlainTask } from './plain-task.ts'
import { medianOf } from './weighted-quantiles.ts'

/** What tasks have in common. People are no scope: what somebody takes says most of what they are given. */
export type ScopeKind = 'label' | 'type' | 'repository'

export interface SlowScope {
  readonly scope: ScopeKind
  readonly name: string
  readonly kind: DurationKind
  readonly count: number
  readonly rest: number
  /** Hours at the median, of these and of all others. */
  readonly median: number
  readonly restMedian: number
  readonly ratio: number
  /** Cliff's delta: how much more often one of these took longer than another than the other way round. */
  readonly delta: number
}

const LEAST_TASKS = 5
/** Less is called negligible or small. */
const LEAST_DELTA = 0.2
/** Standard errors from no difference at all: many scopes are looked at, of which some differ by chance. */
const LEAST_ERRORS = 2.6

/** How many of the ascending values are less. */
const countBelow = (values: readonly number[], value: number) => {
  let [from, to] = [0, values.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (values[middle]! < value) from = middle + 1
    else to = middle
  }
  return from
}

/** @param others ascending */
function cliffsDelta(values: readonly number[], others: readonly number[]): number {
  const below = (value: number) => countBelow(others, value)
  const upTo = (value: number) => {
    let at = countBelow(others, value)
    while (at < others.length && others[at] === value) at++
    return at
  }
  const sum = values.reduce((all, value) => all + below(value) - (others.length - upTo(value)), 0)
  return sum / (values.length * others.length)
}

const scopesOf = ({ labels, type, repository }: PlainTask): [ScopeKind, string][] => [
  ...labels.map((label): [ScopeKind, string] => ['label', label]),
  ['type', type],
  ['repository', repository],
]

/** Scopes whose finished tasks took clearly longer than all others, by how much. */
export function slowScopes(tasks: readonly PlainTask[], kind: DurationKind): SlowScope[] {
  const timed = tasks
    .flatMap((task) => {
      const value = durationOf(task, kind)
      return value === null ? [] : [{ task, value }]
    })
    .sort((a, b) => a.value - b.value)
  const scopes = new Map<
    string,
    { scope: ScopeKind; name: string; values: number[]; members: Set<PlainTask> }
  >()
  for (const { task, value } of timed) {
    for (const [scope, name] of scopesOf(task)) {
      const key = `${scope} ${name}`
      const found = scopes.get(key) ?? { scope, name, values: [], members: new Set() }
      if (!scopes.has(key)) scopes.set(key, found)
      found.values.push(value)
      found.members.add(task)
    }
  }
  return [...scopes.values()]
    .flatMap(({ scope, name, values, members }): SlowScope[] => {
      const others = timed.filter(({ task }) => !members.has(task)).map(({ value }) => value)
      const [n, m] = [values.length, others.length]
      if (n < LEAST_TASKS || m < LEAST_TASKS) return []
      const delta = cliffsDelta(values, others)
      const error = Math.sqrt((n + m + 1) / (3 * n * m))
      if (delta < LEAST_DELTA || delta < LEAST_ERRORS * error) return []
      const [median, restMedian] = [values, others].map((logs) => medianOf(logs.map(Math.exp))) as [
        number,
        number,
      ]
      return [{ scope, name, kind, count: n, rest: m, median, restMedian, ratio: median / restMedian, delta }]
    })
    .sort((a, b) => b.delta - a.delta || (a.name < b.name ? -1 : 1))
}
