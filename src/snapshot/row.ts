import { CLOSED_STATUSES, PRIORITIES, STATUSES, TASK_TYPES } from '../../schemas/vocabulary.ts'
import { linkOf } from '../tasks/kinds/links-added.ts'
import { isReference } from '../tasks/known.ts'
import { isOverridden, type TaskState } from '../tasks/task-state.ts'
import { checksum } from './checksum.ts'

/** A row is 22 32-bit integers, the last of them free; wide values take two places, read as one double. */
export const ROW_INTS = 22
export const ROW_BYTES = ROW_INTS * 4

/** Places in a row, in 32-bit integers. `CREATED`, `UPDATED`, `JSON` and `COMPLETED` are doubles: halve them. */
export const AT = {
  NUMBER: 0,
  PACKED: 1,
  ID_HASH: 2,
  LABELS: 3,
  ASSIGNEE_HASH: 4,
  DEADLINE: 5,
  CREATED: 6,
  UPDATED: 8,
  /** Where the JSON is in the heap. */
  JSON: 10,
  JSON_LENGTH: 12,
  JSON_SUM: 13,
  /** Where the head is in the heap: an integer, since heads lie in its first 2 GB. */
  HEAD: 14,
  HEAD_LENGTH: 15,
  COMPLETED: 16,
  HEAD_SUM: 18,
  /** Hash of the parent's id; 0 for none. */
  PARENT_HASH: 19,
  /** Bloom filter of the dependencies' ids. */
  DEPENDENCIES: 20,
} as const

export const FLAG = {
  DELETED: 1,
  HAS_DEPENDENCIES: 2,
  HAS_PARENT: 4,
  HAS_ALIASES: 8,
  /** The file is gone from the tree: only a foreign hand does that. */
  GONE: 16,
  DEADLINE_IS_DATE: 32,
  /** A newer program wrote the file. */
  READ_ONLY: 64,
  /** The head has ASCII characters only. */
  PLAIN_HEAD: 128,
  /** Somebody has let gates pass that had not. */
  OVERRIDDEN: 256,
  /** A dependency is another repository's task. */
  REACHES_OUT: 512,
} as const

/** No deadline: sorts after every real one. */
export const NO_DEADLINE = 2 ** 31 - 1

/** FNV-1a, 32 bits, signed: to find candidates quickly; what it finds is compared in full. */
export function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h | 0
}

/** The same of an id, also of one behind a repository's name: its last characters differ already. */
export const hashOfId = (id: string): number => hash(id.slice(-8))

/** The bit of a label or an id in a row's bloom filter of such. */
export const bloomBit = (text: string) => 1 << (hash(text) & 31)
const bloomOf = (texts: Iterable<string>) => {
  let bits = 0
  for (const text of texts) bits |= bloomBit(text)
  return bits
}

const milliseconds = (instant: string | null) => (instant ? Date.parse(instant) : 0)

/** The latest deadline that a column tells apart, in the year 6053; what is later stands in the same place. */
export const LAST_DEADLINE = NO_DEADLINE - 1

/** Minutes since 1970; of a date, those of its first minute in UTC. */
function deadlineMinutes(deadline: string | null): number {
  if (deadline === null) return NO_DEADLINE
  return Math.min(Math.floor(Date.parse(deadline) / 60_000), LAST_DEADLINE)
}

/**
 * Fields that lists show, filter and sort by without parsing JSON, separated by tabs; those that every table shows come
 * first. Part of the index's schema.
 */
const headOf = (task: TaskState) =>
  [
    task.id,
    task.title,
    [...task.labels.keys()].sort().join(','),
    task.assignee ?? '',
    task.deadline ?? '',
    [...task.dependsOn.keys()].sort().join(','),
    task.parent ?? '',
    task.aliases.join(','),
    task.estimate ?? '',
    task.branch ?? '',
    task.source ? `${task.source.system}:${task.source.id}` : '',
  ]
    .map((field) => field.replace(/[\t\n]/g, ' '))
    .join('\t')

/** Every id is a ULID. */
export const ID_LENGTH = 26

const list = (field: string): readonly string[] => (field === '' ? [] : field.split(','))

