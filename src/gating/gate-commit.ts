import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Config } from '../../schemas/config.ts'
import type { GateRecord, GateResult } from '../../schemas/gate-record.ts'
import type { Moment } from '../../schemas/vocabulary.ts'
import { hasConfig } from '../config/has-config.ts'
import { loadConfig } from '../config/load-config.ts'
import { MhvError } from '../errors.ts'
import { makeLogDirectory } from '../gates/gate-output.ts'
import {
  type GateProgress,
  type GateReport,
  type GateSubject,
  isFailure,
  verdictOf,
} from '../gates/gate-report.ts'
import { overriddenGates } from '../gates/overridden-gates.ts'
import {
  type ChangedFile,
  chooseGates,
  dependsOnFiles,
  type PlannedGate,
  planGates,
} from '../gates/plan-gates.ts'
import { type Ran, type RunRequest, runGates } from '../gates/run-gates.ts'
import {
  changedFiles,
  differencesFrom,
  LEFT_OUT,
  readCheckout,
  stagedFiles,
  treeAt,
} from '../git/checkout.ts'
import type { Repository } from '../git/repository.ts'
import type { GitPlace } from '../git/run.ts'
import { forgetPasses } from '../hooks/pass-stamp.ts'
import { whatIsLacking } from '../preflight/find-command.ts'
import { standsOrFallsWithFirst } from '../preflight/first-words.ts'
import { untilInterrupted } from '../process/interruption.ts'
import { readGateRecords, readSignature, type Signature } from '../store/gate-log.ts'
import { storeDirectory } from '../store/git-store.ts'
import type { Environment } from '../tasks/seal.ts'
import { configOfCommit } from './gate-config.ts'
import { keysIn, recordRun, settledResults, whoseCount } from './gate-memory.ts'
import { worktreeOf } from './gate-subject.ts'
import { inGatingWorktree } from './gating-worktree.ts'

export interface GateOptions {
  readonly moment: Moment
  /** These gates, whatever the moment. */
  readonly names?: readonly string[]
  /** Whether recorded passes count. */
  readonly useCache: boolean
  readonly jobs?: number
  /** Top of the worktree to run in, in whatever state it is; unless given, one that holds exactly the commit. */
  readonly place?: string
  /** Whether gates that somebody has let pass on this tree are left out. */
  readonly honourOverrides?: boolean
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: GateProgress) => void
  readonly environment: Environment
}

interface Job {
  readonly repository: Repository
  readonly subject: GateSubject & { readonly tree: string }
  readonly options: GateOptions
  readonly config: Config
  readonly records: readonly GateRecord[]
}

/** git at the top of a worktree of the repository. */
const gitAt = ({ git, workTree }: Repository, path: string): GitPlace =>
  path === workTree && git.variables ? { cwd: path, variables: git.variables } : { cwd: path }

/** The chosen gates as they would run, without those that an override lets pass. Errors: UNKNOWN_GATE, GIT_FAILED. */
async function planOf(
  { repository, subject, options, config, records }: Job,
  place: string | null,
): Promise<{ plan: PlannedGate[]; overridden: string[] }> {
  const { moment, names, honourOverrides, environment } = options
  const chosen = chooseGates(config.gates, moment, names)
  const passing = honourOverrides ? overriddenGates(records, environment.now) : new Set<string>()
  const left = chosen.filter(({ name }) => !passing.has(name))
  const overridden = chosen.filter(({ name }) => passing.has(name)).map(({ name }) => name)
  let changed: ChangedFile[] = []
  if (dependsOnFiles(left)) {
    changed =
      moment === 'pre-commit' && place
        ? await stagedFiles(gitAt(repository, place))
        : await changedFiles(repository, subject.commit, subject.base)
    if (options.place && moment !== 'pre-commit') {
      const { dirty } = await readCheckout(gitAt(repository, options.place))
      const known = new Set(dirty.map(({ path }) => path))
      changed = [...changed.filter(({ path }) => !known.has(path)), ...dirty]
    }
  }
  return { plan: planGates(left, changed), overridden }
}

