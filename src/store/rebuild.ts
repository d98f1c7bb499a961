import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { TreeEntry } from '../git/objects.ts'
import { fetchPromised } from '../git/promised.ts'
import type { Repository } from '../git/repository.ts'
import { joinSegments, type Problem, type Segment } from '../snapshot/segment.ts'
import { numbersGivenOut } from './numbers-given-out.ts'
import { listTaskFiles, type ParsedSegment, parseSegment } from './parse-tasks.ts'

export interface Rebuilt {
  readonly segment: Segment
  readonly problems: readonly Problem[]
  readonly highestNumber: number
}

/** Called with the numbers of tasks read and to read. */
export type OnProgress = (done: number, total: number) => void

/** Below this many tasks a second thread costs more than it brings. */
const WORTH_THREADS = 3000
/** The bundle's thread entry; absent when the program runs from its sources, which then use one thread. */
const workerFile = () => {
  const file = join(import.meta.dirname ?? '', 'index-worker.cjs')
  return existsSync(file) ? file : null
}

export interface WorkerJob {
  readonly repository: Repository
  readonly entries: readonly TreeEntry[]
}
export type WorkerMessage = { readonly progress: number } | { readonly parts: ParsedSegment[] }

function inThread(
  file: string,
  job: WorkerJob,
  onProgress: (done: number) => void,
): Promise<ParsedSegment[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: job })
    worker.on('message', (message: WorkerMessage) => {
      if ('progress' in message) onProgress(message.progress)
      else resolve(message.parts)
    })
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`the index thread ended with ${code}`)))
  })
}

/** Buffers arrive from a thread as plain byte arrays. */
const revived = ({ segment, ...rest }: ParsedSegment): ParsedSegment => ({
  ...rest,
  segment: { ...segment, rows: asBuffer(segment.rows), heap: asBuffer(segment.heap) },
})
const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** One for all: a partial clone may lack every file. */
const notFetched = (count: number): Problem => ({
  path: 'tasks',
  code: 'OBJECT_MISSING',
  message: `${count} tasks are not here: this is a partial clone, and its remote cannot be reached`,
})

/** Reads every task of a commit, with all cores where it is worth it. */
export async function rebuild(
  repository: Repository,
  commit: string,
  onProgress: OnProgress,
): Promise<Rebuilt> {
  const absent = await fetchPromised(repository, commit)
  const all = await listTaskFiles(repository, commit)
  const entries = all.filter(({ id }) => !absent.has(id))
  let done = 0
  const advance = (count: number) => {
    done += count
    onProgress(done, entries.length)
  }
  const file = workerFile()
  const threads = file && entries.length >= WORTH_THREADS ? availableParallelism() : 1
  const share = Math.ceil(entries.length / threads)
  const shares = Array.from({ length: threads }, (_, i) => entries.slice(i * share, (i + 1) * share))
  const parts =
    file && threads > 1
      ? (await Promise.all(shares.map((part) => inThread(file, { repository, entries: part }, advance))))
          .flat()
          .map(revived)
      : await parseSegment(repository, entries, advance)
  const segment = joinSegments(parts.map((part) => part.segment))
  const problems = parts.flatMap((part) => part.problems)
  if (entries.length < all.length) problems.push(notFetched(all.length - entries.length))
  const reserved = parts.reduce((highest, part) => Math.max(highest, part.reservedNumber), 0)
  const unnumbered = parts.flatMap((part) => part.unnumbered)
  const given = unnumbered.length > 0 ? await numbersGivenOut(repository, commit, unnumbered, all.length) : 0
  return { segment, problems, highestNumber: Math.max(segment.highestNumber, reserved, given) }
}
