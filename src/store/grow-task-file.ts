import { MAX_CLOCK, type StoredEvent, type TaskEvent } from '../../schemas/event.ts'
import { compareEvents, type EventPlace } from '../tasks/event-order.ts'
import { evolve } from '../tasks/evolve.ts'
import { isFoldable } from '../tasks/fold.ts'
import { initialState, type TaskState } from '../tasks/task-state.ts'
import { faultOf, renderSorted } from './task-file.ts'
import { readOwnYaml } from './yaml-reader.ts'

/** What of an event decides which may follow, and the ones before it: versions of a file share them. */
type Follows = EventPlace & { readonly before: Follows | null }

/** A file that is what its events make, and what is known of them, without the events themselves. */
export interface KnownFile {
  readonly bytes: Buffer
  /** Where the first event begins. */
  readonly eventsAt: number
  readonly task: TaskState
  readonly last: Follows
}

const EVENTS = '\nevents:\n'

/** Where the first event of a file begins; -1 for one without. */
export function eventsAt(bytes: Buffer): number {
  const at = bytes.indexOf(EVENTS)
  return at < 0 ? -1 : at + EVENTS.length
}

/** Whether the events of a file are those of an earlier version, to the byte, and others after them. */
export function beginsWith(bytes: Buffer, at: number, earlier: Buffer, earlierAt: number): boolean {
  const end = at + earlier.length - earlierAt
  return at >= 0 && earlierAt >= 0 && end <= bytes.length && earlier.compare(bytes, at, end, earlierAt) === 0
}

/** A copy of an id that is not a part of a longer text, which would stay in memory with it. */
export const alone = (id: string) => Buffer.from(id, 'latin1').toString('latin1')

/** Whether an event may stand after others of a file: it is in order, and its clock is true. */
function isNext(event: StoredEvent, last: Follows | null): boolean {
  if (event.clock > MAX_CLOCK || (last && compareEvents(last, event) >= 0)) return false
  let highest = 0
  let missing = new Set(event.after).size
  // What an event follows is mostly the last one, or not far from it.
  for (let follows = last; follows && missing > 0; follows = follows.before) {
    if (!event.after.includes(follows.id)) continue
    missing--
    highest = Math.max(highest, follows.clock)
  }
  return missing === 0 && event.clock === highest + 1
}

/** Whether each event is there once. Nothing that was there before names an event that is new. */
function areNew(added: readonly StoredEvent[], earlier: KnownFile | null): boolean {
  const ids = new Set(added.map(({ id }) => id))
  return (
    ids.size === added.length &&
    !(earlier && added.some(({ id }) => earlier.bytes.includes(id, earlier.eventsAt)))
  )
}

/**
 * Reads a file that is an earlier version of itself with events at its end, at the cost of those: to read each version of
 * a file whole makes a long history of one task quadratic. The bytes before the new events are compared, the task goes on
 * from where it was, and what stands above the events is compared with what they make.
 * @param earlier null for a file that is new
 * @returns null for any other file, also one that is not what its events make: it has to be read whole
 */
export function growTaskFile(
  id: string,
  earlier: KnownFile | null,
  bytes: Buffer,
): { file: KnownFile; added: StoredEvent[] } | null {
  const at = eventsAt(bytes)
  if (at < 0 || (earlier && !beginsWith(bytes, at, earlier.bytes, earlier.eventsAt))) return null
  const from = at + (earlier ? earlier.bytes.length - earlier.eventsAt : 0)
  const added = readOwnYaml(`events:\n${bytes.toString('utf8', from)}`)?.events as unknown
  if (!Array.isArray(added) || added.some((event) => faultOf(event) !== null) || !isFoldable(added))
    return null
  if (!areNew(added, earlier)) return null
  let task = earlier?.task ?? initialState(id)
  let last = earlier?.last ?? null
  for (const event of added as TaskEvent[]) {
    if (!isNext(event, last)) return null
    task = evolve(task, event)
    last = { id: alone(event.id), clock: event.clock, before: last }
  }
  if (!last || task.title === '') return null
  const made = Buffer.from(renderSorted(task, added))
  const isWhole = made.length + (from - at) === bytes.length && made.compare(bytes, 0, at, 0, at) === 0
  if (!isWhole || made.compare(bytes, from, bytes.length, at) !== 0) return null
  return { file: { bytes, eventsAt: at, task, last }, added }
}
