import type { Config, Gate } from '../../schemas/config.ts'
import { loadConfig } from '../config/load-config.ts'
import { type ErrorName, MhvError } from '../errors.ts'
import type { GateProgress, GateReport } from '../gates/gate-report.ts'
import { type Lacks, outstanding, provenCommits } from '../gates/outstanding.ts'
import {
  type CommitRange,
  commitsIn,
  type RangeCommit,
  resolveRange,
  shallowEnds,
} from '../git/commit-range.ts'
import { readRef, remotes } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { readGateRecords } from '../store/gate-log.ts'
import { GATES_REF, TASKS_REF } from '../store/git-store.ts'
import type { TaskStore } from '../store/task-store.ts'
import type { Environment } from '../tasks/seal.ts'
import { completionsAt, type UnprovenTask, unprovenTasks } from './completions-at.ts'
import { gateCommit } from './gate-commit.ts'
import { configOfCommit } from './gate-config.ts'

export interface UnprovenCommit {
  readonly commit: string
  readonly author: string
  readonly subject: string
  readonly lacks: Lacks
}

export interface Verification {
  readonly range: CommitRange
  /** Names of the gates that commits have to have passed. */
  readonly gates: readonly string[]
  /** How many commits were judged. */
  readonly commits: number
  /** How many completed tasks have their work in the range. */
  readonly tasks: number
  readonly unprovenCommits: readonly UnprovenCommit[]
  readonly unprovenTasks: readonly UnprovenTask[]
  /** Whether the history here ends, shallow, inside of the range. */
  readonly isShallow: boolean
  /** Commands that fetch the logs that are not here. */
  readonly fetches: readonly string[]
  /** Whether the log of gates, and that of the tasks, is here. */
  readonly hasGateLog: boolean
  readonly hasTaskLog: boolean
  /** Whether gates that lacked a pass were to be run for it. */
  readonly isRerun: boolean
  /** What gates said that were run for it. */
  readonly reports: readonly GateReport[]
  /** What went otherwise than it should when gates were run, a sentence each. */
  readonly remarks: readonly string[]
}

export interface VerifyOptions {
  readonly range: string | null
  /** Whether gates that lack a pass are run first. */
  readonly rerun: boolean
  readonly now: string
  /** Who runs them; asked only then, since whoever only reads needs no identity. */
  readonly environment: () => Promise<Environment>
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: GateProgress) => void
}

/** The gates whose passes are asked for: of commits, and of what `done` has let through. */
interface Asked {
  readonly ofCommits: readonly Gate[]
  readonly ofTasks: readonly Gate[]
}

function askedOf({ gates }: Config): Asked {
  const required = gates.filter((gate) => gate.required)
  const ofCommits = required.filter(({ when }) => when.includes('ci') || when.includes('pre-push'))
  const ofTasks = required.filter(({ when }) => when.includes('done'))
  return { ofCommits, ofTasks: ofTasks.length > 0 ? ofTasks : ofCommits }
}

/** The configuration of the worktree; of a bare repository that of the commit. Errors: CONFIG_INVALID. */
async function configHere(repository: Repository, commit: string): Promise<Config> {
  if (repository.workTree !== null) return (await loadConfig(repository.workTree)).config
  const config = await configOfCommit(repository, commit)
  if (config) return config
  throw new MhvError(
    'CONFIG_INVALID',
    'The configuration is a program, which cannot be run without a worktree.',
    { recovery: ['git worktree list'] },
  )
}

/** What is judged, read once; only the records change when gates are run. */
interface Case {
  readonly repository: Repository
  readonly range: CommitRange
  readonly commits: readonly RangeCommit[]
  readonly ends: ReadonlySet<string>
  readonly asked: Asked
  readonly tasks: Awaited<ReturnType<typeof completionsAt>>
  readonly now: string
}

type Judgement = Pick<Verification, 'unprovenCommits' | 'unprovenTasks'>

async function judge({ repository, commits, ends, asked, tasks, now }: Case): Promise<Judgement> {
  const records = await readGateRecords(
    repository,
    commits.map(({ tree }) => tree),
  )
  const gates = [...new Set([...asked.ofCommits, ...asked.ofTasks])]
  const lacks = outstanding(commits, gates, { recordsOf: (tree) => records.get(tree) ?? [], ends, now })
  const lackOf = (commit: string, among: readonly Gate[]): Lacks => {
    const names = new Set(among.map(({ name }) => name))
    return new Map([...(lacks.get(commit) ?? [])].filter(([name]) => names.has(name)))
  }
  const proven = provenCommits(commits, (commit) => lackOf(commit, asked.ofCommits).size === 0)
  const isOpen = ({ commit }: { commit: string }) => asked.ofCommits.length > 0 && !proven.has(commit)
  return {
    unprovenCommits: commits.filter(isOpen).map(({ commit, author, subject }) => ({
      commit,
      author,
      subject,
      lacks: lackOf(commit, asked.ofCommits),
    })),
    unprovenTasks: unprovenTasks(
      tasks.filter((task) => asked.ofCommits.length === 0 || !proven.has(task.commit)),
      (commit) => lackOf(commit, asked.ofTasks),
      now,
    ),
  }
}

