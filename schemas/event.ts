import * as z from 'zod'
import * as task from './task.ts'

/** The newest fold that this program knows; an event that needs a newer one makes its file read-only here. */
export const FOLD_VERSION = 1
/** Lamport clocks end here: a larger one is quarantined, or one hostile event would use up the clock for everyone. */
export const MAX_CLOCK = 2 ** 31

const criterion = z.looseObject({ id: task.ulid, text: task.line(500), met: z.boolean().optional() })
const fields = {
  title: task.title,
  description: task.description,
  type: task.type,
  priority: task.priority,
  deadline: task.deadline.nullable(),
  estimate: task.estimate.nullable(),
}
const removals = z.looseObject({ value: z.string(), adds: z.array(task.ulid) })
/** Fields in words: texts, and lists of them. */
const said = z.record(task.line(60), z.union([task.text(5000), z.array(task.text(5000))]).nullable())
/** What a gate said of the work, with the evidence for it. */
const gateResult = z.looseObject({
  gate: task.line(100),
  outcome: task.line(100),
  commit: task.objectId.optional(),
  tree: task.objectId.optional(),
  command: task.text(4000).nullable().optional(),
  exit_code: z.int().nullable().optional(),
  seconds: z.number().min(0).optional(),
  cached: z.boolean().optional(),
  /** Of one that was overridden: what it had said, and who let it pass. */
  was: task.line(100).optional(),
  override: z
    .looseObject({
      reason: task.reason,
      by: task.line(300),
      at: task.instant,
      approver: task.person.optional(),
      expires: task.instant.optional(),
    })
    .optional(),
})

