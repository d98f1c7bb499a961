import type { Priority, Status, TaskType } from '../../schemas/vocabulary.ts'

export interface Criterion {
  readonly id: string
  readonly text: string
  readonly met: boolean
  readonly evidence: string | null
}

export interface Comment {
  readonly id: string
  readonly at: string
  readonly by: string
  readonly text: string
}

/** What a gate said of a task's work. */
export interface GateOutcome {
  readonly gate: string
  readonly outcome: string
  readonly commit?: string
  readonly tree?: string
  readonly command?: string | null
  readonly exit_code?: number | null
  readonly seconds?: number
  readonly cached?: boolean
  /** Of one that was overridden: what it had said, and who let it pass. */
  readonly was?: string
  readonly override?: {
    readonly reason: string
    readonly by: string
    readonly at: string
    readonly approver?: string
    readonly expires?: string
  }
}

/** Whether somebody has let a gate pass that had not. */
export const isOverridden = ({ gates }: Pick<TaskState, 'gates'>): boolean =>
  gates.some(({ outcome }) => outcome === 'overridden')

/** Values of an observed-remove set, each with the ids of the events that added it and are not removed. */
export type ObservedSet = ReadonlyMap<string, readonly string[]>

/** The fold of a task's events. Instants are ISO 8601 in UTC. */
export interface TaskState {
  readonly id: string
  /** What people type; 0 until an event has numbered the task. */
  readonly number: number
  /** Earlier numbers, in the order in which they were given up. */
  readonly aliases: readonly number[]
  readonly title: string
  readonly description: string
  readonly type: TaskType
  readonly status: Status
  /** Why it has this status; one register with the status itself. */
  readonly reason: string | null
  readonly statusAt: string | null
  readonly priority: Priority
  readonly deadline: string | null
  readonly estimate: string | null
  readonly assignee: string | null
  readonly labels: ObservedSet
  /** Ids of local tasks, or `repository/id`. */
  readonly dependsOn: ObservedSet
  readonly parent: string | null
  /** `link reference`: see links-added.ts. */
  readonly links: ObservedSet
  readonly criteria: readonly Criterion[]
  readonly comments: readonly Comment[]
  readonly branch: string | null
  /** Commit that the branch began at. */
  readonly base: string | null
  /** Commit that was checked out when the task was completed. */
  readonly commit: string | null
  readonly gates: readonly GateOutcome[]
  readonly deleted: boolean
  readonly source: { readonly system: string; readonly id: string } | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly createdBy: string | null
  readonly createdAt: string | null
  readonly updatedAt: string | null
  readonly startedAt: string | null
  readonly completedBy: string | null
  readonly completedAt: string | null
}

/** A task before its first event. */
export function initialState(id: string): TaskState {
  return {
    id,
    number: 0,
    aliases: [],
    title: '',
    description: '',
    type: 'task',
    status: 'pending',
    reason: null,
    statusAt: null,
    priority: 'medium',
    deadline: null,
    estimate: null,
    assignee: null,
    labels: new Map(),
    dependsOn: new Map(),
    parent: null,
    links: new Map(),
    criteria: [],
    comments: [],
    branch: null,
    base: null,
    commit: null,
    gates: [],
    deleted: false,
    source: null,
    metadata: {},
    createdBy: null,
    createdAt: null,
    updatedAt: null,
    startedAt: null,
    completedBy: null,
    completedAt: null,
  }
}
