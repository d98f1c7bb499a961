import type { Embedder, OnProgress } from './embedder.ts'
import { keyOf, type VectorCache } from './vector-cache.ts'

/** Texts whose vectors are kept at once: what was done is there when the rest is interrupted. */
const AT_ONCE = 256

/**
 * Embeds those of the texts whose vectors the cache lacks, and keeps them there.
 * @param onProgress told only of what is really done, with how many were missing
 * @returns the texts' keys, in their order. Errors: those of the embedder; what was done before is kept.
 */
export async function embedMissing(
  cache: VectorCache,
  embedder: Embedder,
  texts: readonly string[],
  onProgress: OnProgress = () => {},
): Promise<string[]> {
  const keys = texts.map(keyOf)
  const missing = new Map<string, string>()
  for (const [i, key] of keys.entries()) if (!cache.has(key)) missing.set(key, texts[i]!)
  const lacking = [...missing]
  for (let done = 0; done < lacking.length; done += AT_ONCE) {
    const some = lacking.slice(done, done + AT_ONCE)
    const vectors = await embedder.embed(
      some.map(([, text]) => text),
      (part) => onProgress(done + part, lacking.length),
    )
    cache.add(
      some.map(([key]) => key),
      vectors,
    )
  }
  return keys
}
