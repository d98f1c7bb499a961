import { mkdirSync } from 'node:fs'
import { diffTrees } from '../git/objects.ts'
import { fetchPromised, isPartialClone } from '../git/promised.ts'
import type { Repository } from '../git/repository.ts'
import { checksum } from '../snapshot/checksum.ts'
import { compactSegment } from '../snapshot/compact.ts'
import { encodeSegment, type IndexedTask } from '../snapshot/segment.ts'
import { memoryHeap, type Overlay, openSnapshot, type Snapshot } from '../snapshot/snapshot.ts'
import {
  appendDelta,
  baseKeyOf,
  type IndexMeta,
  isDueForCompaction,
  type StoredIndex,
  writeBase,
} from './index-file.ts'
import { numbersGivenOut } from './numbers-given-out.ts'
import { listTaskFiles, parseTasks } from './parse-tasks.ts'
import { readFormat } from './read-settings.ts'
import { type OnProgress, rebuild } from './rebuild.ts'
import { keyOfNode, taskPath } from './task-path.ts'
import { ROOT } from './task-store.ts'

/** Beyond this many changed files, and a quarter of all, reading everything with all cores is faster. */
const MANY_CHANGES = 3000

function quietly(write: () => void): boolean {
  try {
    write()
    return true
  } catch {
    // The index is a cache: where it cannot be kept, answers are as right and only slower.
    return false
  }
}

/** Reads every task of a tip and keeps the result. */
export async function indexFromNothing(
  repository: Repository,
  directory: string,
  tip: string,
  onProgress: OnProgress,
): Promise<StoredIndex> {
  const format = await readFormat(repository, tip)
  const built = await rebuild(repository, tip, onProgress)
  const meta: IndexMeta = { tip, problems: built.problems, highestNumber: built.highestNumber, format }
  quietly(() => writeBase(directory, meta, built.segment))
  return {
    ...meta,
    rows: built.segment.rows,
    heap: memoryHeap(built.segment.heap),
    overlays: [],
    baseBytes: built.segment.rows.length + built.segment.heap.length,
    deltaBytes: 0,
    baseKey: baseKeyOf(tip, checksum(built.segment.rows)),
  }
}

/**
 * Reads once more what an index of the same tip lacks: a disk may be there again, or a partial clone's remote.
 */
export async function indexAgain(
  repository: Repository,
  directory: string,
  index: StoredIndex,
  onProgress: OnProgress,
): Promise<StoredIndex> {
  if (isPartialClone(repository)) {
    const absent = await fetchPromised(repository, index.tip)
    return absent.size > 0 ? index : indexFromNothing(repository, directory, index.tip, onProgress)
  }
  const lacking = new Set(index.problems.flatMap(({ path, code }) => (code === 'OBJECT_MISSING' ? path : [])))
  const entries = (await listTaskFiles(repository, index.tip)).filter(({ path }) => lacking.has(path))
  const { tasks } = await parseTasks(repository, entries)
  if (tasks.length === 0) return index
  const found = new Set(tasks.map(({ task }) => taskPath(task.id)))
  const problems = index.problems.filter(({ path }) => !found.has(path))
  return advance(directory, index, openSnapshot(index), { ...index, problems }, tasks)
}

/** An index that was brought to another tip, and how many tasks' files differ between the two. */
export interface Forwarded {
  readonly index: StoredIndex
  readonly changed: number
}

/** Brings an index from its tip to another by what differs between the two trees. null where git cannot compare them. */
export async function indexForward(
  repository: Repository,
  directory: string,
  index: StoredIndex,
  tip: string,
  onProgress: OnProgress,
): Promise<Forwarded | null> {
  if (isPartialClone(repository)) {
    const isIncomplete = index.problems.some(({ code }) => code === 'OBJECT_MISSING')
    if (isIncomplete || (await fetchPromised(repository, tip)).size > 0) return null
  }
  const changes = await diffTrees(repository, index.tip, tip)
  if (!changes) return null
  const files = changes.filter((change) => change.path.startsWith('tasks/'))
  const snapshot = openSnapshot(index)
  if (files.length > MANY_CHANGES && files.length > snapshot.slots / 4) {
    return { index: await indexFromNothing(repository, directory, tip, onProgress), changed: files.length }
  }
  const present = files.flatMap(({ path, now }) => (now ? [{ path, id: now.id }] : []))
  const parsed = await parseTasks(repository, present)
  const paths = new Set(files.map((file) => file.path))
  const formatChanged = changes.some((change) => change.path === ROOT.file)
  const { unnumbered } = parsed
  const given =
    unnumbered.length > 0
      ? await numbersGivenOut(repository, tip, unnumbered, snapshot.slots + present.length)
      : 0
  const meta: IndexMeta = {
    tip,
    problems: [...index.problems.filter((problem) => !paths.has(problem.path)), ...parsed.problems],
    highestNumber: Math.max(index.highestNumber, parsed.reservedNumber, given),
    format: formatChanged ? await readFormat(repository, tip) : index.format,
  }
  const readable = new Set(parsed.tasks.map(({ task }) => task.id))
  const dropped = files.flatMap(({ path }) => {
    const id = keyOfNode(path)
    return id && !readable.has(id) ? [id] : []
  })
  return { index: advance(directory, index, snapshot, meta, parsed.tasks, dropped), changed: files.length }
}

/**
 * Lays changed tasks over an index and keeps the result: as a record of the delta, or as a new base when that is due.
 * @param dropped ids of tasks that cannot be read any more
 */
export function advance(
  directory: string,
  index: StoredIndex,
  snapshot: Snapshot,
  meta: IndexMeta,
  tasks: readonly IndexedTask[],
  dropped: readonly string[] = [],
): StoredIndex {
  const known = snapshot.slotsOfIds([...tasks.map(({ task }) => task.id), ...dropped])
  let next = snapshot.slots
  const segment = encodeSegment(tasks)
  const overlay: Overlay = {
    segment,
    slots: tasks.map(({ task }) => known.get(task.id) ?? next++),
    gone: dropped.flatMap((id) => known.get(id) ?? []),
  }
  // Named one by one: callers pass whole indexes, and whatever else they hold would be written with every record.
  const full: IndexMeta = {
    tip: meta.tip,
    problems: meta.problems,
    highestNumber: Math.max(meta.highestNumber, segment.highestNumber),
    format: meta.format,
  }
  const grown: StoredIndex = {
    ...index,
    ...full,
    overlays: [...index.overlays, overlay],
    deltaBytes: index.deltaBytes + segment.rows.length + segment.heap.length,
  }
  if (isDueForCompaction(grown)) {
    const compacted = compactSegment(openSnapshot(grown))
    if (quietly(() => writeBase(directory, full, compacted))) {
      return {
        ...grown,
        rows: compacted.rows,
        heap: memoryHeap(compacted.heap),
        overlays: [],
        baseBytes: compacted.rows.length + compacted.heap.length,
        deltaBytes: 0,
        baseKey: baseKeyOf(full.tip, checksum(compacted.rows)),
      }
    }
  } else {
    quietly(() => {
      mkdirSync(directory, { recursive: true })
      appendDelta(directory, index.baseKey, index.tip, full, overlay)
    })
  }
  return grown
}
