import { MAX_CLOCK, type StoredEvent } from '../../schemas/event.ts'

/** What decides where an event stands. */
export type EventPlace = Pick<StoredEvent, 'id' | 'clock'>

/** The total order of events: Lamport clock, then id. Equal on every clone, whatever the order of arrival. */
export function compareEvents(a: EventPlace, b: EventPlace): number {
  return a.clock - b.clock || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

export interface OrderedLog<E extends StoredEvent> {
  /** Events that count, in the total order. */
  readonly order: readonly E[]
  /** Events that are kept but not folded, each with the reason. */
  readonly quarantined: readonly { readonly event: E; readonly why: string }[]
}

/**
 * Sorts a task's events and sets aside those whose clock cannot be true: it has to be 1 + the highest clock among the
 * events in `after`. An event that builds on one set aside is set aside too. A function of the set of events alone.
 */
export function orderEvents<E extends StoredEvent>(events: readonly E[]): OrderedLog<E> {
  const accepted = new Map<string, E>()
  const order: E[] = []
  const quarantined: { event: E; why: string }[] = []
  for (const event of [...events].sort(compareEvents)) {
    const why = faultOf(event, accepted)
    if (why) quarantined.push({ event, why })
    else {
      accepted.set(event.id, event)
      order.push(event)
    }
  }
  return { order, quarantined }
}

/** A parent has a lower clock, so in the total order it has been accepted already if it is to be. */
function faultOf(event: StoredEvent, accepted: ReadonlyMap<string, StoredEvent>): string | null {
  if (event.clock > MAX_CLOCK) return `clock ${event.clock} is beyond ${MAX_CLOCK}`
  let highest = 0
  for (const id of event.after) {
    const parent = accepted.get(id)
    if (!parent) return `it follows ${id}, which is missing, set aside or not earlier`
    highest = Math.max(highest, parent.clock)
  }
  return event.clock === highest + 1 ? null : `clock ${event.clock} does not follow ${highest}`
}

/** Ids of the events that no other one has seen: what a new event comes after. Sorted. */
export function headsOf(order: readonly StoredEvent[]): string[] {
  const seen = new Set(order.flatMap((event) => event.after))
  return order
    .map((event) => event.id)
    .filter((id) => !seen.has(id))
    .sort()
}
