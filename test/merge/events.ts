import type { StoredEvent } from '../../schemas/event.ts'

/** A ULID that ends in a number. */
export const ulid = (n: number) => `01KTASK${String(n).padStart(19, '0')}`

/** An event by its number; `after` names others by theirs, and the clock follows from how deep they lie. */
export function event(
  n: number,
  kind: string,
  data: Record<string, unknown> = {},
  after: readonly StoredEvent[] = [],
): StoredEvent {
  return {
    id: ulid(n),
    kind,
    v: 1,
    after: after.map((parent) => parent.id).sort(),
    clock: 1 + Math.max(0, ...after.map((parent) => parent.clock)),
    at: '2026-11-20T10:00:00.000Z',
    by: 'Ann <ann@example.com>',
    data,
  }
}