/** What each kind of event carries. Unknown keys are kept: a later version may have written them. */
export const EVENT_DATA = {
  TaskCreationRequested: z.looseObject({
    request: task.text(5000),
    confidence: z.number().min(0).max(1),
    /** What the words were taken for, by field. */
    understood: said.optional(),
    /** What flags or answers made of it, of those fields only that they changed; null where it was taken away. */
    corrected: said.optional(),
  }),
  TaskCreated: z.looseObject({
    ...z.object(fields).partial().shape,
    title: task.title,
    number: task.taskNumber.optional(),
    assignee: task.person.nullable().optional(),
    labels: z.array(task.label).optional(),
    depends_on: z.array(task.taskReference).optional(),
    parent: task.ulid.nullable().optional(),
    criteria: z.array(criterion).optional(),
    source: task.source.optional(),
    metadata: z.record(z.string(), z.unknown()).optional(),
  }),
  TaskEdited: z.looseObject(z.object(fields).partial().shape),
  TaskAssigned: z.looseObject({ assignee: task.person.nullable() }),
  LabelsChanged: z.looseObject({ add: z.array(task.label).optional(), remove: z.array(removals).optional() }),
  CommentAdded: z.looseObject({ text: task.commentText }),
  CommentRemoved: z.looseObject({ comment: task.ulid }),
  DependencyAdded: z.looseObject({ depends_on: task.taskReference }),
  DependencyRemoved: z.looseObject({ remove: z.array(removals) }),
  /** The task is a part of one piece of work with these of other repositories; `link` is the same in all of them. */
  LinksAdded: z.looseObject({ link: task.ulid, to: z.array(task.taskReference) }),
  LinksRemoved: z.looseObject({ remove: z.array(removals) }),
  ParentSet: z.looseObject({ parent: task.ulid.nullable() }),
  CriterionAdded: z.looseObject({
    ...criterion.shape,
    evidence: task.line(500).nullable().optional(),
    /** Where it goes in the list, from 1; at the end when left out. */
    place: z.int().min(1).optional(),
  }),
  CriterionChecked: z.looseObject({
    criterion: task.ulid,
    met: z.boolean(),
    evidence: task.line(500).nullable().optional(),
  }),
  CriterionRemoved: z.looseObject({ criterion: task.ulid }),
  TaskStarted: z.looseObject({
    branch: task.branchName.nullable().optional(),
    base: task.objectId.nullable().optional(),
    reason: task.reason.optional(),
    forced: z.array(task.line(200)).optional(),
    /** When, where it was not now: an undone taking back gives the start back as it was. */
    started_at: task.instant.optional(),
  }),
  /** What the task had before the start, so that folding needs no memory of it; nothing unless said. */
  TaskStartReverted: z.looseObject({
    reason: task.reason.optional(),
    to: task.status.optional(),
    started_at: task.instant.optional(),
    branch: task.branchName.optional(),
    base: task.objectId.optional(),
  }),
  TaskBlocked: z.looseObject({ reason: task.reason }),
  TaskUnblocked: z.looseObject({ to: task.status, reason: task.reason.optional() }),
  TaskCompleted: z.looseObject({
    commit: task.objectId.nullable().optional(),
    branch: task.branchName.nullable().optional(),
    gates: z.array(gateResult).optional(),
    reason: task.reason.optional(),
    forced: z.array(task.line(200)).optional(),
    /** When and by whom, where it was not now: an undone reopening gives the completion back as it was. */
    completed_at: task.instant.optional(),
    completed_by: task.line(300).optional(),
  }),
  TaskFailed: z.looseObject({
    commit: task.objectId.nullable().optional(),
    gates: z.array(gateResult).optional(),
  }),
  GateOverridden: z.looseObject({
    gates: z.array(task.line(100)),
    reason: task.reason,
    approver: task.person.optional(),
    expires: task.instant.optional(),
    /** The work that it is about; another tree is not let pass. */
    scope: z.looseObject({ commit: task.objectId, tree: task.objectId }).optional(),
    /** What the gates had said. */
    results: z.array(gateResult).optional(),
  }),
  TaskCancelled: z.looseObject({ reason: task.reason.optional() }),
  TaskReopened: z.looseObject({
    to: task.status.optional(),
    reason: task.reason.optional(),
    commit: task.objectId.nullable().optional(),
    gates: z.array(gateResult).optional(),
  }),
  TaskRenumbered: z.looseObject({ number: task.taskNumber }),
  TaskDeleted: z.looseObject({ reason: task.reason.optional() }),
  TaskRestored: z.looseObject({}),
} as const

export type EventKind = keyof typeof EVENT_DATA
export type EventData<K extends EventKind> = z.infer<(typeof EVENT_DATA)[K]>

export const envelope = z.looseObject({
  id: task.ulid,
  kind: z.string(),
  v: z.int().min(1),
  after: z.array(task.ulid),
  clock: z.int().min(1),
  at: task.instant,
  by: task.line(300),
  /** Id of the first event of the command that wrote this one, when it wrote several to one task. */
  group: task.ulid.optional(),
  /** Ids of the events that this one takes back. */
  undoes: z.array(task.ulid).optional(),
  data: z.looseObject({}),
})

/** An event as stored: its envelope is valid, its kind may be one that only a later version knows. */
export interface StoredEvent {
  /** A ULID. */
  readonly id: string
  readonly kind: string
  /** The fold version that this event needs. */
  readonly v: number
  readonly after: readonly string[]
  readonly clock: number
  readonly at: string
  readonly by: string
  readonly group?: string
  readonly undoes?: readonly string[]
  readonly data: Readonly<Record<string, unknown>>
}
export type EventOf<K extends EventKind> = Omit<StoredEvent, 'kind' | 'data'> & {
  readonly kind: K
  readonly data: EventData<K>
}
export type TaskEvent = { [K in EventKind]: EventOf<K> }[EventKind]
/** What a decision proposes: an event without its place in the log. */
export type EventDraft = {
  [K in EventKind]: { readonly kind: K; readonly data: EventData<K>; readonly undoes?: readonly string[] }
}[EventKind]
