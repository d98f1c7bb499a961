import { insensitive } from '../insensitive.ts'
import type { Day } from './calendar.ts'
import { DATE_RULES } from './date-rules.ts'
import type { SaidDate } from './said-date.ts'

const COMPILED = DATE_RULES.map(([source, kind, day]) => ({
  pattern: insensitive(`(?<![\\p{L}\\p{N}_#/.-])(?:${source})(?![\\p{L}\\p{N}_]|-[\\p{L}\\p{N}])`, 'giu'),
  kind,
  day,
}))

/** What the rules of our own read, looking forward from a day. */
export function ownDates(text: string, today: Day): SaidDate[] {
  const found: SaidDate[] = []
  for (const { pattern, kind, day } of COMPILED) {
    for (const match of text.matchAll(pattern())) {
      const [from, to] = [match.index, match.index + match[0].length]
      if (found.some((other) => from < other.to && to > other.from)) continue
      const said = day(today, match)
      if (said) found.push({ from, to, day: said, time: null, kind })
    }
  }
  return found
}
