import {
  appendFileSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { diesAt, faultPoint } from '../fault-point.ts'
import { checksum } from '../snapshot/checksum.ts'
import { ROW_BYTES } from '../snapshot/row.ts'
import { headsEnd, INDEX_SCHEMA, type Problem, type Segment } from '../snapshot/segment.ts'
import { CorruptIndex, type Heap, type Overlay } from '../snapshot/snapshot.ts'
import { readHighWater } from './high-water.ts'

/** What goes with a segment: the tip that it describes, and what was found on the way. */
export interface IndexMeta {
  readonly tip: string
  readonly problems: readonly Problem[]
  readonly highestNumber: number
  /** The format that mtos.yaml declares. */
  readonly format: number
}

export interface StoredIndex extends IndexMeta {
  readonly rows: Buffer
  readonly heap: Heap
  readonly overlays: readonly Overlay[]
  /** Sizes in bytes, which decide when to compact. */
  readonly baseBytes: number
  readonly deltaBytes: number
  /** What names the delta that goes with the base. */
  readonly baseKey: string
}

const BASE = 'index.base'
const deltaName = (baseKey: string) => `index.delta.${baseKey}`

/**
 * Names a base by its tip and its rows: a delta counts in slots, and two bases of one tip may have them in different
 * orders, one having grown and the other having been read from nothing.
 */
export const baseKeyOf = (tip: string, rowsSum: number) => `${tip.slice(0, 16)}.${hex(rowsSum)}`

const hex = (sum: number) => (sum >>> 0).toString(16).padStart(8, '0')
const SUM_LENGTH = 9

/** A line of JSON behind a checksum of its own: one wrong digit in it would give a number out twice. */
const headerLine = (header: object) => {
  const text = JSON.stringify(header)
  return `${hex(checksum(Buffer.from(text)))} ${text}\n`
}

/** Reverses `headerLine`. Errors: CorruptIndex; SyntaxError. */
function parseHeader<T>(line: Buffer): T {
  const json = line.subarray(SUM_LENGTH)
  if (line.toString('latin1', 0, SUM_LENGTH) !== `${hex(checksum(json))} `) throw new CorruptIndex()
  return JSON.parse(json.toString('utf8')) as T
}

/** Reads from the file when asked, or much of it at once. */
function fileHeap(fd: number, from: number, size: number, headsSum: number): Heap {
  let large: { readonly at: number; readonly bytes: Buffer } | null = null
  const readRange = (at: number, length: number) => {
    const bytes = Buffer.allocUnsafe(length)
    for (let done = 0; done < length; ) {
      const got = readSync(fd, bytes, done, length - done, from + at + done)
      if (got === 0) throw new CorruptIndex()
      done += got
    }
    return bytes
  }
  return {
    readHeads(end) {
      const bytes = readRange(0, end)
      if (checksum(bytes) !== headsSum) throw new CorruptIndex()
      return bytes
    },
    willReadFrom(at) {
      if (!large || large.at > at) large = { at, bytes: readRange(at, size - at) }
    },
    read(at, length) {
      if (at < 0 || length < 0 || at + length > size) throw new CorruptIndex()
      if (large && at >= large.at) return large.bytes.subarray(at - large.at, at - large.at + length)
      return readRange(at, length)
    },
  }
}

interface BaseHeader extends IndexMeta {
  readonly schema: number
  readonly rows: number
  readonly heap: number
  /** Checksums of the rows, and of all heads for when they are read at once. */
  readonly sum: number
  readonly headsSum: number
}

/** Directories whose index is known to be damaged and could not be deleted. */
const distrusted = new Set<string>()

/** Directories whose index this process has opened. */
const opened = new Set<string>()

/** The index in a directory, or null where there is none that this program can use. Never throws. */
export function loadIndex(directory: string): StoredIndex | null {
  if (distrusted.has(directory)) return null
  let fd: number
  try {
    fd = openSync(join(directory, BASE), 'r')
  } catch {
    return null
  }
  try {
    const size = fstatSync(fd).size
    let start = Buffer.allocUnsafe(Math.min(size, 16_384))
    readSync(fd, start, 0, start.length, 0)
    let end = start.indexOf(10)
    if (end < 0) {
      start = Buffer.allocUnsafe(Math.min(size, 1 << 24))
      readSync(fd, start, 0, start.length, 0)
      end = start.indexOf(10)
    }
    const header = parseHeader<BaseHeader>(start.subarray(0, end))
    const rowBytes = header.rows * ROW_BYTES
    if (header.schema !== INDEX_SCHEMA || size !== end + 1 + rowBytes + header.heap) return closed(fd)
    const rows = Buffer.allocUnsafe(rowBytes)
    if (readSync(fd, rows, 0, rowBytes, end + 1) !== rowBytes || checksum(rows) !== header.sum)
      return closed(fd)
    const baseKey = baseKeyOf(header.tip, header.sum)
    const delta = loadDelta(directory, header, baseKey)
    opened.add(directory)
    return {
      ...delta.meta,
      rows,
      heap: fileHeap(fd, end + 1 + rowBytes, header.heap, header.headsSum),
      overlays: delta.overlays,
      baseBytes: size,
      deltaBytes: delta.bytes,
      baseKey,
    }
  } catch {
    return closed(fd)
  }
}

function closed(fd: number): null {
  closeSync(fd)
  return null
}

interface DeltaHeader extends IndexMeta {
  readonly from: string
  readonly slots: readonly number[]
  readonly gone: readonly number[]
  readonly heap: number
  readonly sum: number
}

/** Follows the records from the base's tip on; what does not connect, or is torn, ends the chain. */
function loadDelta(
  directory: string,
  base: BaseHeader,
  baseKey: string,
): { meta: IndexMeta; overlays: Overlay[]; bytes: number } {
  let meta: IndexMeta = {
    tip: base.tip,
    problems: base.problems,
    highestNumber: base.highestNumber,
    format: base.format,
  }
  const overlays: Overlay[] = []
  let file: Buffer
  try {
    file = readFileSync(join(directory, deltaName(baseKey)))
  } catch {
    return { meta, overlays, bytes: 0 }
  }
  let at = 0
  while (at < file.length) {
    const end = file.indexOf(10, at)
    if (end < 0) break
    let header: DeltaHeader
    try {
      header = parseHeader<DeltaHeader>(file.subarray(at, end))
    } catch {
      break
    }
    const rowBytes = header.slots.length * ROW_BYTES
    const body = file.subarray(end + 1, end + 1 + rowBytes + header.heap)
    if (body.length !== rowBytes + header.heap || checksum(body) !== header.sum) break
    at = end + 1 + body.length
    if (header.from !== meta.tip) continue
    meta = {
      tip: header.tip,
      problems: header.problems,
      highestNumber: header.highestNumber,
      format: header.format,
    }
    overlays.push({
      segment: {
        rows: body.subarray(0, rowBytes),
        heap: body.subarray(rowBytes),
        highestNumber: header.highestNumber,
      },
      slots: header.slots,
      gone: header.gone,
    })
  }
  // What follows a torn record cannot be reached any more: as good as full.
  return { meta, overlays, bytes: at === file.length ? at : Number.POSITIVE_INFINITY }
}

/** The newest tip of a log that is gone: as marked, or else as the index has it. */
export const lastSeen = (directory: string): string | null =>
  readHighWater(directory) ?? loadIndex(directory)?.tip ?? null

/** Replaces the index by one file, atomically. Errors: of the file system. */
export function writeBase(directory: string, meta: IndexMeta, segment: Segment): void {
  mkdirSync(directory, { recursive: true })
  const temporary = join(directory, `${BASE}.${process.pid}.tmp`)
  const header: BaseHeader = {
    ...meta,
    schema: INDEX_SCHEMA,
    rows: segment.rows.length / ROW_BYTES,
    heap: segment.heap.length,
    sum: checksum(segment.rows),
    headsSum: checksum(segment.heap.subarray(0, headsEnd(segment.rows))),
  }
  const fd = openSync(temporary, 'w')
  try {
    for (const bytes of [Buffer.from(headerLine(header)), segment.rows, segment.heap]) {
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done)
    }
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    closeSync(fd)
  }
  faultPoint('base-half-made')
  renameSync(temporary, join(directory, BASE))
  const own = deltaName(baseKeyOf(meta.tip, header.sum))
  for (const name of readdirSync(directory)) {
    if (name.startsWith('index.delta.') && name !== own) rmSync(join(directory, name), { force: true })
  }
}

