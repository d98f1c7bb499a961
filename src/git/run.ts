import { type ChildProcess, spawn } from 'node:child_process'
import { MhvError } from '../errors.ts'
import { timed } from '../say-what-is-done.ts'
import { childEnvironment } from './environment.ts'

export interface GitResult {
  readonly status: number
  readonly stdout: Buffer
  readonly stderr: string
  /** Why we ended it, where we did. */
  readonly ended?: 'timed out' | 'aborted'
}

/** Where a git process runs, and what its environment says besides what every child's does. */
export interface GitPlace {
  readonly cwd: string
  readonly variables?: Readonly<Record<string, string>>
}

export interface GitOptions extends GitPlace {
  readonly input?: string | Buffer | Iterable<string | Buffer>
  /** Only for finding the repository, which the user's own variables may override. */
  readonly environment?: NodeJS.ProcessEnv
  /** Called with the child's process id once it runs. */
  readonly onSpawn?: (pid: number) => void
  /** Milliseconds of silence after which it is ended, and all that it has started as far as it is `apart`. */
  readonly timeout?: number
  /** Ends it when it is aborted. */
  readonly signal?: AbortSignal
  /** Whether it gets a session of its own: without a terminal, nothing that it starts can ask there for anything. */
  readonly apart?: boolean
  /** Each piece of standard error, as it comes. */
  readonly onStderr?: (piece: Buffer) => void
}

async function feed(child: ChildProcess, input: NonNullable<GitOptions['input']>): Promise<void> {
  const stdin = child.stdin!
  // A child that ends early closes its input; its status and message say why.
  stdin.on('error', () => {})
  const chunks = typeof input === 'string' || Buffer.isBuffer(input) ? [input] : input
  for (const chunk of chunks) {
    if (!stdin.writable) break
    if (!stdin.write(chunk)) {
      await new Promise<void>((resolve) => {
        const go = () => {
          stdin.off('drain', go).off('close', go)
          resolve()
        }
        stdin.on('drain', go).on('close', go)
      })
    }
  }
  stdin.end()
}

/** What git says where another git is writing just then, for which it does not wait; it has done nothing. */
const BUSY = /could not lock config file|failed to read .*[/\\]commondir/
/** How often such a command is tried, with some 50 ms in between. */
const TRIES = 40

/** Runs git and resolves with what it said, whatever its status. Errors: GIT_MISSING. */
export async function runGit(args: readonly string[], options: GitOptions): Promise<GitResult> {
  for (let left = TRIES; ; left--) {
    const result = await startGit(args, options)
    // What it was given to read is used up.
    const isOver = result.status === 0 || options.input !== undefined || !BUSY.test(result.stderr)
    if (isOver || left === 1) return result
    await new Promise((resolve) => setTimeout(resolve, 25 + Math.random() * 50))
  }
}

/** Milliseconds between asking git to end and killing it. */
const GRACE = 2000

/**
 * Ends a child that says nothing for too long, or when it is told to. git leaves its own children alone when it is ended,
 * such as one that waits for a server: they go with the group where there is one, and are not waited for where not.
 * @returns what to do once it is over
 */
function watch(
  child: ChildProcess,
  { timeout, signal, apart }: GitOptions,
  onEnded: (why: NonNullable<GitResult['ended']>) => void,
): () => void {
  const kill = (how: NodeJS.Signals) => {
    try {
      if (apart) process.kill(-child.pid!, how)
      else child.kill(how)
    } catch {
      // Gone already.
    }
  }
  let timer: NodeJS.Timeout | undefined
  let isWaiting = timeout !== undefined
  let isEnding = false
  const end = (why: NonNullable<GitResult['ended']>) => {
    isWaiting = false
    isEnding = true
    onEnded(why)
    clearTimeout(timer)
    kill('SIGTERM')
    timer = setTimeout(() => kill('SIGKILL'), GRACE)
  }
  const abort = () => end('aborted')
  const wait = () => {
    if (!isWaiting) return
    clearTimeout(timer)
    timer = setTimeout(() => end('timed out'), timeout)
  }
  child.stdout!.on('data', wait)
  child.stderr!.on('data', wait)
  wait()
  if (signal?.aborted) abort()
  else signal?.addEventListener('abort', abort, { once: true })
  return () => {
    isWaiting = false
    clearTimeout(timer)
    if (isEnding) kill('SIGKILL')
    signal?.removeEventListener('abort', abort)
  }
}

/** node:child_process, not a library: this is the hottest path of every command that writes. */
function spawnGit(args: readonly string[], options: GitOptions): ChildProcess {
  return spawn('git', args, {
    cwd: options.cwd,
    env: options.environment ?? { ...childEnvironment(), ...options.variables },
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
    ...(options.apart ? { detached: true } : {}),
  })
}

/**
 * Runs git for output that is more than fits into memory. It is ended when nobody wants to know more.
 * @returns the output as it comes, and what is to be awaited after it
 */
