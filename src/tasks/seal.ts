import { EVENT_DATA, type EventDraft, envelope, FOLD_VERSION, type StoredEvent } from '../../schemas/event.ts'
import { headsOf } from './event-order.ts'
import { orderLog, type TaskLog } from './fold.ts'

/** What an effectful caller knows and pure code may not ask for. */
export interface Environment {
  /** The time, ISO 8601 in UTC with milliseconds. */
  readonly now: string
  /** A fresh ULID; later ones are greater. */
  newId(): string
  /** `Name <email>` of who acts. */
  readonly actor: string
}

/**
 * The log with the drafts appended as events: each follows everything that its writer has seen. What would not be read
 * back is refused here, as a bug, before it is written.
 */
export function seal(log: TaskLog, drafts: readonly EventDraft[], environment: Environment): TaskLog {
  const { order } = orderLog(log)
  const clocks = new Map(order.map((event) => [event.id, event.clock]))
  let after = headsOf(order)
  let clock = after.reduce((highest, id) => Math.max(highest, clocks.get(id) ?? 0), 0)
  const ids = drafts.map(() => environment.newId())
  const added = drafts.map((draft, i): StoredEvent => {
    clock += 1
    const event = {
      id: ids[i]!,
      kind: draft.kind,
      v: FOLD_VERSION,
      after,
      clock,
      at: environment.now,
      by: environment.actor,
      ...(drafts.length > 1 ? { group: ids[0]! } : {}),
      ...(draft.undoes ? { undoes: draft.undoes } : {}),
      data: draft.data as Record<string, unknown>,
    }
    EVENT_DATA[draft.kind].parse(event.data)
    envelope.parse(event)
    after = [event.id]
    return event
  })
  return { id: log.id, events: [...log.events, ...added] }
}
