import { addDays } from '../dates/calendar.ts'
import { type Period, readPeriod, readRange } from '../dates/read-period.ts'
import type { IntentContext } from '../parsed-request.ts'
import { personBy } from '../read-assignee.ts'
import { NOUN, STATUSES } from './filter-words.ts'
import { endOf, type Filtering, NAME, type Word } from './filtering.ts'

/** On which side of which days: of a range and of what is between two days, all of them. */
export async function readSide(
  text: string,
  word: string | undefined,
  context: IntentContext,
  forward: boolean,
): Promise<{ side: string | undefined; period: Period } | null> {
  const side = word?.toLowerCase()
  if (side === 'between' || side === 'from') {
    const range = await readRange(text, context, forward)
    if (range) return { side: 'in', period: range }
  }
  // What was “added may break” says nothing of a month.
  const isNone = side === 'between' || (!side && /^\s+may\s+\p{L}/iu.test(text))
  const period = isNone ? null : await readPeriod(text, context, forward)
  return period && { side, period }
}

/** Overdue, without a deadline, or due in a period. */
export async function readDeadline(filtering: Filtering, context: IntentContext): Promise<void> {
  for (const match of filtering.places('overdue|past due|past (?:their|the|its) deadline')) {
    filtering.says('overdue', true, match.index!, endOf(match))
  }
  for (const match of filtering.places(
    '(?:without|with no|no|has no|have no) (?:a )?(?:deadline|due date)s?',
  )) {
    filtering.says('deadline', 'none', match.index!, endOf(match))
  }
  for (const match of filtering.places(
    '(?:due|deadline|with a deadline)(?: (by|before|until|after|from|since|on|in|within|between))?',
  )) {
    const start = endOf(match)
    const said = await readSide(filtering.reading.text.slice(start), match[1], context, true)
    if (!said) continue
    const { side, period } = said
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
  // After the days: one may be in late March.
  for (const match of filtering.places('late')) filtering.says('overdue', true, match.index!, endOf(match))
}

const TIMES: readonly Word<'created' | 'updated' | 'completed'>[] = [
  ['created|opened|added|reported|new', 'created'],
  ['updated|changed|modified|touched|edited', 'updated'],
  ['completed|finished|closed|done|resolved', 'completed'],
]

export function saysTimes(
  filtering: Filtering,
  field: 'created' | 'updated' | 'completed',
  { side = 'on', period }: { side: string | undefined; period: Period },
  from: number,
  to: number,
): void {
  const after = side === 'after' ? addDays(period.last, 1) : period.first
  const before = side === 'before' ? period.first : addDays(period.last, 1)
  if (!['before', 'until', 'by'].includes(side)) filtering.says(`${field}-after`, after, from, to)
  if (!['since', 'after', 'from'].includes(side)) filtering.says(`${field}-before`, before, from, to)
}

/** Asks which one of several people a name stands for. */
export function tellSeveral(filtering: Filtering, name: string, people: readonly string[]): void {
  if (people.length > 1)
    filtering.doubts.push({ message: `Several people are called ${name}.`, candidates: people })
}

/** “Created by Ann this week”: who it was, and in what time. */
async function readBy(
  filtering: Filtering,
  context: IntentContext,
  pattern: string,
  field: 'created' | 'completed',
): Promise<void> {
  for (const match of filtering.places(
    `(?:${pattern}|written) by (${NAME})(?: (since|after|from|before|on|in|within|between))?`,
  )) {
    const person = personBy(match[1]!, context)
    if (!person.isKnown && person.others.length === 0) continue
    tellSeveral(filtering, match[1]!, person.others)
    const isMe = /^(?:me|myself)$/i.test(match[1]!)
    const end = endOf(match)
    const said = await readSide(filtering.reading.text.slice(end), match[2], context, false)
    const named = end - (match[2] ? match[2].length + 1 : 0)
    if (field === 'completed') filtering.flags.status ??= ['completed']
    filtering.says(`${field}-by`, isMe ? 'me' : person.value, match.index!, named)
    if (said) saysTimes(filtering, field, said, named, end + said.period.to)
  }
}

const SIDES = '(?: (since|after|from|before|until|by|on|in|within|between))?'

/** “Closed bugs since last month”: what tasks are called stands between. */
async function readAround(
  filtering: Filtering,
  context: IntentContext,
  pattern: string,
  field: 'created' | 'updated' | 'completed',
): Promise<void> {
  for (const match of filtering.places(`(${pattern}) (?:${NOUN})${SIDES}`)) {
    const end = endOf(match)
    const said = await readSide(filtering.reading.text.slice(end), match[2], context, false)
    if (!said) continue
    if (field === 'completed') filtering.flags.status ??= ['completed']
    filtering.reading.take(match.index!, match.index! + match[1]!.length)
    // “From Monday” is since then; “from last week” is within it.
    const side = said.side === 'from' && said.period.first !== said.period.last ? 'in' : said.side
    saysTimes(
      filtering,
      field,
      { ...said, side },
      end - (match[2] ? match[2].length + 1 : 0),
      end + said.period.to,
    )
  }
}

/** “Cancelled by ann”: of no other status it is known to a filter who it was. */
function refuseOthersBy(filtering: Filtering, context: IntentContext): void {
  for (const match of filtering.places(
    `(?:cancelled|canceled|dropped|abandoned|started|updated|changed|modified|touched|edited) by (${NAME})`,
  )) {
    const { isKnown, others } = personBy(match[1]!, context)
    if (!isKnown && others.length === 0) continue
    filtering.doubtsOf(`No filter says “${match[0]}”.`, match.index!, endOf(match))
  }
}

/** “Failed since Monday”: of no other status than completed it is known to a filter when it began. */
async function refuseOtherTimes(filtering: Filtering, context: IntentContext): Promise<void> {
  const timed = [
    'since',
    'after',
    'before',
    'until',
    'last',
    'past',
    'this',
    'day',
    'by ',
    'in ',
    'on ',
    'between',
  ]
  if (!filtering.hasAny(timed)) return
  const others = STATUSES.filter(([, status]) => status !== 'completed').map(([pattern]) => pattern)
  for (const match of filtering.places(`((?:${others.join('|')}|assigned)(?: (?:${NOUN}))?)${SIDES}`)) {
    const end = endOf(match)
    const said = await readSide(filtering.reading.text.slice(end), match[2], context, false)
    if (!said) continue
    const words = filtering.reading.original.slice(match.index!, end + said.period.to)
    filtering.doubtsOf(
      `No filter says “${words}”: only created, updated, completed and due have times.`,
      match.index! + match[1]!.length,
      end + said.period.to,
    )
  }
}

/** When, and by whom, a task was created, changed or completed. */
export async function readTimes(filtering: Filtering, context: IntentContext): Promise<void> {
  for (const [pattern, field] of TIMES) {
    if (!filtering.hasAny([...pattern.split('|'), 'written'])) continue
    if (field !== 'updated') await readBy(filtering, context, pattern, field)
    await readAround(filtering, context, pattern, field)
    for (const match of filtering.places(`(?:${pattern})${SIDES}`)) {
      const start = endOf(match)
      const said = await readSide(filtering.reading.text.slice(start), match[1], context, false)
      if (!said) continue
      if (field === 'completed') filtering.flags.status ??= ['completed']
      saysTimes(filtering, field, said, match.index!, start + said.period.to)
    }
  }
  if (filtering.hasAny(['ed by '])) refuseOthersBy(filtering, context)
  await refuseOtherTimes(filtering, context)
}
