import type { Day } from './calendar.ts'

/** A date that some words say. */
export interface SaidDate {
  readonly from: number
  readonly to: number
  readonly day: Day
  /** `HH:MM` where a time of day was said. */
  readonly time: string | null
  /**
   * How exactly: a day, a day reckoned from now (in two days), a period by its name, which is clear
   * only as a limit, or words that leave some room.
   */
  readonly kind: 'day' | 'relative' | 'weekday' | 'period' | 'vague' | 'month' | 'time'
  /** All the days that may be meant, where the words leave open which. */
  readonly either?: readonly Day[]
}
