import { performance } from 'node:perf_hooks'
import { bytes, median, milliseconds, printTable, ratio, verdict } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { loadProgram } from './program.mjs'
import { randomNumbers } from './seed.mjs'

const COUNT = 100_000
const DIMENSIONS = 384
const NEAREST = 10
/** Milliseconds for the exact nearest neighbours among all. */
const TARGET = 200

/** Unit vectors, side by side. */
function unitVectors(count) {
  const random = randomNumbers(count)
  const all = new Float32Array(count * DIMENSIONS)
  for (let i = 0; i < count; i++) {
    const vector = all.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS)
    for (let j = 0; j < DIMENSIONS; j++) vector[j] = random(20_001) / 10_000 - 1
    const length = Math.hypot(...vector)
    for (let j = 0; j < DIMENSIONS; j++) vector[j] /= length
  }
  return all
}

/** What one writes without thinking of bytes: the yardstick. */
function nearestOfFloats(query, all, k) {
  const scores = []
  for (let i = 0; i * DIMENSIONS < all.length; i++) {
    let sum = 0
    for (let j = 0; j < DIMENSIONS; j++) sum += query[j] * all[i * DIMENSIONS + j]
    scores.push({ index: i, score: sum })
  }
  return scores.sort((a, b) => b.score - a.score).slice(0, k)
}

/** Exact nearest neighbours among 100,000 vectors: bytes beside floats, and how often they agree. */
export async function run({ rounds }) {
  const { nearest, quantise } = await loadProgram()
  const all = unitVectors(COUNT)
  const values = new Int8Array(all.length)
  const scales = new Float32Array(COUNT)
  for (let i = 0; i < COUNT; i++) {
    const small = quantise(all.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS))
    values.set(small.values, i * DIMENSIONS)
    scales[i] = small.scale
  }
  const block = { dimensions: DIMENSIONS, values, scales }
  const times = { bytes: [], floats: [] }
  let agreed = 0
  for (let round = -1; round < rounds; round++) {
    const from = (round + 1) * 997
    const query = all.slice(from * DIMENSIONS, (from + 1) * DIMENSIONS)
    let before = performance.now()
    const found = nearest(query, block, NEAREST)
    const tookBytes = performance.now() - before
    before = performance.now()
    const exact = nearestOfFloats(query, all, NEAREST)
    const tookFloats = performance.now() - before
    if (round < 0) continue
    times.bytes.push(tookBytes)
    times.floats.push(tookFloats)
    const wanted = new Set(exact.map(({ index }) => index))
    agreed += found.filter(({ index }) => wanted.has(index)).length / NEAREST
  }
  const row = (name, took, size, target) => [
    name,
    milliseconds(median(took)),
    milliseconds(Math.min(...took)),
    ratio(median(took) / median(times.floats)),
    bytes(size),
    target === undefined ? '' : `≤ ${milliseconds(target)}`,
    verdict(median(took), target),
  ]
  printTable(
    `The ${NEAREST} nearest of ${COUNT.toLocaleString('en')} vectors of ${DIMENSIONS} dimensions`,
    ['', 'median', 'minimum', 'of floats', 'memory', 'target', ''],
    [
      row('plain loop over floats', times.floats, all.byteLength),
      row('nearest, over bytes', times.bytes, values.byteLength + scales.byteLength, TARGET),
    ],
  )
  console.log(
    `\n${((agreed / rounds) * 100).toFixed(1)} % of the neighbours by floats are found by bytes (vectors without any structure).`,
  )
}

if (isMain(import.meta)) await run(options())
