import { DERIVED_KEYS, importedTask } from '../../schemas/exchange.ts'
import { printable } from '../printable.ts'
import { nearestWord } from '../query/nearest-word.ts'
import type { SourceRecord, Warning } from './source-record.ts'

const FIELDS = Object.keys(importedTask.shape)

/** What a file may say of a task that is not kept as metadata. */
export const KNOWN_FIELDS: ReadonlySet<string> = new Set([...FIELDS, ...DERIVED_KEYS])

/** Names that other tools have for our fields, and that look like none of them. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  key: 'id',
  name: 'title',
  summary: 'title',
  subject: 'title',
  body: 'description',
  notes: 'description',
  details: 'description',
  kind: 'type',
  state: 'status',
  severity: 'priority',
  due: 'deadline',
  due_date: 'deadline',
  duedate: 'deadline',
  assigned: 'assignee',
  assigned_to: 'assignee',
  owner: 'assignee',
  tags: 'labels',
  effort: 'estimate',
  points: 'estimate',
  blocked_by: 'depends_on',
}

/** The field that was probably meant by a key that is none; null where none is near, or it is one. */
function fieldMeant(key: string): string | null {
  if (KNOWN_FIELDS.has(key)) return null
  const word = key
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  if (Object.hasOwn(OTHER_NAMES, word)) return OTHER_NAMES[word]!
  return word.length > 2 ? nearestWord(word, FIELDS) : null
}

/** The key by which a record probably means a field that it does not have. */
export const keyMeaning = (field: string, record: object): string | undefined =>
  Object.keys(record).find((key) => fieldMeant(key) === field)

/** Says of keys that are no fields, but probably mean one that their record does not have, what becomes of them; once of each. */
export function fieldWarnings(records: readonly SourceRecord[]): Warning[] {
  const said = new Map<string, Warning | null>()
  for (const { place, value } of records) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue
    for (const key of Object.keys(value)) {
      if (said.has(key)) continue
      const meant = fieldMeant(key)
      const word = printable(key, 40)
      const message = `“${word}” is no field: it is kept as metadata; did you mean ${meant}?`
      said.set(key, meant === null || meant in value ? null : { place, kind: 'field', message })
    }
  }
  return [...said.values()].filter((warning) => warning !== null)
}
