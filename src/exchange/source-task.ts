import type * as z from 'zod'
import {
  type ImportedTask,
  importedTask,
  isTaskType,
  OWN_SYSTEM,
  SOURCE_STATUSES,
} from '../../schemas/exchange.ts'
import * as rules from '../../schemas/task.ts'
import { PRIORITIES, type Status, type TaskType } from '../../schemas/vocabulary.ts'
import { printable } from '../printable.ts'
import { noneOf } from '../query/none-of.ts'
import { KNOWN_FIELDS, keyMeaning } from './meant-field.ts'
import { metadataFault } from './metadata-rules.ts'
import type { Fault, SourceRecord, Warn, Warning } from './source-record.ts'

/** A task of a file in our own terms; its edges are still names. */
export interface SourceTask {
  readonly place: string
  /** `system:id`: what is looked up, in the file and in the repository. */
  readonly key: string
  readonly system: string
  readonly id: string
  /** How our own lists name it, where the file is one of these. */
  readonly ref: string | null
  readonly fields: ImportedTask
  readonly type: TaskType
  readonly status: Status
  readonly reason: string | null
  readonly labels: readonly string[]
  readonly deps: readonly { readonly id: string; readonly type: string }[]
  readonly metadata: Readonly<Record<string, unknown>>
  /** Who made the task, according to its source; otherwise the source itself. */
  readonly author: string
  /** Who ended it. */
  readonly closer: string
  /** The fields that the record has at all: an empty one says that there is nothing, a missing one says nothing. */
  readonly says: ReadonlySet<string>
}

const AUTHOR_KEYS = ['created_by', 'author', 'reporter', 'creator'] as const
const CLOSER_KEYS = ['completed_by', 'closed_by'] as const
type Mapping = Readonly<Record<PropertyKey, unknown>>

const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * What a record says, or the rules that it breaks.
 * @param system the system's name where the record does not say it
 */
export function readSourceTask(
  { place, value }: SourceRecord,
  system: string,
): { task: SourceTask; warnings: readonly Warning[] } | { faults: readonly Fault[] } {
  if (!isObject(value)) return { faults: [{ place, field: 'task', rule: 'is not an object' }] }
  // Files write an empty field as null, as nothing between commas, or not at all.
  const given = Object.fromEntries(Object.entries(value).filter(([, field]) => !isEmpty(field)))
  const parsed = importedTask.safeParse(given)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => ({
      place,
      field: issue.path.join('.'),
      ...brokenRule(issue, wordAt(given, issue.path), given),
    }))
    // A value that is wrong in its form is wrong in what it says too, which nobody has to be told.
    return {
      faults: faults.filter(({ field }, i) => faults.findIndex((fault) => fault.field === field) === i),
    }
  }
  const fields = parsed.data
  const warnings: Warning[] = []
  const warn: Warn = (kind, message) => warnings.push({ place, kind, message })
  const [author, ...authors] = AUTHOR_KEYS.filter((key) => fields[key])
  const [closer, ...closers] = CLOSER_KEYS.filter((key) => fields[key])
  // Two people cannot both have made a task: the other words are kept as they are.
  const others = new Set<string>([
    ...authors.filter((key) => fields[key] !== fields[author!]),
    ...closers.filter((key) => fields[key] !== fields[closer!]),
  ])
  const extra = Object.fromEntries(
    Object.entries(given).filter(([key]) => !KNOWN_FIELDS.has(key) || others.has(key)),
  )
  const metadata: Record<string, unknown> = { ...extra, ...fields.metadata }
  const type = fields.type ?? 'task'
  if (!isTaskType(type)) {
    metadata.type = type
    warn('type', `the type ${type} is none of ours; it is a task, and metadata keeps the word`)
  }
  const { status, reason } = statusOf(fields)
  const labels = new Set(fields.labels)
  // A label, not metadata: lists can filter by it, and whoever finishes the draft takes it off.
  if (fields.status === 'draft') labels.add('draft')
  if (fields.sprint) labels.add(labelOf(`sprint-${fields.sprint}`))
  const isEnded = status === 'completed' || status === 'cancelled'
  if (isEnded && !closedAt(fields)) {
    metadata.assumed = ['closed_at']
    warn('undated_end', 'it is closed without a closed_at; its end is dated by what else is known')
  }
  const end = fields.closed_at ?? fields.completed_at
  if (end && (status === 'pending' || status === 'in_progress')) {
    warn('end_of_open', `it is ${status}, so its closed_at ${end} is dropped`)
  }
  for (const message of droppedIn(fields)) warn('dropped', message)
  const fault = metadataFault(metadata) ?? (labels.has('') ? 'makes no label' : null)
  if (fault) return { faults: [{ place, field: labels.has('') ? 'sprint' : 'metadata', rule: fault }] }
  const from = fields.source ?? { system: rules.ulid.safeParse(fields.id).success ? OWN_SYSTEM : system }
  const id = fields.source?.id ?? fields.id
  return {
    task: {
      place,
      key: `${from.system}:${id}`,
      system: from.system,
      id,
      ref: typeof given.ref === 'string' ? given.ref : null,
      fields,
      type: isTaskType(type) ? type : 'task',
      status,
      reason,
      labels: [...labels].sort(),
      deps: depsOf(fields),
      metadata,
      author: (author && fields[author]) ?? from.system,
      closer: (closer && fields[closer]) ?? from.system,
      says: new Set(Object.keys(value)),
    },
    warnings,
  }
}

