/** A direction in few bytes: each component is `value * scale`. */
export interface Quantised {
  readonly values: Int8Array
  readonly scale: number
}

/** Many of them side by side: the i-th begins at `i * dimensions`. */
export interface VectorBlock {
  readonly dimensions: number
  readonly values: Int8Array
  readonly scales: Float32Array
}

export interface Neighbour {
  /** Its place in the block. */
  readonly index: number
  /** The dot product: the cosine, for vectors of unit length. */
  readonly score: number
}

/** Not 128: the same range on both sides keeps a vector and its negative apart by exactly a sign. */
const HIGHEST = 127

/** A vector with a scale of its own, at which its largest component just fits. What is no number counts as nothing. */
export function quantise(vector: Float32Array): Quantised {
  let highest = 0
  for (const component of vector) {
    const size = Math.abs(component)
    if (size > highest && size < Number.POSITIVE_INFINITY) highest = size
  }
  const values = new Int8Array(vector.length)
  // As it will be stored: values that are made for another scale than the one that is read would be off.
  const scale = Math.fround(highest / HIGHEST)
  if (scale === 0) return { values, scale: 0 }
  for (let i = 0; i < vector.length; i++) {
    values[i] = Math.max(-HIGHEST, Math.min(HIGHEST, Math.round(vector[i]! / scale)))
  }
  return { values, scale }
}

/**
 * Sum of products of whole numbers, without scales. It fits 32 bits up to 133,000 dimensions.
 * @param bFrom where in `b` the other vector begins
 */
export function dot(a: Int8Array, b: Int8Array, bFrom: number): number {
  const { length } = a
  const even = length & ~3
  // Four sums: each addition would otherwise wait for the one before it.
  let [s0, s1, s2, s3] = [0, 0, 0, 0]
  let i = 0
  for (let j = bFrom; i < even; i += 4, j += 4) {
    s0 = (s0 + a[i]! * b[j]!) | 0
    s1 = (s1 + a[i + 1]! * b[j + 1]!) | 0
    s2 = (s2 + a[i + 2]! * b[j + 2]!) | 0
    s3 = (s3 + a[i + 3]! * b[j + 3]!) | 0
  }
  for (; i < length; i++) s0 = (s0 + a[i]! * b[bFrom + i]!) | 0
  return s0 + s1 + s2 + s3
}

/** Whether `a` ranks before `b`. Of equal ones the one that stands first, so that an answer can be repeated. */
const isBefore = (a: Neighbour, b: Neighbour) =>
  a.score > b.score || (a.score === b.score && a.index < b.index)

/**
 * The k vectors with the highest dot product, the best first. Every vector is looked at: nothing is approximate but the
 * components.
 */
export function nearest(query: Float32Array, block: VectorBlock, k: number): Neighbour[] {
  const { values, scale } = quantise(query)
  const { dimensions, scales } = block
  const best: Neighbour[] = []
  if (k < 1 || dimensions !== values.length) return best
  let worst = Number.NEGATIVE_INFINITY
  for (let index = 0; index < scales.length; index++) {
    const score = dot(values, block.values, index * dimensions) * scales[index]! * scale
    if (best.length === k && score <= worst) continue
    const found = { index, score }
    let at = best.length
    while (at > 0 && isBefore(found, best[at - 1]!)) at--
    best.splice(at, 0, found)
    if (best.length > k) best.pop()
    worst = best.at(-1)!.score
  }
  return best
}
