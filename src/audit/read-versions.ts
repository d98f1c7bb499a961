import type { StoredEvent } from '../../schemas/event.ts'
import { readObjects } from '../git/objects.ts'
import type { Repository } from '../git/repository.ts'
import { growTaskFile, type ReadTask, readTaskFile, type UnreadableTask } from '../store/task-file.ts'
import { taskIdOf } from '../store/task-path.ts'

/** What is kept of the files read last, in characters of their texts: their events take some times that. */
const KEPT = 40_000_000

interface Kept {
  readonly object: string
  readonly text: string
  readonly read: ReadTask
}

/** Versions of task files, read as they come, each on what is known of the one before. */
export interface Versions {
  /** Reads the texts of a piece of the history; those of the piece before are forgotten. */
  prepare(objects: readonly (string | null)[]): Promise<void>
  /** null for one that is missing or damaged. */
  text(path: string, object: string): string | null
  /** A version that follows another; null for one that is missing or damaged. */
  read(path: string, object: string, before: string | null): Promise<VersionRead | null>
}

export interface VersionRead {
  readonly read: ReadTask | UnreadableTask
  /** What it has more than the version before, where it is known to differ from it by nothing else. */
  readonly added: readonly StoredEvent[] | null
}

export function openVersions(repository: Repository): Versions {
  let texts = new Map<string, string | null>()
  const kept = new Map<string, Kept>()
  let size = 0
  const forget = (path: string) => {
    size -= kept.get(path)?.text.length ?? 0
    kept.delete(path)
  }
  const keep = (path: string, entry: Kept) => {
    forget(path)
    kept.set(path, entry)
    size += entry.text.length
    for (const oldest of kept.keys()) {
      if (size <= KEPT) break
      forget(oldest)
    }
  }
  const text = (path: string, object: string) => {
    const known = kept.get(path)
    return known?.object === object ? known.text : (texts.get(object) ?? null)
  }
  return {
    async prepare(objects) {
      const wanted = [...new Set(objects.filter((object) => object !== null))]
      const contents = await readObjects(repository, wanted)
      texts = new Map(wanted.map((object, i) => [object, contents[i]?.toString('utf8') ?? null]))
    },
    text,
    async read(path, object, before) {
      const now = text(path, object)
      if (now === null) return null
      const known = kept.get(path)
      const more = known && known.object === before ? growTaskFile(known.read, known.text, now) : null
      const read = more ?? (await readTaskFile(taskIdOf(path)!, now))
      const had = known?.read.log.events.length ?? 0
      if ('unreadable' in read) forget(path)
      else keep(path, { object, text: now, read })
      return { read, added: more?.log.events.slice(had) ?? null }
    },
  }
}
