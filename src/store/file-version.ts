import type { StoredEvent } from '../../schemas/event.ts'
import { canonicalEvent, readTaskFile } from './task-file.ts'
import { keyOfNode } from './task-path.ts'

/** The events of a file as text. Files are written in one layout, so that an event has the same bytes in each. */
export function eventTexts(text: string): string[] {
  const [, ...events] = text
    .slice(text.indexOf('\nevents:\n'))
    .trimEnd()
    .split(/\n(?= {2}- id: )/)
  return events
}

export interface Version {
  readonly events: ReadonlyMap<string, StoredEvent>
  readonly writable: boolean
}

/** A version of a file; null for one that cannot be read, which had a finding of its own when it was new. */
export async function readVersion(path: string, text: string): Promise<Version | null> {
  const read = await readTaskFile(keyOfNode(path)!, text)
  if ('unreadable' in read) return null
  return { events: new Map(read.log.events.map((event) => [event.id, event])), writable: read.writable }
}

/** Events of an older version that a newer one does not hold, or not as they were. */
export function missingEvents(
  was: Version,
  now: Version,
): { gone: readonly StoredEvent[]; changed: readonly StoredEvent[] } {
  const gone: StoredEvent[] = []
  const changed: StoredEvent[] = []
  for (const [id, event] of was.events) {
    const held = now.events.get(id)
    if (!held) gone.push(event)
    else if (canonicalEvent(held) !== canonicalEvent(event)) changed.push(event)
  }
  return { gone, changed }
}
