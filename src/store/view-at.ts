import { MhvError } from '../errors.ts'
import { readObjects } from '../git/objects.ts'
import type { Repository } from '../git/repository.ts'
import { git, runGit } from '../git/run.ts'
import { encodeSegment, type IndexedTask, type Problem } from '../snapshot/segment.ts'
import { memoryHeap, openSnapshot, type Snapshot } from '../snapshot/snapshot.ts'
import { foldUntil } from '../tasks/fold.ts'
import { listTaskFiles } from './parse-tasks.ts'
import { type OnProgress, rebuild } from './rebuild.ts'
import { readTaskFile } from './task-file.ts'
import { keyOfNode } from './task-path.ts'

/** All tasks as a commit of the log holds them, and its time; read afresh and not kept. Errors: BAD_REVISION. */
export async function viewAtCommit(
  repository: Repository,
  revision: string,
  onProgress: OnProgress,
): Promise<{ snapshot: Snapshot; time: string }> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options']
  const parsed = await runGit([...args, `${revision}^{commit}`], repository.git)
  const commit = parsed.stdout.toString('utf8').trim()
  const holdsTasks =
    parsed.status === 0 &&
    (await runGit(['cat-file', '-e', `${commit}:mtos.yaml`], repository.git)).status === 0
  if (!holdsTasks) {
    throw new MhvError('BAD_REVISION', `“${revision}” is neither a date nor a commit of the task log.`, {
      data: { field: 'at', value: revision },
    })
  }
  const built = await rebuild(repository, commit, onProgress)
  const seconds = Number(await git(['show', '--no-patch', '--format=%ct', commit], repository.git))
  const snapshot = openSnapshot({
    tip: commit,
    rows: built.segment.rows,
    heap: memoryHeap(built.segment.heap),
    overlays: [],
    problems: built.problems,
    highestNumber: built.highestNumber,
  })
  return { snapshot, time: new Date(seconds * 1000).toISOString() }
}

/**
 * All tasks as they were at an instant, by the times that their events carry: an imported history counts from when it
 * happened, not from when it was imported.
 */
export async function viewAtInstant(
  repository: Repository,
  tip: string,
  instant: string,
  onProgress: OnProgress,
): Promise<Snapshot> {
  const entries = await listTaskFiles(repository, tip)
  const tasks: IndexedTask[] = []
  const problems: Problem[] = []
  const PIECE = 2000
  for (let at = 0; at < entries.length; at += PIECE) {
    const piece = entries.slice(at, at + PIECE)
    const contents = await readObjects(
      repository,
      piece.map((entry) => entry.id),
    )
    for (const [i, { path }] of piece.entries()) {
      const id = keyOfNode(path)
      const read = id && contents[i] ? await readTaskFile(id, contents[i].toString('utf8')) : null
      if (!read || 'unreadable' in read || !read.writable) {
        problems.push({ path, code: 'TASK_UNREADABLE', message: 'its past cannot be worked out here' })
        continue
      }
      const task = foldUntil(read.log, instant)
      // An imported task has its number from the import, later than its history: it goes by that one all along.
      if (task) tasks.push({ task: { ...task, number: task.number || read.task.number }, writable: true })
    }
    onProgress(Math.min(at + PIECE, entries.length), entries.length)
  }
  const segment = encodeSegment(tasks)
  return openSnapshot({
    tip,
    rows: segment.rows,
    heap: memoryHeap(segment.heap),
    overlays: [],
    problems,
    highestNumber: segment.highestNumber,
  })
}
