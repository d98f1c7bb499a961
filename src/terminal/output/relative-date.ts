import { localDate } from './clock.ts'
import { dateStyle } from './date-style.ts'
import { isPlain } from './output-mode.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const MINUTE = 60_000

/** Units by the days from which on they are counted in, and how many days each has. */
const UNITS = [
  { from: 730, days: 365.25, name: 'year' },
  { from: 60, days: 30.44, name: 'month' },
  { from: 14, days: 7, name: 'week' },
  { from: 0, days: 1, name: 'day' },
] as const

function distance(count: number, unit: string, isPast: boolean): string {
  const said = `${count} ${unit}${count === 1 ? '' : 's'}`
  return isPast ? `${said} ago` : `in ${said}`
}

/** How far a date is from another, as people say it: `tomorrow`, `in 3 days`, `2 weeks ago`. */
export function relativeDay(date: string, today: string): string {
  const days = Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY)
  if (days === 0) return 'today'
  if (Math.abs(days) === 1) return days > 0 ? 'tomorrow' : 'yesterday'
  const unit = UNITS.find(({ from }) => Math.abs(days) >= from)!
  return distance(Math.round(Math.abs(days) / unit.days), unit.name, days < 0)
}

/** The same of an instant: within a day in minutes and hours, else by the local calendar. */
export function relativeTime(instant: number, now: number): string {
  const apart = Math.abs(instant - now)
  if (apart < MINUTE) return 'just now'
  if (apart < HOUR) return distance(Math.floor(apart / MINUTE), 'minute', instant < now)
  const today = localDate(now)
  const date = localDate(instant)
  if (date === today || apart < 12 * HOUR) return distance(Math.floor(apart / HOUR), 'hour', instant < now)
  return relativeDay(date, today)
}

/** A deadline: a date, or an instant that is brought to UTC. */
export const relativeDeadline = (deadline: string, now: number, today: string): string =>
  deadline.length === 10 ? relativeDay(deadline, today) : relativeTime(Date.parse(deadline), now)

/**
 * Whether dates of tables are told by how far they are. That is for people who look at a terminal: what goes on to a
 * program keeps the exact ones. By the environment, since a list reads no configuration.
 * Errors: INVALID_INPUT.
 */
export function showsRelativeDates(): boolean {
  const style = dateStyle()
  return style === null ? process.stdout.isTTY === true : style === 'relative'
}

/** A date of a table, told by how far it is; with the exact one in front where room is no matter. */
export const toldDate = (exact: string, relative: string): string =>
  isPlain() ? `${exact} (${relative})` : relative
