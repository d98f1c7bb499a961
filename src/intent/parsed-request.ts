import type { Priority, TaskType } from '../../schemas/vocabulary.ts'

/** Where in a request something was read: UTF-16 offsets, the end exclusive. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What was understood, how sure that is (0 to 1), and the words that say so. */
export interface Guess<T> {
  readonly value: T
  readonly confidence: number
  readonly evidence: readonly Span[]
}

export const FIELDS = [
  'title',
  'description',
  'repository',
  'type',
  'priority',
  'deadline',
  'assignee',
  'labels',
  'dependsOn',
  'estimate',
  'criteria',
] as const
export type Field = (typeof FIELDS)[number]

/** Something to ask about: what is not clear, and what could be meant. */
export interface Doubt {
  readonly field: Field
  readonly message: string
  readonly candidates: readonly string[]
}

/** A request in words as the task that it asks for; null where nothing was said. */
export interface ParsedRequest {
  readonly title: Guess<string>
  /** The lines after the first, but for what became criteria. */
  readonly description: Guess<string> | null
  /** A repository's name in the federation. */
  readonly repository: Guess<string> | null
  readonly type: Guess<TaskType> | null
  readonly priority: Guess<Priority> | null
  /** A local date, or with a time of day `YYYY-MM-DDTHH:MM` in local time. */
  readonly deadline: Guess<string> | null
  /** The identity of a known person, or else the name as it was written. */
  readonly assignee: Guess<string> | null
  readonly labels: Guess<readonly string[]> | null
  /** As written: `#45`, `crackerjack#12`, `BACK-355`. */
  readonly dependsOn: Guess<readonly string[]> | null
  /** As the field takes it: 3h, 2d, 5pt. */
  readonly estimate: Guess<string> | null
  readonly criteria: Guess<readonly string[]> | null
  /** How sure it is that every field but the type is what was meant: of those that say 0.9, about nine in ten are. */
  readonly confidence: number
  readonly doubts: readonly Doubt[]
  /** What left the title; the words of a field may stay in it as well. */
  readonly removed: readonly Span[]
}

/** What is known where the request is made. */
export interface IntentContext {
  /** The local date, `YYYY-MM-DD`. */
  readonly today: string
  /** Minutes since local midnight. */
  readonly minutes: number
  /** An instant, in milliseconds since 1970, in the zone of whoever asks: `YYYY-MM-DDTHH:MM`. */
  readonly localTime: (instant: number) => string
  /** The repository that the command runs in. */
  readonly here: string | null
  /** Those of the federation; `names` are nicknames and the package. */
  readonly repositories: readonly {
    readonly name: string
    readonly names: readonly string[]
    readonly tags: readonly string[]
  }[]
  /** Who has had to do with these tasks, and how often. */
  readonly people: readonly {
    readonly person: string
    readonly names: readonly string[]
    readonly count: number
  }[]
  readonly labels: readonly { readonly label: string; readonly count: number }[]
  /** The identity of whoever asks. */
  readonly me: string
}
