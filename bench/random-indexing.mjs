import { randomNumbers } from './seed.mjs'

const DIMENSIONS = 600
/** So many places of a document's signature are not 0. */
const SIGNS = 8
/** What a first place counts beside a later one where rankings are made one. */
const RANK_OFFSET = 30

function normalised(vector) {
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => value / length)
}

/**
 * Word vectors learnt from the documents that the words are in (random indexing, Kanerva, Kristoferson and Holst 2000), and
 * documents as sums of them: the best of what was tried that learns from the tasks alone.
 * @param documents the counts of each document's terms
 * @param rarityOf how much a term says
 * @returns a function from a query's terms to the score of each document
 */
export function randomIndexing(documents, rarityOf) {
  const random = randomNumbers(1)
  const having = new Map()
  for (const { counts } of documents)
    for (const term of counts.keys()) having.set(term, (having.get(term) ?? 0) + 1)
  const vectors = new Map()
  for (const { counts, length } of documents) {
    const signature = Array.from({ length: SIGNS }, () => [random(DIMENSIONS), random(2) === 0 ? 1 : -1])
    for (const [term, count] of counts) {
      // A word of one document leads to no other.
      if (having.get(term) < 2) continue
      const vector = vectors.get(term) ?? new Float32Array(DIMENSIONS)
      vectors.set(term, vector)
      const worth = (1 + Math.log(count)) / Math.sqrt(1 + length / 100)
      for (const [at, sign] of signature) vector[at] += sign * worth
    }
  }
  for (const [term, vector] of vectors) vectors.set(term, normalised(vector))
  const vectorOf = (counts) => {
    const sum = new Float32Array(DIMENSIONS)
    for (const [term, count] of counts) {
      const vector = vectors.get(term)
      if (!vector) continue
      const worth = (1 + Math.log(count)) * rarityOf(having.get(term))
      for (let i = 0; i < DIMENSIONS; i++) sum[i] += vector[i] * worth
    }
    return normalised(sum)
  }
  const all = documents.map(({ counts }) => vectorOf(counts))
  return (terms) => {
    const query = vectorOf(new Map(terms.map((term) => [term, 1])))
    return Float64Array.from(all, (vector) => vector.reduce((sum, value, i) => sum + value * query[i], 0))
  }
}

/** One ranking of several, each with its weight (reciprocal rank fusion). */
export function fusedRanking(...rankings) {
  const scores = new Map()
  for (const [ranking, weight] of rankings) {
    for (const [rank, number] of ranking.entries()) {
      scores.set(number, (scores.get(number) ?? 0) + weight / (RANK_OFFSET + rank))
    }
  }
  return [...scores.keys()].sort((a, b) => scores.get(b) - scores.get(a) || a - b)
}
