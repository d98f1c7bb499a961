/** A day of the calendar as `YYYY-MM-DD`; all arithmetic is in UTC, which has every day once. */
export type Day = string

const at = (day: Day) => new Date(`${day}T00:00:00Z`)
const dayOf = (date: Date): Day => date.toISOString().slice(0, 10)

export function addDays(day: Day, days: number): Day {
  const date = at(day)
  date.setUTCDate(date.getUTCDate() + days)
  return dayOf(date)
}

/** 0 is Monday. */
export const weekdayOf = (day: Day): number => (at(day).getUTCDay() + 6) % 7

export const mondayOf = (day: Day): Day => addDays(day, -weekdayOf(day))

/** The last day of the month that is so many after the day's own. */
export function endOfMonth(day: Day, later = 0): Day {
  const date = at(day)
  return dayOf(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1 + later, 0)))
}

/** The same day of the month so many later, or the last one that there is. */
export function addMonths(day: Day, months: number): Day {
  const end = endOfMonth(day, months)
  return end.slice(8) < day.slice(8) ? end : `${end.slice(0, 8)}${day.slice(8)}`
}

/** The last day of a quarter, 1 to 4. */
export const endOfQuarter = (year: number, quarter: number): Day =>
  dayOf(new Date(Date.UTC(year, quarter * 3, 0)))

/** So many days on which people work, Monday to Friday. */
export function addWorkingDays(day: Day, days: number): Day {
  let [left, on] = [days, day]
  while (left > 0) {
    on = addDays(on, 1)
    if (weekdayOf(on) < 5) left--
  }
  return on
}

/** A day from its parts, or null where the calendar has none. */
export function dayFrom(year: number, month: number, date: number): Day | null {
  const made = new Date(Date.UTC(year, month - 1, date))
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === date && year > 999 && year < 10_000
    ? dayOf(made)
    : null
}
