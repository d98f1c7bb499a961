import type { StoredEvent } from '../../schemas/event.ts'
import { compareEvents } from '../tasks/event-order.ts'
import type { TaskLog } from '../tasks/fold.ts'

/** An event id that stands for two contents: somebody changed what is never changed. */
export interface Clash {
  readonly task: string
  readonly event: string
}

export interface UnitedLogs {
  readonly log: TaskLog
  readonly clashes: readonly Clash[]
}

/**
 * All events of two logs of one task, each once, in the total order. Of two contents under one id the smaller bytes
 * stay: a choice that every clone makes alike, in whatever order the contents reach it.
 * @param bytesOf the canonical bytes of an event
 */
export function uniteLogs(a: TaskLog, b: TaskLog, bytesOf: (event: StoredEvent) => string): UnitedLogs {
  const events = new Map<string, StoredEvent>()
  const clashes = new Set<string>()
  for (const event of [...a.events, ...b.events]) {
    const known = events.get(event.id)
    if (!known) {
      events.set(event.id, event)
      continue
    }
    const order = Buffer.compare(Buffer.from(bytesOf(known)), Buffer.from(bytesOf(event)))
    if (order !== 0) clashes.add(event.id)
    if (order > 0) events.set(event.id, event)
  }
  return {
    log: { id: a.id, events: [...events.values()].sort(compareEvents) },
    clashes: [...clashes].sort().map((event) => ({ task: a.id, event })),
  }
}
