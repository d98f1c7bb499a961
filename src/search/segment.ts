import { checksum } from '../snapshot/checksum.ts'
import type { TermCounts } from './task-terms.ts'

/** Changing what a term is or how it counts needs a new number: older segments are built anew. */
export const SEGMENT_SCHEMA = 2

/** A document to be indexed, and what tells it apart: the hash of its task's id and the checksum of its content. */
export interface SegmentDocument extends TermCounts {
  readonly idHash: number
  readonly sum: number
}

/** A document's entry: its id's hash, its content's checksum, its length. */
const DOCUMENT_INTS = 3
/** A term's entry: where its name and its postings begin, and the checksum of the postings. */
const TERM_INTS = 3

/** Bytes of a segment, from memory or a file. */
export type ReadBytes = (at: number, length: number) => Uint8Array

/** The segment holds bytes that nobody wrote there: it is built anew. */
export class CorruptSegment extends Error {}

/**
 * An immutable part of an inverted index over some documents. Only the tables are in memory; postings are read for the
 * terms that are asked for.
 */
export interface SearchSegment {
  readonly documents: number
  readonly terms: number
  idHash(document: number): number
  sum(document: number): number
  length(document: number): number
  /** The place of a term; -1 where no document has it. */
  find(term: string): number
  /** The first place whose term is not before a text. */
  lowerBound(text: string): number
  term(place: number): string
  /** Documents that have a term, each with how often it counts there. Errors: CorruptSegment. */
  postings(place: number): Postings
}

export interface Postings {
  readonly documents: Int32Array
  readonly counts: Int32Array
}

const HEADER_INTS = 8
const HEADER_BYTES = HEADER_INTS * 4

function writeVarint(bytes: number[], value: number): void {
  let rest = value
  while (rest > 127) {
    bytes.push((rest & 127) | 128)
    rest >>>= 7
  }
  bytes.push(rest)
}

const bytesOf = (ints: Int32Array) => new Uint8Array(ints.buffer, ints.byteOffset, ints.byteLength)

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Terms in the order of their UTF-16 units, which `<` and a binary search agree on. */
const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The bytes of a segment. */
export function encodeSegment(documents: readonly SegmentDocument[]): Uint8Array {
  const table = new Int32Array(documents.length * DOCUMENT_INTS)
  const postings = new Map<string, number[]>()
  for (const [document, { idHash, sum, length, counts }] of documents.entries()) {
    table.set([idHash, sum, length], document * DOCUMENT_INTS)
    for (const [term, count] of counts) {
      const list = postings.get(term)
      if (list) list.push(document, count)
      else postings.set(term, [document, count])
    }
  }
  const names = [...postings.keys()].sort(inOrder)
  const terms = new Int32Array((names.length + 1) * TERM_INTS)
  const encoder = new TextEncoder()
  const nameBytes: Uint8Array[] = []
  const listBytes: Uint8Array[] = []
  let nameAt = 0
  let listAt = 0
  for (const [place, name] of names.entries()) {
    const text = encoder.encode(name)
    const list = postings.get(name)!
    const bytes: number[] = []
    for (let i = 0, last = 0; i < list.length; last = list[i]!, i += 2) {
      writeVarint(bytes, list[i]! - last)
      writeVarint(bytes, list[i + 1]!)
    }
    const coded = Uint8Array.from(bytes)
    terms.set([nameAt, listAt, checksum(coded)], place * TERM_INTS)
    nameBytes.push(text)
    listBytes.push(coded)
    nameAt += text.length
    listAt += coded.length
  }
  terms.set([nameAt, listAt, 0], names.length * TERM_INTS)
  const tables = joined([bytesOf(table), bytesOf(terms), ...nameBytes])
  const header = new Int32Array(HEADER_INTS)
  header.set([SEGMENT_SCHEMA, documents.length, names.length, nameAt, listAt, checksum(tables)])
  header[HEADER_INTS - 1] = checksum(bytesOf(header.subarray(0, HEADER_INTS - 1)))
  return joined([bytesOf(header), tables, ...listBytes])
}

/** Integers from bytes that may lie anywhere: a copy, since `slice` of a Buffer is none. */
const intsOf = (bytes: Uint8Array) => new Int32Array(new Uint8Array(bytes).buffer)

function decodePostings(bytes: Uint8Array): Postings {
  const documents = new Int32Array(bytes.length / 2)
  const counts = new Int32Array(bytes.length / 2)
  let size = 0
  let at = 0
  const next = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
  }
  for (let document = 0; at < bytes.length; size++) {
    document += next()
    documents[size] = document
    counts[size] = next()
  }
  return { documents: documents.subarray(0, size), counts: counts.subarray(0, size) }
}

/**
 * Opens a segment.
 * @param size of all of it, in bytes
 * Errors: CorruptSegment, also for one that another version has written.
 */
export function openSegment(size: number, read: ReadBytes): SearchSegment {
  if (size < HEADER_BYTES) throw new CorruptSegment()
  const header = intsOf(read(0, HEADER_BYTES))
  const [schema, documents, terms, nameLength, listLength, sum] = header as unknown as number[]
  const isWhole = checksum(bytesOf(header.subarray(0, HEADER_INTS - 1))) === header[HEADER_INTS - 1]
  if (!isWhole || schema !== SEGMENT_SCHEMA) throw new CorruptSegment()
  const documentBytes = documents! * DOCUMENT_INTS * 4
  const termBytes = (terms! + 1) * TERM_INTS * 4
  const listsAt = HEADER_BYTES + documentBytes + termBytes + nameLength!
  if (size !== listsAt + listLength!) throw new CorruptSegment()
  const tables = read(HEADER_BYTES, listsAt - HEADER_BYTES)
  if (checksum(tables) !== sum) throw new CorruptSegment()
  const document = intsOf(tables.subarray(0, documentBytes))
  const entry = intsOf(tables.subarray(documentBytes, documentBytes + termBytes))
  const names = tables.subarray(documentBytes + termBytes)
  const decoder = new TextDecoder()
  const term = (place: number) =>
    decoder.decode(names.subarray(entry[place * TERM_INTS]!, entry[(place + 1) * TERM_INTS]!))
  const lowerBound = (text: string) => {
    let low = 0
    let high = terms!
    while (low < high) {
      const middle = (low + high) >>> 1
      if (term(middle) < text) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    documents: documents!,
    terms: terms!,
    idHash: (at) => document[at * DOCUMENT_INTS]!,
    sum: (at) => document[at * DOCUMENT_INTS + 1]!,
    length: (at) => document[at * DOCUMENT_INTS + 2]!,
    find: (text) => {
      const place = lowerBound(text)
      return place < terms! && term(place) === text ? place : -1
    },
    lowerBound,
    term,
    postings: (place) => {
      const from = entry[place * TERM_INTS + 1]!
      const bytes = read(listsAt + from, entry[(place + 1) * TERM_INTS + 1]! - from)
      if (checksum(bytes) !== entry[place * TERM_INTS + 2]) throw new CorruptSegment()
      return decodePostings(bytes)
    },
  }
}