/** A class for its getters: of the thousands of heads that a list reads, each is asked for a few fields, or for none. */
export class Head {
  /** All fields as they are stored. */
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  /** Found again each time: most are asked for once, and nothing is left behind of the others. */
  #field(place: number): string {
    let from = ID_LENGTH + 1
    for (let i = 1; i < place; i++) from = this.text.indexOf('\t', from) + 1
    const to = this.text.indexOf('\t', from)
    return this.text.slice(from, to < 0 ? undefined : to)
  }
  get id(): string {
    return this.text.slice(0, ID_LENGTH)
  }
  get title(): string {
    return this.#field(1)
  }
  /** The labels with commas between. */
  get labelText(): string {
    return this.#field(2)
  }
  get labels(): readonly string[] {
    return list(this.labelText)
  }
  get assignee(): string {
    return this.#field(3)
  }
  get deadline(): string {
    return this.#field(4)
  }
  get dependsOn(): readonly string[] {
    return list(this.#field(5))
  }
  get parent(): string {
    return this.#field(6)
  }
  get aliases(): readonly number[] {
    return list(this.#field(7)).map(Number)
  }
  get estimate(): string {
    return this.#field(8)
  }
  get branch(): string {
    return this.#field(9)
  }
  get source(): string {
    return this.#field(10)
  }
}

/** The value with the keys of every object sorted: those of foreign data come in one order before a write, in another after. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]))
}

/**
 * The task as scripts see it, in the order of the published schema, without what depends on other tasks and on where
 * it is read from: those keys are put in front when it is printed, so that nobody has to parse this text.
 */
export function taskJson(task: TaskState): string {
  return JSON.stringify({
    id: task.id,
    number: task.number,
    title: task.title,
    description: task.description,
    type: task.type,
    status: task.status,
    reason: task.reason,
    priority: task.priority,
    deadline: task.deadline,
    assignee: task.assignee,
    estimate: task.estimate,
    labels: [...task.labels.keys()].sort(),
    criteria: task.criteria,
    comments: task.comments,
    branch: task.branch,
    commit: task.commit,
    gates: task.gates,
    links: [...task.links.keys()].sort().map(linkOf),
    metadata: inOrder(task.metadata),
    created_by: task.createdBy,
    completed_by: task.completedBy,
    created_at: task.createdAt,
    updated_at: task.updatedAt,
    started_at: task.startedAt,
    completed_at: task.completedAt,
    aliases: task.aliases,
    deleted: task.deleted,
    source: task.source,
  })
}

/** What the heap holds of a task. */
export interface Texts {
  readonly head: Buffer
  readonly json: Buffer
}

/**
 * Fills one row, all but the places of its texts in the heap, and gives these texts.
 * @param writable false for a file that only a newer program may change
 */
export function encodeRow(
  task: TaskState,
  writable: boolean,
  rows: Int32Array,
  wide: Float64Array,
  row: number,
): Texts {
  const headText = headOf(task)
  const head = Buffer.from(headText)
  const json = Buffer.from(taskJson(task))
  const flags =
    (task.deleted ? FLAG.DELETED : 0) |
    (task.dependsOn.size > 0 ? FLAG.HAS_DEPENDENCIES : 0) |
    (task.parent ? FLAG.HAS_PARENT : 0) |
    (task.aliases.length > 0 ? FLAG.HAS_ALIASES : 0) |
    (task.deadline?.length === 10 ? FLAG.DEADLINE_IS_DATE : 0) |
    (writable ? 0 : FLAG.READ_ONLY) |
    (head.length === headText.length ? FLAG.PLAIN_HEAD : 0) |
    (isOverridden(task) ? FLAG.OVERRIDDEN : 0) |
    ([...task.dependsOn.keys()].some(isReference) ? FLAG.REACHES_OUT : 0)
  const at = row * ROW_INTS
  rows[at + AT.NUMBER] = task.number
  rows[at + AT.PACKED] =
    STATUSES.indexOf(task.status) |
    (PRIORITIES.indexOf(task.priority) << 4) |
    (TASK_TYPES.indexOf(task.type) << 8) |
    (flags << 16)
  rows[at + AT.ID_HASH] = hashOfId(task.id)
  rows[at + AT.LABELS] = bloomOf(task.labels.keys())
  rows[at + AT.ASSIGNEE_HASH] = task.assignee ? hash(task.assignee) : 0
  rows[at + AT.DEADLINE] = deadlineMinutes(task.deadline)
  wide[(at + AT.CREATED) / 2] = milliseconds(task.createdAt)
  wide[(at + AT.UPDATED) / 2] = milliseconds(task.updatedAt)
  wide[(at + AT.COMPLETED) / 2] = milliseconds(task.completedAt)
  rows[at + AT.HEAD_LENGTH] = head.length
  rows[at + AT.JSON_LENGTH] = json.length
  rows[at + AT.PARENT_HASH] = task.parent ? hashOfId(task.parent) : 0
  rows[at + AT.DEPENDENCIES] = bloomOf(task.dependsOn.keys())
  rows[at + AT.HEAD_SUM] = checksum(head)
  rows[at + AT.JSON_SUM] = checksum(json)
  return { head, json }
}

const CLOSED_BITS = CLOSED_STATUSES.reduce((bits, status) => bits | (1 << STATUSES.indexOf(status)), 0)

export const statusAt = (packed: number) => packed & 15
export const priorityAt = (packed: number) => (packed >> 4) & 15
export const typeAt = (packed: number) => (packed >> 8) & 255
export const flagsAt = (packed: number) => (packed >>> 16) & 0xffff
export const isClosed = (packed: number) => ((1 << statusAt(packed)) & CLOSED_BITS) !== 0
