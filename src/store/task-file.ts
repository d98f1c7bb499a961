import { EVENT_DATA, type EventKind, envelope, FOLD_VERSION, type StoredEvent } from '../../schemas/event.ts'
import { uniteLogs } from '../merge/unite-logs.ts'
import { printable } from '../printable.ts'
import { compareEvents } from '../tasks/event-order.ts'
import { fold, isFoldable, type TaskLog } from '../tasks/fold.ts'
import { linkOf } from '../tasks/kinds/links-added.ts'
import type { TaskState } from '../tasks/task-state.ts'
import { taskAsWritten } from './task-as-written.ts'
import { type Plain, writeYaml } from './yaml-layout.ts'
import { readOwnYaml } from './yaml-reader.ts'

/** Order of keys in the layout; part of the frozen format. Keys that are not named follow in alphabetical order. */
const KEY_ORDER = [
  'id', 'kind', 'v', 'after', 'clock', 'at', 'by', 'group', 'undoes', 'data',
  'number', 'title', 'type', 'status', 'reason', 'priority', 'deadline', 'estimate', 'assignee', 'labels',
  'depends_on', 'parent', 'criteria', 'text', 'met', 'evidence', 'source', 'system', 'description', 'metadata',
] // biome-ignore format: a table
const RANK = new Map(KEY_ORDER.map((key, i) => [key, i]))

function canonical(value: unknown): Plain | undefined {
  if (Array.isArray(value)) return value.map((item) => canonical(item) ?? null)
  if (value === null || typeof value !== 'object') return value as Plain | undefined
  const keys = Object.keys(value).sort((a, b) => {
    const byRank = (RANK.get(a) ?? KEY_ORDER.length) - (RANK.get(b) ?? KEY_ORDER.length)
    return byRank || (a < b ? -1 : 1)
  })
  const sorted: Record<string, Plain | undefined> = Object.create(null)
  for (const key of keys) sorted[key] = canonical((value as Record<string, unknown>)[key])
  return sorted
}

/** The bytes of one event in the layout: what decides between two contents of the same id. */
export function canonicalEvent(event: StoredEvent): string {
  return writeYaml(canonical(event) as Record<string, Plain>)
}

/** What people read above the events; empty fields are left out. */
function projection(task: TaskState): Record<string, Plain | undefined> {
  const some = <T>(list: readonly T[]) => (list.length > 0 ? list : undefined)
  return {
    id: task.id,
    number: task.number,
    aliases: some(task.aliases),
    title: task.title,
    type: task.type,
    status: task.status,
    reason: task.reason ?? undefined,
    priority: task.priority,
    deadline: task.deadline ?? undefined,
    estimate: task.estimate ?? undefined,
    assignee: task.assignee ?? undefined,
    labels: some([...task.labels.keys()].sort()),
    depends_on: some([...task.dependsOn.keys()].sort()),
    parent: task.parent ?? undefined,
    links: some([...task.links.keys()].sort().map((value) => ({ ...linkOf(value) }))),
    branch: task.branch ?? undefined,
    deleted: task.deleted || undefined,
    source: task.source ? { system: task.source.system, id: task.source.id } : undefined,
    criteria: some(
      task.criteria.map(({ id, text, met, evidence }) => ({
        id,
        text,
        met,
        evidence: evidence ?? undefined,
      })),
    ),
    description: task.description || undefined,
  }
}

/** A task's file: a function of its set of events, whatever order they are given in. The log has to be foldable. */
export function renderTaskFile(log: TaskLog): string {
  return renderFolded(log, fold(log))
}

function renderFolded(log: TaskLog, task: TaskState): string {
  return renderSorted(task, [...log.events].sort(compareEvents))
}

/** A task above events that are in their order. */
export function renderSorted(task: TaskState, events: readonly StoredEvent[]): string {
  return writeYaml({ ...projection(task), events: events.map((event) => canonical(event)!) })
}

