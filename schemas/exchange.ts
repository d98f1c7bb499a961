import * as z from 'zod'
import * as task from './task.ts'
import { PRIORITIES, STATUSES, TASK_TYPES, type TaskType } from './vocabulary.ts'

/** The system that tasks of another mhv repository come from; their id there is a ULID. */
export const OWN_SYSTEM = 'mhv'

/** What a task of another system may be; `closed` needs to say how, `draft` is pending with a label. */
export const SOURCE_STATUSES = [...STATUSES, 'open', 'draft', 'closed', 'archived'] as const
export type SourceStatus = (typeof SOURCE_STATUSES)[number]

const STATUS_WORDS: Readonly<Record<string, SourceStatus>> = {
  todo: 'open',
  to_do: 'open',
  backlog: 'open',
  new: 'open',
  done: 'closed',
  canceled: 'cancelled',
}
const PRIORITY_WORDS: Readonly<Record<string, (typeof PRIORITIES)[number]>> = {
  p0: 'critical',
  p1: 'high',
  p2: 'medium',
  p3: 'low',
  p4: 'low',
  normal: 'medium',
  urgent: 'critical',
}
const TYPE_WORDS: Readonly<Record<string, TaskType>> = { documentation: 'docs', doc: 'docs', tests: 'test' }
const UNITS: Readonly<Record<string, string>> = { m: 'm', h: 'h', d: 'd', w: 'w', p: 'pt', s: 'pt' }

const lower = (value: unknown) =>
  typeof value === 'string'
    ? value
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/g, '_')
    : value
const trimmed = (value: unknown) => (typeof value === 'string' ? value.trim() : value)
const oneLine = (value: unknown) =>
  typeof value === 'string' ? value.trim().replace(/\s*[\r\n]\s*/g, ' ') : value
const unixLines = (value: unknown) => (typeof value === 'string' ? value.replace(/\r\n/g, '\n') : value)
const asText = (value: unknown) => (typeof value === 'number' ? String(value) : trimmed(value))
const word = (words: Readonly<Record<string, string>>) => (value: unknown) => {
  const key = lower(value)
  return typeof key === 'string' && Object.hasOwn(words, key) ? words[key] : key
}

/** Plans count effort in bare numbers, which are points; `3 hours` and `2 days` are shortened. */
function estimateOf(value: unknown): unknown {
  const text = asText(value)
  if (typeof text !== 'string') return text
  const match =
    /^(\d+(?:\.\d+)?)\s*(m|min|minutes?|h|hrs?|hours?|d|days?|w|weeks?|pts?|points?|sp|story points?)?$/i.exec(
      text,
    )
  return match ? `${match[1]}${UNITS[(match[2] ?? 'pt')[0]!.toLowerCase()]}` : text
}

/** Somebody in one line: other tools tell a person by name, address or login. */
function personOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return trimmed(value)
  const part = (...keys: readonly string[]) => {
    const key = keys.find(
      (key) => typeof (value as Mapping)[key] === 'string' && (value as Mapping)[key] !== '',
    )
    return key && trimmed((value as Mapping)[key])
  }
  const called = part('name', 'displayName', 'display_name', 'login', 'username')
  const email = part('email', 'emailAddress')
  return called && email ? `${called} <${email}>` : (called ?? email ?? value)
}

type Mapping = Readonly<Record<string, unknown>>

/** An object with its keys as ours; those that are not known stay as they are. */
function renamed(value: unknown, names: Readonly<Record<string, readonly string[]>>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const rest: Record<string, unknown> = { ...value }
  for (const [ours, theirs] of Object.entries(names)) {
    const key = theirs.find((key) => rest[key] !== undefined && rest[key] !== null && rest[key] !== '')
    if (key === undefined) continue
    const found = rest[key]
    delete rest[key]
    rest[ours] = found
  }
  return rest
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(?:Z|[+-]\d{2}:?\d{2})?$/

/**
 * An instant or date as events carry it; null where it is none, or not in the calendar. One without a zone is in UTC, so
 * that it means the same on every clone.
 */
function instantOf(value: unknown): string | null {
  if (typeof value !== 'string' || !INSTANT.test(value.trim())) return null
  const text = value.trim().replace(' ', 'T')
  if (!task.isCalendarDate(text)) return null
  const hasZone = text.length > 10 && /(?:Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10))
  const at = new Date(text.length === 10 || hasZone ? text : `${text}Z`)
  // Ids hold the time as milliseconds since 1970.
  if (Number.isNaN(at.getTime()) || at.getTime() < 0) return null
  return at.toISOString()
}

/** A list as a table's cell has it: a JSON list, or what a text is split into; a value that is no text stays. */
const listOf = (split: (text: string) => readonly string[]) => (value: unknown) => {
  if (typeof value !== 'string') return value
  if (value.trim().startsWith('[')) {
    try {
      return JSON.parse(value) as unknown
    } catch {
      // A text that begins with a bracket, such as a box to tick.
    }
  }
  return split(value)
}