/** What the lists of a task hold besides what a task keeps of them. An id there means nothing here. */
function droppedIn({ comments = [], criteria = [], deps = [] }: ImportedTask): string[] {
  const kept = { comments: ['text', 'by', 'at'], criteria: ['text', 'met', 'evidence'], deps: ['type'] }
  return Object.entries({ comments, criteria, deps }).flatMap(([list, items]) => {
    const names: readonly string[] = ['id', ...kept[list as keyof typeof kept]]
    const keys = new Set(items.flatMap((item) => Object.keys(item)).filter((key) => !names.includes(key)))
    return keys.size > 0 ? [`its ${list} lose ${[...keys].map((key) => printable(key, 40)).join(', ')}`] : []
  })
}

/** When the source says that the task ended, or got the status that it has. */
export const closedAt = (fields: ImportedTask) => fields.closed_at ?? fields.completed_at ?? fields.status_at

/** Longer values are not repeated: who wrote them finds the place. */
const LONGEST_WORD = 60

/**
 * The word that breaks a rule, as it stands in the file; null where it is none, or too long to repeat. An item of a list that
 * a table's cell holds as a text does not stand there by itself.
 */
function wordAt(given: unknown, path: readonly PropertyKey[]): string | null {
  const value = path.reduce<unknown>(
    (part, key) => (typeof part === 'object' && part !== null ? (part as Mapping)[key] : undefined),
    given,
  )
  if (!['string', 'number', 'boolean'].includes(typeof value)) return null
  const word = String(value)
  return word.trim() !== '' && word.length <= LONGEST_WORD ? printable(word) : null
}

/** Words of a field that may hold only these, as files have them; more are understood. */
const LEGAL: Readonly<Record<string, readonly string[]>> = {
  status: SOURCE_STATUSES,
  priority: [...PRIORITIES, 'P0', 'P1', 'P2', 'P3', 'P4'],
}

/** Forms of values, as people say them. */
const FORMS: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list, as in ["a", "b"]',
  object: 'an object or a text',
  record: 'an object, as in {"area": "ui"}',
  boolean: 'true or false',
}

/** What every task has, for example. */
const NEEDED: Readonly<Record<string, string>> = { id: 'A-1', title: 'Fix the login' }

/** The rule with what was written and, of words that may be, an example. */
function brokenRule(
  issue: z.core.$ZodIssue,
  value: string | null,
  given: object,
): { value?: string; rule: string } {
  const [field] = issue.path
  const said = value === null ? {} : { value }
  const legal = issue.path.length === 1 ? LEGAL[String(field)] : undefined
  if (legal && value !== null) {
    const { rule, meant } = noneOf(value, legal)
    return { ...said, rule: `${rule.replace(/\.$/, ',')} as in ${String(field)}: ${meant ?? legal[0]}` }
  }
  if (/received undefined$/.test(issue.message)) {
    const key = issue.path.length === 1 ? keyMeaning(String(field), given) : undefined
    if (key !== undefined) return { rule: `is missing; did you mean it by “${printable(key, 40)}”?` }
    const example = issue.path.length === 1 ? NEEDED[String(field)] : undefined
    return { rule: example === undefined ? 'is missing' : `is missing, as in ${String(field)}: ${example}` }
  }
  const form = issue.code === 'invalid_type' ? FORMS[issue.expected] : undefined
  return { ...said, rule: form ? `has to be ${form}` : issue.message.replace(/^Invalid input: /, '') }
}

/** What ended a task without its work being done is a cancellation, and says why. */
function statusOf(fields: ImportedTask): { status: Status; reason: string | null } {
  const reason = fields.reason ?? null
  switch (fields.status) {
    case 'open':
    case 'draft': {
      const isUnderWay = fields.status === 'open' && fields.started_at && !fields.closed_at
      return { status: isUnderWay ? 'in_progress' : 'pending', reason }
    }
    case 'closed':
      return !fields.close_kind || ['done', 'completed', 'fixed'].includes(fields.close_kind)
        ? { status: 'completed', reason }
        : { status: 'cancelled', reason: reason ?? fields.close_kind }
    case 'archived':
      return { status: 'cancelled', reason: reason ?? 'archived' }
    default:
      return { status: fields.status, reason }
  }
}

/** `sprint-Sprint 3` is `sprint-3`. What no label may hold becomes a dash; nothing left of it makes none. */
function labelOf(text: string): string {
  const slug = text
    .toLowerCase()
    .replace(/[\s,[\]{}"'`]+/g, '-')
    .replace(/^sprint-+(?=sprint)/, '')
    .replace(/-+$/, '')
  return rules.label.safeParse(slug).success ? slug : ''
}

/** Of each relation what `deps` says, or else the field that has its name. */
function depsOf(fields: ImportedTask): { id: string; type: string }[] {
  const deps = (fields.deps ?? []).map(({ id, type }) => ({ id, type }))
  const says = (relation: string) => deps.some(({ type }) => type === relation)
  const names = fields.depends_on ?? fields.dependencies ?? []
  return [
    ...deps,
    ...(says('blocks') ? [] : names.map((id) => ({ id, type: 'blocks' }))),
    ...(says('parent_child') || !fields.parent ? [] : [{ id: fields.parent, type: 'parent_child' }]),
  ]
}
