import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { MhvError } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'
import { type LostWrite, lostWrites } from '../merge/lost-writes.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { keyOfNode } from '../store/task-path.ts'
import type { TaskStore } from '../store/task-store.ts'
import { isFoldable, type TaskLog } from '../tasks/fold.ts'
import type { TaskState } from '../tasks/task-state.ts'

/** A concurrent write that lost, and the task that it was to. */
export interface Conflict {
  readonly task: TaskState
  readonly write: LostWrite
  /** What names it beside its task: the beginning of the event's id, and the field where the event lost several. */
  readonly name: string
}

/** Characters of an id that are always shown: fewer look like no id. */
const SHORTEST = 8
/** Logs that are in memory at once. */
const PIECE = 500

/**
 * Tasks whose events may be concurrent: those whose file a merge commit made anew from both sides. git tells them by
 * the trees alone. A shallow clone lacks the merges, so there it may be any task.
 */
async function mergedTasks(repository: Repository, view: Snapshot): Promise<string[]> {
  if (existsSync(join(repository.commonDir, 'shallow'))) {
    return Array.from({ length: view.slots }, (_, slot) => view.head(slot).id)
  }
  const form = ['--diff-merges=combined', '--no-renames', '--name-only', '-z', '--format=']
  const said = await git(['log', '--merges', ...form, view.tip!], repository.git)
  const ids = new Set(said.split('\0').flatMap((path) => keyOfNode(path.trim()) ?? []))
  return [...view.slotsOfIds([...ids]).keys()]
}

/** How much of an event's id tells it from the others of its task. */
function shortId(id: string, log: TaskLog): string {
  const others = log.events.filter((event) => event.id !== id)
  let length = SHORTEST
  while (others.some((event) => event.id.startsWith(id.slice(0, length)))) length++
  return id.slice(0, length)
}

function conflictsOf(log: TaskLog, task: TaskState): Conflict[] {
  const lost = lostWrites(log)
  return lost.map((write) => {
    const id = shortId(write.lost.id, log)
    const isOne = lost.every((other) => other === write || other.lost.id !== write.lost.id)
    return { task, write, name: isOne ? id : `${id}:${write.field}` }
  })
}

/**
 * Concurrent writes that lost, by number of the task, oldest first.
 * @param ids the tasks to look at; all where null, except the fields of deleted ones
 * Errors: TASK_UNREADABLE for a task that was named.
 */
export async function findConflicts(
  repository: Repository,
  store: TaskStore,
  view: Snapshot,
  ids: readonly string[] | null,
): Promise<Conflict[]> {
  const asked = ids ?? (await mergedTasks(repository, view))
  const found: Conflict[] = []
  for (let at = 0; at < asked.length; at += PIECE) {
    const read = await store.load(view, asked.slice(at, at + PIECE))
    for (const { log, task } of read.values()) {
      // What a newer program wrote cannot be folded here, so nobody can tell what lost.
      if (!isFoldable(log.events)) continue
      const isMeant = ({ write }: Conflict) => ids !== null || !task.deleted || write.field === 'deleted'
      found.push(...conflictsOf(log, task).filter(isMeant))
    }
  }
  return found.sort((a, b) => a.task.number - b.task.number)
}

/**
 * The conflicts that a name means: of one event, one field of it or all that it lost. Those that are open; settled ones
 * where nothing is left to do about them.
 * @param name the id of the event that lost or its beginning, with `:field` for one field
 * @param take whether what lost is to be set again, else what won kept
 * Errors: CONFLICT_NOT_FOUND, also for a beginning that several events have, and for what was settled otherwise.
 */
export function namedConflicts(
  conflicts: readonly Conflict[],
  name: string,
  take: boolean,
): readonly Conflict[] {
  const [id = '', ...rest] = name.split(':')
  const field = rest.length > 0 ? rest.join(':') : null
  const named = conflicts.filter(
    ({ write }) => write.lost.id.startsWith(id.toUpperCase()) && (field === null || write.field === field),
  )
  const open = named.filter(({ write }) => write.settledBy === null)
  const events = new Set(open.map(({ write }) => write.lost.id))
  if (events.size === 1) return open
  const isSo = ({ write }: Conflict) =>
    write.lost.id === named[0]!.write.lost.id &&
    isDeepStrictEqual(write.presentValue, take ? write.lostValue : write.winningValue)
  if (named.length > 0 && named.every(isSo)) return named
  const [settled] = named
  const why =
    events.size > 1
      ? `“${name}” is how several begin: ${[...events].join(', ')}`
      : settled
        ? `What ${settled.write.lost.id} lost was settled by ${settled.write.settledBy!.by}`
        : `No concurrent change that lost is called “${name}”`
  throw new MhvError('CONFLICT_NOT_FOUND', `${why}.`, { data: { name } })
}
