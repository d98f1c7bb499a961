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
  readonly rule: string
}

/** Something that was taken in another way than it was written. */
export interface Warning {
  readonly place: string
  readonly message: string
}

export interface ReadRecords {
  readonly records: readonly SourceRecord[]
  readonly faults: readonly Fault[]
}

/** A line longer than this is not a task. */
export const MAX_LINE = 1_000_000
