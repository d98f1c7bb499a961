import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'

interface PackedObject {
  readonly type: 'commit' | 'tree' | 'blob' | 'tag'
  readonly content: Buffer
}

const TYPES = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' } as const
const OFFSET_DELTA = 6
const ID_DELTA = 7
const ID_BYTES = 20
const HEADER_BYTES = 12
/** Far more than a task's file may be; a few bytes of a pack can stand for a disk full of zeros. */
const LARGEST = 1 << 26

/** What a delta makes of its base: pieces of the base, and bytes of its own. */
function applyDelta(base: Buffer, delta: Buffer): Buffer {
  let at = 0
  const readSize = () => {
    let size = 0
    for (let shift = 0; ; shift += 7) {
      const byte = delta[at++] ?? 0
      size += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return size
    }
  }
  readSize()
  const result = Buffer.alloc(Math.min(readSize(), LARGEST))
  let done = 0
  const readBytes = (flags: number, count: number) => {
    let value = 0
    for (let i = 0; i < count; i++) if (flags & (1 << i)) value += delta[at++]! * 2 ** (8 * i)
    return value
  }
  while (at < delta.length) {
    const instruction = delta[at++]!
    if (instruction & 0x80) {
      const from = readBytes(instruction, 4)
      const length = readBytes(instruction >> 4, 3) || 0x10000
      done += base.copy(result, done, from, from + length)
    } else {
      done += delta.copy(result, done, at, at + instruction)
      at += instruction
    }
  }
  return result.subarray(0, done)
}

interface Entry {
  readonly kind: number
  readonly bytes: Buffer
  /** Where the base of a delta begins, or its id. */
  readonly base: number | string | null
  readonly end: number
}

function readEntry(pack: Buffer, start: number): Entry {
  let at = start
  let byte = pack[at++]!
  const kind = (byte >> 4) & 7
  while (byte & 0x80) byte = pack[at++]!
  let base: Entry['base'] = null
  if (kind === OFFSET_DELTA) {
    byte = pack[at++]!
    let distance = byte & 0x7f
    while (byte & 0x80) {
      byte = pack[at++]!
      distance = (distance + 1) * 0x80 + (byte & 0x7f)
    }
    base = start - distance
  } else if (kind === ID_DELTA) {
    base = pack.toString('hex', at, at + ID_BYTES)
    at += ID_BYTES
  }
  const { buffer, engine } = inflateSync(pack.subarray(at), {
    info: true,
    maxOutputLength: LARGEST,
  } as object) as unknown as { buffer: Buffer; engine: { bytesWritten: number } }
  return { kind, bytes: buffer, base, end: at + engine.bytesWritten }
}

/**
 * All objects of a pack of SHA-1 ids that holds the bases of its deltas, by ids worked out from their contents: what is
 * found by an id is what the id stands for, whoever sent it. Each is unpacked once, where isomorphic-git does it again
 * for every object that is described by it. Throws an Error for a pack that is damaged.
 */
export function readPack(pack: Buffer): Map<string, PackedObject> {
  const objects = new Map<string, PackedObject>()
  const byOffset = new Map<number, PackedObject>()
  const waiting: { readonly start: number; readonly entry: Entry }[] = []
  const keep = (start: number, object: PackedObject) => {
    const { type, content } = object
    byOffset.set(start, object)
    objects.set(
      createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex'),
      object,
    )
  }
  const settle = (start: number, { kind, bytes, base }: Entry): boolean => {
    if (base === null) {
      const type = TYPES[kind as keyof typeof TYPES]
      if (!type) throw new Error(`an object of the unknown kind ${kind}`)
      keep(start, { type, content: bytes })
      return true
    }
    const found = typeof base === 'string' ? objects.get(base) : byOffset.get(base)
    if (found) keep(start, { type: found.type, content: applyDelta(found.content, bytes) })
    return found !== undefined
  }
  if (pack.toString('latin1', 0, 4) !== 'PACK') throw new Error('no pack')
  let at = HEADER_BYTES
  for (let left = pack.readUInt32BE(8); left > 0; left--) {
    const entry = readEntry(pack, at)
    if (!settle(at, entry)) waiting.push({ start: at, entry })
    at = entry.end
  }
  // A base that is named by its id may come after what is described by it.
  for (let before = -1; waiting.length > 0 && waiting.length !== before; ) {
    before = waiting.length
    const still = waiting.splice(0).filter(({ start, entry }) => !settle(start, entry))
    waiting.push(...still)
  }
  return objects
}

export interface PackedFile {
  readonly path: string
  readonly id: string
  readonly content: Buffer
}

/** All files below a commit or tree. Throws an Error where an object of it is missing. */
export function filesOf(objects: ReadonlyMap<string, PackedObject>, id: string, folder = ''): PackedFile[] {
  const object = objects.get(id)
  if (!object) throw new Error(`the object ${id} is missing`)
  const { type, content } = object
  if (type === 'commit') return filesOf(objects, content.toString('latin1', 5, 45), folder)
  if (type !== 'tree') throw new Error(`the object ${id} is a ${type}`)
  const files: PackedFile[] = []
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at)
    const end = content.indexOf(0, space)
    if (space < 0 || end < 0) throw new Error(`the tree ${id} is damaged`)
    const mode = content.toString('latin1', at, space)
    const path = folder + content.toString('utf8', space + 1, end)
    const entry = content.toString('hex', end + 1, end + 1 + ID_BYTES)
    at = end + 1 + ID_BYTES
    if (mode === '40000') files.push(...filesOf(objects, entry, `${path}/`))
    // A commit of a submodule is no file of ours.
    else if (mode !== '160000') {
      const blob = objects.get(entry)
      if (!blob) throw new Error(`the object ${entry} is missing`)
      files.push({ path, id: entry, content: blob.content })
    }
  }
  return files
}
