/** What came after a moment of the past. */
export interface Later<Tasks> {
  /** The moment, as it was asked for. */
  readonly at: string
  /** The tasks of now. */
  readonly snapshot: Tasks
  /** When one of these was created, as people say it; null where its time is before that moment. */
  createdOn(slot: number): string | null
}
