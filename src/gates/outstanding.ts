import type { Gate } from '../../schemas/config.ts'
import type { GateRecord, GateResult } from '../../schemas/gate-record.ts'
import type { RangeCommit } from '../git/commit-range.ts'
import { definitionOf } from './gate-key.ts'
import { isFailure } from './gate-report.ts'
import { overriddenGates } from './overridden-gates.ts'
import { asksForFiles, lookedAt, matcherOf } from './plan-gates.ts'

/** Why a gate proves nothing of a commit. */
export const LACKS = [
  'no record',
  'failed',
  'timed out',
  'not started',
  'cancelled',
  'only some files',
  'files differed',
  'other definition',
  'override expired',
  'override taken back',
] as const
export type Lack = (typeof LACKS)[number]

/** What the gates say of a commit: why each of them proves nothing of it; those that do are not named. */
export type Lacks = ReadonlyMap<string, Lack>

interface Known {
  readonly recordsOf: (tree: string) => readonly GateRecord[]
  /** Commits whose parents are not here, so that what they changed cannot be told. */
  readonly ends: ReadonlySet<string>
  readonly now: string
}

/** Files that a gate has not looked at since they differ from how they began, with the ids that they began with. */
type Open = Map<string, string>

/** Why nothing that is recorded of a tree lets it pass a gate. */
function reasonOf(gate: Gate, records: readonly GateRecord[], definition: string): Lack {
  const ended = records.findLast(({ override }) => override?.gates.includes(gate.name))
  // One that is taken back is followed by one that ended as it began.
  if (ended) return ended.override!.expires! <= ended.at ? 'override taken back' : 'override expired'
  const results = records.flatMap((record) => record.results.filter((each) => each.gate === gate.name))
  const last = results.findLast((each) => each.definition === definition && each.outcome !== 'skipped')
  if (!last) return results.some((each) => each.definition !== definition) ? 'other definition' : 'no record'
  if (last.outcome === 'passed') return last.clean ? 'only some files' : 'files differed'
  return last.outcome as Lack
}

/** What a gate that need not have run on a tree has said against it all the same, and nobody since. */
function failureOf(
  gate: Gate,
  records: readonly GateRecord[],
  { definition, now }: { readonly definition: string; readonly now: string },
): Lack | null {
  const last = records
    .flatMap(({ results }) => results)
    .findLast((each) => each.gate === gate.name && each.definition === definition && each.clean)
  return last && isFailure(last) && !overriddenGates(records, now).has(gate.name)
    ? (last.outcome as Lack)
    : null
}

/** Passes that nobody has seen fail since, with all that they rest on the same. */
const standing = (results: readonly GateResult[]): GateResult[] =>
  results.filter(
    ({ outcome, key }, i) =>
      outcome === 'passed' && !results.slice(i + 1).some((later) => later.key === key && isFailure(later)),
  )

/** What a gate that reads history lacks of a commit: another one with the same files proves nothing. */
function historyLack(
  gate: Gate,
  records: readonly GateRecord[],
  commit: string,
  { definition, now }: { readonly definition: string; readonly now: string },
): Lack | null {
  if (overriddenGates(records, now).has(gate.name)) return null
  const own = records.filter((record) => record.commit === commit)
  const results = own
    .flatMap((record) => record.results)
    .filter((each) => each.gate === gate.name && each.definition === definition && each.clean)
  return standing(results).length > 0 ? null : reasonOf(gate, own, definition)
}

/** Judges one gate on commits, told one after the other, parents first. */
function judgeOf(gate: Gate, { recordsOf, ends, now }: Known) {
  const definition = definitionOf(gate)
  const matches = matcherOf(gate)
  const open = new Map<string, Open>()
  const isOwn = (result: GateResult) =>
    result.gate === gate.name && result.definition === definition && result.clean

  /** @param isLastUse whether no other commit follows the parent, so that its files need no copy */
  return ({ commit, tree, parents, changes }: RangeCommit, isLastUse: boolean): Lack | null => {
    const before = open.get(parents[0] ?? '')
    const left: Open = before && isLastUse ? before : new Map(before)
    for (const { path, before: was, now: is } of changes) {
      if (!matches(path)) continue
      // What is again as it began needs no gate.
      if (!left.has(path)) left.set(path, was)
      const isGone = /^0+$/.test(is)
      if (left.get(path) === is || (isGone && asksForFiles(gate))) left.delete(path)
    }
    open.set(commit, left)
    const records = recordsOf(tree)
    if (gate.inputs.history) return historyLack(gate, records, commit, { definition, now })
    if (left.size === 0) return failureOf(gate, records, { definition, now })
    const results = records.flatMap((record) => record.results.filter(isOwn))
    const isLetPass =
      overriddenGates(records, now).has(gate.name) ||
      // Whoever skipped the gate may have counted from a commit that is in question here; where the commit's own
      // changes cannot be told, there is only their word.
      (ends.has(commit) && results.some(({ outcome }) => outcome === 'skipped'))
    if (isLetPass) left.clear()
    for (const { command } of standing(results)) {
      const isProven = lookedAt(gate, command)
      for (const path of [...left.keys()]) if (isProven(path)) left.delete(path)
    }
    return left.size === 0 ? null : reasonOf(gate, records, definition)
  }
}

/**
 * What each commit of a range lacks of each gate. A gate has nothing to say of a commit that differs in none of its files
 * from one that it has passed on, or from what the range begins with.
 * @param commits descendants first, as git tells them
 */
export function outstanding(
  commits: readonly RangeCommit[],
  gates: readonly Gate[],
  known: Known,
): Map<string, Lacks> {
  const followers = new Map<string, number>()
  for (const { parents } of commits) {
    const first = parents[0] ?? ''
    followers.set(first, (followers.get(first) ?? 0) + 1)
  }
  const judges = gates.map((gate) => [gate.name, judgeOf(gate, known)] as const)
  const lacks = new Map<string, Lacks>()
  for (const commit of [...commits].reverse()) {
    const first = commit.parents[0] ?? ''
    const left = followers.get(first)! - 1
    followers.set(first, left)
    const own = judges.flatMap(([name, judge]): [string, Lack][] => {
      const lack = judge(commit, left === 0)
      return lack ? [[name, lack]] : []
    })
    lacks.set(commit.commit, new Map(own))
  }
  return lacks
}

/** Commits that are proven: they lack nothing, or one that lacks nothing descends from them. */
export function provenCommits(
  commits: readonly RangeCommit[],
  lacksNothing: (commit: string) => boolean,
): Set<string> {
  const proven = new Set<string>()
  // Descendants come first.
  for (const { commit, parents } of commits) {
    if (lacksNothing(commit)) proven.add(commit)
    if (proven.has(commit)) for (const parent of parents) proven.add(parent)
  }
  return proven
}
