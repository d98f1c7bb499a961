import { MhvError, shellWord } from '../errors.ts'
import { remoteFailure } from './remote-failure.ts'
import type { Repository } from './repository.ts'
import { type GitOptions, type GitResult, runGit } from './run.ts'

export interface RemoteOptions {
  /** Milliseconds for which the remote may say nothing at all; 0 for ever. */
  readonly timeout?: number
  readonly signal?: AbortSignal
  /** Lines of progress, as git prints them. */
  readonly onProgress?: (line: string) => void
  /** Whether git and ssh may ask at the terminal for passwords and host keys; never, unless it is said. */
  readonly prompts?: boolean
}

/** Milliseconds after which a remote that says nothing is given up, unless it is told otherwise. */
export const REMOTE_PATIENCE = 60_000

/**
 * Nothing but the refs that are asked for: no tags, no submodules, no file of ours that plain git would read, and no
 * clean-up in the background that would still run when the command is over.
 */
const FETCH = [
  '-c',
  'fetch.writeCommitGraph=false',
  'fetch',
  '--no-tags',
  '--no-write-fetch-head',
  '--recurse-submodules=no',
  '--no-auto-maintenance',
] as const

function splitLines(onLine: (line: string) => void): (piece: Buffer) => void {
  let rest = ''
  return (piece) => {
    const lines = (rest + piece.toString('utf8')).split(/[\r\n]/)
    rest = lines.pop()!
    for (const line of lines) if (line.trim() !== '') onLine(line.trim())
  }
}

/**
 * Runs git where the repository is, with all that the user has configured there: credentials, ssh, proxies, insteadOf.
 * Without a terminal to ask at, it gets a session of its own: no variable keeps an ssh that the user has replaced from
 * opening the terminal, that does, whatever it is. What asks in a window, as GIT_ASKPASS and SSH_ASKPASS do, still can.
 */
function run(repository: Repository, args: readonly string[], options: RemoteOptions): Promise<GitResult> {
  const { timeout = REMOTE_PATIENCE, signal, onProgress, prompts = false } = options
  const variables = { ...repository.git.variables, ...(prompts ? {} : { GIT_TERMINAL_PROMPT: '0' }) }
  const how: GitOptions = {
    ...repository.git,
    variables,
    apart: !prompts && process.platform !== 'win32',
    ...(timeout > 0 ? { timeout } : {}),
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onStderr: splitLines(onProgress) } : {}),
  }
  return runGit(args, how)
}

/**
 * Fetches refs, and takes the ones away on this side that the remote has no more: one command then tells all that the
 * remote has. Refspecs with a `*` are found by no ref as well, so that a failure never means that there is none.
 * @param remote its name, or its URL
 * @param flags for `git fetch`
 * Errors: REMOTE_AUTH, REMOTE_UNREACHABLE, REMOTE_TIMEOUT, REMOTE_MISSING, GIT_FAILED.
 */
export async function fetchRefs(
  repository: Repository,
  remote: string,
  refspecs: readonly string[],
  options: RemoteOptions = {},
  flags: readonly string[] = [],
): Promise<void> {
  const args = [...FETCH, '--progress', '--prune', ...flags, '--', remote, ...refspecs]
  const result = await run(repository, args, options)
  if (result.status !== 0 || result.ended) throw remoteFailure(remote, args, result)
}

/** What became of one ref that was pushed. `raced`: it is elsewhere on the remote than the push follows on. */
export interface PushedRef {
  /** Its name on the remote. */
  readonly ref: string
  readonly outcome: 'pushed' | 'there' | 'raced' | 'refused'
  /** What git or the remote says of it. */
  readonly reason: string
}

/** Somebody else moved the ref since the push began: what the remote's git says, whatever the host. */
const RACED =
  /fetch first|non-fast-forward|needs force|stale info|failed to (?:update|lock) ref|cannot lock ref|incorrect old value|reference already exists|already exists|atomic/i

/** Nothing that the remote has decided: it failed, or the connection did before it could tell. */
const FAILED = /^\[remote failure\]|unpacker error|missing necessary objects/

/**
 * Refs in the output of `git push --porcelain`, as far as the remote told what became of them. With several push URLs the
 * worst outcome of each counts.
 */
