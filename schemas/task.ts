import * as z from 'zod'
import { PRIORITIES, STATUSES, TASK_TYPES } from './vocabulary.ts'

/** C0, DEL and C1 controls: terminal escapes and NUL among them. Tab and line feed are legal in long text. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
const CONTROL_IN_TEXT = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/
/** Marks that reorder the text around them, so that what is shown is not what is stored; and separators that break lines. */
const BIDI_OR_SEPARATOR = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

const isPlain = (text: string) =>
  !CONTROL.test(text) && !BIDI_OR_SEPARATOR.test(text) && !LONE_SURROGATE.test(text)
const isPlainText = (text: string) =>
  !CONTROL_IN_TEXT.test(text) && !BIDI_OR_SEPARATOR.test(text) && !LONE_SURROGATE.test(text)
const HIDDEN = 'has a control character, a terminal escape or a direction override'

/** One line of visible text of 1 to `max` UTF-16 units, without blanks at its ends. */
export const line = (max: number) =>
  z
    .string()
    .min(1, 'is empty')
    .max(max, `is longer than ${max} characters`)
    .refine(isPlain, HIDDEN)
    .refine((text) => text.trim() === text, 'begins or ends with a blank')

/** Text of several lines, up to `max` UTF-16 units. */
export const text = (max: number) =>
  z.string().max(max, `is longer than ${max} characters`).refine(isPlainText, HIDDEN)

export const ulid = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'is not a ULID')
export const taskNumber = z
  .int()
  .min(1)
  .max(2 ** 31 - 1)
export const title = line(200)
const isVisible = (text: string) =>
  /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cf}\u2800]/u.test(text)
const UNSEEN = 'has nothing that can be seen'
/** What a new title has to be besides; one of only blanks and marks without width is read, but no longer written. */
export const visibleTitle = title.refine(isVisible, UNSEEN)
/** How long a request and a description may be. */
export const LONGEST_TEXT = 5000
/** The words that somebody asks for a task in. */
export const request = text(LONGEST_TEXT).refine(isVisible, UNSEEN)
export const description = text(LONGEST_TEXT)
/** A comment is at most 16 KB of UTF-8, since it lives in the task's own file. */
export const commentText = text(16_384)
  .min(1, 'is empty')
  .refine((value) => new TextEncoder().encode(value).length <= 16_384, 'is longer than 16 KB')
export const reason = line(500)
/** What a new reason has to be besides: steps that are pasted as they are have the mark where one's own words go. */
export const givenReason = reason.refine(
  (text) => !/^(?:…|\.{3})$/.test(text),
  'only marks the place of your own words',
)
export const person = line(200)
/** A person as somebody writes one today: what was stored before may have text behind the address. */
export const writtenPerson = person.regex(
  /^[^<>]*(?:<[^<>]*>)?$/,
  'has text behind its address, or half of one',
)
export const label = line(60).regex(/^[^\s,[\]{}"'`]+$/, 'has a blank, comma, bracket or quote')
/** What `git check-ref-format --branch` takes. */
export const branchName = line(1000).regex(
  /^(?![-/.]|@$)(?!.*(?:\.\.|@\{|\/[./]|\.lock(?:\/|$)|[/.]$))[^\s~^:?*[\\]*$/,
  'is not a branch name',
)
export const objectId = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'is not an object id')
export const repositoryName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'is not a repository name')
/** A task of this repository by its id, or of another one as `name/id`. */
export const taskReference = z
  .string()
  .regex(
    /^(?:[A-Za-z0-9][A-Za-z0-9._-]*\/)?[0-7][0-9A-HJKMNP-TV-Z]{25}$/,
    'is not the id of a task, or repository/id',
  )

/** Whether a text begins with a day that there is. */
export const isCalendarDate = (date: string) => {
  const [year, month, day] = date.slice(0, 10).split('-').map(Number) as [number, number, number]
  const at = new Date(Date.UTC(year, month - 1, day))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day
}
/** `YYYY-MM-DD`, which ends at local midnight, or an instant with its zone. */
export const deadline = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/,
    'is not a date (2026-11-27) or an instant (2026-11-27T18:00:00Z)',
  )
  .refine((value) => isCalendarDate(value) && !Number.isNaN(Date.parse(value)), 'is not in the calendar')
export const estimate = z
  .string()
  .regex(
    /^(?:0|[1-9]\d{0,5})(?:\.\d{1,2})?(?:m|h|d|w|pt)$/,
    'is not an amount with its unit (90m, 3h, 2d, 1w, 5pt)',
  )
/** ISO 8601 in UTC with milliseconds, the only form that events carry. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'is not an instant in UTC')
  .refine((value) => !Number.isNaN(Date.parse(value)), 'is not in the calendar')

export const type = z.enum(TASK_TYPES)
export const status = z.enum(STATUSES)
export const priority = z.enum(PRIORITIES)
export const source = z.looseObject({ system: line(60), id: line(200) })
