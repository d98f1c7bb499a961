import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { stateDirectory } from '../../config/state-directory.ts'
import type { MhvError } from '../../errors.ts'
import { makeDirectory } from '../../make-directory.ts'
import { programVersion } from '../../package-root.ts'
import { type DebugCause, debugOf } from './debug.ts'
import { commandShape, elideTyped } from './elide-typed.ts'

/** The last command of this user that failed, without what was said in it. */
export interface LastFailure {
  readonly at: string
  readonly mhv: string
  /** Words of the command, names of flags and numbers; what else was typed is `…`. */
  readonly command: readonly string[]
  /** `MHV-0NN NAME`; null for what is a bug. */
  readonly code: string | null
  /** Where it comes from. */
  readonly chain: readonly DebugCause[]
}

const lastFailureFile = () => join(stateDirectory(), 'last-failure.json')

/** Set where a report runs a command again: what failed before is what it is about. */
export const RUN_AGAIN = 'MHV_RUN_AGAIN'

/** Where an error comes from. What we say of it may have titles and a configuration in it; its code says it in general. */
function chainOf(error: unknown, argv: readonly string[]): DebugCause[] {
  const { elide } = elideTyped(argv)
  return debugOf(error, []).chain.map((cause) => ({
    ...cause,
    message: cause.error === 'MhvError' ? '…' : elide(cause.message),
    git: cause.git === null ? null : elide(cause.git),
  }))
}

/**
 * Keeps what failed for `mhv bug`. That it cannot be kept is no second failure.
 * @param known what the error is to the user; null for a bug
 */
export function recordFailure(
  error: unknown,
  known: MhvError | null,
  id: string | null,
  argv: readonly string[],
): void {
  if (id === 'bug' || process.env[RUN_AGAIN]) return
  const failure: LastFailure = {
    at: new Date().toISOString(),
    mhv: programVersion(),
    command: commandShape(argv, id),
    code: known && `${known.code} ${known.error}`,
    // What a refused configuration began with has lines of it.
    chain: known?.error === 'CONFIG_INVALID' ? [] : chainOf(error, argv),
  }
  const file = lastFailureFile()
  try {
    makeDirectory(dirname(file), 0o700)
    writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(failure)}\n`, { mode: 0o600 })
    renameSync(`${file}.${process.pid}`, file)
  } catch {
    // There may be no home to write to.
  }
}

/** What failed last; null where nothing did, or it was not kept. */
export function readLastFailure(): LastFailure | null {
  try {
    return JSON.parse(readFileSync(lastFailureFile(), 'utf8')) as LastFailure
  } catch {
    return null
  }
}
