import type { Warn } from '../source-record.ts'

/** Less than metadata may have, since an import adds to it what it could not resolve. */
const MOST = 14_000
const MOST_NAME = 60
const DEEPEST = 7

const isEmpty = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0)

/**
 * Fields of a tracker as metadata can hold them: empty ones are left out, names shortened, what is nested too deep is
 * JSON, and of too much the largest go, which is said.
 */
export function fittedMetadata(
  given: Readonly<Record<string, unknown>>,
  clean: (text: string) => string,
  warn: Warn,
): Record<string, unknown> {
  const fitted = held(given, 0, clean) as Record<string, unknown>
  const sizes = Object.entries(fitted).map(([key, value]) => [key, sizeOf(value)] as const)
  let size = sizeOf(fitted)
  const gone: string[] = []
  for (const [key, own] of sizes.sort(([, a], [, b]) => b - a)) {
    if (size <= MOST) break
    delete fitted[key]
    size -= own + key.length
    gone.push(key)
  }
  if (gone.length > 0)
    warn('too_large', `its fields ${gone.join(', ')} are too large for metadata and not kept`)
  return fitted
}

const sizeOf = (value: unknown) => JSON.stringify(value).length

function held(value: unknown, depth: number, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEEPEST) return clean(JSON.stringify(value))
  if (Array.isArray(value)) return value.map((item) => held(item, depth + 1, clean))
  const entries = Object.entries(value)
    .map(([key, item]) => [nameOf(key, clean), held(item, depth + 1, clean)] as const)
    .filter(([key, item]) => key !== '' && key !== '__proto__' && !isEmpty(item))
  return Object.fromEntries(entries)
}

const nameOf = (key: string, clean: (text: string) => string) =>
  clean(key).replace(/\s+/g, ' ').trim().slice(0, MOST_NAME).trim()
