import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ResultPromise } from 'execa'
import { LOCAL_VARIABLES } from '../git/environment.ts'
import { timed } from '../say-what-is-done.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

export interface CommandRequest {
  /** A line for the user's POSIX shell, or a program with its arguments, which no shell sees. */
  readonly command: string | readonly [string, ...string[]]
  /** A directory that is there. */
  readonly cwd: string
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>
  /** Milliseconds after which it is ended. */
  readonly timeout?: number
  readonly input?: string
  /** Ends the command when it is aborted. */
  readonly signal?: AbortSignal
  /** Each piece of standard output and standard error, as it comes, and which of the two it came from. */
  readonly onOutput?: (piece: Buffer, from: 'out' | 'err') => void
}

/** How a command ended. `not started`: there is no such program, or it may not be run. */
export type CommandOutcome =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'timed out' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'not started'; readonly why: string }

/** Milliseconds between asking a group of processes to end and killing it. */
const GRACE = 2000

/** What a shell ends with when it finds no such program, or may not run it. */
const NOT_FOUND = 127
const NOT_EXECUTABLE = 126

/**
 * Bytes of a line that a shell gets as an argument. Linux takes no argument over 128 KiB, which the names of some thousand
 * files are; a longer line is read by the shell from a file, and then the system's limit for all arguments holds.
 */
const LONGEST_LINE = 100_000

/** The process without which nobody wants what this one does: it may be killed, and can tell nobody then. */
export const ENDS_WITH = 'MHV_ENDS_WITH'

/** This process's environment without what ties git to one repository. */
export function scrubbedEnvironment(): NodeJS.ProcessEnv {
  const environment = { ...process.env }
  for (const name of LOCAL_VARIABLES) delete environment[name]
  // How much this run says is not how much a test of the repository's own mhv has to.
  delete environment.MHV_QUIET
  delete environment.MHV_VERBOSE
  // Nor whom it tells what becomes of its gates.
  delete environment.MHV_PROGRESS
  delete environment[ENDS_WITH]
  // Pairs that GIT_CONFIG_COUNT counted, which is gone.
  for (const name of Object.keys(environment)) {
    if (/^GIT_CONFIG_(?:KEY|VALUE)_\d+$/.test(name)) delete environment[name]
  }
  return environment
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Gone already.
  }
}

/** Milliseconds for which output is waited for once the command has ended. */
const LAST_OUTPUT = 200

/** Names a run in the environment of all that it starts, so that they can be found wherever they have gone. */
const MARK = 'MHV_RUN'

/**
 * Kills what a run has started in sessions of their own, where the system shows environments (/proc); elsewhere its
 * group is all that can be found.
 */
function killStrays(mark: string): void {
  if (!existsSync('/proc/self/environ')) return
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0')
      if (environment.includes(`${MARK}=${mark}`)) process.kill(Number(pid), 'SIGKILL')
    } catch {
      // Gone already, or somebody else's.
    }
  }
}

/** The most milliseconds that a timer takes, some 24 days: a longer one would end at once. */
const LONGEST_TIMER = 2 ** 31 - 1

/** Milliseconds between two looks whether whoever started this process is still there. */
const LOOK = 500

/** Who was started by a process that is gone is handed to another: that is how the system tells. */
function watchForWhoStartedUs(): void {
  const parent = Number(process.env[ENDS_WITH])
  if (parent !== process.ppid) return
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK)
  timer.unref()
}

/** Groups of processes that run now; they have to end with us. */
const running = new Set<number>()
let isWatching = false

/** Whoever ends this process ends its children's groups too: they are in groups of their own, which no terminal reaches. */
function watchForTheEnd(): void {
  if (isWatching) return
  isWatching = true
  watchForWhoStartedUs()
  process.on('exit', () => {
    for (const pid of running) signalGroup(pid, 'SIGKILL')
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      for (const pid of running) signalGroup(pid, 'SIGTERM')
      const end = () => {
        for (const pid of running) signalGroup(pid, 'SIGKILL')
        process.kill(process.pid, signal)
      }
      setTimeout(end, running.size > 0 ? GRACE / 4 : 0)
    })
  }
}

/**
 * Runs a command in a process group of its own and waits for it. When time is up, or the signal aborts, the whole group
 * is asked to end and then killed. git's variables do not reach it: a gate that inherited GIT_DIR from a hook and made a
 * repository for its tests has put commits on the user's branch.
 */
