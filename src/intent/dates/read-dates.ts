import type { Chrono, ParsedResult } from 'chrono-node'
import { addDays, addMonths, type Day, dayFrom } from './calendar.ts'
import { dateLanguages, dateReader } from './date-languages.ts'
import { MONTHS, WEEKDAYS } from './date-rules.ts'
import { joinEnds } from './joined-dates.ts'
import { ownDates } from './own-dates.ts'
import type { SaidDate } from './said-date.ts'
import { zoneAfter, zoneOf } from './time-zones.ts'

const UNIT = 'minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|fortnights?|months?|quarters?|qtr|years?'
/** Of a text without any of these, reading dates is not worth the time that its patterns take to be made. */
const COULD_BE = new RegExp(
  [
    '\\d[./:-]\\d',
    '\\d\\s?(?:st|nd|rd|th|[ap]\\.?m|h|d|w)\\b',
    '\\b(?:at|by|on|till?|until|before|due|@)\\s(?:the\\s)?\\d',
    `\\b(?:${UNIT}|${WEEKDAYS}|${MONTHS}|weekdays?|(?:mid-?)?week-?(?:end)?s?)\\b`,
    '\\b(?:today|tod|tomorrow|tmrw?|tmw|overmorrow|tonight|yesterday|morning|afternoon|evening|night|noon|midday|midnight)\\b',
    '\\b(?:eo[bdwmqy]|co[bd]|q[1-4]|(?:end|close) of|christmas|xmas|new year)\\b',
  ].join('|'),
)

/** Whether there is anything that could be a date, for sure where this says no. */
export const couldHoldDate = (text: string): boolean => COULD_BE.test(text.toLowerCase())

/** A day of the year that so few days ago was may have been meant itself. */
const RECENT = 60
const TIME =
  /^(?:,? at|,)?\s+(?:(\d{1,2}):(\d{2})(?:\s?([ap])\.?m)?|(\d{1,2})\s?([ap])\.?m|(noon))(?=z|[^\p{L}\p{N}:]|$)/iu

const two = (value: number) => String(value).padStart(2, '0')

function kindOf(result: ParsedResult): SaidDate['kind'] {
  const { start } = result
  if (
    /^(?:in|within|tod|tom|tmr|tonight|the day|\d+ (?:d|days?|w|weeks?|h|hours?|m|min(?:ute)?s?|months?)\b|an?\b|next|this|for|later)/i.test(
      result.text,
    )
  )
    return 'relative'
  if (start.isCertain('day')) return 'day'
  if (start.isCertain('weekday')) return 'weekday'
  if (start.isCertain('month')) return 'month'
  return start.isCertain('hour') ? 'time' : 'relative'
}

