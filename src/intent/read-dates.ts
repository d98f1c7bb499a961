import type { ParsedResult } from 'chrono-node'
import { addDays, addMonths, dayFrom } from './calendar.ts'
import { dateLanguages, dateReader } from './date-languages.ts'
import { ownDates, type SaidDate } from './own-dates.ts'

// Only what could be a date is worth the time it takes to load what reads them.
const COULD_BE =
  /\d{1,2}(?:[./:-]\d|\s?(?:st|nd|rd|th|am|pm|h|d|w)?\b)|\b(?:today|tod|tomorrow|tmrw?|tonight|this (?:morning|afternoon|evening)|yesterday|noon|midnight|week|month|quarter|qtr|year|day|hour|fortnight|eo[bdwmqy]|co[bd]|(?:end|close) of|christmas|xmas|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i

/** Whether there is anything that could be a date, for sure where this says no. */
export const couldHoldDate = (text: string): boolean => COULD_BE.test(text)

const two = (value: number) => String(value).padStart(2, '0')

function kindOf(result: ParsedResult): SaidDate['kind'] {
  const { start } = result
  if (
    /^(?:in|within|tod|tom|tmr|tonight|the day|\d+ (?:d|w|h|m)|an?\b|next|this|for|later)/i.test(result.text)
  )
    return 'relative'
  if (start.isCertain('day')) return 'day'
  if (start.isCertain('weekday')) return 'weekday'
  if (start.isCertain('month')) return 'month'
  return start.isCertain('hour') ? 'time' : 'relative'
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
  if (forward && kind === 'weekday' && day < today && !/last|past/i.test(result.text)) day = addDays(day, 7)
  const time = start.isCertain('hour') ? `${two(start.get('hour')!)}:${two(start.get('minute') ?? 0)}` : null
  // Its patterns take the brackets and commas around a day along.
  const from = result.index + /^[\s,(（]*/.exec(result.text)![0].length
  const to = result.index + result.text.replace(/[\s,)）]+$/, '').length
  return { from, to, day, time, kind }
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
  const own = forward ? ownDates(text, reference.today) : []
  let rest = text
  for (const { from, to } of own) rest = rest.slice(0, from) + '\uE001'.repeat(to - from) + rest.slice(to)
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
  return [...own, ...said].sort((a, b) => a.from - b.from)
}
