import { corpusOf, type Layer } from '../../src/search/corpus.ts'
import { phrasesIn } from '../../src/search/phrases.ts'
import {
  encodeSegment,
  openSegment,
  type SearchSegment,
  type SegmentDocument,
} from '../../src/search/segment.ts'
import { type TaskText, termCounts } from '../../src/search/task-terms.ts'
import type { Searched } from '../../src/searching/search-tasks.ts'

/** A segment in memory; what was written is read back. */
export function segmentOf(documents: readonly SegmentDocument[]): SearchSegment {
  const bytes = encodeSegment(documents)
  return openSegment(bytes.length, (at, length) => bytes.subarray(at, at + length))
}

const documentOf = (text: TaskText, i: number): SegmentDocument => ({
  idHash: i,
  sum: i,
  ...termCounts(text),
})

/** A corpus of texts, numbered in their order. @param sizes how many each segment has; one with all of them unless given */
export function corpusOfTexts(texts: readonly TaskText[], sizes: readonly number[] = [texts.length]) {
  let first = 0
  const layers = sizes.map((size): Layer => {
    const part = texts.slice(first, first + size)
    const numbers = Int32Array.from(part, (_, i) => first + i)
    first += size
    return { segment: segmentOf(part.map(documentOf)), numbers }
  })
  return corpusOf(layers, texts.length)
}

/** Texts as a search has them, without a repository. */
export function searchedTexts(texts: readonly TaskText[]): Searched {
  return {
    corpus: corpusOfTexts(texts),
    entryOf: (slot) => ({ place: 0, slot }),
    numberOf: ({ slot }) => slot,
    textOf: (number) => texts[number]!,
    hasPhrase: phrasesIn((number) => texts[number]!),
  }
}
