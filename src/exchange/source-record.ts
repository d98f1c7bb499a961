/** One task of a file, before anything is known of it but where it stands. */
export interface SourceRecord {
  /** As people find it: `line 7`, or `item 7` of a list. */
  readonly place: string
  readonly value: unknown
}

/** A rule that a place in the file breaks; nothing is imported while there is one. */
export interface Fault {
  readonly place: string
  readonly field: string
  /** What stands there, where that is a word. */
  readonly value?: string
  readonly rule: string
}

/** What may be taken in another way than it was written, as it is said of many tasks at once. */
export const WARNING_KINDS = {
  field: 'have names of fields that are none of ours, and are kept as metadata',
  type: 'have a type that is none of ours; they are tasks, and metadata keeps the word',
  undated_end: 'are closed without a closed_at; their end is dated by what else is known',
  end_of_open: 'are open but have a closed_at, which is dropped',
  early: 'have times before their creation or start, which count as that',
  future: 'have times in the future',
  dropped: 'have keys inside comments, criteria or dependencies that are not kept',
  dependency: 'depend on tasks that are not here; metadata keeps the names',
  parent: 'have a parent that is not here; metadata keeps the name',
  second_parent: 'have a second parent; the first one counts, and metadata keeps the other',
  relation: 'have relations that are kept as metadata',
  cycle: 'would wait for themselves by a dependency; metadata keeps it',
  title: 'have a title longer than 200 characters, which is cut; metadata keeps it whole',
  long: 'have a text that is longer than its field; the rest follows as comments',
  hidden: 'have control characters or marks that reorder text, which become blanks',
  label: 'have labels with characters that no label here has; metadata keeps the words',
  assignees: 'have more than one assignee; the first one counts, and metadata keeps all',
  status: 'have a status that is none of ours; metadata keeps the word',
  repeats: 'repeat in their tracker, which no task here does; metadata keeps the rule',
  partial: 'have parts in their tracker that the file does not hold',
  too_large: 'have fields that are too large for metadata, which are not kept',
  left_out: 'are something else than tasks in their tracker, and are left out',
  unreadable: 'are here, but cannot be read in full (mhv doctor); they are left as they are',
} as const

export interface Warning {
  readonly place: string
  readonly kind: keyof typeof WARNING_KINDS
  readonly message: string
}
export type Warn = (kind: Warning['kind'], message: string) => void

export interface ReadRecords {
  readonly records: readonly SourceRecord[]
  readonly faults: readonly Fault[]
  /** What was lost or taken in another way before the records were made. */
  readonly warnings?: readonly Warning[]
}

/** A line longer than this is not a task. */
export const MAX_LINE = 1_000_000