export async function runCommand(request: CommandRequest): Promise<CommandOutcome> {
  const { execa } = await import('execa')
  const { command, cwd, env, timeout, input, signal, onOutput } = request
  if (signal?.aborted) return { kind: 'aborted' }
  watchForTheEnd()
  const mark = randomUUID()
  if (typeof command === 'string' && Buffer.byteLength(command) > LONGEST_LINE) {
    const directory = temporaryDirectory('mhv-command-')
    try {
      const script = join(directory, 'command')
      writeFileSync(script, command)
      return await runCommand({ ...request, command: ['/bin/sh', script] })
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  }
  const [program, ...args] = typeof command === 'string' ? ['/bin/sh', '-c', command] : command
  const end = timed(() => [program, ...args].join(' '))
  const child = execa(program!, args, {
    cwd,
    env: { ...scrubbedEnvironment(), ...env, [MARK]: mark },
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    encoding: 'buffer',
    stdin: input === undefined ? 'ignore' : 'pipe',
    ...(input === undefined ? {} : { input }),
    stripFinalNewline: false,
  }) as unknown as ResultPromise
  const outcome = await supervise(child, { timeout, signal, onOutput, mark })
  end(outcome.kind)
  return outcome
}

interface Supervision {
  readonly timeout: number | undefined
  readonly signal: AbortSignal | undefined
  readonly onOutput: CommandRequest['onOutput'] | undefined
  readonly mark: string
}

async function supervise(
  child: ResultPromise,
  { timeout, signal, onOutput, mark }: Supervision,
): Promise<CommandOutcome> {
  const { pid } = child
  if (pid !== undefined) running.add(pid)
  let ended: 'timed out' | 'aborted' | null = null
  let killer: NodeJS.Timeout | undefined
  let last: NodeJS.Timeout | undefined
  const end = (why: 'timed out' | 'aborted') => {
    if (ended) return
    ended = why
    signalGroup(pid, 'SIGTERM')
    killer = setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE)
  }
  const timer =
    timeout === undefined ? undefined : setTimeout(() => end('timed out'), Math.min(timeout, LONGEST_TIMER))
  const abort = () => end('aborted')
  signal?.addEventListener('abort', abort, { once: true })
  // What the command left running in its group would hold its output open, and files and ports of a worktree that goes.
  child.on('exit', () => {
    signalGroup(pid, 'SIGKILL')
    if (ended) killStrays(mark)
    // Who has gone to a session of its own, as daemons do, may keep the output open for ever.
    last = setTimeout(() => {
      child.stdout?.destroy()
      child.stderr?.destroy()
    }, LAST_OUTPUT)
  })
  child.stdout?.on('data', (piece: Buffer) => onOutput?.(piece, 'out'))
  child.stderr?.on('data', (piece: Buffer) => onOutput?.(piece, 'err'))
  try {
    const result = await child
    if (ended) return { kind: ended }
    if (result.exitCode === undefined && result.signal === undefined) {
      return { kind: 'not started', why: (result as { shortMessage?: string }).shortMessage ?? 'cannot run' }
    }
    if (result.signal !== undefined) return { kind: 'killed', signal: result.signal }
    if (result.exitCode === NOT_FOUND) return { kind: 'not started', why: 'command not found' }
    if (result.exitCode === NOT_EXECUTABLE) return { kind: 'not started', why: 'command cannot be executed' }
    return { kind: 'exited', code: result.exitCode ?? 1 }
  } finally {
    clearTimeout(timer)
    clearTimeout(killer)
    clearTimeout(last)
    signal?.removeEventListener('abort', abort)
    if (pid !== undefined) running.delete(pid)
  }
}

/**
 * Runs a command with this process's own terminal, which is its alone for that time.
 * @param command as in a CommandRequest
 * @returns what it ended with; 127 where it could not be started
 */
export async function runInTerminal(command: CommandRequest['command'], cwd: string): Promise<number> {
  const { execa } = await import('execa')
  const [program, ...args] = typeof command === 'string' ? ['/bin/sh', '-c', command] : command
  const result = await execa(program!, args, { cwd, stdio: 'inherit', reject: false })
  return result.exitCode ?? (result.signal === undefined ? NOT_FOUND : 1)
}