/** `A-1;A-2` or `A-1, A-2`; a name that holds one of the separators needs a JSON list. */
const namesOf = listOf((text) =>
  text.split(/[;,|\s]+/).filter((name) => name !== '' && !/^(?:-|none|n\/a)$/i.test(name)),
)
/** One on each line. */
const linesOf = listOf((text) => text.split(/\r?\n/).filter((line) => line.trim() !== ''))
const wholeOf = listOf((text) => [text])

const labelsOf = (value: unknown): unknown => {
  const list = listOf((text) => text.split(','))(value)
  return Array.isArray(list)
    ? list.map((label) => (typeof label === 'string' ? label.trim().replace(/\s+/g, '-') : label))
    : list
}

const instant = z.unknown().transform((value, context) => {
  const at = instantOf(value)
  if (at !== null) return at
  context.addIssue({ code: 'custom', message: 'is not a date or instant (2025-06-01, 2025-06-01T08:00:00Z)' })
  return z.NEVER
})
const name = z.preprocess(asText, task.line(200))
/** Whoever did something, as events name people: `Name <address>`. */
const actor = z.preprocess(personOf, task.line(300))
const dependency = z.preprocess(
  (value) => (typeof value === 'object' ? value : { id: value }),
  z.looseObject({ id: name, type: z.preprocess(lower, task.line(60)).default('blocks') }),
)
/** What other tools call the parts of a comment; of several keys for one, the first that has a value. */
export const COMMENT_KEYS = {
  text: ['text', 'body', 'content', 'comment', 'message'],
  by: ['by', 'author', 'user', 'created_by', 'creator'],
  at: ['at', 'created_at', 'createdAt', 'created', 'date', 'timestamp', 'time'],
} as const
const comment = z.preprocess(
  (value) => (typeof value === 'string' ? { text: value } : renamed(value, COMMENT_KEYS)),
  z.looseObject({
    text: z.preprocess(unixLines, task.commentText),
    by: actor.nullish(),
    at: instant.nullish(),
  }),
)
const criterion = z.preprocess(
  (value) => (typeof value === 'string' ? { text: value } : value),
  z.looseObject({
    text: z.preprocess(trimmed, task.line(500)),
    met: z.boolean().default(false),
    evidence: task.line(500).nullish(),
  }),
)
/** No colon: `system:id` is how a source is looked up, and has to be read in one way only. */
export const sourceSystem = z.preprocess(trimmed, task.line(60).regex(/^[^:]+$/, 'has a colon'))

/**
 * One task of a file to import, whose empty fields were left out. What is not named here is kept as metadata.
 * Words of other systems are brought to ours on the way in.
 */
export const importedTask = z.looseObject({
  id: name,
  source: z
    .preprocess(
      (value) => (typeof value === 'string' ? { system: value } : value),
      z.looseObject({ system: sourceSystem, id: name.optional() }),
    )
    .optional(),
  title: z.preprocess(oneLine, task.title),
  description: z.preprocess(unixLines, task.description).optional(),
  type: z.preprocess(word(TYPE_WORDS), task.line(60)).optional(),
  status: z.preprocess(word(STATUS_WORDS), z.enum(SOURCE_STATUSES)).default('open'),
  close_kind: z.preprocess(lower, task.line(60)).optional(),
  reason: z.preprocess(oneLine, task.reason).optional(),
  priority: z
    .preprocess(
      (value) => word(PRIORITY_WORDS)(typeof value === 'number' ? `p${value}` : value),
      z.enum(PRIORITIES, { error: `is none of ${PRIORITIES.join(', ')}, P0 to P4, 0 to 4` }),
    )
    .optional(),
  deadline: z.preprocess(trimmed, task.deadline).optional(),
  estimate: z.preprocess(estimateOf, task.estimate).optional(),
  assignee: z.preprocess(trimmed, task.person).optional(),
  created_by: actor.optional(),
  author: actor.optional(),
  reporter: actor.optional(),
  creator: actor.optional(),
  closed_by: actor.optional(),
  completed_by: actor.optional(),
  labels: z.preprocess(labelsOf, z.array(task.label).max(500)).optional(),
  sprint: z.preprocess(asText, task.line(40)).optional(),
  deps: z.preprocess(namesOf, z.array(dependency).max(2000)).optional(),
  depends_on: z.preprocess(namesOf, z.array(name).max(2000)).optional(),
  dependencies: z.preprocess(namesOf, z.array(name).max(2000)).optional(),
  parent: name.optional(),
  criteria: z.preprocess(linesOf, z.array(criterion).max(500)).optional(),
  comments: z.preprocess(wholeOf, z.array(comment).max(2000)).optional(),
  created_at: instant.optional(),
  started_at: instant.optional(),
  closed_at: instant.optional(),
  completed_at: instant.optional(),
  updated_at: instant.optional(),
  status_at: instant.optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
})
export type ImportedTask = z.infer<typeof importedTask>

/** Keys of our own published JSON that follow from other fields, or mean nothing in another repository. */
export const DERIVED_KEYS: readonly string[] = [
  'ref', 'repository', 'number', 'waiting_on', 'branch', 'commit', 'gates', 'links', 'aliases', 'deleted',
  'dependents', 'subtasks', 'worktree',
] // biome-ignore format: a list

export const isTaskType = (text: string): text is TaskType => (TASK_TYPES as readonly string[]).includes(text)
