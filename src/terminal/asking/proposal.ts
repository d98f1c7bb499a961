import type { EventData } from '../../../schemas/event.ts'
import { FIELDS, type Field, type ParsedRequest, type Span } from '../../intent/parsed-request.ts'
import { titleWithout } from '../../intent/tidy-title.ts'
import { SAID_AS, type WantedTask, wantedByWords } from './wanted-task.ts'

/** What is created without a question. */
const SURE = 0.8

/** Fields whose words never leave the title. */
const STAYING: readonly Field[] = ['type', 'criteria', 'title', 'description']

/** A request in words, what it was taken for, and what flags and answers have made of that. */
export interface Proposal {
  readonly request: string
  readonly parsed: ParsedRequest
  /** What flags say, and later what somebody has answered. */
  readonly given: Partial<WantedTask>
  /** Fields that were answered, so that they count as corrected also where the words said nothing. */
  readonly answered: ReadonlySet<Field>
  /** Whether a flag says what the words say. */
  readonly isSame: IsSame
}

/** Words that are taken literally: a title, and nothing in it to be understood. */
export function literalProposal(title: string, given: Partial<WantedTask>): Proposal {
  const nothing = Object.fromEntries(FIELDS.map((field) => [field, null]))
  const evidence = [{ from: 0, to: title.length }]
  const value = { value: title, confidence: 1, evidence }
  const parsed = { ...nothing, title: value, confidence: 1, doubts: [], removed: [] }
  const answered = new Set<Field>()
  return { request: title, parsed: parsed as unknown as ParsedRequest, given, answered, isSame: isSameText }
}

/** Whether two values of a field are one statement. */
export type IsSame = (field: Field, one: unknown, other: unknown) => boolean

const fold = (value: unknown) => String(value).trim().toLowerCase()

/** The same apart from upper and lower case; of lists, whether all of the first is in the second. */
export const isSameText: IsSame = (_field, one, other) => {
  if (!Array.isArray(one) || !Array.isArray(other)) return fold(one) === fold(other)
  const there = new Set(other.map(fold))
  return one.every((item) => there.has(fold(item)))
}

/**
 * The title with the words of fields that were not meant: who gives a deadline by a flag has the other date that was read in
 * the words stay where it stood.
 */
function titleWith({ request, parsed }: Proposal, fields: readonly Field[]): string {
  const back = fields.flatMap((field) => (STAYING.includes(field) ? [] : (parsed[field]?.evidence ?? [])))
  const removed = parsed.removed.filter((one) => !back.some(({ from, to }) => from < one.to && one.from < to))
  return removed.length < parsed.removed.length ? titleWithout(request, removed) : parsed.title.value
}

/** What the task would be created with. */
export function wantedIn(proposal: Proposal): WantedTask {
  const { parsed, given, isSame } = proposal
  const said = wantedByWords(parsed)
  const refused = FIELDS.filter((field) => {
    const [mine, theirs] = [given[field], said[field]]
    const isGiven = mine !== undefined && theirs !== null
    return isGiven && !proposal.answered.has(field) && !isSame(field, theirs, mine)
  })
  return { ...said, title: titleWith(proposal, refused), ...given }
}

/** Fields that are not clear: what the parser asks about, or is not sure of. The type is a guess by its nature. */
export function doubtfulIn({ parsed, given }: Proposal): Field[] {
  const unsure = FIELDS.filter((field) => {
    const guess = parsed[field]
    return field !== 'type' && guess !== null && guess.confidence < SURE
  })
  const fields = new Set([...parsed.doubts.map(({ field }) => field), ...unsure])
  return FIELDS.filter((field) => fields.has(field) && given[field] === undefined)
}

/** Whether the task can be created without a question. What is unclear may be what flags say. */
export function isClear(proposal: Proposal): boolean {
  const { parsed } = proposal
  if (parsed.confidence >= SURE) return true
  const asked = doubtfulIn({ ...proposal, given: {} })
  return asked.length > 0 && doubtfulIn(proposal).length === 0
}

const isEmpty = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0)

type Said = Record<string, string | string[] | null>

/** Fields by their names outside. */
const named = (fields: readonly Field[], from: Partial<WantedTask>): Said =>
  Object.fromEntries(fields.map((field) => [SAID_AS[field], from[field] as Said[string]]))

/**
 * What is kept of the words in the task's history; null where the title says all of it: then they are not worth an event.
 */
export function requestToKeep(proposal: Proposal): EventData<'TaskCreationRequested'> | null {
  const { request, parsed, given, answered, isSame } = proposal
  const said = wantedByWords(parsed)
  const understood = FIELDS.filter((field) => !isEmpty(said[field]))
  const corrected = FIELDS.filter((field) => {
    const value = given[field]
    if (value === undefined || (isEmpty(said[field]) && !answered.has(field))) return false
    return !isSame(field, said[field], value) || !isSame(field, value, said[field])
  })
  const isInTitle = (field: Field) => ['title', 'type', 'priority'].includes(field)
  if (said.title === request && understood.every(isInTitle) && corrected.length === 0) return null
  return {
    request,
    confidence: parsed.confidence,
    understood: named(understood, said),
    ...(corrected.length > 0 ? { corrected: named(corrected, given) } : {}),
  }
}

/** A parse as JSON. */
export function parseJson({ request, parsed }: Pick<Proposal, 'request' | 'parsed'>): object {
  const guesses = FIELDS.flatMap((field) => {
    const guess = parsed[field]
    return guess === null ? [] : [{ name: SAID_AS[field], guess }]
  })
  const values = FIELDS.map((field) => {
    const isList = ['labels', 'dependsOn', 'criteria'].includes(field)
    return [SAID_AS[field], parsed[field]?.value ?? (isList ? [] : null)]
  })
  const words = ({ from, to }: Span) => ({ text: request.slice(from, to), from, to })
  return {
    ...Object.fromEntries(values),
    // What the places of the evidence count in.
    request,
    confidence: parsed.confidence,
    ambiguous: parsed.confidence < SURE,
    evidence: Object.fromEntries(guesses.map(({ name, guess }) => [name, guess.evidence.map(words)])),
    confidences: Object.fromEntries(guesses.map(({ name, guess }) => [name, guess.confidence])),
    doubts: parsed.doubts.map((doubt) => ({ ...doubt, field: SAID_AS[doubt.field] })),
  }
}
