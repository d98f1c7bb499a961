import { MhvError, shellWord } from '../errors.ts'
import { type GitResult, gitFailure } from './run.ts'

/** What kept a command from a remote. One that is not told from another is never taken for "there is no such ref". */
export type RemoteTrouble =
  | 'timed out'
  | 'aborted'
  | 'authentication'
  | 'no repository'
  | 'no such ref'
  | 'refused'
  | 'broken off'
  | 'unreachable'
  | 'no transport'
  | 'other'

/**
 * What git, curl, ssh and servers say, with LC_ALL=C, in the order in which it counts: a server that answers 403 says
 * more about the failure than the "RPC failed" that git adds to it, and ssh's reason stands above git's guess that the
 * repository might not exist.
 */
const SAID: readonly (readonly [RemoteTrouble, RegExp])[] = [
  ['no such ref', /couldn't find remote ref|no such remote ref/i],
  [
    'no transport',
    /transport '[^']*' not allowed|'remote-[^']*' is not a git command|unable to find remote helper/i,
  ],
  [
    'authentication',
    /could not read (?:Username|Password)|terminal prompts disabled|Authentication failed|Permission denied \([\w,-]+\)|Host key verification failed|HOST IDENTIFICATION HAS CHANGED|Too many authentication failures|returned error: (?:401|403|407)|HTTP code 407|Invalid username or (?:password|token)|access denied|Permission to \S+ denied|Write access to repository not granted|not allowed to (?:push|pull|upload|download|access)|DENIED by|unable to get password|insufficient permission for this repository/i,
  ],
  [
    'no repository',
    /does not appear to be a git repository|repository '[^']*' not found|Repository not found|repository .* (?:not found|does not exist)|returned error: (?:404|410)|Could not find repository|project you were looking for could not be found|no such repository/i,
  ],
  [
    'timed out',
    /timed out|Operation too slow|Timeout was reached|returned error: (?:408|504)|timeout expired/i,
  ],
  [
    'broken off',
    /Empty reply from server|early EOF|hung up|unexpected disconnect|RPC failed|Recv failure|Send failure|transfer closed|Broken pipe|returned error: (?:429|5\d\d)|protocol error: bad line|expected flush|is this a git repository|redirects followed|unexpected end of|failed to report status/i,
  ],
  [
    'unreachable',
    /Could(?:n't| not) resolve|unable to look up|Name or service not known|nodename nor servname|Temporary failure in name resolution|Failed to connect|Could(?:n't| not) connect|unable to connect|Connection (?:refused|reset|closed|aborted)|Network is (?:unreachable|down)|No route to host|Host is down|kex_exchange_identification|banner exchange|SSL|TLS|certificate|(?:from proxy|Proxy CONNECT)/i,
  ],
  ['refused', /\[remote rejected\]|hook declined|hidden ref|protected branch|remote unpack failed/i],
]

/** Tells what kept a git command from a remote, from its status and what it said. */
export function troubleOf({ status, stderr, ended }: GitResult): RemoteTrouble | null {
  if (ended) return ended
  if (status === 0) return null
  // What hooks and hosts print is theirs, and may mention anything; a refusal is told by git's own lines.
  const own = stderr.replace(/^remote: .*$/gm, '')
  const find = (text: string) => SAID.find(([, pattern]) => pattern.test(text))?.[0]
  return find(own) ?? find(stderr) ?? 'other'
}

/** Passwords that stand in URLs stay out of messages. */
export const withoutPasswords = (text: string): string => text.replace(/(:\/\/)[^/@\s']*@/g, '$1')

const PROGRESS =
  /^(?:remote: )?(?:Enumerating|Counting|Compressing|Receiving|Resolving|Unpacking|Writing|Delta compression|Total)\b/

/** What git said, without its progress. */
const withoutProgress = (stderr: string) =>
  stderr
    .split(/[\r\n]+/)
    .filter((line) => !PROGRESS.test(line))
    .join('\n')

/** The line of git's answer that says most: the first one that is an error, or else the first. */
function reasonIn(stderr: string): string {
  const lines = stderr.split(/[\r\n]+/).map((line) => line.trim())
  const telling = lines.filter(
    (line) => line !== '' && !/^(?:remote: )?(?:hint:|warning:|To |From )/.test(line),
  )
  const said = telling.find((line) => SAID.some(([, pattern]) => pattern.test(line))) ?? telling[0] ?? ''
  return said.replace(/^(?:fatal|error|remote|ssh): /i, '').replace(/\.$/, '')
}

/** The command that shows what the failed one met: a remote may be fetched from and pushed to in two places. */
function askAgain(remote: string, args: readonly string[]): string {
  if (!args.includes('push')) return `git ls-remote ${shellWord(remote)} 'refs/mtos/*'`
  const refspecs = args.slice(args.indexOf('--') + 2).map(shellWord)
  return `git push --dry-run --no-verify ${shellWord(remote)} ${refspecs.join(' ')}`
}

/**
 * The error for a command that did not get what it wanted from a remote.
 * @param remote its name, or its URL
 */
export function remoteFailure(remote: string, args: readonly string[], result: GitResult): MhvError {
  const trouble = troubleOf(result)
  const said = withoutPasswords(withoutProgress(result.stderr)).trim()
  const name = withoutPasswords(remote)
  // Without the address it is shorter, and so for all repositories of the host.
  const reason = reasonIn(said).replace(/^unable to access '[^']*': /, '')
  const because = reason === '' ? '' : `: ${reason}`
  const ask = askAgain(name, args)
  // Whoever answers with a status, or breaks off in the middle, is there: that is no failure of the host.
  const answered = trouble === 'broken off' || /returned error: \d{3}/.test(said)
  // What can be fetched from tells nothing of where it is pushed to.
  const pushed = args.includes('push') ? { recovery: [ask, 'git remote -v'] } : {}
  const more = { data: { remote: name, said, answered, reason } }
  switch (trouble) {
    case 'timed out':
      return new MhvError('REMOTE_TIMEOUT', `${name} did not answer in time${because}.`, {
        ...more,
        recovery: [ask, 'mhv sync --timeout 300'],
      })
    case 'authentication':
      return new MhvError('REMOTE_AUTH', `${name} did not let us in${because}.`, {
        ...more,
        recovery: [ask, 'git remote -v'],
      })
    case 'no repository':
      return new MhvError('REMOTE_MISSING', `There is no repository at ${name}, or none to see${because}.`, {
        ...more,
        ...pushed,
      })
    case 'broken off':
    case 'unreachable':
    case 'aborted':
      return new MhvError('REMOTE_UNREACHABLE', `${name} cannot be reached${because}.`, {
        ...more,
        ...pushed,
      })
    case 'no transport':
      return new MhvError('REMOTE_UNREACHABLE', `git cannot speak to ${name}${because}.`, more)
    case 'refused':
      return new MhvError('REMOTE_REFUSED', `${name} does not take the tasks${because}.`, more)
    default:
      return gitFailure(args, { ...result, stderr: said })
  }
}
