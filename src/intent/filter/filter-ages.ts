import { addDays, addMonths, type Day } from '../dates/calendar.ts'
import { readPeriod } from '../dates/read-period.ts'
import type { IntentContext } from '../parsed-request.ts'
import { NOUN } from './filter-words.ts'
import { endOf, type Filtering } from './filtering.ts'

const AMOUNT = '(an?|one|two|three|four|six|\\d{1,3}) (day|week|month|year)s?'
const MORE = 'more than|over|longer than'
const COUNTS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, six: 6 }

function daysAgo(amount: string, unit: string, today: Day): Day {
  const count = COUNTS[amount.toLowerCase()] ?? Number(amount)
  const kind = unit.toLowerCase()
  if (kind === 'month' || kind === 'year') return addMonths(today, -count * (kind === 'year' ? 12 : 1))
  return addDays(today, -count * (kind === 'week' ? 7 : 1))
}

/** “Overdue by more than a week”: what has a deadline before that. */
function readOverdueBy(filtering: Filtering, today: Day): void {
  for (const match of filtering.places(
    `(?:overdue|late|past due) (?:(?:by|for) )?(?:(${MORE})|(less than|under)|(at most|up to)|at least)? ?${AMOUNT}`,
  )) {
    const [, more, less, most, amount, unit] = match
    const day = daysAgo(amount!, unit!, today)
    const span = more
      ? `..${addDays(day, -1)}`
      : less
        ? `${addDays(day, 1)}..`
        : most
          ? `${day}..`
          : `..${day}`
    filtering.flags.overdue = true
    filtering.says('deadline', span, match.index!, endOf(match))
  }
  for (const match of filtering.places('(?:overdue|past due) (?:by|for|since) \\S+(?: \\S+)?')) {
    filtering.flags.overdue = true
    filtering.doubtsOf(`No filter says “${match[0]}”.`, match.index!, endOf(match))
  }
}

const FIELDS = [
  ['created|opened|added|reported', 'created'],
  ['updated|changed|modified|touched|edited', 'updated'],
  ['completed|finished|closed|done|resolved', 'completed'],
] as const

/** “Older than 30 days” and “updated more than a week ago”. */
async function readOlder(filtering: Filtering, context: IntentContext): Promise<void> {
  for (const match of filtering.places(`(?:(older)|newer|younger) than(?: ${AMOUNT}(?: ago)?)?`)) {
    const [, older, amount, unit] = match
    const start = endOf(match)
    const said = amount ? null : await readPeriod(filtering.reading.text.slice(start), context, false)
    const day = amount
      ? daysAgo(amount, unit!, context.today)
      : older
        ? said?.first
        : said && addDays(said.last, 1)
    if (day)
      filtering.says(older ? 'created-before' : 'created-after', day, match.index!, start + (said?.to ?? 0))
  }
  for (const [words, field] of FIELDS) {
    for (const match of filtering.places(`(?:${words}) (?:(${MORE})|less than|under) ${AMOUNT} ago`)) {
      const [, more, amount, unit] = match
      if (field === 'completed') filtering.flags.status ??= ['completed']
      const day = daysAgo(amount!, unit!, context.today)
      filtering.says(`${field}-${more ? 'before' : 'after'}`, day, match.index!, endOf(match))
    }
  }
}

/** “Not updated for 30 days”, “untouched since March”. */
async function readUntouched(filtering: Filtering, context: IntentContext): Promise<void> {
  const touched = '(?:updated|changed|modified|touched|edited)'
  for (const match of filtering.places(
    `(?:(?:(?:not|never|(?:has|have|was|were|is|are)n['’]t)(?: been)? ${touched})|untouched|unchanged|stale|inactive|idle) (?:for|since|in|within)(?: (?:more than|over|at least))?(?: ${AMOUNT})?`,
  )) {
    const start = endOf(match)
    const said = match[1] ? null : await readPeriod(filtering.reading.text.slice(start), context, false)
    const day = match[1] ? daysAgo(match[1], match[2]!, context.today) : said?.first
    if (day) filtering.says('updated-before', day, match.index!, start + (said?.to ?? 0))
  }
  for (const match of filtering.places(`(?:stale|inactive)(?= (?:${NOUN})(?!\\p{L})|\\s*$)`)) {
    filtering.doubtsOf(
      `No filter says “${match[0]}” without a time; say “not updated for 30 days”.`,
      match.index!,
      endOf(match),
    )
  }
}

