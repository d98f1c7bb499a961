import { accessSync, constants, lstatSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { shellWord } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { FLAG } from '../snapshot/row.ts'
import { encodeSegment } from '../snapshot/segment.ts'
import { CorruptIndex, memoryHeap, openSnapshot, type Snapshot } from '../snapshot/snapshot.ts'
import { loadIndex } from '../store/index-file.ts'
import { indexAgain, indexForward } from '../store/indexed-log.ts'
import { type Finding, mendable, reported } from './finding.ts'
import type { FilesRead } from './read-files.ts'

/** Texts and columns of each task, by its id: what answers are made from, wherever its row lies. */
function contentsOf(snapshot: Snapshot): Map<string, string> {
  snapshot.willRead('heads', snapshot.slots)
  snapshot.willRead('json', snapshot.slots)
  const contents = new Map<string, string>()
  for (let slot = 0; slot < snapshot.slots; slot++) {
    if (snapshot.flags(slot) & FLAG.GONE) continue
    const head = snapshot.head(slot)
    const columns = [snapshot.number(slot), snapshot.packed(slot)]
    contents.set(head.id, `${columns} ${head.text} ${snapshot.json(slot).toString('utf8')}`)
  }
  return contents
}

/** How the index and the tasks differ, or null. */
function difference(snapshot: Snapshot, files: FilesRead): string | null {
  const segment = encodeSegment(files.tasks)
  const right = contentsOf(
    openSnapshot({
      tip: snapshot.tip,
      rows: segment.rows,
      heap: memoryHeap(segment.heap),
      overlays: [],
      problems: [],
      highestNumber: segment.highestNumber,
    }),
  )
  const kept = contentsOf(snapshot)
  const missing = [...right.keys()].filter((id) => !kept.has(id))
  const foreign = [...kept.keys()].filter((id) => !right.has(id))
  const changed = [...right].filter(([id, content]) => kept.has(id) && kept.get(id) !== content)
  const parts = [
    missing.length > 0 ? `${missing.length} missing` : '',
    foreign.length > 0 ? `${foreign.length} that are none` : '',
    changed.length > 0 ? `${changed.length} other than their events make` : '',
    snapshot.highestNumber < segment.highestNumber ? 'numbers given out again' : '',
  ]
  return parts.filter(Boolean).join(', ') || null
}

/** What keeps the index from being written, or null: something else in its place, or a directory of others. */
function inTheWay(directory: string): string | null {
  const base = join(directory, 'index.base')
  try {
    // A link that leads nowhere is there too.
    const isThere = lstatSync(directory, { throwIfNoEntry: false }) !== undefined
    accessSync(isThere ? directory : dirname(directory), constants.W_OK)
    if (isThere && !statSync(directory).isDirectory()) return directory
    return statSync(base, { throwIfNoEntry: false })?.isDirectory() ? base : null
  } catch {
    return directory
  }
}

/** Compares the index, brought to the tip as a list would do it, with the tasks as just read. */
export async function indexFindings(
  repository: Repository,
  directory: string,
  tip: string,
  files: FilesRead,
): Promise<Finding[]> {
  const path = inTheWay(directory)
  if (path) {
    const message = `The index cannot be written because of ${path}: every command reads all tasks anew${path === directory ? ', and rewinds go unnoticed' : ''}.`
    return [reported('INDEX_UNWRITABLE', 'warning', message, `ls -ld ${shellWord(path)}`)]
  }
  try {
    const stored = loadIndex(directory)
    const isIncomplete = stored?.problems.some(({ code }) => code === 'OBJECT_MISSING')
    const index =
      stored && stored.tip !== tip
        ? (await indexForward(repository, directory, stored, tip, () => {}))?.index
        : stored && isIncomplete
          ? await indexAgain(repository, directory, stored, () => {})
          : stored
    if (!index) return []
    const wrong = difference(openSnapshot(index), files)
    if (!wrong) return []
    const message = `The index does not hold the tasks of the log: ${wrong}.`
    return [mendable('INDEX_WRONG', 'error', message, { kind: 'rebuild-index' })]
  } catch (error) {
    if (!(error instanceof CorruptIndex)) throw error
    const message = 'The index is damaged; the next command that meets the damage rebuilds it.'
    return [mendable('INDEX_WRONG', 'error', message, { kind: 'rebuild-index' })]
  }
}
