import type { Postings, SearchSegment } from './segment.ts'

/** A segment with the number of each of its documents in the corpus; -1 where the document is out of date or gone. */
export interface Layer {
  readonly segment: SearchSegment
  readonly numbers: Int32Array
}

/**
 * All documents that are searched together, of one repository or several, by numbers from 0 to `size`. What it says of a
 * term depends on the documents alone, never on how they are spread over segments.
 */
export interface Corpus {
  readonly size: number
  readonly documents: number
  /** The length of each document beside the average one: 1 for one that is as long. */
  readonly lengths: Float64Array
  /** In the order of the layers. */
  postings(term: string): Postings
  readonly layers: readonly Layer[]
}

const NONE: Postings = { documents: new Int32Array(0), counts: new Int32Array(0) }

function livePostings({ segment, numbers }: Layer, term: string): Postings {
  const place = segment.find(term)
  if (place < 0) return NONE
  const { documents, counts } = segment.postings(place)
  let size = 0
  for (let i = 0; i < documents.length; i++) {
    const number = numbers[documents[i]!]!
    if (number < 0) continue
    documents[size] = number
    counts[size++] = counts[i]!
  }
  return { documents: documents.subarray(0, size), counts: counts.subarray(0, size) }
}

function joined(parts: readonly Postings[]): Postings {
  const there = parts.filter(({ documents }) => documents.length > 0)
  if (there.length < 2) return there[0] ?? NONE
  const size = there.reduce((sum, { documents }) => sum + documents.length, 0)
  const all = { documents: new Int32Array(size), counts: new Int32Array(size) }
  let at = 0
  for (const { documents, counts } of there) {
    all.documents.set(documents, at)
    all.counts.set(counts, at)
    at += documents.length
  }
  return all
}

/** @param size one more than the highest number in the layers */
export function corpusOf(layers: readonly Layer[], size: number): Corpus {
  const lengths = new Float64Array(size)
  let documents = 0
  let total = 0
  for (const { segment, numbers } of layers) {
    for (let i = 0; i < numbers.length; i++) {
      if (numbers[i]! < 0) continue
      lengths[numbers[i]!] = segment.length(i)
      total += segment.length(i)
      documents++
    }
  }
  const average = Math.max(total, 1) / Math.max(documents, 1)
  for (let number = 0; number < size; number++) lengths[number]! /= average
  const known = new Map<string, Postings>()
  return {
    size,
    documents,
    lengths,
    postings: (term) => {
      const found = known.get(term) ?? joined(layers.map((layer) => livePostings(layer, term)))
      known.set(term, found)
      return found
    },
    layers,
  }
}
