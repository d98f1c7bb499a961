import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config, Gate } from '../../schemas/config.ts'
import { REPOSITORY_PLACES, USER_PLACES, userConfigDirectory } from '../config/has-config.ts'
import { loadConfig } from '../config/load-config.ts'
import { filesBehind, filesDeclared, lockFiles } from '../gates/gate-key.ts'
import type { GateProgress, GateReport } from '../gates/gate-report.ts'
import { dependsOnFiles } from '../gates/plan-gates.ts'
import { treeAt } from '../git/checkout.ts'
import { readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { passStamp, writeStamp } from '../hooks/pass-stamp.ts'
import type { Environment } from '../tasks/seal.ts'
import { checkedOutBranch } from '../worktrees/current-task.ts'
import { readClaims } from '../worktrees/read-facts.ts'
import { gateCommit } from './gate-commit.ts'
import { configOfCommit } from './gate-config.ts'
import { worktreeOf } from './gate-subject.ts'

/** A line that git gives to pre-push. */
export interface PushedRef {
  /** What the user called it: a ref, `HEAD`, or any expression. */
  readonly local: string
  readonly object: string
  readonly remote: string
  /** What the remote's ref is at; zeros where it has none. */
  readonly old: string
}

/** Fields are counted from the right: what stands on the left may be an expression with blanks. */
export function parsePushed(input: string): PushedRef[] {
  return input.split('\n').flatMap((line) => {
    const [, local, object, remote, old] = /^(.*) ([0-9a-f]+) (\S+) ([0-9a-f]+)$/.exec(line) ?? []
    return local === undefined ? [] : [{ local, object: object!, remote: remote!, old: old! }]
  })
}

const isNothing = (object: string) => /^0+$/.test(object)

/** Whether a ref brings work to the remote. Deletions do not, nor do the refs that tasks and notes are kept in. */
const isGated = ({ object, remote, old }: PushedRef) =>
  !isNothing(object) && object !== old && /^refs\/(?:heads|tags)\//.test(remote)

/** Whether a push brings work to the remote. @param input what git gives to pre-push */
export const bringsWork = (input: string): boolean => parsePushed(input).some(isGated)

export interface PushOptions {
  /** The remote's name, or its URL where it has none. */
  readonly remote: string
  readonly url: string
  readonly environment: Environment
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: GateProgress) => void
  /** The program that runs: a verdict of another version is not relied on. */
  readonly program: readonly string[]
  /** Files that no verdict outlives a change of, besides those of gates; null where nothing may rest on a verdict. */
  readonly besides: readonly string[] | null
}

/** One commit that is pushed, under however many names. */
interface Pushed {
  readonly commit: string
  readonly refs: PushedRef[]
}

async function commitsOf(repository: Repository, refs: readonly PushedRef[]): Promise<Pushed[]> {
  const byCommit = new Map<string, Pushed>()
  for (const ref of refs) {
    const commit = (await treeAt(repository.git, ref.object))?.commit
    if (commit === undefined) continue
    const pushed = byCommit.get(commit) ?? { commit, refs: [] }
    pushed.refs.push(ref)
    byCommit.set(commit, pushed)
  }
  return [...byCommit.values()]
}

/** The branch that a commit is pushed from, in whose worktree its gates run; null where none is at that commit. */
async function branchOf(repository: Repository, { commit, refs }: Pushed): Promise<string | null> {
  const here = checkedOutBranch(repository)
  const named = refs.flatMap(({ local }) => /^refs\/heads\/(.+)$/.exec(local)?.[1] ?? [])
  for (const branch of [...named, ...(here === null ? [] : [here])]) {
    if ((await readRef(repository, `refs/heads/${branch}`)) === commit) return branch
  }
  return null
}

/** The commit since which files count as changed: what the remote has, or where this left the remote's main branch. */
async function baseOf(
  repository: Repository,
  commit: string,
  old: string,
  remote: string,
): Promise<string | null> {
  if (!isNothing(old)) {
    const known = await treeAt(repository.git, old)
    if (known) return known.commit
  }
  const args = ['merge-base', '--end-of-options', `refs/remotes/${remote}/HEAD`, commit]
  const result = await runGit(args, repository.git)
  return result.status === 0 ? result.stdout.toString('latin1').trim() : null
}