export function streamGit(
  args: readonly string[],
  options: GitPlace & { readonly input: string },
): { readonly stdout: AsyncIterable<Buffer>; readonly ended: Promise<GitResult>; readonly end: () => void } {
  const end = timed(() => `git ${args.join(' ')}`)
  const child = spawnGit(args, options)
  const err: Buffer[] = []
  child.stderr!.on('data', (piece: Buffer) => err.push(piece))
  const ended = new Promise<GitResult>((resolve) => {
    child.on('error', () => resolve({ status: 128, stdout: Buffer.alloc(0), stderr: 'it cannot be started' }))
    child.on('close', (code) => {
      end()
      resolve({
        status: code ?? 128,
        stdout: Buffer.alloc(0),
        stderr: Buffer.concat(err).toString('utf8'),
      })
    })
  })
  void feed(child, options.input)
  return { stdout: child.stdout!, ended, end: () => child.kill() }
}

function startGit(args: readonly string[], options: GitOptions): Promise<GitResult> {
  const end = timed(() => `git ${args.join(' ')}`)
  return new Promise((resolve, reject) => {
    const child = spawnGit(args, options)
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout!.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr!.on('data', (chunk: Buffer) => {
      err.push(chunk)
      options.onStderr?.(chunk)
    })
    let ended: GitResult['ended']
    const isWatched = options.timeout !== undefined || options.signal !== undefined
    const unwatch = isWatched ? watch(child, options, (why) => (ended = why)) : () => {}
    child.on('error', (cause: NodeJS.ErrnoException) => {
      unwatch()
      const missing = cause.code === 'ENOENT'
      reject(
        new MhvError(
          missing ? 'GIT_MISSING' : 'GIT_FAILED',
          missing
            ? 'git cannot be started: it is not on the PATH.'
            : `git cannot be started: ${cause.message}.`,
          { cause },
        ),
      )
    })
    const settle = (code: number | null, signal: NodeJS.Signals | null) => {
      unwatch()
      end(code === 0 ? '' : `status ${code ?? signal}`)
      const stderr = Buffer.concat(err).toString('utf8')
      resolve({
        status: code ?? 128,
        stdout: Buffer.concat(out),
        stderr: signal ? `${stderr}git was ended by ${signal}\n` : stderr,
        ...(ended ? { ended } : {}),
      })
    }
    child.on('close', settle)
    // What it had started may hold its outputs open for as long as a server keeps silent.
    child.on('exit', (code, signal) => {
      if (!ended) return
      child.stdout!.destroy()
      child.stderr!.destroy()
      settle(code, signal)
    })
    if (child.pid !== undefined) options.onSpawn?.(child.pid)
    if (options.input !== undefined) void feed(child, options.input)
  })
}

const UNWRITABLE =
  /No space left on device|Out of diskspace|Read-only file system|Permission denied|Operation not permitted|Disk quota exceeded|insufficient permission/i

const FORBIDDEN = /Read-only file system|Permission denied|Operation not permitted|insufficient permission/i
/** Shows who may write to the repository. */
const SHOW_OWNERS =
  'ls -ld "$(git rev-parse --git-common-dir)" "$(git rev-parse --git-path objects)" "$(git rev-parse --git-path refs)"'

/** Whether git says that it may not or cannot write, which no further attempt changes. */
export const saysUnwritable = (said: string) => UNWRITABLE.test(said)

/** Shows the hooks that git runs, wherever they are. */
export const SHOW_HOOKS = 'ls -l "$(git rev-parse --git-path hooks)"'

/** What git says of other causes than a damaged repository, and the command that shows more of each. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/aborted by hook|hook declined|declined by hook/i, SHOW_HOOKS],
  [/promisor remote/i, 'git fetch'],
  [
    /to sign|signing ?key|load public key|secret key|private key/i,
    "git config --show-origin --get-regexp '^(user[.]signingkey|gpg[.]|commit[.]gpgsign)'",
  ],
]

/** The command among its own arguments: before it stand settings. */
const commandOf = (args: readonly string[]) =>
  args.find((arg, i) => arg !== '-c' && args[i - 1] !== '-c') ?? 'git'

/** The error for a git command that failed in a way that no caller foresaw. */
export function gitFailure(args: readonly string[], result: GitResult): MhvError {
  const spoken = result.stderr.replace(/^fast-import: dumping crash report .*\n?/gm, '').trim()
  const said = spoken || `status ${result.status}`
  const dubious = /git config --global --add safe\.directory .*/.exec(said)
  if (saysUnwritable(said)) {
    return new MhvError('STORE_UNWRITABLE', `git could not write: ${said}`, {
      data: { args },
      ...(FORBIDDEN.test(said) ? { recovery: [SHOW_OWNERS] } : {}),
    })
  }
  const step = dubious ? dubious[0].trim() : CAUSES.find(([cause]) => cause.test(said))?.[1]
  return new MhvError('GIT_FAILED', `git ${commandOf(args)} failed: ${said}`, {
    cause: result.stderr.trim() || undefined,
    data: { args, status: result.status },
    ...(step ? { recovery: [step] } : {}),
  })
}

/** Standard output of a git command as text, without its last line feed. Errors: GIT_MISSING, GIT_FAILED. */
export async function git(args: readonly string[], options: GitOptions): Promise<string> {
  const result = await runGit(args, options)
  if (result.status !== 0) throw gitFailure(args, result)
  return result.stdout.toString('utf8').replace(/\n$/, '')
}
