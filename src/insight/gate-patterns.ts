/** What a gate said once. */
export interface GateRun {
  readonly repository: string
  readonly gate: string
  readonly outcome: string
  /** Of the tree, the gate, its inputs and the tools: what is equal should give equal results. */
  readonly key: string
  readonly commit: string
  readonly isCached: boolean
  /** Whether the worktree held exactly the tree. */
  readonly isClean: boolean
}

export interface GatePattern {
  readonly repository: string
  readonly gate: string
  readonly runs: number
  readonly failures: number
  readonly share: number
}

export interface FlakyGate {
  readonly repository: string
  readonly gate: string
  /** How many same things it both passed and failed. */
  readonly times: number
  readonly commits: readonly string[]
}

const FAILED = ['failed', 'timed out']
const LEAST_RUNS = 3
const MOST_COMMITS = 3

/** Gates by how often they failed, of those that ran to an end; and those that both passed and failed the same thing. */
export function gatePatterns(runs: readonly GateRun[]): { failing: GatePattern[]; flaky: FlakyGate[] } {
  const byGate = new Map<string, GateRun[]>()
  for (const run of runs) {
    if (run.isCached || !(run.outcome === 'passed' || FAILED.includes(run.outcome))) continue
    const name = `${run.repository} ${run.gate}`
    const known = byGate.get(name)
    if (known) known.push(run)
    else byGate.set(name, [run])
  }
  const gates = [...byGate].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, all]) => all)
  const hasFailed = ({ outcome }: GateRun) => FAILED.includes(outcome)
  const failing = gates.flatMap((all): GatePattern[] => {
    const failures = all.filter(hasFailed).length
    const { repository, gate } = all[0]!
    if (all.length < LEAST_RUNS || failures === 0) return []
    return [{ repository, gate, runs: all.length, failures, share: failures / all.length }]
  })
  const flaky = gates.flatMap((all): FlakyGate[] => {
    const byKey = new Map<string, GateRun[]>()
    // Of a worktree that changed meanwhile nobody knows what was judged.
    for (const run of all.filter(({ isClean }) => isClean))
      byKey.set(run.key, [...(byKey.get(run.key) ?? []), run])
    const both = [...byKey.values()].filter((same) => same.some(hasFailed) && !same.every(hasFailed))
    if (both.length === 0) return []
    const { repository, gate } = all[0]!
    const commits = [...new Set(both.flatMap((same) => same.map(({ commit }) => commit)))]
    return [{ repository, gate, times: both.length, commits: commits.slice(0, MOST_COMMITS) }]
  })
  return {
    failing: failing.sort((a, b) => b.failures - a.failures || b.share - a.share),
    flaky: flaky.sort((a, b) => b.times - a.times),
  }
}