export function parsePushed(output: string): PushedRef[] {
  const rank = ['there', 'pushed', 'raced', 'refused'] as const
  const refs = new Map<string, PushedRef>()
  for (const line of output.split('\n')) {
    const [, flag, ref, summary] = /^([ +*=!-])\t[^\t]*:([^\t:]+)\t(.*)$/.exec(line) ?? []
    if (flag === undefined || FAILED.test(summary!)) continue
    const outcome =
      flag === '=' ? 'there' : flag !== '!' ? 'pushed' : RACED.test(summary!) ? 'raced' : 'refused'
    const reason = /\((.*)\)$/.exec(summary!)?.[1] ?? summary!
    const known = refs.get(ref!)
    if (known && rank.indexOf(known.outcome) >= rank.indexOf(outcome)) continue
    refs.set(ref!, { ref: ref!, outcome, reason })
  }
  return [...refs.values()]
}

/**
 * Pushes refs without force, each by itself. The user's pre-push hooks are not asked: they judge code, ours would come
 * here again, and none of them has to wait for tests because a task was renamed.
 * @returns what became of each ref
 * Errors: REMOTE_AUTH, REMOTE_UNREACHABLE, REMOTE_TIMEOUT, REMOTE_MISSING, GIT_FAILED, where nothing is known of them.
 */
export async function pushRefs(
  repository: Repository,
  remote: string,
  refspecs: readonly string[],
  options: RemoteOptions = {},
): Promise<PushedRef[]> {
  // A mirror pushes all or nothing.
  const settings = /[=:]/.test(remote) ? [] : ['-c', `remote.${remote}.mirror=false`]
  const flags = ['--porcelain', '--progress', '--no-verify', '--no-follow-tags', '--recurse-submodules=no']
  const args = [...settings, 'push', ...flags, '--', remote, ...refspecs]
  const result = await run(repository, args, options)
  const pushed = parsePushed(result.stdout.toString('utf8'))
  const isTold = pushed.length === refspecs.length && !result.ended
  // With --porcelain a whole answer ends with "Done"; a push that was cut off may have named a ref all the same.
  const isWhole =
    result.status === 0 || pushed.some(({ outcome }) => outcome === 'raced' || outcome === 'refused')
  if (isTold && isWhole) return pushed
  // What the remote did not come to tell stands among the refs.
  const untold = /^!.*\[remote failure\].*$/m.exec(result.stdout.toString('utf8'))?.[0] ?? ''
  throw remoteFailure(remote, args, { ...result, stderr: `${result.stderr}${untold}` })
}

/**
 * Refs of a remote that match patterns, with their object ids. Errors: as fetchRefs.
 */
export async function listRemoteRefs(
  repository: Repository,
  remote: string,
  patterns: readonly string[],
  options: RemoteOptions = {},
): Promise<Map<string, string>> {
  const args = ['ls-remote', '--', remote, ...patterns]
  const result = await run(repository, args, options)
  if (result.status !== 0 || result.ended) throw remoteFailure(remote, args, result)
  const lines = result.stdout.toString('utf8').split('\n')
  return new Map(
    lines.flatMap((line) => {
      const [id, ref] = line.split('\t')
      return ref === undefined ? [] : [[ref, id!] as const]
    }),
  )
}

/**
 * That a remote over HTTP which showed none of the refs is one. The page of a portal passes for the list of refs of a
 * server of plain files, an empty one, and git says nothing; only the protocol of git has packets.
 * Errors: REMOTE_UNREACHABLE where something else answers; as fetchRefs.
 */
export async function requireGitAnswer(
  repository: Repository,
  remote: string,
  options: RemoteOptions = {},
): Promise<void> {
  const variables = { ...repository.git.variables, GIT_TRACE_PACKET: '1' }
  const traced = { ...repository, git: { ...repository.git, variables } }
  const args = ['ls-remote', '--', remote, 'HEAD']
  const { onProgress: _, ...quiet } = options
  const result = await run(traced, args, quiet)
  if (result.status !== 0 || result.ended) throw remoteFailure(remote, args, result)
  if (/\bpacket: /.test(result.stderr)) return
  const message = `${remote} answered with something else than git, as the log-in page of a network or a server of plain files does; nothing was synced.`
  throw new MhvError('REMOTE_UNREACHABLE', message, {
    recovery: [`git ls-remote ${shellWord(remote)}`, 'git remote -v'],
    data: { remote, answered: true },
  })
}
