import { MhvError } from '../../errors.ts'

/** The time, ISO 8601 in UTC with milliseconds; MHV_NOW sets it for tests and replays. Errors: INVALID_INPUT. */
export function now(): string {
  const set = process.env.MHV_NOW
  if (set === undefined || set === '') return new Date().toISOString()
  const at = new Date(set)
  const year = at.getUTCFullYear()
  if (!(year >= 1970 && year <= 9999)) {
    throw new MhvError(
      'INVALID_INPUT',
      `MHV_NOW is “${set}”, which is not an instant from 1970 to 9999 such as 2026-11-20T10:00:00Z.`,
      {
        recovery: ['unset MHV_NOW'],
      },
    )
  }
  return at.toISOString()
}

/** The local calendar date of an instant, `YYYY-MM-DD`. */
export function localDate(instant: string | number): string {
  const at = new Date(instant)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** The local time of an instant to the minute, `YYYY-MM-DDTHH:MM`. */
export function localTime(instant: number): string {
  const at = new Date(instant)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${localDate(instant)}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** An age as one number and its unit: `3d`. */
export function shortAge(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000))
  if (minutes < 60) return `${minutes}m`
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)}h`
  return `${Math.floor(minutes / (24 * 60))}d`
}
