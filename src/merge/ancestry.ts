import type { StoredEvent } from '../../schemas/event.ts'

/** Who had seen what: tells whether the writer of one event knew of another. */
export interface Ancestry {
  /** Whether the event at the place `later` builds on the one at `earlier`; both are places in the order. */
  sees(later: number, earlier: number): boolean
}

/** @param order a task's events in the total order, each after those that it follows */
export function ancestryOf(order: readonly StoredEvent[]): Ancestry {
  const place = new Map(order.map((event, i) => [event.id, i]))
  const width = Math.ceil(order.length / 32)
  const seen = new Uint32Array(order.length * width)
  order.forEach((event, i) => {
    for (const id of event.after) {
      const parent = place.get(id)
      if (parent === undefined) continue
      for (let word = 0; word < width; word++) seen[i * width + word]! |= seen[parent * width + word]!
      seen[i * width + (parent >>> 5)]! |= 1 << (parent & 31)
    }
  })
  return {
    sees: (later, earlier) => (seen[later * width + (earlier >>> 5)]! & (1 << (earlier & 31))) !== 0,
  }
}
