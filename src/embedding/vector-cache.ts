import { createHash } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { makeDirectory } from '../make-directory.ts'
import { quantise, type VectorBlock } from '../search/vectors.ts'
import { checksum } from '../snapshot/checksum.ts'
import type { Embedder } from './embedder.ts'

/** Vectors of texts that were embedded before, by what the texts are. Deleting it costs time only. */
export interface VectorCache {
  /** How many it has. */
  readonly size: number
  has(key: string): boolean
  /** Keeps vectors, in memory and, where that can be written, in the file. */
  add(keys: readonly string[], vectors: readonly Float32Array[]): void
  /** Those of the keys, in their order, ready to be searched; zeros where there is none. */
  block(keys: readonly string[]): VectorBlock
  /** Forgets the others. */
  keepOnly(keys: ReadonlySet<string>): void
}

const KEY_BYTES = 16
/** Marker, key, scale, values, checksum. */
const recordBytes = (dimensions: number) => 4 + KEY_BYTES + 4 + dimensions + 4

/** What a text is found by: the same for the same text, whatever task it is of. */
export const keyOf = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, KEY_BYTES * 2)

const sumOf = ({ id, dimensions }: Pick<Embedder, 'id' | 'dimensions'>) =>
  createHash('sha256').update(`${id}\n${dimensions}`).digest()
const ENDING = '.vectors'
/** Of each model content its own; what stands before the colon of an id is the kind of embedder. */
const fileName = (embedder: Pick<Embedder, 'id' | 'dimensions'>) =>
  `${embedder.id.split(':')[0]}-${sumOf(embedder).toString('hex').slice(0, 20)}${ENDING}`

/** All vectors, side by side in memory that grows with them. */
class Vectors {
  readonly places = new Map<string, number>()
  readonly dimensions: number
  values: Int8Array
  scales: Float32Array

  constructor(dimensions: number, room: number) {
    this.dimensions = dimensions
    this.values = new Int8Array(room * dimensions)
    this.scales = new Float32Array(room)
  }

  set(key: string, values: Int8Array, scale: number): void {
    const place = this.places.get(key) ?? this.places.size
    if (place === this.scales.length) this.#grow()
    this.places.set(key, place)
    this.values.set(values, place * this.dimensions)
    this.scales[place] = scale
  }

  at(place: number): Int8Array {
    return this.values.subarray(place * this.dimensions, (place + 1) * this.dimensions)
  }

  #grow(): void {
    const room = Math.max(256, this.scales.length * 2)
    const { values, scales } = this
    this.values = new Int8Array(room * this.dimensions)
    this.scales = new Float32Array(room)
    this.values.set(values)
    this.scales.set(scales)
  }
}

function record(marker: Buffer, key: string, values: Int8Array, scale: number): Buffer {
  const bytes = Buffer.allocUnsafe(recordBytes(values.length))
  marker.copy(bytes)
  bytes.write(key, 4, 'hex')
  bytes.writeFloatLE(scale, 4 + KEY_BYTES)
  bytes.set(Buffer.from(values.buffer, values.byteOffset, values.length), 8 + KEY_BYTES)
  bytes.writeInt32LE(checksum(bytes.subarray(4, -4)), bytes.length - 4)
  return bytes
}

interface Reading {
  readonly vectors: Vectors
  /** Bytes of the file, and of those that are records nothing is missing without. */
  readonly bytes: number
  readonly wasted: number
  readonly isDamaged: boolean
}

/** Reads what is whole. After damage the next marker is looked for: a torn record must not cost those that follow. */
function readRecords(path: string, marker: Buffer, dimensions: number): Reading {
  let file: Buffer
  try {
    file = readFileSync(path)
  } catch {
    file = Buffer.alloc(0)
  }
  const length = recordBytes(dimensions)
  const vectors = new Vectors(dimensions, Math.ceil(file.length / length))
  let wasted = 0
  let isDamaged = false
  for (let at = 0; at < file.length; ) {
    const bytes = file.subarray(at, at + length)
    const isWhole =
      bytes.length === length &&
      marker.equals(bytes.subarray(0, 4)) &&
      checksum(bytes.subarray(4, -4)) === bytes.readInt32LE(length - 4)
    const scale = isWhole ? bytes.readFloatLE(4 + KEY_BYTES) : Number.NaN
    if (!(scale >= 0 && scale < Number.POSITIVE_INFINITY)) {
      isDamaged = true
      const next = file.indexOf(marker, at + 1)
      if (next < 0) break
      at = next
      continue
    }
    const key = bytes.toString('hex', 4, 4 + KEY_BYTES)
    if (vectors.places.has(key)) wasted += length
    const from = bytes.byteOffset + 8 + KEY_BYTES
    vectors.set(key, new Int8Array(bytes.buffer, from, dimensions), scale)
    at += length
  }
  return { vectors, bytes: file.length, wasted, isDamaged }
}