/** The commit before the range that a commit's own line goes back to; null where that is not here. */
function baseOf(commits: ReadonlyMap<string, RangeCommit>, commit: string): string | null {
  let at: string | undefined = commit
  while (at !== undefined && commits.has(at)) at = commits.get(at)!.parents[0]
  return at ?? null
}

/** What one commit is configured to do, or not, is no reason not to look at the others. */
const PASSED_OVER: readonly ErrorName[] = ['UNKNOWN_GATE', 'CONFIG_INVALID', 'GATE_NOT_STARTED']

/** Runs what is lacking on the tips of the range and on completed work, in temporary worktrees; it is recorded. */
async function rerun(
  { repository, commits }: Case,
  { unprovenCommits, unprovenTasks: tasks }: Judgement,
  options: VerifyOptions,
): Promise<Pick<Verification, 'reports' | 'remarks'>> {
  const followed = new Set(commits.flatMap(({ parents }) => parents))
  const wanted = new Map<string, { names: Set<string>; task?: string }>()
  const want = (commit: string, names: Iterable<string>, task?: string) => {
    const before = wanted.get(commit)
    wanted.set(commit, {
      ...before,
      names: new Set([...(before?.names ?? []), ...names]),
      ...(task ? { task } : {}),
    })
  }
  for (const { commit, lacks } of unprovenCommits) if (!followed.has(commit)) want(commit, lacks.keys())
  for (const { commit, lacks, id } of tasks) want(commit, lacks.keys(), id)
  const reports: GateReport[] = []
  const remarks: string[] = []
  if (wanted.size === 0) return { reports, remarks }
  const environment = await options.environment()
  const byId = new Map(commits.map((each) => [each.commit, each]))
  for (const [commit, { names, task }] of wanted) {
    if (options.signal?.aborted) break
    const subject = { commit, branch: null, base: baseOf(byId, commit), ...(task ? { task } : {}) }
    const { signal, onProgress } = options
    const more = { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) }
    const run = { moment: 'ci', names: [...names], useCache: false, environment } as const
    try {
      reports.push(await gateCommit(repository, subject, { ...run, ...more }))
    } catch (error) {
      if (!(error instanceof MhvError) || !PASSED_OVER.includes(error.error)) throw error
      remarks.push(`Gates could not be run on ${commit.slice(0, 12)}: ${error.message}`)
    }
  }
  return { reports, remarks }
}

/** Commands that bring the logs that are not here; none where there is no remote to ask. */
async function fetchesFor(repository: Repository, missing: readonly string[]): Promise<string[]> {
  const names = missing.length > 0 ? await remotes(repository) : []
  const remote = names.includes('origin') ? 'origin' : names[0]
  return remote === undefined ? [] : missing.map((ref) => `git fetch ${remote} '${ref}:${ref}'`)
}

/**
 * Whether the commits of a range, and the completed tasks whose work is among them, have passed the gates that they
 * should have, by what is recorded: a push that passed by the hooks shows here. Changes nothing unless gates are run.
 * Errors: BAD_REVISION, CONFIG_INVALID, GIT_FAILED; those of the store where there is a task log; with `rerun` those of
 * gateCommit.
 */
export async function verifyGates(
  repository: Repository,
  store: TaskStore,
  options: VerifyOptions,
): Promise<Verification> {
  const range = await resolveRange(repository, options.range)
  const asked = askedOf(await configHere(repository, range.to))
  const nothingRan = { reports: [], remarks: [] }
  const gates = [...new Set([...asked.ofCommits, ...asked.ofTasks])].map(({ name }) => name)
  const [hasGateLog, hasTaskLog] = (
    await Promise.all([readRef(repository, GATES_REF), readRef(repository, TASKS_REF)])
  ).map((tip) => tip !== null) as [boolean, boolean]
  if (gates.length === 0) {
    const rest = {
      isRerun: options.rerun,
      commits: 0,
      tasks: 0,
      isShallow: false,
      fetches: [],
      hasGateLog,
      hasTaskLog,
    }
    return { range, gates, ...rest, unprovenCommits: [], unprovenTasks: [], ...nothingRan }
  }
  const commits = await commitsIn(repository, range)
  const ends = shallowEnds(repository)
  const tasks = hasTaskLog
    ? completionsAt(await store.view(), new Set(commits.map(({ commit }) => commit)))
    : []
  const matter: Case = { repository, range, commits, ends, asked, tasks, now: options.now }
  let judgement = await judge(matter)
  let ran: Pick<Verification, 'reports' | 'remarks'> = nothingRan
  if (options.rerun) {
    ran = await rerun(matter, judgement, options)
    if (ran.reports.length > 0) judgement = await judge(matter)
  }
  const missing = [
    ...(hasGateLog || ran.reports.length > 0 ? [] : [GATES_REF]),
    ...(hasTaskLog ? [] : [TASKS_REF]),
  ]
  return {
    range,
    gates,
    commits: asked.ofCommits.length > 0 ? commits.length : 0,
    tasks: tasks.length,
    isShallow: range.isCut || commits.some(({ commit }) => ends.has(commit)),
    fetches: await fetchesFor(repository, missing),
    hasGateLog,
    hasTaskLog,
    isRerun: options.rerun,
    ...judgement,
    ...ran,
  }
}
