import {
  DERIVED_KEYS,
  type ImportedTask,
  importedTask,
  isTaskType,
  OWN_SYSTEM,
} from '../../schemas/exchange.ts'
import * as rules from '../../schemas/task.ts'
import type { Status, TaskType } from '../../schemas/vocabulary.ts'
import { metadataFault } from './metadata-rules.ts'
import type { Fault, SourceRecord, Warning } from './source-record.ts'

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
}

const KNOWN = new Set([...Object.keys(importedTask.shape), ...DERIVED_KEYS])
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
    return {
      faults: parsed.error.issues.map((issue) => ({
        place,
        field: issue.path.join('.'),
        rule: ruleOf(issue),
      })),
    }
  }
  const fields = parsed.data
  const warnings: Warning[] = []
  const warn = (message: string) => warnings.push({ place, message })
  const extra = Object.fromEntries(Object.entries(given).filter(([key]) => !KNOWN.has(key)))
  const metadata: Record<string, unknown> = { ...extra, ...fields.metadata }
  const type = fields.type ?? 'task'
  if (!isTaskType(type)) {
    metadata.type = type
    warn(`the type ${type} is none of ours; it is a task, and metadata keeps the word`)
  }
  const { status, reason } = statusOf(fields)
  const labels = new Set(fields.labels)
  // A label, not metadata: lists can filter by it, and whoever finishes the draft takes it off.
  if (fields.status === 'draft') labels.add('draft')
  if (fields.sprint) labels.add(labelOf(`sprint-${fields.sprint}`))
  if (status === 'completed' && !closedAt(fields)) {
    metadata.assumed = ['closed_at']
    warn('it is closed without a closed_at; its completion is dated by what else is known')
  }
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
    },
    warnings,
  }
}

/** When the source says that the task ended, or got the status that it has. */
export const closedAt = (fields: ImportedTask) => fields.closed_at ?? fields.completed_at ?? fields.status_at

function ruleOf(issue: { readonly message: string }): string {
  if (/received undefined$/.test(issue.message)) return 'is missing'
  return issue.message
    .replace(/^Invalid option: expected one of /, 'is none of ')
    .replace(/^Invalid input: /, '')
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
