import type { StoredEvent } from '../../schemas/event.ts'
import { isFoldable, orderLog, steps, type TaskLog } from './fold.ts'
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
  /** Fields that this event set and a concurrent one, which it had not seen, decided otherwise. */
  readonly lost: readonly string[]
  /** Why the event is kept but does not count, where that is so. */
  readonly quarantined: string | null
}

type Shown = Record<string, unknown>

/** The fields of a task as people know them; sets as sorted lists. */
function shown(task: TaskState): Shown {
  const {
    id: _id,
    updatedAt: _u,
    statusAt: _s,
    createdAt: _c,
    createdBy: _b,
    labels,
    dependsOn,
    ...rest
  } = task
  return { ...rest, labels: [...labels.keys()].sort(), depends_on: [...dependsOn.keys()].sort() }
}

function differences(before: TaskState, after: TaskState): FieldChange[] {
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

/** What each event of a task changed, oldest first, and which of it lost. A log of a newer program is only listed. */
export function changesOf(log: TaskLog): HistoryEntry[] {
  const plain = ({ id, kind, at, by }: StoredEvent) => ({ id, kind, at, by })
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
