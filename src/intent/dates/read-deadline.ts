import { declares } from '../declared-lines.ts'
import { insensitive } from '../insensitive.ts'
import type { Doubt, Guess, IntentContext } from '../parsed-request.ts'
import { type Reading, TAKEN } from '../reading.ts'
import { doubtBroken } from './broken-dates.ts'
import type { Day } from './calendar.ts'
import { eventAfter, isOfUnknown, isPossessive, withinPeriod } from './event-after.ts'
import { HAPPENS, happensThen, isOfThings, mayHappen, OF_THINGS } from './happens-then.ts'
import { joinDays } from './joined-dates.ts'
import {
  isFromThen,
  isHeldUntil,
  isMeasure,
  isMentioned,
  isRunThen,
  isSaid,
  mayBeShown,
  mayLastUntil,
  saysLater,
} from './mentioned-dates.ts'
import { type NamedDay, namedDay } from './named-days.ts'
import { readDates } from './read-dates.ts'
import type { SaidDate } from './said-date.ts'
import { deadlinesOf, minuteOf } from './time-zones.ts'

/** Words before a date that make it a deadline wherever they stand. */
const LIMIT = insensitive(
  /(?<![\p{L}\p{N}_-])(?:(?:(?:must|should|has to|have to|needs to|need to|to) be |(?:is|it['’]s|are) )?(?:due|done|finished|ready|complete|completed|delivered|shipped|needed|wanted|required)(?: in)? (?:by|on|before|until|for|no later than)?|(?:due|deadline|needed|target|eta|due date|duedate|deadline is|due is)\s?[:=]?|(?:the )?deadline (?:is|of|on)|(?:by )?no later than|not later than|at the latest|latest(?: by)?|by|until|till|til|before|b4|bis(?: spätestens)?(?: zum| am)?|vor(?: dem)?|spätestens(?: am| bis)?|avant(?: le)?|d['’]ici(?: le| à)?|pour(?: le)?|antes del?|para(?: el)?|hasta(?: el)?|até|tegen|uiterlijk(?: op)?|voor|до|к|截止|在|up to|ahead of|prior to|in time for|on or before)(?:\s+(?:the|at|on|about|around|early|late|(?:this )?coming|latest))?\s*$/iu,
)
/** Words that a date at an end can have before it. */
const AT_END = insensitive(
  /(?<![\p{L}\p{N}_-])(?:on|for|at|am|le|el|op|в|во|this coming|coming|sometime|some time|around|about)\s+(?:the\s+)?$/iu,
)
const TAIL = insensitive(
  /^\s+(?:at the (?:very )?latest|latest|or (?:earlier|sooner|before)|(if possible))(?![\p{L}\p{N}])/iu,
)
const NOT_JOINED = insensitive(
  /^(?:['’]s?\b|\s+(?:and|but|so|because|since|as|if|then|please|when|while|or|with|for|in|to|at|before|after|by|on|from|via|using|thanks|ok)(?![\p{L}\p{N}_-]))/iu,
)

// How long something lasts, or a moment that is over before a task could be done.
const SPAN =
  /^(?:for|after|last|past|previous)\b|\bago$|\d\s?(?:s|ms|secs?|seconds?|m|mins?|minutes?)\b|\b(?:second|minute)s?\b/i

/** So much is how long it takes, or nothing. */
const AMOUNT = /^[-–—+]?(?:,?\s?\d+\s?(?:h|hrs?|hours?|d|days?|w|weeks?|months?))+$/i

interface Deadline {
  readonly from: number
  readonly to: number
  readonly said: SaidDate
  readonly other?: SaidDate
  readonly isLimit: boolean
}

/** Why a date is none of the task's, where that has to be asked: said from when on, or part of what is to be done. */
type NoLimit = 'refused' | 'held' | 'lasts' | 'from' | 'shown' | 'happens' | 'named' | 'zone'

function asLimit(reading: Reading, said: SaidDate, today: Day): Deadline | NoLimit | null {
  const before = reading.text.slice(Math.max(0, said.from - 80), said.from)
  const limit = LIMIT().exec(before)
  // In Chinese and Japanese the word comes after the date.
  const after = /^\s*(?:之前|以前|前|までに?)/.exec(reading.text.slice(said.to))
  if (after) return { from: said.from, to: said.to + after[0].length, said, isLimit: true }
  const rest = reading.text.slice(said.to)
  const tail = /^\s+(?:at|la|or|if)/i.test(rest) ? TAIL().exec(rest) : null
  if (!limit) {
    if (!tail || tail[1]) return null
    const from = said.from - (AT_END().exec(before)?.[0].length ?? 0)
    return { from, to: said.to + tail[0].length, said, isLimit: true }
  }
  const lead = limit[0].trim().toLowerCase().replace('b4', 'before')
  const ahead = before.slice(0, limit.index)
  const whole = reading.text.slice(0, said.from - before.length + limit.index)
  if (/^(?:before|due|until|till|til|prior|deadline|up to|ahead|needed)/.test(lead) && OF_THINGS.test(ahead))
    return mayLastUntil(lead, whole) ? 'lasts' : 'refused'
  const goesOn = NOT_JOINED().test(rest) || /^\s+(?:the|our|my|all|this|that|these|those)\b/i.test(rest)
  const closes = reading.closesAt(said.to) || (goesOn && !isPossessive(rest))
  if (/^by/.test(lead) && isMeasure(ahead, reading.text.slice(said.from, said.to), said, closes))
    return 'refused'
  if (isHeldUntil(lead, ahead)) return 'held'
  if (isMentioned(lead, ahead, rest)) return 'refused'
  if (mayLastUntil(lead, whole)) return 'lasts'
  if (said.last || mayBeShown(lead, whole, rest) || isOfUnknown(lead, rest, goesOn)) return 'shown'
  if (AMOUNT.test(reading.text.slice(said.from, said.to)) && !/^due/.test(lead)) return 'refused'
  if (isPossessive(rest) && !/^['’]s/.test(rest)) return 'refused'
  const event = eventAfter(rest, lead)
  const to = said.to + (tail ? tail[0].length : event)
  const isBefore = /^(?:before|prior|ahead|until|till?)/.test(lead)
  const bounded = said.kind === 'period' ? withinPeriod(said, reading.text, isBefore, event > 0, today) : said
  return { from: whole.length, to, said: bounded, isLimit: true }
}

/** Without a word that says so, only a date that stands apart from the sentence is one for the task. */
function asAside(reading: Reading, said: SaidDate): Deadline | 'from' | 'happens' | null {
  const words = reading.text.slice(said.from, said.to)
  if (said.kind === 'month' || said.kind === 'time' || SPAN.test(words) || AMOUNT.test(words)) return null
  const before = reading.text.slice(0, said.from)
  if (said.last || before.endsWith('..')) return null
  const rest = reading.text.slice(said.to)
  const lead =
    AT_END().exec(before) ??
    (said.kind === 'vague' || said.kind === 'period' ? /\bin\s+(?:the\s+)?$/i.exec(before) : null)
  const from = lead ? lead.index : said.from
  const ahead = before.slice(0, from)
  const closes =
    saysLater(rest) ||
    reading.closesAt(said.to) ||
    (said.kind !== 'day' && NOT_JOINED().test(rest) && !/^['’]/.test(rest))
  const opens = reading.opensAt(from)
  if (opens && closes && (ahead.trim() !== '' || /^\s*(?:[:,;–—-]|$)/.test(rest)))
    return isFromThen(before, rest) ? 'from' : { from, to: said.to, said, isLimit: false }
  if (!closes || ahead.trim() === '' || opens) return null
  // “Tidy TODOs within two weeks” is not about those of two weeks.
  const isOfOthers = isOfThings(ahead) && !/^within\b/i.test(words)
  if (happensThen(ahead) || isRunThen(ahead) || isOfOthers) return null
  if (isSaid(ahead)) return null
  if (/\bafter \d/i.test(words) || isFromThen(before + (/^on\s/i.exec(words)?.[0] ?? ''), rest)) return 'from'
  if (
    !lead &&
    /\b(?:the|a|an|of|from|to|in|per|by|with|like|than|and|or|as|between|each|every|last|past|show|add|support|handle|parse|about|over|called|named|remove|rename|replace|use|be|is|are|default|defaults|equals|ending|ended)\s+$/i.test(
      ahead,
    )
  )
    return null
  if (
    !lead &&
    said.kind === 'day' &&
    /\d$/.test(reading.text.slice(said.from, said.to)) &&
    !/[-/. ]/.test(reading.text.slice(said.from, said.to))
  )
    return null
  if (mayHappen(ahead, said.kind !== 'relative' && (lead !== null || /^on\s/i.test(words)))) return 'happens'
  return { from, to: said.to, said, isLimit: false }
}

const RECURRING = insensitive(
  /(?<![\p{L}\p{N}_-])(?:(?:each|every)(?: (?:other|single|second|third|\d+|two|three|few|first|last))?(?: (?:work(?:ing)?|business))?[ -](?:mon|tues|wednes|thurs|fri|satur|sun)?(?:day|week|month|quarter|year|morning|evening|night|sprint|hour|fortnight)s?|on (?:mon|tues|wednes|thurs|fri|satur|sun)days)(?![\p{L}\p{N}_-])/iu,
)

function doubtRecurring(reading: Reading, doubts: Doubt[]): boolean {
  const match = RECURRING().exec(reading.text)
  if (!match) return false
  const ahead = reading.text.slice(0, match.index)
  const stands = reading.opensAt(match.index) || reading.closesAt(match.index + match[0].length)
  if (!stands || HAPPENS.test(ahead)) return false
  doubts.push({
    field: 'deadline',
    message: `“${match[0]}” is said of something that recurs; a task has one deadline.`,
    candidates: [],
  })
  return true
}

const daysOf = ({ said, other }: Deadline, context: IntentContext): string[] => [
  ...deadlinesOf(said, context),
  ...(other ? deadlinesOf(other, context) : []),
]

/** “By Friday or Monday” is one deadline that is either. */
function withOther(deadline: Deadline, dates: readonly SaidDate[], text: string): Deadline {
  const other = dates.find(
    ({ from }) => from > deadline.to && /^,? or (?:on |by )?$/i.test(text.slice(deadline.to, from)),
  )
  return other ? { ...deadline, other, to: other.to } : deadline
}

const WHY: Readonly<Record<Exclude<NoLimit, 'refused'>, string>> = {
  lasts: 'a deadline, or how long something lasts',
  happens: 'a deadline, or when something happens',
  held: 'when something may be again, which is no deadline',
  from: 'the first day for it, which is no deadline',
  shown: 'a deadline, or part of what is to be done',
  named: 'taken for the name of a day, whose date is not known here',
  zone: 'in a time zone that is not known here',
}

const nameOf = ({ text }: Reading, { from, to }: SaidDate, context: IntentContext): NamedDay | null =>
  namedDay(text.slice(0, from), text.slice(from, to), text.slice(to), context)

/** What to ask about a date that is no deadline as it stands. */
function questionOf(reading: Reading, said: SaidDate, why: NoLimit, context: IntentContext): Doubt[] {
  if (why === 'refused') return []
  const words = reading.original.slice(said.from, said.to)
  const named = why === 'named' ? nameOf(reading, said, context) : null
  const days = said.last ? { ...said, either: [said.day, said.last] } : said
  const candidates =
    ['shown', 'lasts', 'happens'].includes(why) || (named && !named.isSure) ? deadlinesOf(days, context) : []
  return [{ field: 'deadline', message: `“${named?.name ?? words}” is ${WHY[why]}.`, candidates }]
}

/** The deadline that a date is, or why it is none. */
function placed(
  reading: Reading,
  said: SaidDate,
  context: IntentContext,
  onlyLimits: boolean,
): Deadline | NoLimit | null {
  const read = asLimit(reading, said, context.today) ?? (onlyLimits ? null : asAside(reading, said))
  if (!read || typeof read === 'string') return read
  if (!read.isLimit && nameOf(reading, said, context)) return 'named'
  return said.zone?.offsets.length === 0 ? 'zone' : read
}

/** Asks where the words leave open which day or time is meant, or where that has passed. */
function doubtDays(
  { said }: Deadline,
  text: string,
  value: string,
  values: readonly string[],
  context: IntentContext,
  doubts: Doubt[],
) {
  const ask = (message: string, candidates: readonly string[]) =>
    doubts.push({ field: 'deadline', message, candidates })
  const { zone, time } = said
  const words = text.slice(said.from, said.to)
  if (zone && zone.offsets.length > 1) ask(`“${zone.name}” is the name of several time zones.`, values)
  else if (said.isAmiss) ask(`“${words}” is a date on another day of the week.`, values)
  else if (values.length > 1) ask('More than one date could be the deadline.', values)
  else if (zone && !time) ask(`A day in ${zone.name} is another one than here.`, values)
  if (value < (value.length === 10 ? context.today : minuteOf(context))) ask(`${value} has passed.`, [value])
}

/** Looking again costs more than all else: places stay what they are, and dates where nothing was taken too. */
const READ = new WeakMap<Reading, readonly SaidDate[]>()

async function datesIn(reading: Reading, context: IntentContext): Promise<SaidDate[]> {
  const dates =
    READ.get(reading) ?? joinDays(await readDates(reading.text, context, { forward: true }), reading.text)
  READ.set(reading, dates)
  return dates.filter(({ from, to }) => !reading.text.slice(from, to).includes(TAKEN))
}

/**
 * When it has to be done. A day of the week is the coming one, today if today is one; with “next” it is that of next
 * week. A date counts where words make it a deadline, or where it stands apart from the sentence.
 * @param onlyLimits in the lines after the first, which talk about other days too
 */
export async function readDeadline(
  reading: Reading,
  context: IntentContext,
  doubts: Doubt[],
  onlyLimits = false,
): Promise<Guess<string> | null> {
  const dates = await datesIn(reading, context)
  const recurring = !onlyLimits && doubtRecurring(reading, doubts)
  const limits: Deadline[] = []
  const asides: Deadline[] = []
  const questions: Doubt[] = []
  let from = ''
  for (const said of dates) {
    const read = placed(reading, said, context, onlyLimits || recurring)
    if (read === 'from' || read === 'held' || read === 'lasts') from = said.day
    if (typeof read === 'string') questions.push(...questionOf(reading, said, read, context))
    else if (read?.isLimit && !(onlyLimits && !declares(reading, read.from, read.to)))
      limits.push(withOther(read, dates, reading.text))
    else if (read && !read.isLimit) asides.push(read)
  }
  // Beside what says until when, it is clear that another date is something else, unless it comes later.
  if (!onlyLimits && !limits.some(({ said }) => said.day > from)) doubts.push(...questions)
  const found = limits.length > 0 ? limits : questions.length > 0 ? [] : asides
  const first = found[0]
  if (!first) {
    const closing = dates.some(({ to }) => /^[\s.!]*$/.test(reading.text.slice(to)))
    if (!onlyLimits && !closing) doubtBroken(reading, doubts)
    return null
  }
  const values = [...new Set(found.flatMap((one) => daysOf(one, context)))]
  const [value] = deadlinesOf({ ...first.said, either: [first.said.day] }, context) as [string]
  doubtDays(first, reading.original, value, values, context, doubts)
  const { kind } = first.said
  const isVague = kind === 'vague' || kind === 'month' || (kind === 'period' && !first.isLimit)
  if (isVague) {
    doubts.push({
      field: 'deadline',
      message: `“${reading.original.slice(first.from, first.to).trim()}” leaves open which day.`,
      candidates: [value],
    })
  }
  const span = onlyLimits ? reading.span(first.from, first.to) : reading.take(first.from, first.to)
  return { value, confidence: isVague ? 0.6 : first.isLimit ? 0.95 : 0.9, evidence: [span] }
}
