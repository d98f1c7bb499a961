import { canonicalJson } from './canonical-json.ts'

/** What mtos.yaml holds: the format of the log, and whatever later versions add. */
export type Settings = Readonly<Record<string, unknown>>

const smaller = (a: unknown, b: unknown) => (canonicalJson(a) <= canonicalJson(b) ? a : b)

/**
 * The higher format and the sorted union of keys. A key that this version knows nothing of is kept; where the two sides
 * disagree on one, the smaller text of its value stays, so that every clone chooses alike.
 */
export function mergeSettings(a: Settings, b: Settings): Settings {
  const merged: Record<string, unknown> = Object.create(null)
  for (const key of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) {
    if (!Object.hasOwn(a, key)) merged[key] = b[key]
    else if (!Object.hasOwn(b, key)) merged[key] = a[key]
    else if (key === 'format') merged[key] = Math.max(Number(a[key]), Number(b[key]))
    else merged[key] = smaller(a[key], b[key])
  }
  return merged
}
