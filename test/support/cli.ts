import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { main } from '../../src/terminal/main.ts'

export interface Answer {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** The built program's entry; `npm test` builds before it runs. */
export const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'run.js')

/**
 * Runs a command line in this process, so that coverage sees it.
 * @param cwd the working directory for the time of the run
 */
export async function mhv(cwd: string, ...argv: string[]): Promise<Answer> {
  const before = process.cwd()
  const write = { out: process.stdout.write, err: process.stderr.write }
  const said = { out: '', err: '' }
  const collect = (into: 'out' | 'err') =>
    ((chunk: string | Uint8Array) => {
      said[into] += Buffer.from(chunk as Uint8Array).toString('utf8')
      return true
    }) as typeof process.stdout.write
  process.chdir(cwd)
  process.exitCode = undefined
  process.stdout.write = collect('out')
  process.stderr.write = collect('err')
  try {
    await main(argv)
    return { code: Number(process.exitCode ?? 0), ...said }
  } finally {
    process.stdout.write = write.out
    process.stderr.write = write.err
    process.exitCode = undefined
    process.chdir(before)
  }
}

/** `mhv` with `--json`, parsed. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into documents of every shape
export async function mhvJson(cwd: string, ...argv: string[]): Promise<any> {
  const { out, err } = await mhv(cwd, ...argv, '--json')
  try {
    return JSON.parse(out)
  } catch {
    throw new Error(`not one JSON document: ${out}\n${err}`)
  }
}

/**
 * Runs the built program as a process of its own.
 * @param options `program` is another copy of it
 */
export function mhvProcess(
  cwd: string,
  argv: readonly string[],
  options: { env?: Record<string, string>; input?: string; program?: string } = {},
): Promise<Answer> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [options.program ?? PROGRAM, ...argv],
      { cwd, env: { ...process.env, ...options.env }, maxBuffer: 1 << 28 },
      (error, out, err) => resolve({ code: error ? Number(error.code ?? 137) : 0, out, err }),
    )
    if (options.input !== undefined) child.stdin?.end(options.input)
    else child.stdin?.end()
  })
}

/** Starts the built program and leaves it running. */
export function startMhv(cwd: string, argv: readonly string[], env: Record<string, string> = {}) {
  return spawn(process.execPath, [PROGRAM, ...argv], {
    cwd,
    env: { ...process.env, ...env },
    stdio: 'ignore',
  })
}
