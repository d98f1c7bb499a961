import { insensitive } from '../insensitive.ts'
import type { Doubt } from '../parsed-request.ts'
import type { Reading } from '../reading.ts'
import { MONTHS } from './date-rules.ts'

const LAST = insensitive(
  `(?<![\\p{L}\\p{N}_-])(?:by|due|until)(?: on| by)? (\\d{4}-\\d{1,2}(?:-\\d{1,2})?|\\d{1,2}\\.\\d{1,2}\\.(?:\\d{4})?(?!\\d)|(?:${MONTHS}) \\d{1,2}|\\d{1,2} (?:${MONTHS})|(\\p{L}{5,10}))\\s*[.!]?\\s*$`,
  'iu',
)
const NAMES =
  'today tomorrow monday tuesday wednesday thursday friday saturday sunday january february march april august september october november december'.split(
    ' ',
  )

/** Whether one letter too many, too few or another, or two that changed places, make one word of the other. */
function isSlip(word: string, name: string): boolean {
  let same = 0
  while (same < word.length && word[same] === name[same]) same++
  const [said, meant] = [word.slice(same), name.slice(same)]
  return (
    said.slice(1) === meant ||
    said === meant.slice(1) ||
    said.slice(1) === meant.slice(1) ||
    (said.slice(2) === meant.slice(2) && said[0] === meant[1] && said[1] === meant[0])
  )
}

/** Asks about what stands where a deadline would and is no day: 2026-02-30, “Firday”. */
export function doubtBroken(reading: Reading, doubts: Doubt[]): void {
  if (!/\b(?:by|due|until)\b/i.test(reading.text)) return
  const match = LAST().exec(reading.text)
  if (!match) return
  // “Wrong when due on 29 Feb” tells what happens then.
  if (/\b(?:when|if|with|that|which|are|is)\s+$/i.test(reading.text.slice(0, match.index))) return
  const word = match[2]?.toLowerCase()
  if (word && (NAMES.includes(word) || !NAMES.some((name) => isSlip(word, name)))) return
  if (doubts.some(({ field }) => field === 'deadline')) return
  doubts.push({ field: 'deadline', message: `“${match[1]}” is no day of the calendar.`, candidates: [] })
}
