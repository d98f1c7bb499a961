import type { StoredEvent } from '../schemas/event.ts'
import { MhvError } from './errors.ts'
import { findTasks, type TaskNames } from './query/find-task.ts'
import { saysIfItLasts } from './say-what-is-waited-for.ts'
import type { Snapshot } from './snapshot/snapshot.ts'
import type { TaskStore } from './store/task-store.ts'
import { type Command, decide } from './tasks/decide.ts'
import type { Step } from './tasks/event-kind.ts'
import { fold, steps, type TaskLog } from './tasks/fold.ts'
import type { Known, TaskSummary } from './tasks/known.ts'
import { type Environment, seal } from './tasks/seal.ts'
import type { TaskState } from './tasks/task-state.ts'

/** What a write wants, worked out anew from each view that it is tried on. */
export interface WritePlan<T> {
  readonly result: T
  /** Whole logs of the tasks that change; none where nothing is to be done. */
  readonly logs: readonly TaskLog[]
  /** Paths of files to take out of the log. */
  readonly removed?: readonly string[]
  readonly message: string
}

export interface Written<T> {
  readonly result: T
  readonly view: Snapshot
  readonly changed: boolean
}

/** Milliseconds for which a write is tried again after somebody else was faster. */
const PATIENCE = 30_000

/**
 * The single write path: read the tip, work out what to write, write it if the tip is still there, else begin again.
 * Errors: whatever `plan` throws; CONTENTION when others stay faster until the time is up; those of the store.
 */
export async function write<T>(
  store: TaskStore,
  environment: Environment,
  plan: (view: Snapshot) => Promise<WritePlan<T>>,
): Promise<Written<T>> {
  return store.exclusively(async () => {
    const until = Date.now() + PATIENCE
    const waits = saysIfItLasts(
      () =>
        `Waiting, for ${PATIENCE / 1000} s at most: something else holds the lock of the task log of ${store.name}, or keeps moving it. mhv doctor names a lock that was left.`,
    )
    for (let pause = 5; ; pause = Math.min(pause * 2, 250)) {
      const view = await store.view()
      const { result, logs, removed = [], message } = await plan(view)
      if (logs.length + removed.length === 0) return { result, view, changed: false }
      const outcome = await store.commit(view, { message, at: environment.now, logs, removed })
      if (outcome !== 'moved') return { result, view: outcome, changed: true }
      if (Date.now() > until) {
        throw new MhvError(
          'CONTENTION',
          `The task log kept moving, or was locked by git, for ${PATIENCE / 1000} s; nothing was written.`,
        )
      }
      waits()
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())))
    }
  })
}

export interface Request {
  /** Tasks to change. */
  readonly targets: TaskNames
  /** Whether a range among the targets takes in deleted tasks. */
  readonly withDeleted?: boolean
  /** Id of a task to create, instead of targets. */
  readonly create?: string
  /** The commands for each task, built from the view, since what a number means may change between tries. */
  commands(view: Snapshot, id: string): readonly Command[]
  /** Lines that end the commit's message, after those of the tasks. */
  readonly trailers?: readonly string[]
}

export interface TaskReceipt {
  readonly before: TaskState | null
  readonly after: TaskState
  /** The task's steps before this write. */
  readonly history: readonly Step[]
  /** Kinds of the events that were appended; none where the command had taken effect already. */
  readonly kinds: readonly string[]
}

/** Appends what commands mean for one or several tasks, all or nothing; a receipt for each in the order asked. Errors: as `write`, and every refusal. */
export async function handle(
  store: TaskStore,
  request: Request,
  environment: Environment,
): Promise<Written<readonly TaskReceipt[]>> {
  return write(store, environment, (view) => planRequest(store, view, request, environment))
}

/**
 * What `handle` would do on a view, without doing it: a refusal has to come before work that takes minutes. Errors: every
 * refusal.
 */
export async function rehearse(
  store: TaskStore,
  view: Snapshot,
  request: Request,
  environment: Environment,
): Promise<readonly TaskReceipt[]> {
  return (await planRequest(store, view, request, environment)).result
}

