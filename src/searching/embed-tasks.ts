import { embedMissing } from '../embedding/embed-missing.ts'
import type { Embedder, OnProgress } from '../embedding/embedder.ts'
import { keyOf, openVectorCache, type VectorCache } from '../embedding/vector-cache.ts'
import { embeddedText, type TaskWords } from '../search/embedded-text.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'

/** Tasks whose texts are in memory at once. */
const AT_ONCE = 1000

/** Vectors of earlier texts may stay until they are as many as those in use. */
const isMostlyUnused = (cache: VectorCache, used: number) => cache.size > 2 * used + 1000

const textOfTask = (snapshot: Snapshot, slot: number) =>
  embeddedText(JSON.parse(snapshot.json(slot).toString('utf8')) as TaskWords)

/** Slots of the tasks that can be found. */
function slotsToFind(snapshot: Snapshot): number[] {
  const slots: number[] = []
  for (let slot = 0; slot < snapshot.slots; slot++) {
    if ((snapshot.flags(slot) & (FLAG.GONE | FLAG.DELETED)) === 0) slots.push(slot)
  }
  return slots
}

export interface EmbeddedTasks {
  readonly cache: VectorCache
  readonly slots: readonly number[]
  /** What each slot's vector is found by in the cache, in the order of the slots. */
  readonly keys: readonly string[]
  /** How many were not there before. */
  readonly made: number
}

/**
 * Embeds the tasks of a repository whose vectors are not kept yet, or whose texts have changed.
 * @param directory where the repository's vectors are
 * @param onProgress with the tasks looked at and all of them
 * Errors: those of the embedder; what was done before is kept.
 */
export async function embedTasks(
  snapshot: Snapshot,
  directory: string,
  embedder: Embedder,
  onProgress: OnProgress = () => {},
): Promise<EmbeddedTasks> {
  const slots = slotsToFind(snapshot)
  const cache = openVectorCache(directory, embedder)
  const before = cache.size
  snapshot.willRead('json', slots.length)
  const keys: string[] = []
  for (let from = 0; from < slots.length; from += AT_ONCE) {
    const texts = slots.slice(from, from + AT_ONCE).map((slot) => textOfTask(snapshot, slot))
    const share = (done: number, total: number) =>
      onProgress(from + Math.floor((done / total) * texts.length), slots.length)
    keys.push(...(await embedMissing(cache, embedder, texts, share)))
    onProgress(from + texts.length, slots.length)
  }
  const made = cache.size - before
  if (isMostlyUnused(cache, slots.length)) cache.keepOnly(new Set(keys))
  return { cache, slots, keys, made }
}

/** How many of the tasks have their vector, without making any. */
export function countEmbedded(
  snapshot: Snapshot,
  directory: string,
  embedder: Pick<Embedder, 'id' | 'dimensions'>,
): { readonly embedded: number; readonly tasks: number } {
  const slots = slotsToFind(snapshot)
  const cache = openVectorCache(directory, embedder)
  // A cache of nothing needs no texts.
  if (cache.size === 0) return { embedded: 0, tasks: slots.length }
  snapshot.willRead('json', slots.length)
  const embedded = slots.filter((slot) => cache.has(keyOf(textOfTask(snapshot, slot)))).length
  return { embedded, tasks: slots.length }
}
