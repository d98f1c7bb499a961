import { MhvError } from '../../errors.ts'
import { programVersion } from '../../package-root.ts'
import { printable, visible } from '../../printable.ts'
import { saysYes } from '../output/says-yes.ts'
import { holdsSecret } from './holds-secret.ts'
import { withoutSecrets, withoutUrlSecrets } from './without-secrets.ts'

/** More frames of one error are of Node and oclif. */
const MOST_FRAMES = 8
/** What follows is not read any more. */
const MOST_CAUSES = 10
const LONGEST = 4000

/** An error of the chain: the first is what was said, the last what it began with. */
export interface DebugCause {
  /** Class of the error; `git` for what git said. */
  readonly error: string
  readonly code: string | null
  readonly message: string
  /** The git command that failed, if one did. */
  readonly git: string | null
  readonly frames: readonly string[]
}

export interface Debug {
  readonly mhv: string
  readonly node: string
  readonly directory: string | null
  readonly command: readonly string[]
  readonly chain: readonly DebugCause[]
}

/** Whether the words of a command line, or MHV_DEBUG, ask for all that is known of an error. */
export function asksForDebug(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  const isAsked = (end < 0 ? argv : argv.slice(0, end)).includes('--debug')
  return isAsked || saysYes(process.env.MHV_DEBUG)
}

const safe = (text: string) => withoutUrlSecrets(withoutSecrets(printable(text, LONGEST)))

/** A word of a command line, unless it may hold a secret, also by the flag in front of it; then it is `…`. */
function toldWord(word: string, i: number, argv: readonly string[]): string {
  const before = argv[i - 1] ?? ''
  const isNamed = before.startsWith('-') && !holdsSecret(before) && holdsSecret(`${before} ${word}`)
  return isNamed || holdsSecret(word) ? '…' : safe(word)
}

/** Lines of a stack with our own files as the package has them: V8's code cache knows them by where it was made. */
export const withOwnFiles = (stack: string): string =>
  stack.replace(/(?:file:\/\/)?\/[^\n()]*\/(dist\/[\w-]+\.cjs)(?=:\d)/g, 'mhv/$1')

function causeOf(error: unknown): DebugCause {
  if (!(error instanceof Error)) {
    // git's own words are handed on as they are.
    return { error: 'git', code: null, message: safe(String(error)), git: null, frames: [] }
  }
  const { args } = error instanceof MhvError ? error.data : {}
  const code = error instanceof MhvError ? `${error.code} ${error.error}` : (error as { code?: unknown }).code
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return {
    error: error.constructor.name,
    code: code === undefined ? null : String(code),
    message: safe(error.message),
    git: Array.isArray(args) ? safe(`git ${args.join(' ')}`) : null,
    frames: stack.slice(0, MOST_FRAMES).map((line) => safe(withOwnFiles(line.trim()))),
  }
}

function here(): string | null {
  try {
    return process.cwd()
  } catch {
    return null
  }
}

/** All that is known of an error, without secrets. */
export function debugOf(error: unknown, argv: readonly string[]): Debug {
  const chain: DebugCause[] = []
  for (let cause = error; cause !== undefined && cause !== null && chain.length < MOST_CAUSES; ) {
    chain.push(causeOf(cause))
    cause = cause instanceof Error ? cause.cause : undefined
  }
  const command = ['mhv', ...argv.map(toldWord)]
  const { node } = process.versions
  return { mhv: programVersion(), node, directory: here(), command, chain }
}

/** The same for people, in lines. */
export function debugText({ mhv, node, directory, command, chain }: Debug): string {
  const lines = chain.flatMap(({ error, code, message, git, frames }, i) => [
    `  ${i === 0 ? '' : 'caused by '}${error}${code ? ` (${code})` : ''}: ${message}`,
    ...(git ? [`      ran: ${git}`] : []),
    ...frames.map((frame) => `      ${frame}`),
  ])
  const what = `mhv ${mhv}, Node ${node}, in ${directory ?? 'a directory that is gone'}`
  return visible(`Debug: ${what}\n  ran: ${command.join(' ')}\n${lines.join('\n')}\n`)
}
