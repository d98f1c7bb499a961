import { insensitive } from '../insensitive.ts'
import { addDays, addMonths, type Day, endOfMonth, endOfQuarter, mondayOf, weekdayOf } from './calendar.ts'
import { MONTHS } from './date-rules.ts'
import { readDates } from './read-dates.ts'

/** Days from the first to the last, both included. */
export interface Period {
  readonly first: Day
  readonly last: Day
  readonly from: number
  readonly to: number
}

const PERIOD = insensitive(
  /(?:the )?(this|next|last|past|coming|current|previous)?\s?(?:(\d{1,3}|two|three|four)\s)?(days?|weeks?|months?|quarters?|years?)(?![\p{L}\p{N}])/iu,
)
const COUNTS: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4 }
const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, q: 91, y: 365 }

function whole(unit: string, steps: number, today: Day): { first: Day; last: Day } {
  const year = Number(today.slice(0, 4))
  if (unit === 'd') return { first: addDays(today, steps), last: addDays(today, steps) }
  if (unit === 'w') {
    const first = addDays(mondayOf(today), 7 * steps)
    return { first, last: addDays(first, 6) }
  }
  if (unit === 'm') {
    const last = endOfMonth(today, steps)
    return { first: `${last.slice(0, 8)}01`, last }
  }
  if (unit === 'y') return { first: `${year + steps}-01-01`, last: `${year + steps}-12-31` }
  const last = endOfQuarter(year, Math.ceil(Number(today.slice(5, 7)) / 3) + steps)
  return { first: `${addMonths(`${last.slice(0, 8)}01`, -2)}`, last }
}

const BEFORE = '^((?:\\s|in|within|on|the)*)'
const ENDS = '(?![\\p{L}\\p{N}]|[-./:]\\p{N})'
const WHICH = '(?:(this|next|coming|last|past|previous) )?'
const MONTH = insensitive(
  `${BEFORE}${WHICH}(?:(early|mid|late)[ -])?(${MONTHS})(?!\\s\\d{1,2}(?!\\d))(?:,? (?:of )?(\\d{4}))?${ENDS}`,
)
const QUARTER = insensitive(`${BEFORE}q([1-4])(?:[ /-]?(\\d{4}))?${ENDS}`)
const YEAR = insensitive(`${BEFORE}(?:year )?((?:19|20)\\d{2})(?:-(0[1-9]|1[0-2]))?${ENDS}`)
const WEEKEND = insensitive(`${BEFORE}${WHICH}weekend${ENDS}`)

const MONTH_NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const two = (value: number) => String(value).padStart(2, '0')

/** The year of a month that was named without one: the coming one, or the one that has been, this month being both. */
function yearOf(month: number, today: Day, isAhead: boolean): number {
  const [year, now] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  if (isAhead) return month < now ? year + 1 : year
  return month > now ? year - 1 : year
}

function monthNamed(text: string, today: Day, forward: boolean): Period | null {
  const match = MONTH().exec(text)
  if (!match) return null
  const [said, before, which, part, name, year] = match
  const month = MONTH_NAMES.indexOf(name!.slice(0, 3).toLowerCase()) + 1
  const isOther = month === Number(today.slice(5, 7))
  const isPast = /last|past|previous/i.test(which ?? '')
  const isNext = /next/i.test(which ?? '')
  // “Last March” in March is a year ago.
  const other = isOther ? (isPast ? -1 : isNext ? 1 : 0) : 0
  const isAhead = isPast ? false : which ? true : forward
  const start = `${Number(year ?? yearOf(month, today, isAhead) + other)}-${two(month)}-`
  const last = endOfMonth(`${start}01`)
  const [from, to] = [before!.length, said.length]
  if (!part) return { first: `${start}01`, last, from, to }
  if (/early/i.test(part)) return { first: `${start}01`, last: `${start}10`, from, to }
  return /mid/i.test(part)
    ? { first: `${start}11`, last: `${start}20`, from, to }
    : { first: `${start}21`, last, from, to }
}

function quarterNamed(text: string, today: Day, forward: boolean): Period | null {
  const match = QUARTER().exec(text)
  if (!match) return null
  const [said, before, quarter, year] = match
  // A quarter goes by the month that it ends in when it comes, and by its first one when it has been.
  const month = Number(quarter) * 3 - (forward ? 0 : 2)
  const last = endOfQuarter(Number(year ?? yearOf(month, today, forward)), Number(quarter))
  return { first: `${addMonths(`${last.slice(0, 8)}01`, -2)}`, last, from: before!.length, to: said.length }
}

