import type { Repository } from '../git/repository.ts'
import { git, runGit } from '../git/run.ts'
import { arrivedAsPatches } from './patches.ts'

/**
 * How the work of a branch has arrived elsewhere. `empty`: there is no work on it yet, which is not merged;
 * `unknown`: git cannot tell.
 */
export type MergedHow = 'ancestor' | 'rebased' | 'squashed' | 'pushed' | 'not merged' | 'empty' | 'unknown'

export interface Merged {
  readonly how: MergedHow
  /** The branch that it arrived in; null for none, and where it is only pushed. */
  readonly into: string | null
}

export interface Target {
  /** Short name, as people know it. */
  readonly name: string
  readonly ref: string
  readonly commit: string
}

export interface BranchWork {
  /** Short name; null for a detached head. */
  readonly branch: string | null
  readonly tip: string
  /** Commit that the work began at, as the task's start has recorded it. */
  readonly base: string | null
}

const TOP = ['--', ':(top)']

async function lines(repository: Repository, args: readonly string[]): Promise<string[]> {
  return (await git(args, repository.git)).split('\n').filter(Boolean)
}

/** Whether a range has a commit that changes anything. */
async function changesSomething(repository: Repository, range: readonly string[]): Promise<boolean> {
  const args = ['rev-list', '--full-history', '--no-merges', '--max-count=1', ...range, ...TOP]
  return (await lines(repository, args)).length > 0
}

/** Entries of a reflog by which a branch only came to where others were. */
const NOT_ONES_OWN =
  /^(?:$|branch: |reset: |checkout: |clone: |fetch|update by push|(?:merge|pull)\b.*: Fast-forward$|(?:rebase|pull)\b.*\(finish\)|rebase finished)/i

interface Entry {
  readonly id: string
  readonly what: string
}

/** Reflog entries of a branch, the newest first. */
async function reflogOf(repository: Repository, branch: string): Promise<Entry[]> {
  const args = ['reflog', 'show', '--format=%H %gs', `refs/heads/${branch}`, '--']
  const result = await runGit(args, repository.git)
  return result.stdout
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ id: line.split(' ', 1)[0]!, what: line.slice(line.indexOf(' ') + 1) }))
}

/** As many entries of a reflog are looked at for a commit with content. */
const MOST_LOOKED_AT = 50

/**
 * Whether there was work on a branch whose tip a target contains. A fresh branch that was brought up to date is
 * contained too, and everything since its start is other people's: told apart by where it stands, or by its reflog.
 */
async function hadWork(
  repository: Repository,
  tip: string,
  target: Target,
  reflog: readonly Entry[],
): Promise<boolean> {
  // What a merge brought in stands beside the target's own line, what was only followed stands on it.
  const args = ['rev-list', '--first-parent', '--parents', target.commit, `^${tip}`]
  const oldest = (await lines(repository, args)).at(-1)
  const isOnItsLine = oldest === undefined || oldest.split(' ')[1] === tip
  if (!isOnItsLine) return true
  const own = reflog.filter(({ what }) => !NOT_ONES_OWN.test(what)).slice(0, MOST_LOOKED_AT)
  for (const { id } of own) {
    const shown = await runGit(
      ['show', '--format=', '--name-only', '--no-ext-diff', id, '--'],
      repository.git,
    )
    if (shown.stdout.length > 0) return true
  }
  return false
}

/** Settings under which no driver of the user's decides a merge: one that always takes our side would hide theirs. */
async function withoutDrivers(repository: Repository): Promise<string[]> {
  const found = await runGit(
    ['config', '--name-only', '--get-regexp', '^merge\\..*\\.driver$'],
    repository.git,
  )
  const names = found.stdout.toString('utf8').split('\n').filter(Boolean)
  return [...new Set(names)].flatMap((name) => ['-c', `${name}=false`])
}

/** Whether merging a branch would change nothing, although it changes something: its content is there already. */
async function isThereAlready(
  repository: Repository,
  tip: string,
  target: string,
  mergeBase: string,
): Promise<boolean> {
  const trees = await lines(repository, [
    'rev-parse',
    `${tip}^{tree}`,
    `${target}^{tree}`,
    `${mergeBase}^{tree}`,
  ])
  const [mine, theirs, before] = trees
  if (mine === before) return false
  if (mine === theirs) return true
  const settings = await withoutDrivers(repository)
  const merged = await runGit([...settings, 'merge-tree', '--write-tree', target, tip], repository.git)
  return merged.status === 0 && merged.stdout.toString('utf8').split('\n')[0] === theirs
}

/** @param reflog of the branch, the newest entry first; null where nothing tells when the work began */
async function mergedInto(
  repository: Repository,
  { tip }: BranchWork,
  target: Target,
  reflog: readonly Entry[] | null,
): Promise<MergedHow> {
  const bases = await runGit(['merge-base', tip, target.commit], repository.git)
  if (bases.status > 1) return 'unknown'
  const mergeBase = bases.stdout.toString('utf8').trim()
  if (mergeBase === tip) {
    return reflog !== null && (await hadWork(repository, tip, target, reflog)) ? 'ancestor' : 'empty'
  }
  if (!(await changesSomething(repository, [tip, `^${target.commit}`]))) {
    const merges = await lines(repository, [
      'rev-list',
      '--merges',
      '--max-count=1',
      tip,
      `^${target.commit}`,
    ])
    if (merges.length === 0) return 'empty'
  }
  if (mergeBase === '') return 'not merged'
  const how = await arrivedAsPatches(repository, tip, target.commit, mergeBase)
  if (how !== 'not merged') return how
  return (await isThereAlready(repository, tip, target.commit, mergeBase)) ? 'squashed' : 'not merged'
}

const RANK: readonly MergedHow[] = ['ancestor', 'rebased', 'squashed', 'empty', 'not merged', 'unknown']

/**
 * How the work of a branch has arrived in one of the targets, or at least on a remote.
 * @returns `unknown` where git fails: never an error
 */
export async function mergedHow(
  repository: Repository,
  work: BranchWork,
  targets: readonly Target[],
): Promise<Merged> {
  const reflog = work.branch === null ? [] : await reflogOf(repository, work.branch)
  const start = work.base ?? reflog.at(-1)?.id
  const begun =
    start && (await runGit(['rev-parse', '--verify', '--quiet', `${start}^{commit}`], repository.git))
  const since = begun && begun.status === 0 ? [work.tip, `^${start}`] : null
  if (since && !(await changesSomething(repository, since))) return { how: 'empty', into: null }
  let best: Merged = { how: 'unknown', into: null }
  for (const target of targets) {
    const how = await mergedInto(repository, work, target, since ? reflog : null).catch(
      () => 'unknown' as const,
    )
    if (RANK.indexOf(how) < RANK.indexOf('empty')) return { how, into: target.name }
    if (RANK.indexOf(how) < RANK.indexOf(best.how)) best = { how, into: null }
  }
  if (best.how === 'empty') return best
  const unpushed = await runGit(['rev-list', '--max-count=1', work.tip, '--not', '--remotes'], repository.git)
  const isPushed = unpushed.status === 0 && unpushed.stdout.length === 0
  return { how: isPushed && targets.length > 0 ? 'pushed' : best.how, into: null }
}
