export interface Weighted {
  readonly value: number
  readonly weight: number
}

/** Smaller than any share that matters: sums of shares are not exact. */
const CLOSE = 1e-12

/** The least value that holds at least each share of the weight below or at it. */
export function weightedQuantiles(samples: readonly Weighted[], shares: readonly number[]): number[] {
  const sorted = [...samples].sort((a, b) => a.value - b.value)
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0)
  return shares.map((share) => {
    let below = 0
    for (const { value, weight } of sorted) {
      below += weight
      if (below >= share * total - CLOSE) return value
    }
    return sorted.at(-1)?.value ?? Number.NaN
  })
}

/** The share of the weight above a value. */
export function weightAbove(samples: readonly Weighted[], limit: number): number {
  const total = samples.reduce((sum, { weight }) => sum + weight, 0)
  return samples.reduce((sum, { value, weight }) => (value > limit ? sum + weight : sum), 0) / total
}

/** How many samples of equal weight say as much as these. */
export function effectiveCount(samples: readonly Weighted[]): number {
  const sum = samples.reduce((all, { weight }) => all + weight, 0)
  const squares = samples.reduce((all, { weight }) => all + weight * weight, 0)
  return squares === 0 ? 0 : (sum * sum) / squares
}

/** The middle by weight; where exactly half of it lies on each side, the mean of the two values in the middle. */
export function weightedMedian(samples: readonly Weighted[]): number {
  const sorted = [...samples].sort((a, b) => a.value - b.value)
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2
  let below = 0
  for (const [i, { value, weight }] of sorted.entries()) {
    below += weight
    const next = sorted[i + 1]
    if (next && Math.abs(below - half) <= CLOSE * half) return (value + next.value) / 2
    if (below > half) return value
  }
  return sorted.at(-1)?.value ?? Number.NaN
}

/** The middle value; of an even number the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  // As numbers rather than as whatever they are in: there may be as many as finished tasks.
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
