import { harmless, harmlessText } from '../../printable.ts'
import type { SourceRecord, Warn } from '../source-record.ts'
import { fittedMetadata } from './fitted-metadata.ts'
import { isMapping, textOf } from './plain-values.ts'
import type { TrackerTask } from './tracker-task.ts'

const MOST_TITLE = 200
/** Of a description, and of each comment that goes on with it: three bytes a character at most make 15 KB. */
const MOST_TEXT = 5000
const MOST_LINE = 500
const MOST_PERSON = 200
const MOST_LABEL = 60

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** The record that an import reads, with every text as long as its field at most; what goes elsewhere is said. */
export function fittedTask(task: TrackerTask, warn: Warn): SourceRecord {
  const { place, fields } = task
  const clean = cleaner(warn)
  // No event tells of the last change, so its time is kept as a word.
  const metadata: Record<string, unknown> = { ...task.metadata, updated_at: fields.updated_at }
  const title = titleOf(clean.line(fields.title), metadata, warn)
  const [description = '', ...rest] = piecesOf(clean.text(descriptionOf(task)))
  const comments = commentsOf(fields.comments, clean)
  if (rest.length > 0 || comments.some(({ isRest }) => isRest)) {
    warn('long', 'it has a text that is longer than its field; the rest follows as comments')
  }
  const value: Record<string, unknown> = {
    ...fields,
    title,
    description: description.trim() === '' ? undefined : description,
    comments: [
      ...rest.map((text) => ({ text, by: personOf(fields.created_by, clean), at: fields.created_at })),
      ...comments.map(({ isRest: _, ...comment }) => comment),
    ],
    labels: labelsOf(fields.labels, metadata, warn, clean),
    criteria: criteriaOf(fields.criteria, metadata, clean),
    ...assigneeOf(task, metadata, warn, clean),
    ...reasonOf(fields.reason, metadata, clean),
  }
  for (const key of ['created_by', 'closed_by']) if (fields[key]) value[key] = personOf(fields[key], clean)
  value.metadata = fittedMetadata(metadata, clean.text, warn)
  return { place, value }
}

interface Cleaner {
  readonly text: (value: unknown) => string
  readonly line: (value: unknown) => string
}

/** Text that may be stored. That something was taken out of it is said once for a task. */
function cleaner(warn: Warn): Cleaner {
  let isSaid = false
  const noted = (before: string, after: string) => {
    if (before !== after && !isSaid) {
      isSaid = true
      warn('hidden', 'it has control characters or marks that reorder text, which become blanks')
    }
    return after
  }
  const text = (value: unknown) => {
    const given = typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : textOf(value)
    return noted(given, harmlessText(given).replace(LONE, '\ufffd'))
  }
  return { text, line: (value) => harmless(text(value)).trim() }
}

const cut = (text: string, most: number) => {
  const end = /[\ud800-\udbff]/.test(text[most - 2] ?? '') ? most - 2 : most - 1
  return text.length > most ? `${text.slice(0, end).trimEnd()}…` : text
}

function titleOf(title: string, metadata: Record<string, unknown>, warn: Warn): string | undefined {
  if (title.length > MOST_TITLE) {
    warn('title', 'its title is longer than 200 characters and cut; metadata keeps it whole')
    metadata.title = title
  }
  return title === '' ? undefined : cut(title, MOST_TITLE)
}

function descriptionOf({ fields, sections = [] }: TrackerTask): string {
  const first = typeof fields.description === 'string' ? fields.description.trim() : ''
  const parts = sections
    .map(({ heading, text }) => ({ heading, text: textOf(text) }))
    .filter(({ text }) => text !== '')
    .map(({ heading, text }) => `## ${heading}\n\n${text}`)
  return [first, ...parts].filter((part) => part !== '').join('\n\n')
}

