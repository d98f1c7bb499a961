import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stateDirectory } from '../../config/state-directory.ts'
import { makeDirectory } from '../../make-directory.ts'
import { harmless } from '../../printable.ts'
import { replaceFile } from '../../replace-file.ts'
import { holdsSecret } from '../failing/holds-secret.ts'

/** A command line that ran from the palette. */
export interface KeptLine {
  /** The words after `mhv`, as they are typed. */
  readonly line: string
  /** Main directory of the repository that it ran in; empty outside of any. */
  readonly where: string
  /** Whether it was refused the last time: then ↑ brings it back, and nothing offers it. */
  readonly hasFailed?: boolean
}

const SCHEMA = 1
const MOST_LINES = 200
/** A longer line is a text that somebody has written, not a command that is wanted again. */
const LONGEST = 500

const historyFile = () => join(stateDirectory(), 'palette.json')

const isKeptLine = (value: unknown): value is KeptLine => {
  const { line, where } = (value ?? {}) as Partial<Record<string, unknown>>
  return typeof line === 'string' && line !== '' && line.length <= LONGEST && typeof where === 'string'
}

/** The lines that ran, the newest first. Never throws: what is damaged or not there is empty. */
export function readHistory(): KeptLine[] {
  try {
    const { schema, lines } = JSON.parse(readFileSync(historyFile(), 'utf8')) as Record<string, unknown>
    if (schema !== SCHEMA || !Array.isArray(lines)) return []
    return lines
      .filter(isKeptLine)
      .slice(0, MOST_LINES)
      .map(({ line, where, hasFailed }) => ({
        line: harmless(line),
        where,
        ...(hasFailed === true ? { hasFailed } : {}),
      }))
  } catch {
    return []
  }
}

function write(lines: readonly KeptLine[]): void {
  try {
    makeDirectory(stateDirectory(), 0o700)
    replaceFile(historyFile(), `${JSON.stringify({ schema: SCHEMA, lines })}\n`, 0o600)
  } catch {
    // Nothing is remembered, then.
  }
}

/**
 * Keeps a line as the newest one, unless there may be a secret in it. Quiet: where nothing can be kept, nothing is
 * remembered and everything else works.
 */
export function keepLine({ line, where }: KeptLine): void {
  if (line.length > LONGEST || holdsSecret(line) || harmless(line) !== line) return
  const others = readHistory().filter((kept) => kept.line !== line || kept.where !== where)
  write([{ line, where }, ...others].slice(0, MOST_LINES))
}

/** Exit codes that say that the line was wrong, or could not be done: gates and other writers may think better of it. */
const REFUSED = [1, 2]

/** Notes how a line that is kept has ended. Quiet, as keeping it is. */
export function noteEnd({ line, where }: KeptLine, code: number): void {
  if (!REFUSED.includes(code)) return
  const kept = readHistory()
  const at = kept.findIndex((each) => each.line === line && each.where === where)
  if (at >= 0) write(kept.with(at, { line, where, hasFailed: true }))
}
