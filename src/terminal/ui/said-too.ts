import type { Status } from './state.ts'

/** What is said already, and what is wrong besides. */
export function saidToo(status: Status | null, texts: readonly string[]): Status | null {
  const [first, ...more] = texts
  if (first === undefined) return status
  if (status) return { ...status, notes: [...(status.notes ?? []), ...texts] }
  return { kind: 'danger', text: first, notes: more }
}
