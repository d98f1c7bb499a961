import type { ErrorName, MhvError } from '../../errors.ts'
import { runCommand } from '../../process/run-command.ts'
import { ownProgram } from '../own-program.ts'
import { configurationFacts, repositoryFacts, secretsOfGit, terminalFacts, versions } from './bug-facts.ts'
import type { Debug } from './debug.ts'
import { type Elided, elideTyped } from './elide-typed.ts'
import { RUN_AGAIN, readLastFailure } from './last-failure.ts'
import { leftOut, toldMessage } from './left-out.ts'
import { hostsIn, withoutPeople } from './without-secrets.ts'

/** Milliseconds after which a command that is run for a report is ended. */
const PATIENCE = 60_000
/** Longer lists have a line for each of their parts. */
const WIDEST = 100

/** What a report of a bug needs, without secrets. */
export type BugReport = Readonly<Record<string, unknown>>

/** The same with every text within changed. */
function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((each) => changed(each, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, changed(inner, change)]))
}

interface SaidError {
  readonly name: ErrorName
  readonly message: string
  readonly recovery: readonly string[]
  readonly data?: MhvError['data']
  readonly debug?: Debug
}

/** The document that a command printed, of which only an error is of interest: the rest are tasks. */
function errorIn(output: string): SaidError | null {
  const line = output.split('\n').find((each) => each.startsWith('{"schema"'))
  try {
    return (JSON.parse(line ?? '{}') as { error?: SaidError }).error ?? null
  } catch {
    return null
  }
}

/** An error without what was typed or configured. Its data is left out: it has what was given, and what programs printed. */
function toldError({ data = {}, debug, recovery, ...said }: SaidError, { shape, elide }: Elided): unknown {
  const message = toldMessage({ error: said.name, message: said.message, data })
  const isRefused = message !== said.message
  // What a refused configuration began with has lines of it.
  const toldCause = (text: string) => (text === said.message ? message : isRefused ? leftOut(text) : text)
  return {
    ...said,
    message: elide(message),
    recovery: recovery.map(elide),
    debug: debug && {
      ...debug,
      command: ['mhv', '--json', '--debug', ...shape],
      chain: debug.chain.map((cause) => ({
        ...cause,
        message: elide(toldCause(cause.message)),
        git: cause.git === null ? null : elide(cause.git),
      })),
    },
  }
}

/** Runs a command of ours once more, with --debug. */
async function runAgain(words: readonly string[]) {
  const { node, entry } = ownProgram()
  const pieces: Buffer[] = []
  const outcome = await runCommand({
    command: [node, entry, '--json', '--debug', ...words],
    cwd: process.cwd(),
    env: { [RUN_AGAIN]: '1' },
    timeout: PATIENCE,
    onOutput: (piece) => pieces.push(piece),
  })
  const elided = elideTyped(words)
  const error = errorIn(Buffer.concat(pieces).toString())
  return {
    command: ['mhv', ...elided.shape].join(' '),
    ...outcome,
    error: error && toldError(error, elided),
  }
}

/**
 * Collects what a report needs.
 * @param words a command that is run once more; none where it is empty
 */
export async function bugReport(words: readonly string[]): Promise<BugReport> {
  const known = await secretsOfGit(process.cwd())
  const untold = (text: string) => known.push(text)
  const facts = {
    versions: await versions(),
    terminal: terminalFacts(),
    repository: await repositoryFacts(),
    configuration: await configurationFacts(untold),
    last_failure: readLastFailure(),
    run: words.length > 0 ? await runAgain(words) : null,
  }
  changed(facts, (text) => {
    known.push(...hostsIn(text))
    return text
  })
  return changed(facts, (text) => withoutPeople(text, known)) as BugReport
}

const TITLES: Readonly<Record<string, string>> = {
  versions: 'Versions',
  terminal: 'Terminal',
  repository: 'Repository',
  configuration: 'Configuration, apart from defaults',
  last_failure: 'The last command that failed',
  run: 'The command, run again with --debug',
}

/** What there is to say of a value: an empty part says nothing. */
const entriesOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(
    ([, inner]) =>
      !inner || typeof inner !== 'object' || Array.isArray(inner) || Object.keys(inner).length > 0,
  )

/** A value in lines of Markdown that are read as they stand. */
function lines(value: unknown, depth = 0): string[] {
  const indent = '  '.repeat(depth)
  if (Array.isArray(value)) {
    return value.flatMap((each) => {
      const [first = '', ...rest] = lines(each, depth + 1)
      return [`${indent}- ${first.trim().replace(/^- /, '')}`, ...rest]
    })
  }
  if (typeof value !== 'object' || value === null) return [`${indent}- ${plain(value)}`]
  return entriesOf(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null && !isFlat(inner)
      ? [`${indent}- ${key}:`, ...lines(inner, depth + 1)]
      : [`${indent}- ${key}: ${plain(inner)}`],
  )
}

/** Whether a list goes on the line of its name. */
const isFlat = (value: object): boolean =>
  Array.isArray(value) && value.every((each) => typeof each !== 'object') && plain(value).length <= WIDEST

function plain(value: unknown): string {
  if (value === null || value === undefined) return 'none'
  if (Array.isArray(value)) return value.length > 0 ? value.map(plain).join(', ') : 'none'
  return String(value)
}

/** The report for people to read, change and send. */
export function bugMarkdown(report: BugReport): string {
  const sections = Object.entries(TITLES).flatMap(([key, title]) => {
    const value = report[key]
    if (value === null || value === undefined) return []
    const said = Array.isArray(value) && value.length === 0 ? ['- nothing'] : lines(value)
    return [`## ${title}\n\n${said.join('\n')}\n`]
  })
  const ask = '## What happened\n\nWhat I did:\n\nWhat I expected:\n\nWhat came instead:\n'
  return `# Report of a bug in mhv\n\n${[ask, ...sections].join('\n')}`
}
