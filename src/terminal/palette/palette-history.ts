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
      .map(({ line, where }) => ({ line: harmless(line), where }))
  } catch {
    return []
  }
}

/**
 * Keeps a line as the newest one, unless there may be a secret in it. Quiet: where nothing can be kept, nothing is
 * remembered and everything else works.
 */
export function keepLine({ line, where }: KeptLine): void {
  if (line.length > LONGEST || holdsSecret(line) || harmless(line) !== line) return
  const others = readHistory().filter((kept) => kept.line !== line || kept.where !== where)
  const lines = [{ line, where }, ...others].slice(0, MOST_LINES)
  try {
    makeDirectory(stateDirectory(), 0o700)
    replaceFile(historyFile(), `${JSON.stringify({ schema: SCHEMA, lines })}\n`, 0o600)
  } catch {
    // See above.
  }
}