/** Null, every file, where the names that a commit is pushed under disagree. */
async function commonBase(
  repository: Repository,
  { commit, refs }: Pushed,
  remote: string,
): Promise<string | null> {
  const bases = new Set<string | null>()
  for (const { old } of refs) bases.add(await baseOf(repository, commit, old, remote))
  return bases.size === 1 ? [...bases][0]! : null
}

/** The configuration that a report came from; null where it is a program, whose answer may change without its file. */
async function configBehind(repository: Repository, report: GateReport): Promise<Config | null> {
  if (report.place === null || report.temporary) return configOfCommit(repository, report.commit)
  const { config, sources } = await loadConfig(report.place)
  return sources.some(({ path }) => /\.[cm]?js$/.test(path)) ? null : config
}

/** Whether a report is a pass that stands for itself: of all gates, on exactly the commit, and let pass by nobody. */
const isWhole = ({ verdict, results, overridden }: GateReport) =>
  ['passed', 'nothing to run'].includes(verdict) &&
  overridden.length === 0 &&
  results.every(({ outcome, clean }) => ['passed', 'skipped'].includes(outcome) && clean)

/** Whether a lock file is one that git does not track, and so the commit's id says nothing of it. */
async function hasLooseLock(repository: Repository, gates: readonly Gate[], top: string): Promise<boolean> {
  const there = lockFiles(gates, top).filter((path) => existsSync(path))
  if (there.length === 0) return false
  const args = ['ls-files', '--error-unmatch', '-z', '--', ...there]
  return (await runGit(args, { ...repository.git, cwd: top })).status !== 0
}

/** Leaves word for the shim that what was pushed has passed, with all that this rests on besides the commit. */
async function stamp(
  repository: Repository,
  { refs }: Pushed,
  report: GateReport,
  branch: string | null,
  options: PushOptions,
  began: number,
): Promise<void> {
  const { besides } = options
  const config = isWhole(report) && besides ? await configBehind(repository, report) : null
  if (!config || !besides || config.gating.cache === 'off') return
  const gates = config.gates.filter(({ when }) => when.includes('pre-push'))
  const top = report.temporary
    ? null
    : (report.place ?? (await worktreeOf(repository, branch)) ?? repository.workTree)
  // A shell knows only whether a file is newer. One that was exchanged for an older one, as by `cp -p`, is not.
  if (filesDeclared(gates) || (top !== null && (await hasLooseLock(repository, gates, top)))) return
  const own = userConfigDirectory()
  const paths = [
    ...options.program,
    ...besides,
    own,
    ...USER_PLACES.map((name) => join(own, name)),
    ...(top === null ? [] : REPOSITORY_PLACES.map((name) => join(top, name))),
    ...(top === null || gates.length === 0 ? [] : filesBehind(gates, top)),
  ]
  const variables = ['HOME', 'XDG_CONFIG_HOME', ...gates.flatMap(({ inputs }) => inputs.env)]
  for (const { object, old } of refs) {
    // What else a push is to do, it is to do at each remote.
    const against = dependsOnFiles(gates) || besides.length > 0 ? `${old} ${options.url}` : null
    writeStamp(passStamp(repository, object), { paths, variables, against }, began)
  }
}

/**
 * Runs the gates of pre-push on every commit that is pushed, once each, whatever is checked out meanwhile.
 * Errors: those of gateCommit.
 */
export async function gatePush(
  repository: Repository,
  input: string,
  options: PushOptions,
): Promise<GateReport[]> {
  const { remote, environment, signal, onProgress } = options
  const reports: GateReport[] = []
  const claims = await readClaims(repository)
  for (const pushed of await commitsOf(repository, parsePushed(input).filter(isGated))) {
    const began = Date.now()
    const branch = await branchOf(repository, pushed)
    const task = branch === null ? undefined : claims.get(branch)
    const subject = {
      commit: pushed.commit,
      branch,
      base: await commonBase(repository, pushed, remote),
      ...(task ? { task } : {}),
    }
    const report = await gateCommit(repository, subject, {
      moment: 'pre-push',
      useCache: true,
      honourOverrides: true,
      environment,
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    })
    reports.push(report)
    await stamp(repository, pushed, report, branch, options, began)
  }
  return reports
}
