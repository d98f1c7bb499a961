import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Gate } from '../../schemas/config.ts'
import type { GateResult, Outcome } from '../../schemas/gate-record.ts'
import { visible } from '../printable.ts'
import { type CommandOutcome, runCommand } from '../process/run-command.ts'
import { countIssues } from './count-issues.ts'
import { definitionOf } from './gate-key.ts'
import { fileNameOf, type GateOutput, openOutput } from './gate-output.ts'
import type { GateProgress } from './gate-report.ts'
import { LONGEST_KEPT, type PlannedGate } from './plan-gates.ts'
import { readCoverage } from './read-coverage.ts'

export interface RunRequest {
  readonly gates: readonly PlannedGate[]
  /** Top of the worktree that they run in. */
  readonly place: string
  /** Most gates at once. */
  readonly jobs: number
  /** Directory for the output of each; null where none is kept. */
  readonly log: string | null
  /** What a result is valid for; asked when a gate begins, since a report may be another gate's work. */
  readonly keyOf: (gate: PlannedGate) => string
  /** Why a gate's command could not do its work, so that it is not even begun; null where it can, or only running tells. */
  readonly lackOf: (command: string, gate: Gate, directory: string) => Promise<string | null>
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: GateProgress) => void) | undefined
}

export interface Ran {
  readonly result: GateResult
  /** The end of what the gate said. */
  readonly output: string
}

/** How a gate ended, before it is known whether the tree stayed clean. */
interface Ending {
  readonly outcome: Outcome
  readonly exitCode: number | null
  /** What its output does not say. */
  readonly detail?: string
  readonly coverage?: number
}

/** Characters of a command from which on its length is why it could not be started; no system allows less. */
const LONG = 100_000
const TOO_LONG = 'its command, with the names of all changed files, is longer than the system allows'

function endingOf(outcome: CommandOutcome, timeout: number, length: number): Ending {
  switch (outcome.kind) {
    case 'exited':
      return { outcome: outcome.code === 0 ? 'passed' : 'failed', exitCode: outcome.code }
    case 'killed':
      return { outcome: 'failed', exitCode: null, detail: `ended by ${outcome.signal}` }
    case 'timed out':
      return { outcome: 'timed out', exitCode: null, detail: `took longer than ${timeout / 1000} s` }
    case 'aborted':
      return { outcome: 'cancelled', exitCode: null }
    case 'not started':
      return {
        outcome: 'not started',
        exitCode: null,
        detail: length > LONG ? TOO_LONG : outcome.why,
      }
  }
}

const isDirectory = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** What changes whenever a file is written, also with the same content and within one tick of a clock. */
function stampOf(path: string): string | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat ? `${stat.ino} ${stat.ctimeNs} ${stat.size}` : null
}

/** @param before the stamp of the report before the gate's command ran; null also where it has none */
function judgeCoverage(
  { file, threshold }: NonNullable<Gate['coverage']>,
  hasCommand: boolean,
  directory: string,
  before: string | null,
): Pick<Ending, 'outcome' | 'detail' | 'coverage'> {
  const failed = (detail: string) => ({ outcome: 'failed', detail }) as const
  const path = join(directory, file)
  const stamp = stampOf(path)
  if (!stamp) return failed(`there is no report ${file}`)
  if (hasCommand && stamp === before) return failed(`the command did not write the report ${file}`)
  let read: ReturnType<typeof readCoverage>
  try {
    read = readCoverage(readFileSync(path, 'utf8'))
  } catch (error) {
    return failed(`the report ${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`)
  }
  if ('unclear' in read) return failed(`the report ${file} does not tell the coverage: ${read.unclear}`)
  const { percent } = read
  // Rounded down, so that what is too little does not read as enough.
  const shown = (Math.floor(Math.round(percent * 1e6) / 1e4) / 100).toFixed(2)
  const said = `${shown} % of lines covered, ${threshold} % wanted`
  return { outcome: percent >= threshold ? 'passed' : 'failed', detail: said, coverage: percent }
}

