import type { Day } from './calendar.ts'

/** A zone by its name, with the minutes that it may be east of UTC: several for some names, none where it is not known. */
export interface Zone {
  readonly name: string
  readonly offsets: readonly number[]
}

/** A date that some words say. */
export interface SaidDate {
  readonly from: number
  readonly to: number
  readonly day: Day
  /** `HH:MM` where a time of day was said. */
  readonly time: string | null
  /** The zone of the time, or of the day, where one was said. */
  readonly zone?: Zone
  /**
   * How exactly: a day, a day reckoned from now (in two days), a period by its name, which is clear
   * only as a limit, or words that leave some room.
   */
  readonly kind: 'day' | 'relative' | 'weekday' | 'period' | 'vague' | 'month' | 'time'
  /** The last of several days that are said as one: “December 1 to 4”. */
  readonly last?: Day
  /** Whether a day of the week is said with a date that is none. */
  readonly isAmiss?: true
  /** All the days that may be meant, where the words leave open which. */
  readonly either?: readonly Day[]
}
