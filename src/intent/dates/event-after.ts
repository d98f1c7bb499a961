import { insensitive } from '../insensitive.ts'
import { addMonths, type Day } from './calendar.ts'
import type { SaidDate } from './said-date.ts'

const EVENT = insensitive(
  /^\s+(?:(?:v?\d[\w.]*\s)?(?:release|demo|launch|meeting|deadline|freeze|sprint|review|conference|call|cut-?off|go-live|standup|stand-up|sync|presentation|workshop|deploy|deployment|milestone|planning|retro|show|audit|exam|webinar|summit|kick-?off|hand-?over|event|milestone|version|code freeze)(?:\s+(?:starts|begins|opens|ends|is over|happens|takes place|kicks off|goes live|closes))?)(?![\p{L}\p{N}_])/iu,
)
/** After “the Friday …” a word more: “the Q4 board meeting”. */
const FURTHER = /^\s+(?!(?:and|but|for|in|to|at|before|after|on|from|with)\s)\p{L}[\p{L}-]*(?=\s)/u

/** Whether what comes after a date makes it the one of something: “Friday’s demo”. */
export const isPossessive = (rest: string) => /^['’]s?\s/.test(rest)

/** How long the name of an event is that comes after its date: “the Friday demo”, “Friday's board meeting”. */
export function eventAfter(rest: string, lead: string): number {
  const mine = isPossessive(rest) ? 2 : 0
  const further =
    /\b(?:the|our|this)$/.test(lead) || mine ? (FURTHER.exec(rest.slice(mine))?.[0].length ?? 0) : 0
  for (const skipped of new Set([mine, mine + further])) {
    const event = EVENT().exec(rest.slice(skipped))
    if (event) return skipped + event[0].length
  }
  return 0
}

/** Whether a date belongs to something that comes after it and is not known here: “the Friday crunch”. */
export const isOfUnknown = (lead: string, rest: string, goesOn: boolean): boolean =>
  /\b(?:the|our)$/.test(lead) && /^\s+\p{L}/u.test(rest) && !goesOn && eventAfter(rest, lead) === 0

/**
 * The day that a quarter is for what has to be done before it, or before something within it; which one it is, is open
 * then. Before a quarter that runs already is before something in it, at the latest on its last day.
 */
export function withinPeriod(
  said: SaidDate,
  text: string,
  isBefore: boolean,
  hasEvent: boolean,
  today: Day,
): SaidDate {
  const isEnd = /end|close|last|finish/i.test(text.slice(said.from, said.to))
  if (isEnd || !(isBefore || hasEvent)) return said
  const first = `${addMonths(said.day, -2).slice(0, 8)}01`
  return { ...said, kind: 'vague', day: isBefore && first >= today ? first : said.day }
}
