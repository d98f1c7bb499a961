import { MhvError } from '../../errors.ts'
import { resolveDate } from '../../query/dates.ts'
import { localDate } from '../output/clock.ts'

/** A date or instant from the command line: see resolveDate; an instant is brought to UTC. Errors: INVALID_INPUT. */
export function dateOrInstant(field: string, word: string, now: string): string {
  const date = resolveDate(word, localDate(now))
  if (date) return date
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(word) ? new Date(word) : null
  if (at && !Number.isNaN(at.getTime())) return at.toISOString()
  throw new MhvError(
    'INVALID_INPUT',
    `${field.includes('-') ? `--${field}` : `The ${field}`} “${word.slice(0, 60)}” is not a date (2026-11-27, tomorrow, +3d) or an instant (2026-11-27T18:00).`,
    {
      recovery: ['mhv help'],
      data: { field, example: '2026-11-27' },
    },
  )
}

/** Local midnight at the beginning of a date, or the instant itself, in milliseconds since 1970. */
export function startOf(dateOrTime: string): number {
  return dateOrTime.length === 10 ? new Date(`${dateOrTime}T00:00:00`).getTime() : Date.parse(dateOrTime)
}
