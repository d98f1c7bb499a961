import { StringDecoder } from 'node:string_decoder'
import type { GateProgress } from '../../gates/gate-report.ts'
import { ENDS_WITH, runCommand } from '../../process/run-command.ts'
import { ownProgram } from '../own-program.ts'
import { gateEvents } from './gate-events.ts'

/** How a command of this program ended. */
export interface OwnAnswer {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** What is wrong, and what leads out of it. */
export interface OwnFailure {
  readonly title: string
  readonly message: string
  readonly steps: readonly string[]
}

/** Who looks on while a command runs. */
export interface OwnWatch {
  /** Ends it when it is aborted. */
  readonly signal?: AbortSignal
  /** Each piece of text that it prints, as it comes. */
  readonly onPrinted?: (text: string, from: 'out' | 'err') => void
  readonly onGate?: (event: GateProgress) => void
}

/** This program's command line for the words. */
export const ownCommand = (argv: readonly string[]): [string, ...string[]] => {
  const { node, entry } = ownProgram()
  return [node, entry, ...argv]
}

/**
 * Runs a command of this program as a process of its own, as if it were typed where the view was: there is one way to
 * write, and one to refuse.
 */
export async function runOwn(
  argv: readonly string[],
  { signal, onPrinted, onGate = () => {} }: OwnWatch = {},
): Promise<OwnAnswer> {
  const said = { out: '', err: '' }
  const open = { out: '', err: '' }
  const takes = (from: 'out' | 'err') => (text: string) => {
    said[from] += text
    // Pieces end anywhere; what is told of ends with a line.
    const all = open[from] + text
    const end = all.lastIndexOf('\n') + 1
    open[from] = all.slice(end)
    if (end > 0) onPrinted?.(all.slice(0, end), from)
  }
  const decoder = new StringDecoder('utf8')
  const take = {
    out: (piece: Buffer) => takes('out')(decoder.write(piece)),
    err: gateEvents(takes('err'), onGate),
  }
  const outcome = await runCommand({
    command: ownCommand(argv),
    cwd: process.cwd(),
    // What ties git to a repository was given to this program, and is meant for its own commands.
    env: {
      ...(process.env as Record<string, string>),
      MHV_PROGRESS: 'events',
      [ENDS_WITH]: `${process.pid}`,
    },
    ...(signal ? { signal } : {}),
    onOutput: (piece, from) => take[from](piece),
  })
  for (const from of ['out', 'err'] as const) if (open[from] !== '') takes(from)('\n')
  const { out, err } = said
  const code = outcome.kind === 'exited' ? outcome.code : 1
  const why =
    outcome.kind === 'exited' ? '' : outcome.kind === 'not started' ? outcome.why : `It was ${outcome.kind}.`
  return { code, out, err: why ? `${err}${why}\n` : err }
}

interface ErrorDocument {
  readonly error?: {
    readonly code: string
    readonly name: string
    readonly message: string
    readonly recovery: readonly string[]
    readonly data?: unknown
  }
}

/** The document that --json printed; null where there is none. */
export function documentOf({ out }: OwnAnswer): (Record<string, unknown> & ErrorDocument) | null {
  try {
    return JSON.parse(out) as Record<string, unknown>
  } catch {
    return null
  }
}

const ERROR = /^Error (\S+ \S+): ([\s\S]*?)(?:\n {2}Try:\n([\s\S]*))?$/m

/** What a command that failed has said of it, as a document or as text. */
export function failureOf(answer: OwnAnswer): OwnFailure {
  const error = documentOf(answer)?.error
  if (error) return { title: `${error.code} ${error.name}`, message: error.message, steps: error.recovery }
  const [, title, message, steps = ''] = ERROR.exec(answer.err.trimEnd()) ?? []
  const said = message ?? answer.err.trim()
  return {
    title: title ?? `Ended with ${answer.code}`,
    message: said === '' ? 'It said nothing of why.' : said,
    steps: steps.split('\n').flatMap((line) => (line.startsWith('    ') ? [line.trim()] : [])),
  }
}
