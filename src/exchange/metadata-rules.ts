import * as rules from '../../schemas/task.ts'

const MOST = 16_384
const DEEPEST = 8
const keptText = rules.text(MOST)
const keptName = rules.line(60)

/** Why a value may not be kept as metadata, or null. Files are folded and written recursively: depth has an end. */
export function metadataFault(metadata: Readonly<Record<string, unknown>>): string | null {
  return valueFault(metadata, 0) ?? (JSON.stringify(metadata).length > MOST ? `is longer than ${MOST}` : null)
}

function valueFault(value: unknown, depth: number): string | null {
  if (depth > DEEPEST) return `is nested deeper than ${DEEPEST}`
  if (typeof value === 'string') {
    return keptText.safeParse(value).error?.issues[0]?.message ?? null
  }
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'has a number without an end'
  if (typeof value !== 'object' || value === null) return null
  for (const [key, item] of Object.entries(value)) {
    const isName = Array.isArray(value) || (key !== '__proto__' && keptName.safeParse(key).success)
    const fault = isName ? valueFault(item, depth + 1) : 'has a name that is not a line of 1 to 60 characters'
    if (fault) return fault
  }
  return null
}
