import { CLOSED_STATUSES, type Status } from '../../schemas/vocabulary.ts'

/** What a decision may need to know of a task that it does not change. */
export interface TaskSummary {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly status: Status
  readonly deleted: boolean
  readonly parent: string | null
  readonly dependsOn: readonly string[]
}

/** The rest of the repository at the tip that the decision was read from. */
export interface Known {
  /** 1 + the highest of all numbers, aliases and deleted tasks' numbers. */
  readonly nextNumber: number
  summary(id: string): TaskSummary | undefined
  childrenOf(id: string): readonly TaskSummary[]
}

/** The dependencies among `ids` that have not ended; one that is not known here counts as open. */
export function openAmong(known: Known, ids: Iterable<string>): { id: string; label: string }[] {
  return [...ids].flatMap((id) => {
    const task = known.summary(id)
    if (task && (CLOSED_STATUSES.includes(task.status) || task.deleted)) return []
    return [{ id, label: task ? `#${task.number} ${task.title}` : id }]
  })
}