export interface ReadTask {
  readonly log: TaskLog
  readonly task: TaskState
  /** False where an event needs a newer program: the task is what that program wrote above the events. */
  readonly writable: boolean
  /** What the doctor would say of the file, although it could be read. */
  readonly faults: readonly string[]
}

/** The reason why a file holds no task, and the number that it seems to have, which must not be given out again. */
export interface UnreadableTask {
  readonly unreadable: string
  readonly number: number
}

/**
 * Reads the file of the task `id`. Never throws: a file that is damaged says so and hides no other.
 * A file whose bytes differ from what its events make is read by its events and the difference reported.
 */
export async function readTaskFile(id: string, text: string): Promise<ReadTask | UnreadableTask> {
  const own = readOwnYaml(text)
  if (own) {
    const read = taskIn(own, id, text)
    // The fast reader is right only about what this layout would have written: single quotes, for one, mean more.
    if (isExact(read) || writeYaml(own) === text) return read
  }
  try {
    const { parse } = await import('yaml')
    return taskIn(parse(text, { maxAliasCount: 0, schema: 'core', logLevel: 'error' }), id, text)
  } catch (error) {
    return unreadable(`it is not YAML: ${printable(String(error).split('\n')[0]!)}`, text)
  }
}

const isExact = (read: ReadTask | UnreadableTask) =>
  'task' in read && read.writable && read.faults.length === 0

const unreadable = (why: string, text: string): UnreadableTask => ({
  unreadable: why,
  number: Number(/^number: ([1-9]\d{0,9})$/m.exec(text)?.[1] ?? 0),
})

function taskIn(plain: unknown, id: string, text: string): ReadTask | UnreadableTask {
  const stored = plain as { id?: unknown; events?: unknown } | null
  if (!stored || !Array.isArray(stored.events) || stored.events.length === 0) {
    return unreadable('it has no events', text)
  }
  if (stored.id !== id) return unreadable(`it says that it is ${printable(String(stored.id), 30)}`, text)
  const malformed = stored.events.map(faultOf)
  const { set: log, repeated } = asSet({
    id,
    events: stored.events.filter((_, i) => malformed[i] === null) as StoredEvent[],
  })
  const faults = [...malformed.filter((fault) => fault !== null), ...repeated]
  if (!isFoldable(log.events)) {
    return {
      log,
      task: taskAsWritten(id, stored as Record<string, unknown>, log.events),
      writable: false,
      faults,
    }
  }
  if (malformed.some((fault) => fault !== null)) return unreadable(faults.join('; '), text)
  const task = fold(log)
  if (task.title === '') return unreadable('no event that counts creates it', text)
  if (renderFolded(log, task) !== text) faults.push('its text is not what its events make')
  return { log, task, writable: true, faults }
}

/** A file is a set of events: one that stands there twice counts once, as in a merge. */
function asSet(log: TaskLog): { set: TaskLog; repeated: string[] } {
  const { log: set, clashes } = uniteLogs({ id: log.id, events: [] }, log, canonicalEvent)
  const clashing = new Set(clashes.map(({ event }) => event))
  const seen = new Set<string>()
  const repeated = log.events.flatMap(({ id }) => {
    if (!seen.has(id)) {
      seen.add(id)
      return []
    }
    return [`event ${id} ${clashing.has(id) ? 'stands there with two contents' : 'is there more than once'}`]
  })
  return { set, repeated }
}

/** Why an event is none, or null. The data of a kind or version that is not known here is taken as it is. */
export function faultOf(event: unknown): string | null {
  const outer = envelope.safeParse(event)
  if (!outer.success)
    return `an event is malformed: ${outer.error.issues[0]?.path.join('.')} ${outer.error.issues[0]?.message}`
  const { kind, v, id, data } = outer.data
  if (v > FOLD_VERSION || !Object.hasOwn(EVENT_DATA, kind)) return null
  const inner = EVENT_DATA[kind as EventKind].safeParse(data)
  if (inner.success) return null
  return `event ${id} (${kind}) is malformed: ${inner.error.issues[0]?.path.join('.')} ${inner.error.issues[0]?.message}`
}
