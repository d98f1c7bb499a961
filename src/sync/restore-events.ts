import type { StoredEvent } from '../../schemas/event.ts'
import { diffTrees, readObjects } from '../git/objects.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { taskTrailers, write } from '../handle.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { eventHistories } from '../store/event-history.ts'
import { eventTexts, missingEvents, readVersion, type Version } from '../store/file-version.ts'
import { keyOfNode, taskPath } from '../store/task-path.ts'
import type { TaskStore } from '../store/task-store.ts'
import type { TaskLog } from '../tasks/fold.ts'
import type { Environment } from '../tasks/seal.ts'

/** A task of which a log that was taken in had lost or changed something. */
export interface Restored {
  readonly task: string
  readonly what: 'file removed' | 'file unreadable' | 'events removed' | 'events changed'
}

/** What has to be put back into the file of a task. */
export interface Loss extends Restored {
  readonly events: readonly StoredEvent[]
  /** Whether this version of the program can write the file. */
  readonly writable: boolean
}

/** Files that are looked at in one go, so that a long way forward does not fill the memory. */
const AT_ONCE = 500

const idsIn = (texts: readonly string[]) => texts.map((text) => /^ {2}- id: "?([0-9A-Z]{26})/.exec(text)?.[1])

/** Whether all events of a file stand in another to the byte, and none of that has two contents. */
function holdsAll(was: string, is: string): boolean {
  const texts = eventTexts(is)
  const held = new Set(texts)
  if (new Set(idsIn(texts)).size !== texts.length) return false
  return eventTexts(was).every((event) => held.has(event))
}

/**
 * Of an event with two contents the one counts that it had first in the history which both sides share: every clone then
 * says the same, and none changes back what another has put right.
 */
async function changedFromFirst(
  repository: Repository,
  base: string | null,
  path: string,
  changed: readonly StoredEvent[],
  is: Version,
): Promise<StoredEvent[]> {
  if (changed.length === 0 || base === null) return []
  const histories = await eventHistories(repository, base, path)
  const wrong = changed.flatMap(({ id }) => histories.get(id)?.first ?? [])
  const events = new Map(wrong.map((event) => [event.id, event]))
  return [...missingEvents({ events, writable: true }, is).changed]
}

async function lossOf(
  repository: Repository,
  base: string | null,
  path: string,
  was: string,
  is: string | null,
): Promise<Loss | null> {
  if (is !== null && holdsAll(was, is) && (await readVersion(path, is))) return null
  const before = await readVersion(path, was)
  if (!before) return null
  const task = keyOfNode(path)!
  const now = is === null ? null : await readVersion(path, is)
  if (!now) {
    const what = is === null ? 'file removed' : 'file unreadable'
    return { task, what, events: [...before.events.values()], writable: before.writable }
  }
  const { gone, changed } = missingEvents(before, now)
  const events = [...gone, ...(await changedFromFirst(repository, base, path, changed, now))]
  if (events.length === 0) return null
  const what = gone.length > 0 ? 'events removed' : 'events changed'
  return { task, what, events, writable: before.writable && now.writable }
}

/**
 * What a log has lost since an earlier tip, or holds otherwise: events are only ever added. Costs the files that changed;
 * those that came are not looked at. Errors: GIT_FAILED.
 */
export async function lossesBetween(
  repository: Repository,
  from: string,
  to: string,
  theirs: string,
): Promise<Loss[]> {
  const changes = (await diffTrees(repository, from, to)) ?? []
  const suspects = changes.filter(({ path, before }) => before !== null && keyOfNode(path) !== null)
  if (suspects.length === 0) return []
  const said = await runGit(['merge-base', from, theirs], repository.git)
  const base = said.stdout.toString('latin1').trim() || null
  const losses: Loss[] = []
  for (let at = 0; at < suspects.length; at += AT_ONCE) {
    const some = suspects.slice(at, at + AT_ONCE)
    const ids = some.flatMap(({ before, now }) => [before!.id, now?.id ?? before!.id])
    const contents = await readObjects(repository, ids)
    for (const [i, { path, now }] of some.entries()) {
      const was = contents[2 * i]
      const is = contents[2 * i + 1]
      if (!was || !is) continue
      const text = now ? is.toString('utf8') : null
      const loss = await lossOf(repository, base, path, was.toString('utf8'), text)
      if (loss) losses.push(loss)
    }
  }
  return losses
}

/** The files as they are now, with what they lost. */
async function logsWith(repository: Repository, tip: string, losses: readonly Loss[]): Promise<TaskLog[]> {
  const contents = await readObjects(
    repository,
    losses.map(({ task }) => `${tip}:${taskPath(task)}`),
  )
  const logs: TaskLog[] = []
  for (const [i, { task, events }] of losses.entries()) {
    const content = contents[i]
    const now = content ? await readVersion(taskPath(task), content.toString('utf8')) : null
    const held = new Map(now?.events ?? [])
    for (const event of events) held.set(event.id, event)
    logs.push({ id: task, events: [...held.values()] })
  }
  return logs
}

/**
 * Puts back by a commit what a log that was taken in does not hold any more of what was here.
 * @param from the tip before it was taken in
 * @param to the tip after that
 * @param theirs the tip that was taken in
 * @returns what was put back, and tasks that this version cannot write
 * Errors: those of `write`, GIT_FAILED.
 */
export async function restoreEvents(
  repository: Repository,
  store: TaskStore,
  from: string,
  to: string,
  theirs: string,
  environment: () => Promise<Environment>,
): Promise<{ restored: Restored[]; left: Restored[]; view: Snapshot | null }> {
  const losses = await lossesBetween(repository, from, to, theirs)
  const told = (some: readonly Loss[]) => some.map(({ task, what }) => ({ task, what }))
  const mine = losses.filter(({ writable }) => writable)
  const left = told(losses.filter(({ writable }) => !writable))
  if (mine.length === 0) return { restored: [], left, view: null }
  const files = mine.length === 1 ? '1 task' : `${mine.length} tasks`
  const trailers = taskTrailers(mine.map(({ task }) => task)).join('\n')
  const { view } = await write(store, await environment(), async (now) => ({
    result: null,
    logs: await logsWith(repository, now.tip!, mine),
    message: `Put back events of ${files}\n\n${trailers}\n`,
  }))
  return { restored: told(mine), left, view }
}
