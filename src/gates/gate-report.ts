import type { GateResult } from '../../schemas/gate-record.ts'
import type { Moment } from '../../schemas/vocabulary.ts'

/** What gates are run on. */
export interface GateSubject {
  readonly commit: string
  /** The commit's tree, where it is known already. */
  readonly tree?: string
  /** The branch that the commit is on; its worktree is where gates run. */
  readonly branch: string | null
  /** The commit since which changed files are counted; null where every file counts as changed. */
  readonly base: string | null
  /** Id of the task whose work this is. */
  readonly task?: string
}

/** Whether a gate that ran said no. */
export const isFailure = ({ outcome }: Pick<GateResult, 'outcome'>): boolean =>
  outcome === 'failed' || outcome === 'timed out'

export type GateVerdict = 'passed' | 'failed' | 'not started' | 'cancelled' | 'nothing to run'

/** What results come to: advice counts for nothing. */
export function verdictOf(results: readonly GateResult[]): GateVerdict {
  const outcomes = results.filter(({ required }) => required).map(({ outcome }) => outcome)
  if (results.some(({ outcome }) => outcome === 'cancelled')) return 'cancelled'
  if (outcomes.includes('failed') || outcomes.includes('timed out')) return 'failed'
  return outcomes.includes('not started') ? 'not started' : 'passed'
}

/** What came of running gates on a commit. */
export interface GateReport {
  readonly moment: Moment
  readonly commit: string
  readonly tree: string
  /** The directory that they ran in; null where none had to run. */
  readonly place: string | null
  /** Whether the place was made for this run, and is gone again. */
  readonly temporary: boolean
  /** Whether the place held exactly the commit's tree, before and after; only then is a pass one of the commit. */
  readonly clean: boolean
  /** Files by which the place differed from the commit, before or after; `HEAD` where another tree was checked out. */
  readonly differences: readonly string[]
  readonly results: readonly GateResult[]
  /** `cancelled`: somebody stopped the run, and it says nothing. */
  readonly verdict: GateVerdict
  /** Directory with the output of each gate that ran. */
  readonly log: string | null
  /** The end of the output of each gate that ran, as it came. */
  readonly outputs: ReadonlyMap<string, string>
  /** Names of gates that were not run, since somebody has let them pass on this tree. */
  readonly overridden: readonly string[]
  /** Set-up commands that a temporary worktree went without, since the user has not agreed to them. */
  readonly skippedSetup: readonly string[]
  /** Why the results could not be recorded; they hold all the same. */
  readonly unrecorded: string | null
}

/** What becomes of the run while it goes on, for who watches it. */
export type GateProgress =
  | { readonly kind: 'planned'; readonly gates: readonly string[]; readonly place: string | null }
  /** `log`: the file that its output goes to as it comes; null where none is kept. */
  | { readonly kind: 'started'; readonly gate: string; readonly log: string | null }
  | { readonly kind: 'ended'; readonly result: GateResult }
