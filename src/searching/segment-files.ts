import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { CorruptSegment, openSegment, type SearchSegment } from '../search/segment.ts'
import { checksum } from '../snapshot/checksum.ts'

const EXTENSION = '.segment'

const TEMPORARY = '.tmp'

/** Whether whoever wrote a temporary file is gone: writing takes no hour. */
function isLeft(path: string): boolean {
  try {
    return Date.now() - statSync(path).mtimeMs > 3_600_000
  } catch {
    return false
  }
}

/** A segment with the file that it is read from. */
export interface StoredSegment {
  readonly file: string
  readonly segment: SearchSegment
}

/** Files stay open for the time of the command: one that another process removes meanwhile can still be read. */
function openFile(path: string): SearchSegment | null {
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch {
    return null
  }
  try {
    return openSegment(fstatSync(fd).size, (at, length) => {
      const bytes = Buffer.allocUnsafe(length)
      if (readSync(fd, bytes, 0, length, at) !== length) throw new CorruptSegment()
      return bytes
    })
  } catch {
    closeSync(fd)
    return null
  }
}

/** The segments of a directory, the largest first; those that cannot be read are removed, since they are made anew. */
export function storedSegments(directory: string): StoredSegment[] {
  let all: string[]
  try {
    all = readdirSync(directory)
  } catch {
    return []
  }
  const names = all.filter((name) => name.endsWith(EXTENSION))
  removeSegments(
    directory,
    all.filter((name) => name.endsWith(TEMPORARY) && isLeft(join(directory, name))),
  )
  const opened = names.sort().flatMap((file): StoredSegment[] => {
    const segment = openFile(join(directory, file))
    if (segment) return [{ file, segment }]
    removeSegments(directory, [file])
    return []
  })
  return opened.sort((a, b) => b.segment.documents - a.segment.documents)
}

/** Keeps a segment in a file of its own, complete or not at all. False where that cannot be done. */
export function storeSegment(directory: string, bytes: Uint8Array): boolean {
  const name = (checksum(bytes) >>> 0).toString(16).padStart(8, '0')
  const temporary = join(directory, `${name}.${process.pid}${TEMPORARY}`)
  try {
    mkdirSync(directory, { recursive: true })
    writeFileSync(temporary, bytes)
    renameSync(temporary, join(directory, `${name}${EXTENSION}`))
    return true
  } catch {
    // A cache: where it cannot be kept, answers are as right and only slower.
    removeSegments(directory, [basename(temporary)])
    return false
  }
}

export function removeSegments(directory: string, files: readonly string[]): void {
  for (const file of files) {
    try {
      rmSync(join(directory, file), { force: true })
    } catch {
      // It is in nobody's way: what is out of date in it is passed over.
    }
  }
}
