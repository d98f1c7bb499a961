import { MhvError } from '../../errors.ts'
import { isOverdue } from '../../query/filter.ts'
import { localDate } from '../output/clock.ts'
import { dateOrInstant } from './date-or-instant.ts'
import { NONE } from './none.ts'

/** A deadline from the command line, null for `none`. Errors: INVALID_INPUT; DEADLINE_PAST unless `allowPast`. */
export function readDeadline(word: string, now: string, allowPast: boolean): string | null {
  if (word === NONE) return null
  const deadline = dateOrInstant('deadline', word, now)
  if (!allowPast && isOverdue(deadline, { now: Date.parse(now), date: localDate(now) })) {
    throw new MhvError(
      'DEADLINE_PAST',
      `The deadline ${deadline} has passed. Give a later one, or --allow-past.`,
      { recovery: ['mhv help'], data: { field: 'deadline', value: deadline } },
    )
  }
  return deadline
}
