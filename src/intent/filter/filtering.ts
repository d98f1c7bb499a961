import type { Priority, TaskType } from '../../../schemas/vocabulary.ts'
import { insensitive } from '../insensitive.ts'
import type { Span } from '../parsed-request.ts'
import type { Reading } from '../reading.ts'

/** What `task list` takes, by the names of its flags. */
export interface FilterFlags {
  status?: string[]
  type?: TaskType[]
  priority?: Priority[]
  label?: string[]
  'no-label'?: string[]
  assignee?: string
  'created-by'?: string
  'completed-by'?: string
  'depends-on'?: string
  overdue?: true
  deadline?: string
  estimate?: string
  'created-after'?: string
  'created-before'?: string
  'updated-after'?: string
  'updated-before'?: string
  'completed-after'?: string
  'completed-before'?: string
  repo?: string[]
  all?: true
  text?: string
}

export interface ParsedFilter {
  readonly flags: FilterFlags
  /** The words that each flag comes from. */
  readonly evidence: Readonly<Partial<Record<keyof FilterFlags, readonly Span[]>>>
  /** What is not clear, in words for the user, with what could be meant. */
  readonly doubts: readonly { readonly message: string; readonly candidates: readonly string[] }[]
}

/** A name of a person in a filter. */
export const NAME = "(?:@?[\\p{L}\\p{N}][\\p{L}\\p{N}.@_'’-]{0,60})"

/** A label in a filter. */
export const LABEL = '[\\p{L}\\p{N}][\\p{L}\\p{N}_./-]{0,39}'

/** Words that only join the others, or say that tasks are meant. */
export const JOINING =
  /^(?:what(?:['’]s)?|which|who|is|are|am|was|were|did|the|all|any|every|show|list|find|give|get|see|me|i|we|us|have|has|had|there|tasks?|issues?|items?|tickets?|things?|work|stuff|everything|everyone|everybody|anyone|anybody|that|in|of|on|for|with|and|or|but|to|by|at|from|a|an|as|be|been|do|does|still|currently|now|please|priority|prio|priorities|status|type|s|it|my|assigned|due|about|mentioning|containing|titled|regarding|concerning)$/i

/** A pattern of words, and what they stand for. */
export type Word<T> = readonly [pattern: string, value: T]

export const endOf = (match: RegExpMatchArray): number => match.index! + match[0].length

/** A filter while its words are being understood. */
export class Filtering {
  readonly flags: FilterFlags = {}
  readonly evidence: Partial<Record<keyof FilterFlags, Span[]>> = {}
  readonly doubts: { message: string; candidates: readonly string[] }[] = []
  readonly reading: Reading

  constructor(reading: Reading) {
    this.reading = reading
  }

  /** Whether one of some words, in lower case, may be left: patterns take a while to be made. */
  hasAny(words: readonly string[]): boolean {
    const left = this.reading.text.toLowerCase()
    return words.some((word) => left.includes(word))
  }

  /** All places of a pattern, as whole words of what is left. */
  places(pattern: string): RegExpMatchArray[] {
    const whole = insensitive(`(?<![\\p{L}\\p{N}_@#+-])(?:${pattern})(?![\\p{L}\\p{N}_-])`, 'giu')()
    return [...this.reading.text.matchAll(whole)]
  }

  /** Asks about words that no flag says, which no other reader is to turn round. */
  doubtsOf(message: string, from: number, to: number): void {
    this.doubts.push({ message, candidates: [] })
    this.reading.take(from, to)
  }

  says<K extends keyof FilterFlags>(flag: K, value: FilterFlags[K], from: number, to: number): void {
    this.flags[flag] = value
    const spans = this.evidence[flag] ?? []
    this.evidence[flag] = [...spans, this.reading.take(from, to)]
  }
}