/** The other days that the same words say: with the month first or the day, or of the year that has just been. */
function eitherOf({ text, start }: ParsedResult, day: Day, today: Day): readonly Day[] | null {
  const parts =
    /^[\s,(（]*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?(\d{1,2})([/.-])(\d{1,2})(?!\d)/i.exec(text)
  const [first, second] = [Number(parts?.[1] ?? 0), Number(parts?.[3] ?? 0)]
  const coming = (month: number, date: number) => {
    const said = dayFrom(start.get('year') ?? 0, month, date)
    if (!said || start.isCertain('year')) return said
    const here = dayFrom(Number(today.slice(0, 4)), month, date)
    return here && here >= today ? here : dayFrom(Number(today.slice(0, 4)) + 1, month, date)
  }
  if (first > 0 && first < 13 && second > 0 && second < 13 && first !== second) {
    const days = [coming(first, second), coming(second, first)].filter((one) => one !== null)
    // Between dots and hyphens the day comes first; only a day ahead can be meant as a deadline.
    return (parts![2] === '/' ? days : days.reverse()).sort((a, b) => Number(a < today) - Number(b < today))
  }
  if (start.isCertain('year')) return null
  const before = addMonths(day, -12)
  return before < today && before >= addDays(today, -RECENT) ? [before, day] : null
}

function saidBy(result: ParsedResult, today: string, forward: boolean): SaidDate | null {
  const { start } = result
  let day = dayFrom(start.get('year') ?? 0, start.get('month') ?? 0, start.get('day') ?? 0)
  if (!day) return null
  // It turns 2025-13-01 round until it is a day; the parts of one that begins with the year have one order.
  const digits = /^\d{4}\D\d{1,2}\D\d{1,2}(?!\d)/.exec(result.text)?.[0].split(/\D/).map(Number)
  if (digits && dayFrom(digits[0]!, digits[1]!, digits[2]!) !== day) return null
  const kind = kindOf(result)
  // Where neither year nor century were said, a day that has passed is next year's.
  if (forward && kind === 'day' && !start.isCertain('year') && day < today) day = addMonths(day, 12)
  const either = forward && kind === 'day' ? eitherOf(result, day, today) : null
  if (either && !either.includes(addMonths(day, -12))) day = either[0]!
  if (forward && kind === 'weekday' && day < today && !/last|past/i.test(result.text)) day = addDays(day, 7)
  const time = start.isCertain('hour') ? `${two(start.get('hour')!)}:${two(start.get('minute') ?? 0)}` : null
  // Its patterns take the brackets and commas around a day along.
  const from = result.index + /^[\s,(（]*/.exec(result.text)![0].length
  const { zone, length } = zoneOf(result)
  const text = result.text.slice(0, length)
  const to =
    result.index + text.replace(/\([^()]*\)$|[\s,)）]+$/, (end) => (end[0] === '(' ? end : '')).length
  const { end } = result
  const until =
    forward && end ? dayFrom(end.get('year') ?? 0, end.get('month') ?? 0, end.get('day') ?? 0) : null
  const last = until && until > day && !time ? { last: until } : {}
  return { from, to, day, time, kind, ...last, ...(either ? { either } : {}), ...(zone ? { zone } : {}) }
}

/** Where several languages read something, the one that reads more of it is right more often. */
function longest(results: readonly ParsedResult[]): ParsedResult[] {
  const kept: ParsedResult[] = []
  for (const result of results.toSorted((a, b) => b.text.length - a.text.length)) {
    const end = result.index + result.text.length
    if (!kept.some(({ index, text }) => result.index < index + text.length && end > index)) kept.push(result)
  }
  return kept
}

/** A day of our own with the time that comes after it, which is no date by itself. */
function withTime(said: SaidDate, text: string): SaidDate {
  const match = said.kind === 'vague' || said.kind === 'period' ? null : TIME.exec(text.slice(said.to))
  if (!match) return said
  const half = (match[3] ?? match[5])?.toLowerCase()
  const hour = match[6] ? 12 : Number(match[1] ?? match[4])
  if (hour > (half ? 12 : 23) || Number(match[2] ?? 0) > 59) return said
  const time = `${two(half ? (hour % 12) + (half === 'p' ? 12 : 0) : hour)}:${match[2] ?? '00'}`
  return { ...said, to: said.to + match[0].length, time }
}

/** A date with the zone that comes after it. */
function withZone(said: SaidDate, text: string, english: Chrono): SaidDate {
  if (said.zone) return said
  const read = zoneAfter(text.slice(said.to), said, (words) => {
    const start = english.parse(words)[0]?.start
    return start?.isCertain('timezoneOffset') ? start.get('timezoneOffset') : null
  })
  return read ? { ...said, to: said.to + read.length, ...(read.zone ? { zone: read.zone } : {}) } : said
}

/**
 * The dates that a text says, in its order.
 * @param reference the local day and the minutes since its midnight
 * @param forward as deadlines are meant: the coming one, and our own rules before chrono’s
 */
export async function readDates(
  text: string,
  reference: { readonly today: string; readonly minutes: number },
  { forward }: { readonly forward: boolean },
): Promise<SaidDate[]> {
  const languages = dateLanguages(text)
  const mayBeEnglish = !forward || couldHoldDate(text)
  if (!mayBeEnglish && languages.length === 0) return []
  const own = forward ? ownDates(text, reference.today).map((said) => withTime(said, text)) : []
  let rest = text
  for (const { from, to } of own) rest = rest.slice(0, from) + '\uE001'.repeat(to - from) + rest.slice(to)
  // It reads no time that a Z comes right after, but for that of a whole instant.
  if (rest.includes('Z')) rest = rest.replace(/(?<=(?<![T\d:])\d{1,2}:\d{2})Z(?![\p{L}\p{N}])/gu, ' ')
  // In UTC, so that a day without some hour in the user's zone is a day like others.
  const instant = new Date(Date.parse(`${reference.today}T00:00:00Z`) + reference.minutes * 60_000)
  const results: ParsedResult[] = []
  for (const language of [...(mayBeEnglish ? (['en'] as const) : []), ...languages]) {
    const reader = await dateReader(language)
    results.push(...reader.parse(rest, { instant, timezone: 0 }, { forwardDate: forward }))
  }
  const said = longest(results)
    .map((result) => saidBy(result, reference.today, forward))
    .filter((one) => one !== null)
  const all = [...own, ...said].sort((a, b) => a.from - b.from)
  if (all.length === 0) return all
  const english = await dateReader('en')
  const zoned = all.map((one) => withZone(one, text, english))
  return joinEnds(zoned, text)
}
