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

/** A task of another repository. Its dependencies are named as seen from the repository that asks. */
export interface ForeignTask extends TaskSummary {
  /** The name of its repository. */
  readonly repository: string
}

/** What is known of other repositories, whose tasks go by references, `name/id`. */
export interface Elsewhere {
  /** undefined where that repository, or the task in it, is not known here. */
  task(reference: string): ForeignTask | undefined
  childrenOf(reference: string): readonly ForeignTask[]
}

/** Whether an id is the reference of another repository's task. */
export const isReference = (id: string): boolean => id.includes('/')

/** The rest of the repository at the tip that the decision was read from. */
export interface Known {
  /** 1 + the highest of all numbers, aliases and deleted tasks' numbers. */
  readonly nextNumber: number
  /** @param id of a task here, or the reference of one elsewhere */
  summary(id: string): TaskSummary | ForeignTask | undefined
  childrenOf(id: string): readonly (TaskSummary | ForeignTask)[]
}

/** A task as people name it: `#12`, and `akosha#12` where it is another repository's. */
export const shownAs = (task: TaskSummary | ForeignTask): string =>
  `${'repository' in task ? task.repository : ''}#${task.number}`

/** The dependencies among `ids` that have not ended; one that is not known here counts as open. */
export function openAmong(known: Known, ids: Iterable<string>): { id: string; label: string }[] {
  return [...ids].flatMap((id) => {
    const task = known.summary(id)
    if (task && (CLOSED_STATUSES.includes(task.status) || task.deleted)) return []
    const unknown = isReference(id) ? `${id}, which cannot be seen` : id
    return [{ id, label: task ? `${shownAs(task)} ${task.title}` : unknown }]
  })
}
