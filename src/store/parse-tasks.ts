import { listTree, readObjects, type TreeEntry } from '../git/objects.ts'
import type { Repository } from '../git/repository.ts'
import { printable } from '../printable.ts'
import { encodeSegment, type IndexedTask, type Problem, type Segment } from '../snapshot/segment.ts'
import { readTaskFile } from './task-file.ts'
import { keyOfNode } from './task-path.ts'

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/**
 * The files below `tasks/` of a commit, oldest task first: about the order in which a pack holds them. In the order of
 * their paths, which is random, git would work out the same chains of deltas again and again, six times as long at
 * 100,000 tasks.
 */
export async function listTaskFiles(repository: Repository, commit: string): Promise<TreeEntry[]> {
  const entries = await listTree(repository, commit)
  return entries
    .filter(({ path }) => path.startsWith('tasks/'))
    .sort((a, b) => (fileName(a.path) < fileName(b.path) ? -1 : 1))
}

export interface ParsedTasks {
  readonly tasks: IndexedTask[]
  readonly problems: Problem[]
  /** The highest number seen in files that could not be read, so that it is not given out again. */
  readonly reservedNumber: number
  /** Paths of tasks' files that do not even say their number. */
  readonly unnumbered: string[]
}

/** Reads and folds task files. */
export async function parseTasks(
  repository: Repository,
  entries: readonly TreeEntry[],
): Promise<ParsedTasks> {
  const contents = await readObjects(
    repository,
    entries.map((entry) => entry.id),
  )
  return parseContents(entries, contents)
}

/** Folds the contents of task files, null for a missing one. What cannot be read becomes a problem. */
export async function parseContents(
  entries: readonly TreeEntry[],
  contents: readonly (Buffer | null)[],
): Promise<ParsedTasks> {
  const tasks: IndexedTask[] = []
  const problems: Problem[] = []
  const unnumbered: string[] = []
  let reservedNumber = 0
  for (const [i, { path }] of entries.entries()) {
    const id = keyOfNode(path)
    const content = contents[i]
    if (!id) {
      problems.push({ path: printable(path), code: 'TASK_UNREADABLE', message: 'no task belongs there' })
      continue
    }
    if (!content) {
      problems.push({ path, code: 'OBJECT_MISSING', message: 'its object is missing or damaged' })
      unnumbered.push(path)
      continue
    }
    const read = await readTaskFile(id, content.toString('utf8'))
    if ('unreadable' in read) {
      problems.push({ path, code: 'TASK_UNREADABLE', message: read.unreadable })
      reservedNumber = Math.max(reservedNumber, read.number)
      if (read.number === 0) unnumbered.push(path)
    } else {
      tasks.push({ task: read.task, writable: read.writable })
      if (!read.writable) {
        problems.push({
          path,
          code: 'NEWER_FORMAT',
          message: 'a newer version of mhv wrote it; it can be read, not changed',
        })
      }
    }
  }
  return { tasks, problems, reservedNumber, unnumbered }
}

export interface ParsedSegment extends Omit<ParsedTasks, 'tasks'> {
  readonly segment: Segment
}

/** `parseTasks` in pieces, so that memory stays bounded, as one segment. */
export async function parseSegment(
  repository: Repository,
  entries: readonly TreeEntry[],
  onProgress: (done: number) => void,
): Promise<ParsedSegment[]> {
  const PIECE = 1000
  const parts: ParsedSegment[] = []
  for (let at = 0; at < entries.length; at += PIECE) {
    const piece = entries.slice(at, at + PIECE)
    const { tasks, ...rest } = await parseTasks(repository, piece)
    parts.push({ segment: encodeSegment(tasks), ...rest })
    onProgress(piece.length)
  }
  return parts
}
