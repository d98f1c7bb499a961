import type { Embedder, OnProgress } from '../embedding/embedder.ts'
import type { Place } from '../query/place.ts'
import { nearest } from '../search/vectors.ts'
import { embedTasks } from './embed-tasks.ts'

/** Tasks that are near to a query in what a sentence model makes of them: numbers of a search, the best first. */
export interface MeaningRanking {
  readonly numbers: readonly number[]
  /** The cosine of each, by its number. */
  readonly scores: ReadonlyMap<number, number>
}

/**
 * Ranks the tasks of several places by their meaning, with vectors that are kept and made where they are missing.
 * @param directoryOf where the vectors of a place are kept; null for a place that goes without
 * @param most how many are wanted
 * Errors: those of the embedder.
 */
export async function searchByMeaning(
  places: readonly Place[],
  directoryOf: (place: number) => string | null,
  embedder: Embedder,
  query: string,
  most: number,
  onProgress: OnProgress,
): Promise<MeaningRanking> {
  const [vector] = await embedder.embed([query])
  const found: { number: number; score: number }[] = []
  let first = 0
  for (const [i, { snapshot }] of places.entries()) {
    const directory = directoryOf(i)
    if (directory !== null) {
      const { cache, slots, keys } = await embedTasks(snapshot, directory, embedder, onProgress)
      for (const { index, score } of nearest(vector!, cache.block(keys), most)) {
        found.push({ number: first + slots[index]!, score })
      }
    }
    first += snapshot.slots
  }
  const best = found.sort((a, b) => b.score - a.score || a.number - b.number).slice(0, most)
  return {
    numbers: best.map(({ number }) => number),
    scores: new Map(best.map(({ number, score }) => [number, score])),
  }
}
