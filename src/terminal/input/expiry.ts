import { duration } from '../../../schemas/config.ts'
import { MhvError } from '../../errors.ts'
import { dateOrInstant, startOf } from './date-or-instant.ts'

const DAY = 86_400_000

/** When something ends: after a time (`7d`), at the end of a local date, or at an instant. Errors: INVALID_INPUT. */
export function expiryOf(word: string, now: string): string {
  const span = duration.safeParse(word)
  const end = () => {
    const date = dateOrInstant('expires', word, now)
    if (date.length > 10) return Date.parse(date)
    // Half a day on the next one begins wherever clocks are changed.
    return startOf(new Date(Date.parse(`${date}T12:00:00Z`) + DAY).toISOString().slice(0, 10))
  }
  const at = span.success ? Date.parse(now) + span.data : end()
  if (at > Date.parse(now)) return new Date(at).toISOString()
  throw new MhvError('INVALID_INPUT', `--expires “${word.slice(0, 60)}” has passed already. Example: 7d`, {
    recovery: ['mhv help'],
    data: { field: 'expires', example: '7d' },
  })
}
