import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CorruptSegment,
  encodeSegment,
  openSegment,
  type SearchSegment,
  type SegmentDocument,
} from '../../src/search/segment.ts'
import { runs } from '../support/nasty-text.ts'
import { segmentOf } from '../support/searched-texts.ts'

const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
/** Words as tokens makes them, characters beyond the first plane among them. */
const anyTerm = fc.string({
  unit: fc.constantFrom('a', 'b', 'z', 'é', '日', '\ufb01', '\uffee', '𐐨', '🦄'),
  minLength: 1,
  maxLength: 4,
})
const anyDocument: fc.Arbitrary<SegmentDocument> = fc
  .record({
    idHash: int,
    sum: int,
    length: fc.nat(1_000_000),
    counts: fc.array(fc.tuple(anyTerm, fc.integer({ min: 1, max: 300_000 })), { maxLength: 8 }),
  })
  .map((document) => ({ ...document, counts: new Map(document.counts) }))
const anyDocuments = fc.array(anyDocument, { maxLength: 12 })

/** Everything that a segment says. */
const saidBy = (segment: SearchSegment) => ({
  documents: Array.from({ length: segment.documents }, (_, i) => [
    segment.idHash(i),
    segment.sum(i),
    segment.length(i),
  ]),
  terms: Array.from({ length: segment.terms }, (_, place) => {
    const { documents, counts } = segment.postings(place)
    return [segment.term(place), Array.from(documents, (document, i) => [document, counts[i]])]
  }),
})

const opened = (bytes: Uint8Array) =>
  openSegment(bytes.length, (at, length) => {
    // As a file does that has been cut.
    if (at + length > bytes.length) throw new CorruptSegment()
    return bytes.subarray(at, at + length)
  })

test('a segment says what was written, its terms in order', () => {
  fc.assert(
    fc.property(anyDocuments, (documents) => {
      const names = [...new Set(documents.flatMap(({ counts }) => [...counts.keys()]))].sort()
      expect(saidBy(segmentOf(documents))).toEqual({
        documents: documents.map(({ idHash, sum, length }) => [idHash, sum, length]),
        terms: names.map((name) => [
          name,
          documents.flatMap(({ counts }, i) => (counts.has(name) ? [[i, counts.get(name)]] : [])),
        ]),
      })
    }),
    runs(200),
  )
})

test('a term is found where it is, and the terms with a beginning are side by side', () => {
  fc.assert(
    fc.property(anyDocuments, anyTerm, (documents, text) => {
      const segment = segmentOf(documents)
      const names = Array.from({ length: segment.terms }, (_, place) => segment.term(place))
      for (const [place, name] of names.entries()) expect(segment.find(name)).toBe(place)
      expect(segment.find(text)).toBe(names.indexOf(text))
      const bound = segment.lowerBound(text)
      expect(names.slice(0, bound).every((name) => name < text)).toBe(true)
      expect(names.slice(bound).every((name) => name >= text)).toBe(true)
      const begun = names.filter((name) => name.startsWith(text))
      expect(names.slice(bound, bound + begun.length)).toEqual(begun)
    }),
    runs(200),
  )
})

describe('a damaged segment is not believed', () => {
  /** What it says, or that it is corrupt; any other error is one of ours. */
  const outcome = (bytes: Uint8Array) => {
    try {
      return saidBy(opened(bytes))
    } catch (error) {
      if (error instanceof CorruptSegment) return 'corrupt'
      throw error
    }
  }

  test('with another byte anywhere', () => {
    fc.assert(
      fc.property(anyDocuments, fc.nat(), fc.integer({ min: 1, max: 255 }), (documents, at, change) => {
        const bytes = encodeSegment(documents)
        bytes[at % bytes.length]! ^= change
        expect(outcome(bytes)).toBe('corrupt')
      }),
      runs(500),
    )
  })

  test('cut short anywhere, or with more behind', () => {
    fc.assert(
      fc.property(
        anyDocuments,
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        (documents, at, more) => {
          const bytes = encodeSegment(documents)
          expect(outcome(bytes.subarray(0, at % bytes.length))).toBe('corrupt')
          expect(outcome(Uint8Array.from([...bytes, ...more]))).toBe('corrupt')
        },
      ),
      runs(200),
    )
  })

  test('of any other bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(outcome(bytes)).toBe('corrupt')
      }),
      runs(200),
    )
  })
})
