import type { StoredEvent } from '../../schemas/event.ts'
import { PRIORITIES, STATUSES, TASK_TYPES } from '../../schemas/vocabulary.ts'
import { printable } from '../printable.ts'
import { type Criterion, initialState, type TaskState } from '../tasks/task-state.ts'

type Mapping = Readonly<Record<string, unknown>>

const textIn = (from: Mapping, key: string) =>
  typeof from[key] === 'string' ? printable(from[key] as string, 5000) : null
const listIn = (from: Mapping, key: string): unknown[] => (Array.isArray(from[key]) ? from[key] : [])
const textsIn = (from: Mapping, key: string) =>
  listIn(from, key).flatMap((item) => (typeof item === 'string' ? [printable(item, 200)] : []))
const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null
const oneOf = <T extends string>(values: readonly T[], word: unknown, otherwise: T) =>
  values.find((value) => value === word) ?? otherwise
const isNumber = (value: unknown): value is number => Number.isInteger(value)

const criterionIn = (from: Mapping): Criterion => ({
  id: textIn(from, 'id') ?? '',
  text: textIn(from, 'text') ?? '',
  met: from.met === true,
  evidence: textIn(from, 'evidence'),
})

/**
 * The task as a newer program tells it above the events, as far as this one understands: events that cannot be folded
 * here say no more than when the task began and changed.
 */
export function taskAsWritten(id: string, stored: Mapping, events: readonly StoredEvent[]): TaskState {
  const text = (key: string) => textIn(stored, key)
  const created = events.find((event) => event.kind === 'TaskCreated')
  const source = isMapping(stored.source) ? stored.source : {}
  const [system, sourceId] = [textIn(source, 'system'), textIn(source, 'id')]
  return {
    ...initialState(id),
    number: isNumber(stored.number) ? stored.number : 0,
    aliases: listIn(stored, 'aliases').filter(isNumber),
    title: text('title') ?? '(unknown)',
    description: text('description') ?? '',
    type: oneOf(TASK_TYPES, stored.type, 'task'),
    status: oneOf(STATUSES, stored.status, 'pending'),
    reason: text('reason'),
    priority: oneOf(PRIORITIES, stored.priority, 'medium'),
    deadline: text('deadline'),
    estimate: text('estimate'),
    assignee: text('assignee'),
    labels: new Map(textsIn(stored, 'labels').map((label) => [label, []])),
    dependsOn: new Map(textsIn(stored, 'depends_on').map((other) => [other, []])),
    parent: text('parent'),
    links: new Map(
      listIn(stored, 'links')
        .filter(isMapping)
        .map((from) => [`${textIn(from, 'link')} ${textIn(from, 'to')}`, []]),
    ),
    criteria: listIn(stored, 'criteria').filter(isMapping).map(criterionIn),
    branch: text('branch'),
    deleted: stored.deleted === true,
    source: system && sourceId ? { system, id: sourceId } : null,
    createdAt: created?.at ?? null,
    createdBy: created?.by ?? null,
    updatedAt: events
      .filter(({ kind }) => kind !== 'TaskRenumbered')
      .reduce<string | null>((last, { at }) => (last && last > at ? last : at), null),
  }
}
