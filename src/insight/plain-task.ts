import { CLOSED_STATUSES, type Priority, type Status, type TaskType } from '../../schemas/vocabulary.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'

/** A task as predictions know it. Times are milliseconds since 1970. */
export interface PlainTask {
  /** `repository/id` */
  readonly key: string
  readonly repository: string
  readonly number: number
  readonly title: string
  readonly description: string
  readonly type: TaskType
  readonly priority: Priority
  readonly labels: readonly string[]
  /** Key of the task that it is a part of. */
  readonly parent: string | null
  /** What it was called in the system that it was imported from. */
  readonly source: string | null
  readonly status: Status
  /** Why it has this status. */
  readonly reason: string | null
  readonly created: number
  /** null where nobody said that it was begun. */
  readonly started: number | null
  /** When it was completed; null for everything else. */
  readonly completed: number | null
  /** When it was completed or cancelled; null for what is open. */
  readonly left: number | null
}

interface StoredTask extends Omit<PlainTask, 'created' | 'started' | 'completed' | 'source'> {
  readonly id: string
  readonly source: { readonly id: string } | null
  readonly created_at: string | null
  readonly updated_at: string | null
  readonly started_at: string | null
  readonly completed_at: string | null
}

const instant = (text: string | null) => (text === null ? null : Date.parse(text))

/** The tasks of a repository that are not deleted, by slot. Reads the JSON of the index, and no events. */
export function plainTasks(repository: string, snapshot: Snapshot): Map<number, PlainTask> {
  snapshot.willRead('all', snapshot.slots)
  snapshot.willRead('heads', snapshot.slots)
  const tasks = new Map<number, PlainTask>()
  for (let slot = 0; slot < snapshot.slots; slot++) {
    if (snapshot.flags(slot) & (FLAG.GONE | FLAG.DELETED)) continue
    const task = JSON.parse(snapshot.json(slot).toString('utf8')) as StoredTask
    const completed = task.status === 'completed' ? instant(task.completed_at) : null
    const hasEnded = CLOSED_STATUSES.includes(task.status)
    tasks.set(slot, {
      key: `${repository}/${task.id}`,
      repository,
      number: task.number,
      title: task.title,
      description: task.description,
      type: task.type,
      priority: task.priority,
      labels: task.labels,
      parent: snapshot.flags(slot) & FLAG.HAS_PARENT ? `${repository}/${snapshot.head(slot).parent}` : null,
      source: task.source?.id ?? null,
      status: task.status,
      reason: task.reason,
      created: instant(task.created_at) ?? 0,
      started: instant(task.started_at),
      completed,
      // The index does not say when a task was cancelled; hardly anybody changes one afterwards.
      left: completed ?? (hasEnded ? instant(task.updated_at) : null),
    })
  }
  return tasks
}

export const refOfPlain = ({ repository, number }: PlainTask): string => `${repository}#${number}`

/**
 * The tasks as they were known at an instant: nothing that was created later, and what ended later is open. What was
 * edited later cannot be told from here and stays as it is.
 */
export function knownAt(tasks: readonly PlainTask[], at: number): PlainTask[] {
  return tasks.flatMap((task) => {
    if (task.created > at) return []
    const { started, completed, left } = task
    const isLater = (time: number | null) => time !== null && time >= at
    if (!isLater(started) && !isLater(left)) return [task]
    return [
      {
        ...task,
        started: isLater(started) ? null : started,
        completed: isLater(completed) ? null : completed,
        left: isLater(left) ? null : left,
        ...(isLater(left) ? { status: 'pending' as const, reason: null } : {}),
      },
    ]
  })
}
