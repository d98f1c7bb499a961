import { addDays, addMonths, type Day, endOfMonth, endOfQuarter, mondayOf } from './calendar.ts'
import { insensitive } from './insensitive.ts'
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

function namedPeriod(text: string, today: Day): Period | null {
  const match = PERIOD().exec(text)
  if (!match || (!match[1] && !match[2])) return null
  const [said, which, amount, units] = match
  const at = { from: match.index, to: match.index + said.length }
  const unit = units![0]!.toLowerCase()
  const isPast = /last|past|previous/i.test(which ?? '')
  if (!amount) return { ...whole(unit, isPast ? -1 : /next|coming/i.test(which!) ? 1 : 0, today), ...at }
  const days = (COUNTS[amount.toLowerCase()] ?? Number(amount)) * DAYS[unit]!
  return isPast
    ? { first: addDays(today, 1 - days), last: today, ...at }
    : { first: today, last: addDays(today, days), ...at }
}

/**
 * The days that the beginning of a text speaks of: a week, a month, the last seven days, or a day.
 * @param forward whether a day of the week is the coming one or the one before
 */
export async function readPeriod(
  text: string,
  reference: { readonly today: string; readonly minutes: number },
  forward: boolean,
): Promise<Period | null> {
  const named = namedPeriod(text, reference.today)
  if (named && /^(?:\s|in|within|on)*$/i.test(text.slice(0, named.from))) return named
  const [said] = await readDates(text, reference, { forward })
  if (!said || !/^(?:\s|in|within|on|the)*$/i.test(text.slice(0, said.from))) return null
  // Without a wish to look ahead, the nearest day of the week may still lie ahead.
  const isAhead = !forward && said.kind === 'weekday' && said.day > reference.today
  const day = isAhead ? addDays(said.day, -7) : said.day
  return { first: day, last: day, from: said.from, to: said.to }
}
