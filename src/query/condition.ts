import { PRIORITIES, STATUSES, TASK_TYPES } from '../../schemas/vocabulary.ts'
import { MhvError } from '../errors.ts'
import { nearestWord } from './nearest-word.ts'
import { noneOf } from './none-of.ts'

/** States that a condition names by a word of their own; `stale` and `problem` are of the task's repository. */
const STATES = [...STATUSES, 'waiting', 'overdue', 'unassigned', 'overridden', 'stale', 'problem'] as const
export type ConditionState = (typeof STATES)[number]

/** Fields that a condition compares, as in `label:auth`. */
const FIELDS = ['priority', 'type', 'label', 'assignee', 'repo'] as const
export type ConditionField = (typeof FIELDS)[number]

/** What a condition asks of a task. */
export type Term =
  | { readonly state: ConditionState }
  | { readonly field: ConditionField; readonly value: string }

type Holds = (has: (term: Term) => boolean) => boolean

export interface Condition {
  readonly text: string
  readonly states: ReadonlySet<ConditionState>
  /** Whether it holds of what has the terms that `has` says. */
  readonly holds: Holds
}

/** The name of a repository by what people call it. Errors: for what none is called, which could never hold. */
type NameOf = (word: string) => string

interface Token {
  readonly text: string
  /** Place in the text, from 1. */
  readonly at: number
}

/** Longer ones are no condition that anybody wrote, and would exhaust the stack with their parentheses. */
const LONGEST = 1000
const EXAMPLE = 'overdue or (blocked and not label:later)'

/** @param right the condition as it was probably meant */
function invalid(text: string, at: number, why: string, right: string | null = null): MhvError {
  return new MhvError(
    'INVALID_INPUT',
    `The condition “${text}” cannot be understood at ${at}: ${why}${/[.?]$/.test(why) ? '' : '.'}`,
    {
      recovery: [`mhv task list --fail-on "${EXAMPLE}"`],
      data: {
        field: 'fail-on',
        value: text,
        at,
        example: EXAMPLE,
        legal: [...STATES, ...FIELDS],
        ...(right ? { meant: right } : {}),
      },
    },
  )
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  const pattern = /[()]|(?:[^\s()"]|"[^"]*")+|\S/g
  for (const match of text.matchAll(pattern)) {
    if (match[0] === '"') throw invalid(text, match.index + 1, 'a quotation mark is not closed')
    tokens.push({ text: match[0], at: match.index + 1 })
  }
  return tokens
}

/** A part of a word that has to be among the legal ones. */
function unknownPart(text: string, { text: word, at }: Token, part: string, legal: readonly string[]) {
  const { rule, meant } = noneOf(part, legal)
  const right = meant && text.slice(0, at - 1) + word.replace(part, meant) + text.slice(at - 1 + word.length)
  return invalid(text, at, `“${part}” ${rule}`, right)
}

/** Errors: INVALID_INPUT, those of `nameOf`. */
function termOf(text: string, token: Token, nameOf: NameOf): Term {
  const { text: word, at } = token
  const colon = word.indexOf(':')
  if (colon < 0) {
    const plain = word.toLowerCase().replace('-', '_')
    const state = STATES.find((name) => name === plain)
    if (state) return { state }
    const near = nearestWord(plain, [...STATES, 'and', 'or', 'not'])
    const right = near && text.slice(0, at - 1) + near + text.slice(at - 1 + word.length)
    throw invalid(text, at, `“${word}” is no state${near ? `; did you mean ${near}?` : ''}`, right)
  }
  const field = FIELDS.find((name) => name === word.slice(0, colon).toLowerCase())
  if (!field) throw unknownPart(text, token, word.slice(0, colon), FIELDS)
  const value = word
    .slice(colon + 1)
    .replaceAll('"', '')
    .trim()
  if (value === '') throw invalid(text, at, `“${word}” has no value`)
  const legal: readonly string[] | null =
    field === 'priority' ? PRIORITIES : field === 'type' ? TASK_TYPES : null
  const lower = value.toLowerCase()
  if (field === 'repo') return { field, value: nameOf(value).toLowerCase() }
  if (!legal) return { field, value: field === 'label' ? value : lower }
  if (legal.includes(lower)) return { field, value: lower }
  throw unknownPart(text, token, value, legal)
}

/**
 * Reads a condition: states and `field:value`, joined by `or`, `and`, `not` and parentheses; `not` binds closest, then
 * `and`. A value with blanks or parentheses goes in double quotes. Errors: INVALID_INPUT with the place, those of `nameOf`.
 */
export function parseCondition(text: string, nameOf: NameOf = (word) => word): Condition {
  if (text.length > LONGEST)
    throw invalid(text.slice(0, 60), LONGEST, `it is longer than ${LONGEST} characters`)
  const tokens = tokensOf(text)
  const states = new Set<ConditionState>()
  let next = 0
  const take = (word: string) => {
    if (tokens[next]?.text.toLowerCase() !== word) return false
    next++
    return true
  }
  const primary = (): Holds => {
    const token = tokens[next++]
    if (!token) throw invalid(text, text.length + 1, 'it ends where a state should follow')
    if (token.text.toLowerCase() === 'not') {
      const inner = primary()
      return (has) => !inner(has)
    }
    if (token.text === '(') {
      const inner = either()
      if (!take(')')) throw invalid(text, tokens[next]?.at ?? text.length + 1, 'a ) is missing')
      return inner
    }
    if (['and', 'or', ')'].includes(token.text.toLowerCase())) {
      throw invalid(text, token.at, `a state should stand where “${token.text}” does`)
    }
    const term = termOf(text, token, nameOf)
    if ('state' in term) states.add(term.state)
    return (has) => has(term)
  }
  const both = (): Holds => {
    const parts = [primary()]
    while (take('and')) parts.push(primary())
    return (has) => parts.every((part) => part(has))
  }
  const either = (): Holds => {
    const parts = [both()]
    while (take('or')) parts.push(both())
    return (has) => parts.some((part) => part(has))
  }
  const holds = either()
  const rest = tokens[next]
  if (rest) throw invalid(text, rest.at, `“${rest.text}” should be joined by and, or`)
  return { text, states, holds }
}
