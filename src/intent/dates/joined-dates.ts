import { addDays, weekdayOf } from './calendar.ts'
import type { SaidDate } from './said-date.ts'

const END_OF_DAY = /^(?:eo[db]|cob|(?:the )?(?:end|close) of (?:the )?(?:day|business|play))$/i
const WEEKDAY = /(?:^|[\s,(])(mon|tue|wed|thu|fri|sat|sun)(?:s|rs?|days?|nesday|sday|rsday|urday)?(?![a-z])/i
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const AMOUNT = /^\d+\s?(?:h|hrs?|hours?|m|mins?|d|days?|w|weeks?)\b/i
const RANGE = /^\s?(?:\.{2,3}|…|–|—|-|to|through|thru)\s?$/i

/** A date with the days that may be meant where its day of the week is another one: it, or the nearest such day. */
function checked(said: SaidDate, words: string): SaidDate {
  const named = said.kind === 'day' ? WEEKDAY.exec(words)?.[1] : undefined
  if (!named) return said
  const wanted = WEEKDAYS.indexOf(named.toLowerCase())
  const days = said.either ?? [said.day]
  const fitting = days.filter((day) => weekdayOf(day) === wanted)
  if (fitting[0]) {
    const { either: _, ...clear } = said
    return { ...clear, day: fitting[0], ...(fitting.length > 1 ? { either: fitting } : {}) }
  }
  const away = ((wanted - weekdayOf(said.day) + 10) % 7) - 3
  return { ...said, isAmiss: true, either: [said.day, addDays(said.day, away)] }
}

function joinTwo(last: SaidDate, said: SaidDate, text: string): SaidDate | null {
  const between = text.slice(last.to, said.from)
  if (AMOUNT.test(text.slice(said.from, said.to))) return null
  const isBracketed = /^,?\s*\($/.test(between) && text[said.to] === ')'
  if (
    last.kind === 'weekday' &&
    said.kind === 'day' &&
    !last.time &&
    (isBracketed || /^,?\s+$/.test(between))
  )
    return { ...said, from: last.from, to: said.to + (isBracketed ? 1 : 0) }
  if (RANGE.test(between) && !last.time && said.day > last.day)
    return { ...last, to: said.to, last: said.day }
  return null
}

/** Each date with the ones before it that it makes one with, as far as `join` says so. */
function joined(
  dates: readonly SaidDate[],
  join: (last: SaidDate, said: SaidDate) => SaidDate | null,
): SaidDate[] {
  const all: SaidDate[] = []
  for (const said of dates) {
    const last = all.at(-1)
    const one = last && join(last, said)
    if (one) all[all.length - 1] = one
    else all.push(said)
  }
  return all
}

/** “Friday EOD” is one date. */
export const joinEnds = (dates: readonly SaidDate[], text: string): SaidDate[] =>
  joined(dates, (last, said) =>
    END_OF_DAY.test(text.slice(said.from, said.to)) && /^,?\s+$/.test(text.slice(last.to, said.from))
      ? { ...last, to: said.to }
      : null,
  )

/** “Friday the 4th” and “2026-01-01..2026-06-30” are one date each, and the 4th should be a Friday. */
export const joinDays = (dates: readonly SaidDate[], text: string): SaidDate[] =>
  joined(dates, (last, said) => joinTwo(last, said, text)).map((said) =>
    checked(said, text.slice(said.from, said.to)),
  )
