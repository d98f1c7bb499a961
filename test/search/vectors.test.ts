import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dot, nearest, quantise, type VectorBlock } from '../../src/search/vectors.ts'

const component = fc.float({ min: -1, max: 1, noNaN: true })
const vectorOf = (length: number) =>
  fc.array(component, { minLength: length, maxLength: length }).map((values) => Float32Array.from(values))

function blockOf(vectors: readonly Float32Array[], dimensions: number): VectorBlock {
  const values = new Int8Array(vectors.length * dimensions)
  const scales = new Float32Array(vectors.length)
  for (const [i, vector] of vectors.entries()) {
    const small = quantise(vector)
    values.set(small.values, i * dimensions)
    scales[i] = small.scale
  }
  return { dimensions, values, scales }
}

describe('quantise', () => {
  test('keeps every component to within half a step', () => {
    fc.assert(
      fc.property(vectorOf(19), (vector) => {
        const { values, scale } = quantise(vector)
        for (const [i, component] of vector.entries()) {
          expect(Math.abs(values[i]! * scale - component)).toBeLessThanOrEqual(scale * 0.5001)
        }
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  test('takes nothing, what is no number and what is endless for zero or the furthest that there is', () => {
    expect(quantise(new Float32Array(3))).toEqual({ values: new Int8Array(3), scale: 0 })
    const odd = quantise(Float32Array.from([Number.NaN, 1, Number.POSITIVE_INFINITY]))
    expect([...odd.values]).toEqual([0, 127, 127])
    expect(odd.scale).toBeCloseTo(1 / 127)
  })
})

test('dot is the sum of the products, from any place and of any length', () => {
  const int8s = fc
    .integer({ min: 0, max: 13 })
    .chain((length) =>
      fc.tuple(
        fc.array(fc.integer({ min: -127, max: 127 }), { minLength: length, maxLength: length }),
        fc.array(fc.integer({ min: -127, max: 127 }), { minLength: length + 3, maxLength: length + 3 }),
        fc.integer({ min: 0, max: 3 }),
      ),
    )
  fc.assert(
    fc.property(int8s, ([a, b, from]) => {
      const expected = a.reduce((sum, value, i) => sum + value * b[from + i]!, 0)
      expect(dot(Int8Array.from(a), Int8Array.from(b), from)).toBe(expected)
    }),
    { seed: 1, numRuns: 300 },
  )
})

describe('nearest', () => {
  test('is what sorting all of them gives', () => {
    const cases = fc.tuple(
      vectorOf(8),
      fc.array(vectorOf(8), { maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
    )
    fc.assert(
      fc.property(cases, ([query, vectors, k]) => {
        const block = blockOf(vectors, 8)
        const small = quantise(query)
        const all = vectors
          .map((_, index) => ({
            index,
            score: dot(small.values, block.values, index * 8) * block.scales[index]! * small.scale,
          }))
          .sort((a, b) => b.score - a.score || a.index - b.index)
        expect(nearest(query, block, k)).toEqual(all.slice(0, k))
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  test('scores are near to those of whole numbers', () => {
    const unit = (values: number[]) => {
      const length = Math.hypot(...values)
      return Float32Array.from(values, (value) => value / length)
    }
    const query = unit(Array.from({ length: 384 }, (_, i) => Math.sin(i)))
    const other = unit(Array.from({ length: 384 }, (_, i) => Math.sin(i * 1.01)))
    const exact = query.reduce((sum, value, i) => sum + value * other[i]!, 0)
    const found = nearest(query, blockOf([query, other], 384), 2)
    expect(found.map(({ index }) => index)).toEqual([0, 1])
    expect(found[0]!.score).toBeCloseTo(1, 2)
    expect(found[1]!.score).toBeCloseTo(exact, 2)
  })

  test('finds none among none, and none for a query of other dimensions', () => {
    expect(nearest(new Float32Array(8), blockOf([], 8), 5)).toEqual([])
    expect(nearest(new Float32Array(4), blockOf([new Float32Array(8)], 8), 5)).toEqual([])
    expect(nearest(new Float32Array(8), blockOf([new Float32Array(8)], 8), 0)).toEqual([])
  })
})
