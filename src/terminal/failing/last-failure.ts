import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { MhvError } from '../../errors.ts'
import { makeDirectory } from '../../make-directory.ts'
import { programVersion } from '../../package-root.ts'
import { commandOf } from '../short-forms.ts'
import { type DebugCause, debugOf } from './debug.ts'

/** The last command of this user that failed, without what was said in it. */
export interface LastFailure {
  readonly at: string
  readonly mhv: string
  /** Words of the command, names of flags and numbers; what else was typed is `…`. */
  readonly command: readonly string[]
  /** `MHV-0NN NAME`; null for what is a bug. */
  readonly code: string | null
  /** Of a bug: where it is. */
  readonly chain: readonly DebugCause[]
}

function lastFailureFile(): string {
  const base = process.env.XDG_STATE_HOME
  return join(
    base && isAbsolute(base) ? base : join(homedir(), '.local', 'state'),
    'mhv',
    'last-failure.json',
  )
}

/** A command line without what may be a secret, a title or a name: of a flag its name alone, of words only numbers. */
export function commandShape(argv: readonly string[], id: string | null): string[] {
  const own = new Set(id?.split(':') ?? [])
  return argv.map((word) => {
    if (own.has(word) || commandOf.get(word) === id || /^#?\d+$/.test(word)) return word
    // Behind a short flag its value may stand without a space.
    const [flag] = /^-(?:-[a-z][a-z-]*|[a-z])(?=$|=)/i.exec(word) ?? []
    return flag ? (flag === word ? word : `${flag}=…`) : '…'
  })
}

/** Keeps what failed for `mhv bug`. That it cannot be kept is no second failure. */
export function recordFailure(error: unknown, id: string | null, argv: readonly string[]): void {
  if (id === 'bug') return
  const isKnown = error instanceof MhvError || (error as { oclif?: object } | null)?.oclif !== undefined
  const failure: LastFailure = {
    at: new Date().toISOString(),
    mhv: programVersion(),
    command: commandShape(argv, id),
    code: error instanceof MhvError ? `${error.code} ${error.error}` : isKnown ? 'MHV-012 USAGE' : null,
    chain: isKnown ? [] : debugOf(error, []).chain,
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
