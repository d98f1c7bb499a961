import type { StoredEvent } from '../../schemas/event.ts'
import { isFoldable, orderLog, steps, type TaskLog } from './fold.ts'
import { linkOf } from './kinds/links-added.ts'
import type { TaskState } from './task-state.ts'

export interface FieldChange {
  readonly field: string
  readonly from: unknown
  readonly to: unknown
}

export interface HistoryEntry {
  readonly id: string
  readonly kind: string
  readonly at: string
  readonly by: string
  readonly changes: readonly FieldChange[]
  /** What the event says besides, of those whose fields do not tell it; else null. */
  readonly data: Readonly<Record<string, unknown>> | null
  /** Fields that this event set and a concurrent one, which it had not seen, decided otherwise. */
  readonly lost: readonly string[]
  /** Why the event is kept but does not count, where that is so. */
  readonly quarantined: string | null
}

type Shown = Record<string, unknown>

/** The fields of a task as people know them; sets as sorted lists, items of lists as a line each. */
function shown(task: TaskState): Shown {
  return {
    number: task.number || null,
    title: task.title,
    description: task.description,
    type: task.type,
    status: task.status,
    reason: task.reason,
    priority: task.priority,
    deadline: task.deadline,
    estimate: task.estimate,
    assignee: task.assignee,
    labels: [...task.labels.keys()].sort(),
    depends_on: [...task.dependsOn.keys()].sort(),
    parent: task.parent,
    links: [...task.links.keys()].map((value) => linkOf(value).to).sort(),
    criteria: task.criteria.map(
      ({ text, met, evidence }) => `[${met ? 'x' : ' '}] ${text}${evidence ? ` (${evidence})` : ''}`,
    ),
    comments: task.comments.map(({ text }) => text),
    branch: task.branch,
    commit: task.commit,
    gates: task.gates.map(({ gate, outcome }) => `${gate}: ${outcome}`),
    deleted: task.deleted,
    source: task.source && `${task.source.system}:${task.source.id}`,
  }
}

/** What is different in a task for people, field by field. */
export function differences(before: TaskState, after: TaskState): FieldChange[] {
  const [a, b] = [shown(before), shown(after)]
  return Object.keys(b).flatMap((field) =>
    JSON.stringify(a[field]) === JSON.stringify(b[field]) ? [] : [{ field, from: a[field], to: b[field] }],
  )
}

/** Ids that an event has seen, directly or through others. */
function ancestry(events: readonly StoredEvent[]): Map<string, Set<string>> {
  const seen = new Map<string, Set<string>>()
  for (const event of events) {
    const all = new Set(event.after)
    for (const parent of event.after) for (const id of seen.get(parent) ?? []) all.add(id)
    seen.set(event.id, all)
  }
  return seen
}

/** Registers that a single later write decides; sets and lists keep what both sides did. */
const REGISTERS = [
  'title',
  'description',
  'type',
  'status',
  'priority',
  'deadline',
  'estimate',
  'assignee',
  'parent',
  'number',
]

/** Kinds of events that say why, and how it came, and not only what is different now. */
const TELLING = ['GateOverridden', 'TaskFailed', 'TaskCreationRequested'] as const

/** What each event of a task changed, oldest first, and which of it lost. A log of a newer program is only listed. */
export function changesOf(log: TaskLog): HistoryEntry[] {
  const plain = ({ id, kind, at, by, data }: StoredEvent) => {
    const isTold = (TELLING as readonly string[]).includes(kind)
    return { id, kind, at, by, data: isTold ? (data as Readonly<Record<string, unknown>>) : null }
  }
  if (!isFoldable(log.events)) {
    return log.events.map((event) => ({ ...plain(event), changes: [], lost: [], quarantined: null }))
  }
  const history = steps(log)
  const seen = ancestry(history.map(({ event }) => event))
  const changed = history.map(({ before, after }) => differences(before, after))
  const entries = history.map(({ event }, i): HistoryEntry => {
    const lost = changed[i]!.filter(({ field }) => REGISTERS.includes(field)).flatMap(({ field }) => {
      const next = changed.findIndex((fields, k) => k > i && fields.some((change) => change.field === field))
      return next > i && !seen.get(history[next]!.event.id)!.has(event.id) ? [field] : []
    })
    return { ...plain(event), changes: changed[i]!, lost, quarantined: null }
  })
  const aside = orderLog(log).quarantined.map(({ event, why }) => ({
    ...plain(event),
    changes: [],
    lost: [],
    quarantined: why,
  }))
  return [...entries, ...aside]
}
