import type { Layer } from '../search/corpus.ts'
import {
  encodeSegment,
  openSegment,
  type Postings,
  type SearchSegment,
  type SegmentDocument,
} from '../search/segment.ts'
import { type TaskText, termCounts } from '../search/task-terms.ts'
import { AT, FLAG, ROW_INTS } from '../snapshot/row.ts'
import { slotTable } from '../snapshot/slot-table.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { removeSegments, type StoredSegment, storedSegments, storeSegment } from './segment-files.ts'

/** From so many segments on, the small ones are made into one. */
const MANY_SEGMENTS = 8
/** A segment that has less than this share of all documents is a small one. */
const SMALL = 0.1
/** With more than this share of its documents out of date, a segment is made anew. */
const STALE = 0.25

/** To look up more documents than these, a table of all slots is worth making. */
const FEW_LOOKED_UP = 4

/** Called with the numbers of tasks done and to do. */
export type OnProgress = (done: number, total: number) => void

/** The text of a task as the index has it. */
export const textOf = (snapshot: Snapshot, slot: number): TaskText =>
  JSON.parse(snapshot.json(slot).toString('utf8')) as TaskText

function documentsOf(
  snapshot: Snapshot,
  slots: readonly number[],
  onProgress: OnProgress,
): SegmentDocument[] {
  snapshot.willRead('json', slots.length)
  return slots.map((slot, i) => {
    if (i % 500 === 0) onProgress(i, slots.length)
    const at = slot * ROW_INTS
    return {
      idHash: snapshot.columns[at + AT.ID_HASH]!,
      sum: snapshot.columns[at + AT.JSON_SUM]!,
      ...termCounts(textOf(snapshot, slot)),
    }
  })
}

/** The slot of each document that is as the snapshot has it, and is not in an earlier segment; -1 for the others. */
function slotsOfDocuments(snapshot: Snapshot, segment: SearchSegment, covered: Uint8Array): Int32Array {
  const { columns, slots } = snapshot
  const isIt = (slot: number, document: number) =>
    columns[slot * ROW_INTS + AT.JSON_SUM] === segment.sum(document) &&
    columns[slot * ROW_INTS + AT.ID_HASH] === segment.idHash(document) &&
    (snapshot.flags(slot) & FLAG.GONE) === 0
  const numbers = new Int32Array(segment.documents).fill(-1)
  let looked = 0
  let table: ReturnType<typeof slotTable> | null = null
  const lookUp = (document: number): number | undefined => {
    const hash = segment.idHash(document)
    if (looked++ < FEW_LOOKED_UP) {
      for (let slot = slots - 1; slot >= 0; slot--) {
        if (columns[slot * ROW_INTS + AT.ID_HASH] === hash && isIt(slot, document)) return slot
      }
      return undefined
    }
    table ??= slotTable(columns, slots)
    return table(hash, (slot) => isIt(slot, document))
  }
  // Segments are in the order of the slots, which hardly ever changes.
  let next = 0
  for (let document = 0; document < segment.documents; document++) {
    const slot = next < slots && isIt(next, document) ? next : lookUp(document)
    next = (slot ?? next) + 1
    if (slot === undefined || covered[slot] === 1) continue
    covered[slot] = 1
    numbers[document] = slot
  }
  return numbers
}

const inMemory = (bytes: Uint8Array) =>
  openSegment(bytes.length, (at, length) => bytes.subarray(at, at + length))

/**
 * A segment that was kept, whose postings are made again from the tasks where they turn out to be damaged: only a search
 * that asks for them reads them.
 */
function mended(
  snapshot: Snapshot,
  directory: string,
  { file, segment }: StoredSegment,
  slots: Int32Array,
): SearchSegment {
  let anew: ((term: string) => Postings) | null = null
  const make = () => {
    // Nobody asks for documents that are out of date.
    const live = [...slots.keys()].filter((document) => slots[document]! >= 0)
    const again = inMemory(
      encodeSegment(
        documentsOf(
          snapshot,
          live.map((document) => slots[document]!),
          () => {},
        ),
      ),
    )
    return (term: string): Postings => {
      const place = again.find(term)
      if (place < 0) return { documents: new Int32Array(0), counts: new Int32Array(0) }
      const { documents, counts } = again.postings(place)
      return { documents: documents.map((i) => live[i]!), counts }
    }
  }
  return {
    ...segment,
    postings: (place) => {
      if (anew) return anew(segment.term(place))
      try {
        return segment.postings(place)
      } catch {
        removeSegments(directory, [file])
        anew = make()
        return anew(segment.term(place))
      }
    },
  }
}

interface Shelved {
  readonly stored: StoredSegment
  readonly layer: Layer
  readonly live: number
}

/** The segments that are better made anew: many small ones, or one of which much is out of date. */
function outworn(shelved: readonly Shelved[], documents: number): Shelved[] {
  const stale = shelved.filter(({ live, stored }) => live < stored.segment.documents * (1 - STALE))
  const small = shelved.filter(({ live }) => live < documents * SMALL)
  return shelved.length < MANY_SEGMENTS ? stale : [...new Set([...stale, ...small])]
}

/**
 * The search index of a repository's tasks, brought up to what a snapshot has: its documents' numbers are slots. What it
 * finds depends on the tasks alone, not on how the index came about.
 * @param directory where it is kept; null for tasks that are searched once
 * @param most tasks that may be indexed now; null is given where there are more to index
 */
export function searchLayers(
  snapshot: Snapshot,
  directory: string | null,
  onProgress: OnProgress,
  most = Number.POSITIVE_INFINITY,
): Layer[] | null {
  const covered = new Uint8Array(snapshot.slots)
  const shelved = (directory === null ? [] : storedSegments(directory)).map((stored): Shelved => {
    const numbers = slotsOfDocuments(snapshot, stored.segment, covered)
    const live = numbers.reduce((count, slot) => count + (slot < 0 ? 0 : 1), 0)
    return { stored, layer: { segment: mended(snapshot, directory!, stored, numbers), numbers }, live }
  })
  const old = outworn(shelved, snapshot.slots)
  for (const { layer } of old) for (const slot of layer.numbers) if (slot >= 0) covered[slot] = 0
  const missing: number[] = []
  for (let slot = 0; slot < snapshot.slots; slot++) {
    if (covered[slot] === 0 && (snapshot.flags(slot) & FLAG.GONE) === 0) missing.push(slot)
  }
  if (missing.length > most) return null
  const kept = shelved.filter((each) => !old.includes(each)).map(({ layer }) => layer)
  const forget = () => {
    if (directory !== null && old.length > 0)
      removeSegments(
        directory,
        old.map(({ stored }) => stored.file),
      )
  }
  if (missing.length === 0) {
    forget()
    return kept
  }
  const bytes = encodeSegment(documentsOf(snapshot, missing, onProgress))
  onProgress(missing.length, missing.length)
  if (directory !== null && storeSegment(directory, bytes)) forget()
  return [...kept, { segment: inMemory(bytes), numbers: Int32Array.from(missing) }]
}