/** What recorded passes settle, as far as they count: in a worktree that differs from the commit none do. */
function settledIn(
  { subject, options, config, records }: Job,
  plan: readonly PlannedGate[],
  place: string,
  differences: readonly string[],
): Map<PlannedGate, GateResult> {
  const whose = whoseCount(config.gating.cache, options.environment.actor)
  const counts = options.useCache && options.moment !== 'pre-commit' && differences.length === 0
  const relevant = counts && whose !== undefined ? records : []
  const settled = settledResults(plan, keysIn(subject, place), relevant, whose ?? null)
  // A report that is not here has to be written by a gate that ran.
  const lacksReport = plan.some((gate) => gate.command === null && !settled.has(gate))
  if (!lacksReport) return settled
  return new Map([...settled].filter(([gate]) => gate.skipped || gate.command === null))
}

/**
 * What a gate lacks that preflight would miss too: npm, npx and Python end without a script, package or module as they do
 * where it finds faults, and that would be taken for a failure of the work.
 */
const lackOf: RunRequest['lackOf'] = async (command, { env }, directory) =>
  standsOrFallsWithFirst(command) ? whatIsLacking(command, { directory, env }) : null

/**
 * Runs what is not settled in a place and tells whether the place held exactly the tree before and after.
 * @param found how the place differs from the commit
 */
async function runIn(
  job: Job,
  place: string,
  temporary: boolean,
  found: readonly string[],
): Promise<GateReport> {
  const { repository, subject, options, config } = job
  const { environment, signal, onProgress } = options
  const { plan, overridden } = await planOf(job, place)
  const before = plan.length > 0 ? found : []
  const settled = settledIn(job, plan, place, before)
  const open = plan.filter((gate) => !settled.has(gate))
  onProgress?.({ kind: 'planned', gates: plan.map(({ gate }) => gate.name), place })
  for (const result of settled.values()) onProgress?.({ kind: 'ended', result })
  const log =
    open.length > 0
      ? makeLogDirectory(join(storeDirectory(repository), 'gate-logs'), environment.newId())
      : null
  const ran = new Map<PlannedGate, Ran>()
  const jobs = options.jobs ?? config.gating.jobs
  const running = runGates({
    gates: open,
    place,
    jobs,
    log,
    keyOf: keysIn(subject, place),
    lackOf,
    signal,
    onProgress,
  })
  // Asked for while the gates run, which have begun by then. Where it cannot be had, writing the record says why.
  const signature = open.length > 0 ? setImmediate().then(() => readSignature(repository)) : undefined
  signature?.catch(() => {})
  const results = await running
  for (const [i, gate] of open.entries()) ran.set(gate, results[i]!)
  const after = open.length > 0 ? await differencesFrom(gitAt(repository, place), subject) : before
  const clean = before.length + after.length === 0
  const all = plan.map((gate) => settled.get(gate) ?? ran.get(gate)!.result)
  return report(
    job,
    {
      place: open.length > 0 ? place : null,
      temporary,
      differences: [...new Set([...before, ...after])],
      results: all.map((result) => (result.cached ? result : { ...result, clean })),
      log,
      outputs: new Map([...ran].map(([{ gate }, { output }]) => [gate.name, output])),
      overridden,
    },
    signature,
  )
}

const stoppable = (job: Job, signal: AbortSignal): Job => ({ ...job, options: { ...job.options, signal } })

type Outcome = Pick<
  GateReport,
  'place' | 'temporary' | 'differences' | 'results' | 'log' | 'outputs' | 'overridden'
>