function readEstimate(filtering: Filtering): void {
  const amount = '\\d+(?:\\.\\d+)?\\s?(?:m|h|d|w|pt|min(?:ute)?s?|hours?|days?|weeks?|points?)'
  for (const match of filtering.places(
    'unestimated|not estimated|(?:without|with no|has no|have no|no) (?:an )?estimates?',
  )) {
    filtering.says('estimate', 'none', match.index!, endOf(match))
  }
  for (const match of filtering.places('estimated?(?: (?:at|of|is))?:? (\\d+(?:\\.\\d+)?(?:m|h|d|w|pt))')) {
    filtering.says('estimate', match[1]!.toLowerCase(), match.index!, endOf(match))
  }
  for (const match of filtering.places(
    `estimate[ds]?(?: (?:at|of|is|to))? (?:(?:more|less|fewer|longer|shorter|higher|lower|bigger|smaller|greater) than|at least|at most|up to|over|under|above|below|between|[<>]=?) ?${amount}`,
  )) {
    filtering.doubtsOf(
      `No filter says “${match[0]}”; an estimate is looked for as it stands.`,
      match.index!,
      endOf(match),
    )
  }
}

const COMPARED =
  '(?:prio|priority|priorities) (?:is |of )?(?:above|over|below|under|at least|at most|(?:higher|lower|greater|more|less) than) \\p{L}+'

/** How long ago something was or has not been, how much overdue it is, and what it was estimated at. */
export async function readAges(filtering: Filtering, context: IntentContext): Promise<void> {
  if (filtering.hasAny(['overdue ', 'late ', 'past due '])) readOverdueBy(filtering, context.today)
  if (filtering.hasAny([' than', ' ago'])) await readOlder(filtering, context)
  if (filtering.hasAny(['touched', 'updated', 'changed', 'modified', 'edited', 'stale', 'inactive', 'idle']))
    await readUntouched(filtering, context)
  if (filtering.hasAny(['estimate'])) readEstimate(filtering)
  for (const match of filtering.hasAny(['prio']) ? filtering.places(COMPARED) : [])
    filtering.doubtsOf(`No filter says “${match[0]}”.`, match.index!, endOf(match))
}

/** Times that nothing says what happened in, and amounts of time: looked for as words they would find nothing. */
export async function readTimesLeft(filtering: Filtering, context: IntentContext): Promise<void> {
  const refuse = (from: number, to: number) => {
    const words = filtering.reading.original.slice(from, to)
    filtering.doubtsOf(
      `No filter says “${words}” of this: say created, updated, completed or due, or put it in quotes.`,
      from,
      to,
    )
  }
  for (const match of filtering.hasAny(['since', 'during']) ? filtering.places('since|during') : []) {
    const said = await readPeriod(filtering.reading.text.slice(endOf(match)), context, false)
    if (said) refuse(match.index!, endOf(match) + said.to)
  }
  if (
    !filtering.hasAny([
      'day',
      'week',
      'month',
      'quarter',
      'year',
      'sprint',
      'iteration',
      'tomorrow',
      ' than ',
      'at least',
      'at most',
      'over ',
      'under ',
    ])
  )
    return
  for (const match of filtering.places(
    `(?:(?:in|within|over|from|of|for) )?(?:the )?(?:last|past|previous|this|next|coming) (?:\\d{1,3} |two |three |four )?(?:days?|weeks?|months?|quarters?|years?|sprint|iteration)|(?:from )?(?:yesterday|today|tomorrow)(?=\\s*$)|(?:(?:more|less|fewer|longer|shorter|bigger|smaller|older|newer) than|at least|at most|over|under) (?:${AMOUNT}|\\d{1,3} ?(?:m|h|d|w|pt|hours?|minutes?))`,
  )) {
    refuse(match.index!, endOf(match))
  }
}