async function planRequest(
  store: TaskStore,
  view: Snapshot,
  request: Request,
  environment: Environment,
): Promise<WritePlan<readonly TaskReceipt[]>> {
  const named = findTasks(view, request.targets, request.withDeleted ?? false)
  const asked = request.create ? [request.create] : named.map((slot) => view.head(slot).id)
  const ids = inOrder(view, asked)
  // Also an id to create may be there already: then creating it has taken effect, and its log is not to be replaced.
  const loaded = await store.load(view, request.create ? ids.filter((id) => view.summary(id)) : ids)
  const decided = new Map<string, TaskState>()
  const known = withDecided(view, decided)
  const receipts: TaskReceipt[] = []
  const logs: TaskLog[] = []
  const lines: Line[] = []
  for (const id of ids) {
    const read = loaded.get(id)
    if (read && !read.writable) {
      throw new MhvError('NEWER_FORMAT', `#${read.task.number} was changed by a newer version of mhv.`)
    }
    const log: TaskLog = read?.log ?? { id, events: [] }
    const history = steps(log)
    const drafts = request.commands(view, id).flatMap((command) => decide(command, history, known))
    const sealed = drafts.length > 0 ? seal(log, drafts, environment) : log
    const after = fold(sealed)
    receipts.push({
      before: history.at(-1)?.after ?? null,
      after,
      history,
      kinds: drafts.map((draft) => draft.kind),
    })
    if (drafts.length === 0) continue
    decided.set(id, after)
    logs.push(sealed)
    lines.push({ task: after, events: sealed.events.slice(log.events.length) })
  }
  // Told in the order in which they were asked for.
  const place = new Map(asked.map((id, i) => [id, i]))
  receipts.sort((a, b) => place.get(a.after.id)! - place.get(b.after.id)!)
  return { result: receipts, logs, message: commitMessage(lines, request.trailers) }
}

export interface Line {
  readonly task: TaskState
  readonly events: readonly StoredEvent[]
}

/** More tasks than this would make every `git log` of them unreadable; the tree says the rest. */
const MOST_NAMED = 20

/** Trailers that name the tasks of a commit; of many the first, and how many there are. */
export const taskTrailers = (ids: readonly string[]): string[] => [
  ...ids.slice(0, MOST_NAMED).map((id) => `Mtos-Task: ${id}`),
  ...(ids.length > MOST_NAMED ? [`Mtos-Tasks: ${ids.length}`] : []),
]

/** `TaskStarted #123 Fix auth bug`, then trailers for each task, its events and what they undo. */
export function commitMessage(lines: readonly Line[], more: readonly string[] = []): string {
  const [first] = lines
  if (!first) return ''
  // Of a task that was asked for in words, that it was created is what counts.
  const { kind } = first.events.find((event) => event.kind === 'TaskCreated') ?? first.events[0]!
  const isMany = lines.length > MOST_NAMED
  const subject =
    lines.length === 1
      ? `${kind} #${first.task.number} ${first.task.title}`
      : isMany
        ? `${kind} of ${lines.length} tasks`
        : `${kind} ${lines.map(({ task }) => `#${task.number}`).join(', ')}`
  const trailers = isMany
    ? taskTrailers(lines.map(({ task }) => task.id))
    : lines.flatMap(({ task, events }) => [
        ...taskTrailers([task.id]),
        ...events.map((event) => `Mtos-Event: ${event.id}`),
        ...new Set(events.flatMap((event) => event.undoes ?? []).map((id) => `Mtos-Undoes: ${id}`)),
      ])
  return `${subject}\n\n${[...trailers, ...more].join('\n')}\n`
}

/** The rest of the repository as it will be once the tasks decided so far are written. */
function withDecided(view: Snapshot, decided: ReadonlyMap<string, TaskState>): Known {
  const now = (summary: TaskSummary): TaskSummary => {
    const task = decided.get(summary.id)
    if (!task) return summary
    return {
      ...summary,
      status: task.status,
      deleted: task.deleted,
      parent: task.parent,
      dependsOn: [...task.dependsOn.keys()],
    }
  }
  return {
    nextNumber: view.nextNumber,
    summary: (id) => {
      const summary = view.summary(id)
      return summary && now(summary)
    },
    childrenOf: (id) => view.childrenOf(id).map(now),
  }
}

/** Tasks after those that they wait for, so that a dependency and its dependent can be completed by one command. */
function inOrder(view: Snapshot, ids: readonly string[]): string[] {
  if (ids.length < 2) return [...ids]
  const waitsFor = new Map<string, string[]>(ids.map((id) => [id, []]))
  view.willRead('heads', ids.length)
  for (const slot of view.slotsOfIds(ids).values()) {
    const { id, dependsOn, parent } = view.head(slot)
    waitsFor.get(id)!.push(...dependsOn.filter((other) => waitsFor.has(other)))
    waitsFor.get(parent)?.push(id)
  }
  const ordered = new Set<string>()
  const visited = new Set<string>()
  for (const start of ids) {
    // A stack of our own: a chain of ten thousand dependencies is legal.
    const stack = [start]
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const next = visited.has(id) ? undefined : waitsFor.get(id)!.filter((other) => !visited.has(other))
      visited.add(id)
      if (next?.length) stack.push(...next.reverse())
      else {
        ordered.add(id)
        stack.pop()
      }
    }
  }
  return [...ordered]
}