/** The report of a run, recorded. */
async function report(
  { repository, subject, options }: Job,
  run: Outcome,
  signature?: Promise<Signature>,
): Promise<GateReport> {
  const { moment, environment } = options
  const { results, overridden, differences } = run
  const isEmpty = results.length + overridden.length === 0
  const verdict = isEmpty ? 'nothing to run' : verdictOf(results)
  const isSaid = moment !== 'pre-commit' && verdict !== 'cancelled'
  const unrecorded = isSaid
    ? await recordRun(repository, moment, subject, results, environment, signature)
    : null
  if (results.some((result) => isFailure(result) && result.clean)) forgetPasses(repository)
  const { commit, tree } = subject
  return {
    moment,
    commit,
    tree,
    ...run,
    clean: differences.length === 0,
    verdict,
    unrecorded,
    skippedSetup: [],
  }
}

/** What can be said without checking the commit out: nothing is to run, or recorded passes settle all of it. */
async function withoutRunning(job: Job, source: string | null): Promise<GateReport | null> {
  const { plan, overridden } = await planOf(job, null)
  const settled = source === null ? new Map<PlannedGate, GateResult>() : settledIn(job, plan, source, [])
  if (plan.some((gate) => !settled.has(gate))) return null
  job.options.onProgress?.({ kind: 'planned', gates: plan.map(({ gate }) => gate.name), place: null })
  const results = plan.map((gate) => ({ ...settled.get(gate)!, clean: true }))
  for (const result of results) job.options.onProgress?.({ kind: 'ended', result })
  const outputs = new Map<string, string>()
  return report(job, {
    place: null,
    temporary: false,
    differences: [],
    results,
    log: null,
    outputs,
    overridden,
  })
}

/**
 * Runs the gates of a moment on a commit and records what they said. They run in the worktree that is named, or in the
 * one that has the branch checked out and holds exactly the commit, else in a temporary one that goes again. Nothing of
 * the user's is changed by us, and what gates change is told. A pass that is recorded for the same tree, gate, inputs
 * and tool chain stands in for a run. Ctrl-C and its like end this process as they would, but only when every gate has
 * ended and the temporary worktree is gone.
 * Errors: CONFIG_INVALID, UNKNOWN_GATE, BAD_REVISION, GIT_FAILED, STORE_UNWRITABLE.
 */
export async function gateCommit(
  repository: Repository,
  subject: GateSubject,
  options: GateOptions,
): Promise<GateReport> {
  const [at, own] = await Promise.all([
    subject.tree ? { commit: subject.commit, tree: subject.tree } : treeAt(repository.git, subject.commit),
    options.place ?? worktreeOf(repository, subject.branch),
  ])
  if (!at) {
    throw new MhvError('BAD_REVISION', `There is no commit ${subject.commit} in this repository.`, {
      recovery: ['git log --oneline -n 5'],
    })
  }
  const { tree, commit } = at
  const isAsked = options.useCache || options.honourOverrides === true
  const records = isAsked ? (await readGateRecords(repository, [tree])).get(tree)! : []
  const jobWith = (config: Config): Job => ({
    repository,
    subject: { ...subject, commit, tree },
    options,
    config,
    records,
  })
  if (own && hasConfig(own)) {
    const differences = differencesFrom(gitAt(repository, own), at)
    // A sparse checkout is the user's choice; that it holds less than the commit keeps its passes from being one.
    if (options.place || (await differences).every((each) => each === LEFT_OUT)) {
      const [before, { config }] = await Promise.all([differences, loadConfig(own)])
      return untilInterrupted(
        (signal) => runIn(stoppable(jobWith(config), signal), own, false, before),
        options.signal,
      )
    }
  }
  const config = await configOfCommit(repository, commit)
  const known = config && (await withoutRunning(jobWith(config), own ?? repository.workTree))
  if (known) return known
  return untilInterrupted(
    (signal) =>
      inGatingWorktree(repository, commit, signal, async (path, skipped) => {
        const job = stoppable(jobWith(config ?? (await loadConfig(path)).config), signal)
        const before = await differencesFrom(gitAt(repository, path), at)
        return { ...(await runIn(job, path, true, before)), skippedSetup: skipped }
      }),
    options.signal,
  )
}