function weekendNamed(text: string, today: Day): Period | null {
  const match = WEEKEND().exec(text)
  if (!match) return null
  const [said, before, which = ''] = match
  const weeks = /last|past|previous/i.test(which) ? -1 : /next/i.test(which) ? 1 : 0
  const first = addDays(mondayOf(today), 5 + 7 * weeks)
  return { first, last: addDays(first, 1), from: before!.length, to: said.length }
}

/** A month, a quarter, a year or a weekend by its name. */
function calendarPeriod(text: string, today: Day, forward: boolean): Period | null {
  const lower = text.toLowerCase()
  if (lower.includes('weekend')) {
    const weekend = weekendNamed(text, today)
    if (weekend) return weekend
  }
  const month = MONTH_NAMES.some((name) => lower.includes(name)) ? monthNamed(text, today, forward) : null
  if (month) return month
  if (!/\d/.test(lower)) return null
  const quarter = lower.includes('q') ? quarterNamed(text, today, forward) : null
  if (quarter) return quarter
  const [said, before, year, part] = YEAR().exec(text) ?? []
  if (!said) return null
  const first = `${year}-${part ?? '01'}-01`
  return { first, last: part ? endOfMonth(first) : `${year}-12-31`, from: before!.length, to: said.length }
}

function namedPeriod(text: string, today: Day, forward: boolean): Period | null {
  const match = PERIOD().exec(text)
  if (!match || (!match[1] && !match[2])) return null
  const [said, which, amount, units] = match
  const at = { from: match.index, to: match.index + said.length }
  const unit = units![0]!.toLowerCase()
  const isPast = /last|past|previous/i.test(which ?? '')
  const isNext = /next|coming/i.test(which ?? '')
  // On a weekend “this week” is in requests the one that comes; what is due before it begins is due this week all the same.
  if (!amount && forward && unit === 'w' && !isPast && !isNext && weekdayOf(today) > 4)
    return { first: today, last: whole('w', 1, today).last, ...at }
  if (!amount) return { ...whole(unit, isPast ? -1 : isNext ? 1 : 0, today), ...at }
  const days = (COUNTS[amount.toLowerCase()] ?? Number(amount)) * DAYS[unit]!
  return isPast
    ? { first: addDays(today, 1 - days), last: today, ...at }
    : { first: today, last: addDays(today, days), ...at }
}

/**
 * The days that the beginning of a text speaks of: a week, a month, the last seven days, or a day.
 * @param forward whether what has no year or week of its own is the coming one or the one before
 */
export async function readPeriod(
  text: string,
  reference: { readonly today: string; readonly minutes: number },
  forward: boolean,
): Promise<Period | null> {
  const named = namedPeriod(text, reference.today, forward)
  if (named && /^(?:\s|in|within|on)*$/i.test(text.slice(0, named.from))) return named
  const period = calendarPeriod(text, reference.today, forward)
  if (period) return period
  const [said] = await readDates(text, reference, { forward })
  if (!said || !/^(?:\s|in|within|on|the)*$/i.test(text.slice(0, said.from))) return null
  const { from, to } = said
  // Without a wish to look ahead, the nearest day of the week or the year may still lie ahead.
  const isAhead = !forward && said.day > reference.today
  const isYearLess = said.kind === 'day' && !/\d{4}/.test(text.slice(from, to))
  const back = isAhead && said.kind === 'weekday' ? addDays(said.day, -7) : said.day
  const day = isAhead && isYearLess ? addMonths(said.day, -12) : back
  if (said.kind === 'month') return { first: `${day.slice(0, 8)}01`, last: endOfMonth(day), from, to }
  return { first: day, last: day, from, to }
}

/** The days from one period to the end of another one: “between Monday and Friday”. */
export async function readRange(
  text: string,
  reference: { readonly today: string; readonly minutes: number },
  forward: boolean,
): Promise<Period | null> {
  const first = await readPeriod(text, reference, forward)
  const joint = first && /^\s*(?:and|to|until|till|through|-|–)\s+/i.exec(text.slice(first.to))
  if (!joint) return null
  const at = first.to + joint[0].length
  const rest = text.slice(at)
  const said = await readPeriod(rest, reference, forward)
  const isBack = said !== null && said.last < first.first
  const last = isBack ? await readPeriod(rest, { ...reference, today: first.first }, true) : said
  if (!last || last.last < first.first) return null
  return { first: first.first, last: last.last, from: first.from, to: at + last.to }
}