async function runOne(planned: PlannedGate, request: RunRequest, output: GateOutput): Promise<Ending> {
  const { gate, command } = planned
  const directory = join(request.place, gate.cwd)
  if (request.signal?.aborted) return { outcome: 'cancelled', exitCode: null }
  if (!isDirectory(directory)) {
    return { outcome: 'not started', exitCode: null, detail: `there is no directory ${gate.cwd}` }
  }
  const lacking = command === null ? null : await request.lackOf(command, gate, directory)
  if (lacking) return { outcome: 'not started', exitCode: null, detail: lacking }
  const { coverage } = gate
  const before = coverage ? stampOf(join(directory, coverage.file)) : null
  const ending: Ending =
    command === null
      ? { outcome: 'passed', exitCode: null }
      : endingOf(
          await runCommand({
            command,
            cwd: directory,
            env: gate.env,
            timeout: gate.timeout,
            ...(request.signal ? { signal: request.signal } : {}),
            onOutput: (piece) => output.add(piece),
          }),
          gate.timeout,
          command.length,
        )
  if (!coverage || ending.outcome !== 'passed') return ending
  return { ...ending, ...judgeCoverage(coverage, command !== null, directory, before) }
}

/** A result of a gate that need not run, or could not be waited for. */
export function resultOf(planned: PlannedGate, key: string, outcome: Outcome): GateResult {
  const { gate, command } = planned
  return {
    gate: gate.name,
    outcome,
    required: gate.required,
    command: command === null ? null : visible(command).slice(0, LONGEST_KEPT),
    exit_code: null,
    seconds: 0,
    key,
    definition: definitionOf(gate),
    cached: false,
    clean: false,
    issues: null,
  }
}

async function runAndTell(planned: PlannedGate, request: RunRequest): Promise<Ran> {
  const { gate } = planned
  const key = request.keyOf(planned)
  const log = request.log === null ? null : join(request.log, fileNameOf(gate.name))
  request.onProgress?.({ kind: 'started', gate: gate.name, log })
  const output = openOutput(request.log, gate.name)
  const began = performance.now()
  let ending: Ending
  try {
    ending = await runOne(planned, request, output)
    if (ending.detail) output.add(Buffer.from(`mhv: ${gate.name}: ${ending.detail}\n`))
  } finally {
    output.close()
  }
  const result: GateResult = {
    ...resultOf(planned, key, ending.outcome),
    exit_code: ending.exitCode,
    seconds: Math.round(performance.now() - began) / 1000,
    issues: ending.outcome === 'passed' || ending.outcome === 'failed' ? countIssues(output.tail()) : null,
    ...(ending.coverage === undefined ? {} : { coverage: ending.coverage }),
    ...(ending.detail ? { detail: visible(ending.detail).slice(0, 500) } : {}),
  }
  request.onProgress?.({ kind: 'ended', result })
  return { result, output: output.tail() }
}

/** Runs work on each item, so many at once, and keeps their order. */
async function inParallel<T, R>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i]!)
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker))
  return results
}

/**
 * Runs gates, several at once, each in a process group of its own that ends whole. Those that only read a report come
 * last, since a test run that is a gate itself may write it. What they say of the tree's cleanness is for the caller to
 * add. Results are in the order of the gates.
 */
export async function runGates(request: RunRequest): Promise<Ran[]> {
  const { gates, jobs } = request
  const runs = gates.filter(({ command }) => command !== null)
  const reads = gates.filter(({ command }) => command === null)
  const ran = new Map<PlannedGate, Ran>()
  for (const batch of [runs, reads]) {
    const results = await inParallel(batch, jobs, (planned) => runAndTell(planned, request))
    for (const [i, planned] of batch.entries()) ran.set(planned, results[i]!)
  }
  return gates.map((planned) => ran.get(planned)!)
}
