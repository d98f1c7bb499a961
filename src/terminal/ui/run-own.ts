import { runCommand } from '../../process/run-command.ts'
import { ownProgram } from '../own-program.ts'

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

/** This program's command line for the words. */
export const ownCommand = (argv: readonly string[]): [string, ...string[]] => {
  const { node, entry } = ownProgram()
  return [node, entry, ...argv]
}

/**
 * Runs a command of this program as a process of its own, as if it were typed where the view was: there is one way to
 * write, and one to refuse.
 * @param onLine each piece of text that it prints besides its answer
 */
export async function runOwn(
  argv: readonly string[],
  signal?: AbortSignal,
  onPrinted?: (text: string, from: 'out' | 'err') => void,
): Promise<OwnAnswer> {
  const texts = { out: [] as Buffer[], err: [] as Buffer[] }
  const outcome = await runCommand({
    command: ownCommand(argv),
    cwd: process.cwd(),
    // What ties git to a repository was given to this program, and is meant for its own commands.
    env: { ...(process.env as Record<string, string>), MHV_PROGRESS: 'lines' },
    ...(signal ? { signal } : {}),
    onOutput: (piece, from) => {
      texts[from].push(piece)
      onPrinted?.(piece.toString('utf8'), from)
    },
  })
  const [out, err] = [texts.out, texts.err].map((pieces) => Buffer.concat(pieces).toString('utf8'))
  const code = outcome.kind === 'exited' ? outcome.code : 1
  const why =
    outcome.kind === 'exited' ? '' : outcome.kind === 'not started' ? outcome.why : `It was ${outcome.kind}.`
  return { code, out: out!, err: why ? `${err}${why}\n` : err! }
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
