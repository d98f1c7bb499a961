import { readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { ERRORS } from '../error-table.ts'
import { MhvError } from '../errors.ts'
import { makeDirectory } from '../make-directory.ts'
import { replaceFile } from '../replace-file.ts'

/** What is remembered of the remote of a URL. */
export interface FetchState {
  /** When it was last seen as it is here, ISO 8601; null if it never was. */
  readonly fetchedAt: string | null
  /** Its newest commit then; null where it kept no tasks. */
  readonly tip: string | null
  /** The ref there that the log is in. */
  readonly ref: string
  /** Why it could not be seen when that was last tried, and when that was. */
  readonly failure: { readonly at: string; readonly error: string; readonly message: string } | null
}

const stateFile = (entry: string) => join(entry, 'fetched.json')

const DAY = 86_400_000

const isText = (value: unknown): value is string => typeof value === 'string'

function isState(value: unknown): value is FetchState {
  const { fetchedAt, tip, ref, failure } = (value ?? {}) as Partial<Record<keyof FetchState, unknown>>
  const { at, error, message } = (failure ?? {}) as Record<string, unknown>
  return (
    (fetchedAt === null || (isText(fetchedAt) && !Number.isNaN(Date.parse(fetchedAt)))) &&
    (tip === null || (isText(tip) && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(tip))) &&
    isText(ref) &&
    (failure === null || (isText(at) && isText(error) && Object.hasOwn(ERRORS, error) && isText(message)))
  )
}

/** What is remembered in a directory; null where that is nothing that can be read. Never throws. */
export function readState(entry: string): FetchState | null {
  try {
    const state: unknown = JSON.parse(readFileSync(stateFile(entry), 'utf8'))
    return isState(state) ? state : null
  } catch {
    return null
  }
}

/** Errors: of the file system. */
export function writeState(entry: string, state: FetchState): void {
  makeDirectory(entry, 0o700)
  replaceFile(stateFile(entry), `${JSON.stringify({ schema: 1, ...state })}\n`, 0o600)
}

/** Milliseconds since an entry was last used. Errors: of the file system, where there is none. */
export function unusedFor(entry: string): number {
  return Date.now() - (statSync(stateFile(entry), { throwIfNoEntry: false }) ?? statSync(entry)).mtimeMs
}

/** Notes that an entry is used, once a day: its file's time says so. */
export function noteUse(entry: string): void {
  try {
    if (unusedFor(entry) < DAY) return
    utimesSync(stateFile(entry), new Date(), new Date())
  } catch {
    // A cache that cannot be written is none that is swept either.
  }
}

/** The failure that is remembered, as it was thrown. */
export const failureOf = ({ failure }: FetchState): MhvError | null =>
  failure && new MhvError(failure.error as keyof typeof ERRORS, failure.message)