/** Adds a record to the delta, in one write. Errors: of the file system. */
export function appendDelta(
  directory: string,
  baseKey: string,
  from: string,
  meta: IndexMeta,
  overlay: Overlay,
): void {
  const body = Buffer.concat([overlay.segment.rows, overlay.segment.heap])
  const header: DeltaHeader = {
    ...meta,
    from,
    slots: overlay.slots,
    gone: overlay.gone,
    heap: overlay.segment.heap.length,
    sum: checksum(body),
  }
  const record = Buffer.concat([Buffer.from(headerLine(header)), body])
  const path = join(directory, deltaName(baseKey))
  if (diesAt('delta-half-written')) appendFileSync(path, record.subarray(0, record.length >> 1))
  faultPoint('delta-half-written')
  appendFileSync(path, record)
}

/**
 * Deletes the index; it costs the time to build it again, nothing else. Where the directory cannot be written, this
 * process at least stops reading it.
 */
export function removeIndex(directory: string): void {
  try {
    for (const name of readdirSync(directory)) {
      if (name.startsWith('index.')) rmSync(join(directory, name), { force: true })
    }
  } catch {
    distrusted.add(directory)
  }
}

/** Deletes all that this process has opened: a snapshot that finds its index damaged does not know where that is. */
export const removeOpenedIndexes = () => opened.forEach(removeIndex)

/** Whether the delta has grown so large that one file would be read faster: at a tenth of the base. */
export function isDueForCompaction(index: StoredIndex): boolean {
  return index.deltaBytes > Math.max(131_072, index.baseBytes / 10)
}