/**
 * Writes the file anew, unless another process has added to it since it was read. What one adds in the moment of the
 * renaming is lost: it is made again when it is missed.
 */
function rewrite(path: string, marker: Buffer, vectors: Vectors, bytesRead: number): void {
  const scratch = `${path}.${process.pid}.tmp`
  try {
    const fd = openSync(scratch, 'w')
    try {
      for (const [key, place] of vectors.places) {
        writeSync(fd, record(marker, key, vectors.at(place), vectors.scales[place]!))
      }
    } finally {
      closeSync(fd)
    }
    if (statSync(path).size === bytesRead) renameSync(scratch, path)
    else rmSync(scratch, { force: true })
  } catch {
    // Where nothing can be written, what was read serves all the same.
    try {
      rmSync(scratch, { force: true })
    } catch {}
  }
}

/**
 * The vectors that a model made in a repository. Each record has a checksum and is added in one write at the end of the
 * file, so that several processes may add at once; whatever is damaged is dropped, and is missing then. Never throws.
 * @param directory where those of the repository are
 */
export function openVectorCache(
  directory: string,
  embedder: Pick<Embedder, 'id' | 'dimensions'>,
): VectorCache {
  const { dimensions } = embedder
  const path = join(directory, fileName(embedder))
  const marker = sumOf(embedder).subarray(0, 4)
  const read = readRecords(path, marker, dimensions)
  let { vectors } = read
  if (read.isDamaged || read.wasted > read.bytes / 4) rewrite(path, marker, vectors, read.bytes)
  return {
    get size() {
      return vectors.places.size
    },
    has: (key) => vectors.places.has(key),
    add(keys, added) {
      const records = added.map((vector, i) => {
        const { values, scale } = quantise(vector)
        vectors.set(keys[i]!, values, scale)
        return record(marker, keys[i]!, values, scale)
      })
      try {
        makeDirectory(directory)
        appendFileSync(path, Buffer.concat(records))
      } catch {
        // A cache that cannot be kept costs time only.
      }
    },
    block(keys) {
      const values = new Int8Array(keys.length * dimensions)
      const scales = new Float32Array(keys.length)
      for (const [i, key] of keys.entries()) {
        const place = vectors.places.get(key)
        if (place === undefined) continue
        values.set(vectors.at(place), i * dimensions)
        scales[i] = vectors.scales[place]!
      }
      return { dimensions, values, scales }
    },
    keepOnly(keys) {
      // As it is now: others may have added what they need.
      const now = readRecords(path, marker, dimensions)
      const kept = new Vectors(dimensions, 0)
      for (const [key, place] of now.vectors.places) {
        if (keys.has(key)) kept.set(key, now.vectors.at(place), now.vectors.scales[place]!)
      }
      rewrite(path, marker, kept, now.bytes)
      vectors = kept
    },
  }
}

/**
 * Deletes the vectors of all models of a kind but some.
 * @param kind what stands before the colon of an embedder's id
 * @returns how many bytes that were. Never throws.
 */
export function removeVectors(
  directory: string,
  kind: string,
  kept: readonly Pick<Embedder, 'id' | 'dimensions'>[],
): number {
  const names = new Set(kept.map(fileName))
  let bytes = 0
  try {
    for (const name of readdirSync(directory)) {
      if (!name.startsWith(`${kind}-`) || names.has(name)) continue
      bytes += statSync(join(directory, name)).size
      rmSync(join(directory, name), { force: true })
    }
  } catch {
    // There are none, or they cannot be deleted; no other model takes them for its own.
  }
  return bytes
}
