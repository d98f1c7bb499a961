import { localTime } from './clock.ts'
import { dateStyle } from './date-style.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const isEnglish = (tag: string) => /^en(?:-|$)/.test(tag)

/**
 * A date in English, as Intl writes it too: the first formatter takes as long to make as the whole program to start, which
 * is why the most usual locales do without.
 * @param local `2026-11-27` or `2026-11-27T18:00`
 */
function inEnglish(tag: string, local: string): string {
  const [year, month = 1, day] = local.slice(0, 10).split('-').map(Number)
  const name = MONTHS[month - 1]
  const isAmerican = tag === 'en' || tag === 'en-US'
  const date = isAmerican ? `${name} ${day}, ${year}` : `${day} ${name} ${year}`
  if (local.length === 10) return date
  const [hour = 0, minute = ''] = [Number(local.slice(11, 13)), local.slice(14, 16)]
  const time = isAmerican ? `${hour % 12 || 12}:${minute} ${hour < 12 ? 'AM' : 'PM'}` : local.slice(11, 16)
  return `${date}, ${time}`
}

/**
 * The language tag of the locale that dates are written in, as POSIX names it; null for C, where one was asked for that
 * nobody knows, and where dates are to be exact.
 * Errors: INVALID_INPUT.
 */
export function dateLocale(environment: NodeJS.ProcessEnv = process.env): string | null {
  const { LC_ALL, LC_TIME, LANG } = environment
  const tag = (LC_ALL || LC_TIME || LANG || 'C').replace(/[.@].*$/, '').replaceAll('_', '-')
  if (dateStyle(environment) === 'iso' || tag === 'C' || tag === 'POSIX') return null
  if (isEnglish(tag)) return tag
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([tag])[0] ?? null
  } catch {
    return null
  }
}

const format = (tag: string, at: Date, options: Intl.DateTimeFormatOptions) =>
  // Spaces that do not break have a width of their own in some terminals.
  new Intl.DateTimeFormat(tag, options).format(at).replace(/[\u00a0\u202f]/g, ' ')

/** A calendar date where there is room for it, in the order and with the names of the locale; ISO 8601 in C. */
export function longDate(date: string): string {
  const tag = dateLocale()
  if (tag === null) return date
  if (isEnglish(tag)) return inEnglish(tag, date)
  return format(tag, new Date(`${date}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
}

/** An instant in local time to the minute, in the same manner. */
export function longTime(instant: string): string {
  const tag = dateLocale()
  const local = localTime(Date.parse(instant))
  if (tag === null) return local.replace('T', ' ')
  if (isEnglish(tag)) return inEnglish(tag, local)
  return format(tag, new Date(instant), { dateStyle: 'medium', timeStyle: 'short' })
}
