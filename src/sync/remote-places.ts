import { MhvError, shellWord } from '../errors.ts'
import { withoutPasswords } from '../git/remote-failure.ts'
import type { Repository } from '../git/repository.ts'
import { git, runGit } from '../git/run.ts'
import { nearestWord } from '../query/nearest-word.ts'
import { branchTrackingRef, TASKS_BRANCH, trackingRef } from '../store/fetched-log-refs.ts'
import { GATES_REF, storeDirectory, TASKS_REF } from '../store/git-store.ts'
import { readRemoteMark } from '../store/remote-marks.ts'

/** One way in which a remote keeps the logs, and where they are put on this side. */
export interface Place {
  readonly tasks: string
  readonly gates: string
  readonly trackedTasks: string
  readonly trackedGates: string
}

/** A remote as this repository is configured for it. */
export interface RemotePlaces {
  readonly remote: string
  /** As git understands it (insteadOf), without a password. */
  readonly url: string
  /** Refs of our own. */
  readonly custom: Place
  /** Branches, for hosts that refuse or hide other refs. */
  readonly branch: Place
  /** Whether `remote.<name>.mtosRef` says that it is to be the branch. */
  readonly prefersBranch: boolean
  /** Whether it says that it is to be the ref of ours, whatever the remote shows. */
  readonly prefersCustom: boolean
  /** Whether nothing is configured, and it was the branch that carried the log when the remote was last seen. */
  readonly isKnownBranch: boolean
  /** The remote with which collisions of numbers are settled, if there is one. */
  readonly main: string | null
}

/** The configuration variable that names the ref which carries the task log on a remote. */
export const refSetting = (remote: string) => `remote.${remote}.mtosRef`

/** What git is configured with about remotes, read at once: each git that is started counts in a sync of nothing. */
export interface RemoteSettings {
  readonly names: readonly string[]
  /** Of settings that have several values the first, as git takes it for a URL. */
  readonly values: ReadonlyMap<string, string>
  /** Whether URLs stand for others. */
  readonly hasInsteadOf: boolean
}

const READ = '^(remote\\..*\\.(url|mtosref)|mtos\\.remote|url\\..*\\.insteadof)$'

export async function readRemoteSettings(repository: Repository): Promise<RemoteSettings> {
  const said = await runGit(['config', '-z', '--get-regexp', READ], repository.git)
  const values = new Map<string, string>()
  for (const entry of said.stdout.toString('utf8').split('\0').filter(Boolean)) {
    const [key = '', ...value] = entry.split('\n')
    // What says where tasks go may be set again for this repository; a URL may have others beside it.
    if (!key.endsWith('.url') || !values.has(key)) values.set(key, value.join('\n'))
  }
  const names = [...values.keys()].flatMap((key) => /^remote\.(.+)\.url$/s.exec(key)?.[1] ?? [])
  return { names, values, hasInsteadOf: [...values.keys()].some((key) => key.endsWith('.insteadof')) }
}

/**
 * The remote that settles numbers: as configured, else origin, else the only one; null where none of that is.
 * Errors: NO_REMOTE.
 */
function mainOf({ names, values }: RemoteSettings): string | null {
  const configured = values.get('mtos.remote')
  if (configured !== undefined) {
    if (names.includes(configured)) return configured
    throw new MhvError('NO_REMOTE', `mtos.remote names ${configured}, and there is no such remote.`, {
      recovery: ['git remote -v', 'git config --unset mtos.remote'],
    })
  }
  if (names.includes('origin')) return 'origin'
  return names.length === 1 ? names[0]! : null
}

/**
 * The remotes to sync with: those asked for, or the main one.
 * Errors: NO_REMOTE.
 */
export function chooseRemotes(settings: RemoteSettings, asked: readonly string[] | 'all'): string[] {
  const { names } = settings
  if (names.length === 0) {
    throw new MhvError('NO_REMOTE', 'This repository has no remote to sync with.', {
      recovery: ['git remote add origin <URL>', 'mhv sync'],
    })
  }
  const main = mainOf(settings)
  // The one that settles numbers first: the others then get what it has settled.
  if (asked === 'all') return [...names].sort((a, b) => Number(b === main) - Number(a === main))
  const unknown = asked.find((name) => !names.includes(name))
  if (unknown !== undefined) {
    const meant = nearestWord(unknown, names)
    const said = `There is no remote ${unknown}; there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}.`
    throw new MhvError('NO_REMOTE', meant ? `${said} Did you mean ${meant}?` : said, {
      recovery: [`mhv sync --remote ${shellWord(meant ?? names[0]!)}`, 'git remote -v'],
      data: { remotes: names, ...(meant ? { meant } : {}) },
    })
  }
  if (asked.length > 0) return [...new Set(asked)]
  if (main !== null) return [main]
  const message = `There are several remotes (${names.join(', ')}), and none is the main one.`
  throw new MhvError('NO_REMOTE', message, {
    recovery: [`git config mtos.remote ${shellWord(names[0]!)}`, 'mhv sync --all-remotes'],
    data: { remotes: names },
  })
}

const gatesBeside = (tasks: string) =>
  tasks.endsWith('/tasks') ? `${tasks.slice(0, -'tasks'.length)}gates` : `${tasks}-gates`

/** Where a remote keeps the logs. Errors: INVALID_INPUT for a `mtosRef` that is no ref's whole name. */
export async function remotePlaces(
  repository: Repository,
  remote: string,
  settings: RemoteSettings,
): Promise<RemotePlaces> {
  const { values, hasInsteadOf } = settings
  const configured = values.get(`remote.${remote}.mtosref`) ?? null
  const url = hasInsteadOf
    ? await git(['remote', 'get-url', '--', remote], repository.git)
    : (values.get(`remote.${remote}.url`) ?? remote)
  const isBranch = configured !== null && configured !== TASKS_REF
  if (isBranch && !/^refs\/heads\/[^\s:*?[\\^~]+$/.test(configured)) {
    throw new MhvError('INVALID_INPUT', `${refSetting(remote)} names no branch: ${configured}.`, {
      recovery: [`git config ${shellWord(refSetting(remote))} ${TASKS_BRANCH}`],
    })
  }
  const fallback = isBranch ? configured : TASKS_BRANCH
  const tracked = trackingRef(remote)
  const beside = tracked.slice(0, -'tasks'.length)
  const shown = withoutPasswords(url)
  const mark = readRemoteMark(storeDirectory(repository), remote)
  const isSeen = mark?.url === shown && mark.tip !== null && !mark.refused
  return {
    remote,
    url: shown,
    custom: {
      tasks: TASKS_REF,
      gates: GATES_REF,
      trackedTasks: tracked,
      trackedGates: `${beside}gates`,
    },
    branch: {
      tasks: fallback,
      gates: gatesBeside(fallback),
      trackedTasks: branchTrackingRef(remote),
      trackedGates: `${beside}branch-gates`,
    },
    prefersBranch: isBranch,
    prefersCustom: configured === TASKS_REF,
    isKnownBranch: configured === null && isSeen && mark.ref === fallback,
    main: mainOf(settings),
  }
}

/** With a `*`, as no such ref is then an error, and --prune takes away what is gone. */
export const refspecsOf = ({ custom, branch }: RemotePlaces): string[] =>
  [custom, branch].flatMap(({ tasks, gates, trackedTasks, trackedGates }) => [
    `+${tasks}*:${trackedTasks}*`,
    `+${gates}*:${trackedGates}*`,
  ])
