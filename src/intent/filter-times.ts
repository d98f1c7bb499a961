import { addDays } from './calendar.ts'
import { endOf, type Filtering, NAME, type Word } from './filtering.ts'
import type { IntentContext } from './parsed-request.ts'
import { personBy } from './read-assignee.ts'
import { type Period, readPeriod } from './read-period.ts'

/** Overdue, without a deadline, or due in a period. */
export async function readDeadline(filtering: Filtering, context: IntentContext): Promise<void> {
  for (const match of filtering.places('overdue|late|past due|past (?:their|the|its) deadline')) {
    filtering.says('overdue', true, match.index!, endOf(match))
  }
  for (const match of filtering.places(
    '(?:without|with no|no|has no|have no) (?:a )?(?:deadline|due date)s?',
  )) {
    filtering.says('deadline', 'none', match.index!, endOf(match))
  }
  for (const match of filtering.places(
    '(?:due|deadline|with a deadline)(?: (by|before|until|after|from|since|on|in|within))?',
  )) {
    const start = endOf(match)
    const period = await readPeriod(filtering.reading.text.slice(start), context, true)
    if (!period) continue
    const side = match[1]?.toLowerCase()
    const span =
      side === 'before'
        ? `..${addDays(period.first, -1)}`
        : side === 'by' || side === 'until'
          ? `..${period.last}`
          : side === 'after'
            ? `${addDays(period.last, 1)}..`
            : side === 'from' || side === 'since'
              ? `${period.first}..`
              : side === 'within' && period.first === period.last
                ? `${context.today}..${period.last}`
                : period.first === period.last
                  ? period.first
                  : `${period.first}..${period.last}`
    const end = start + period.to
    filtering.says('deadline', span, match.index!, end)
    const other = /^\s*(?:,|or|and)\s+/i.exec(filtering.reading.text.slice(end))
    if (!other) continue
    const another = await readPeriod(filtering.reading.text.slice(end + other[0].length), context, true)
    if (another)
      filtering.doubtsOf(
        'There can be one deadline, or a period of them.',
        end,
        end + other[0].length + another.to,
      )
  }
}

const TIMES: readonly Word<'created' | 'updated' | 'completed'>[] = [
  ['created|opened|added|reported|new', 'created'],
  ['updated|changed|modified|touched|edited', 'updated'],
  ['completed|finished|closed|done|resolved', 'completed'],
]

function saysTimes(
  filtering: Filtering,
  field: 'created' | 'updated' | 'completed',
  word: string | undefined,
  period: Period,
  from: number,
  to: number,
): void {
  const side = word?.toLowerCase() ?? 'on'
  const after = side === 'after' ? addDays(period.last, 1) : period.first
  const before = side === 'before' ? period.first : addDays(period.last, 1)
  if (!['before', 'until', 'by'].includes(side)) filtering.says(`${field}-after`, after, from, to)
  if (!['since', 'after', 'from'].includes(side)) filtering.says(`${field}-before`, before, from, to)
}

/** “Created by Ann this week”: who it was, and in what time. */
async function readBy(
  filtering: Filtering,
  context: IntentContext,
  pattern: string,
  field: 'created' | 'completed',
): Promise<void> {
  for (const match of filtering.places(
    `(?:${pattern}|written) by (${NAME})(?: (since|after|from|before|on|in|within))?`,
  )) {
    const person = personBy(match[1]!, context)
    if (!person.isKnown) continue
    const isMe = /^(?:me|myself)$/i.test(match[1]!)
    const end = endOf(match)
    const period = await readPeriod(filtering.reading.text.slice(end), context, false)
    const named = end - (match[2] ? match[2].length + 1 : 0)
    if (field === 'completed') filtering.flags.status ??= ['completed']
    filtering.says(`${field}-by`, isMe ? 'me' : person.value, match.index!, named)
    if (period) saysTimes(filtering, field, match[2], period, named, end + period.to)
  }
}

/** When, and by whom, a task was created, changed or completed. */
export async function readTimes(filtering: Filtering, context: IntentContext): Promise<void> {
  for (const [pattern, field] of TIMES) {
    if (field !== 'updated') await readBy(filtering, context, pattern, field)
    for (const match of filtering.places(
      `(?:${pattern})(?: (since|after|from|before|until|by|on|in|within))?`,
    )) {
      const start = endOf(match)
      const period = await readPeriod(filtering.reading.text.slice(start), context, false)
      if (!period) continue
      if (field === 'completed') filtering.flags.status ??= ['completed']
      saysTimes(filtering, field, match[1], period, match.index!, start + period.to)
    }
  }
}
