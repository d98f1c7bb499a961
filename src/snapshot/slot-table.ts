import { AT, ROW_INTS } from './row.ts'

/** The slot with a hash for which a test holds. */
export type SlotTable = (hash: number, isIt: (slot: number) => boolean) => number | undefined

/** Slots by the hashes of their ids, each at the place that its hash says or at the next free one: one piece of memory. */
export function slotTable(columns: Int32Array, slots: number): SlotTable {
  // At most half full, so that hardly more than one place is looked at.
  const mask = 2 ** Math.ceil(Math.log2(slots * 2 + 1)) - 1
  /** Slots from 1; 0 is a free place. */
  const places = new Int32Array(mask + 1)
  for (let slot = 0; slot < slots; slot++) {
    let at = columns[slot * ROW_INTS + AT.ID_HASH]! & mask
    while (places[at] !== 0) at = (at + 1) & mask
    places[at] = slot + 1
  }
  return (hash, isIt) => {
    for (let at = hash & mask; places[at] !== 0; at = (at + 1) & mask) {
      const slot = places[at]! - 1
      if (columns[slot * ROW_INTS + AT.ID_HASH] === hash && isIt(slot)) return slot
    }
    return undefined
  }
}