/** A long text in pieces, each broken after a line or a word where there is one in its second half. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let rest = text
  while (rest.length > MOST_TEXT) {
    const found = ['\n', ' ']
      .map((mark) => rest.lastIndexOf(mark, MOST_TEXT - 1))
      .find((at) => at > MOST_TEXT / 2)
    const inside = /[\ud800-\udbff]/.test(rest[MOST_TEXT - 1]!) ? MOST_TEXT - 1 : MOST_TEXT
    const end = found === undefined ? inside : found + 1
    pieces.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return [...pieces, rest].filter((piece) => piece.trim() !== '')
}

function commentsOf(comments: unknown, clean: Cleaner) {
  return (Array.isArray(comments) ? (comments as unknown[]) : []).flatMap((comment) => {
    const { text, by, at } = isMapping(comment) ? comment : { text: comment }
    return piecesOf(clean.text(text)).map((piece, i) => ({
      text: piece,
      by: personOf(by, clean),
      at: textOf(at) === '' ? undefined : at,
      isRest: i > 0,
    }))
  })
}

/** Somebody in one line: `Name <address>`, or what there is of it. */
function personOf(value: unknown, clean: Cleaner): string | undefined {
  const text = clean.line(isMapping(value) ? nameOf(value) : value)
  return text === '' ? undefined : cut(text, MOST_PERSON)
}

function nameOf(person: Readonly<Record<string, unknown>>): string {
  const first = (...keys: readonly string[]) =>
    keys.map((key) => textOf(person[key])).find((text) => text !== '')
  const called = first('login', 'username', 'displayName', 'name')
  const email = first('emailAddress', 'email')
  return called && email ? `${called} <${email}>` : (called ?? email ?? first('accountId') ?? '')
}

function assigneeOf(
  { assignees = [] }: TrackerTask,
  metadata: Record<string, unknown>,
  warn: Warn,
  clean: Cleaner,
): { assignee?: string } {
  const people = assignees.map((person) => personOf(person, clean)).filter((person) => person !== undefined)
  if (people.length > 1) {
    warn('assignees', `it has ${people.length} assignees; the first one counts, and metadata keeps all`)
    metadata.assignees = people
  }
  return people[0] ? { assignee: people[0] } : {}
}

/** A reason is one line; metadata keeps one of more, or of more characters. */
function reasonOf(reason: unknown, metadata: Record<string, unknown>, clean: Cleaner): { reason?: string } {
  const whole = clean.text(reason).trim()
  if (whole === '') return {}
  const line = cut(harmless(whole).replace(/\s+/g, ' ').trim(), MOST_LINE)
  if (line !== whole) metadata.reason = whole
  return { reason: line }
}

function labelsOf(labels: unknown, metadata: Record<string, unknown>, warn: Warn, clean: Cleaner): string[] {
  const words = (Array.isArray(labels) ? (labels as unknown[]) : [])
    .map(clean.line)
    .filter((word) => word !== '')
  const slugs = words.map((word) => {
    const slug = word.replace(/[\s,[\]{}"'`]+/g, '-').slice(0, MOST_LABEL)
    return slug.replace(LONE, '')
  })
  // Blanks become dashes in every import; what else changes is said.
  if (words.some((word, i) => word.replace(/\s+/g, '-') !== slugs[i])) {
    warn('label', 'it has labels with characters that no label here has; metadata keeps the words')
    metadata.labels = words
  }
  return [...new Set(slugs)]
}

function criteriaOf(criteria: unknown, metadata: Record<string, unknown>, clean: Cleaner) {
  const items = (Array.isArray(criteria) ? (criteria as unknown[]) : []).map((item) => {
    const { text, met } = isMapping(item) ? item : { text: item, met: false }
    return { text: clean.line(text), met: met === true }
  })
  const long = items.filter(({ text }) => text.length > MOST_LINE).map(({ text }) => text)
  if (long.length > 0) metadata.criteria = long
  return items.filter(({ text }) => text !== '').map((item) => ({ ...item, text: cut(item.text, MOST_LINE) }))
}
