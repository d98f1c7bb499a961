import {
  addDays,
  addMonths,
  addWorkingDays,
  type Day,
  dayFrom,
  endOfMonth,
  endOfQuarter,
  mondayOf,
  weekdayOf,
} from './calendar.ts'
import type { SaidDate } from './said-date.ts'

export const MONTHS =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
export const WEEKDAYS =
  'mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday|s)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?'
const COUNTS = 'an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a couple(?: of)?|a few|\\d{1,3}'
const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  'a couple': 2,
  'a couple of': 2,
  'a few': 3,
}
const count = (word: string) => NUMBERS[word.toLowerCase()] ?? Number(word)
const monthOf = (word: string) =>
  ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].indexOf(
    word.slice(0, 3).toLowerCase(),
  ) + 1
const weekday = (word: string) =>
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(word.slice(0, 3).toLowerCase())
const year = (day: Day) => Number(day.slice(0, 4))
const month = (day: Day) => Number(day.slice(5, 7))
const quarterOf = (day: Day) => Math.ceil(month(day) / 3)

/** The next such day of the week; today where today is one. */
const nextWeekday = (today: Day, wanted: number): Day => addDays(today, (wanted - weekdayOf(today) + 7) % 7)

/** The year in which a month of this or the coming twelve lies. */
const yearOfMonth = (today: Day, wanted: number) => (wanted < month(today) ? year(today) + 1 : year(today))

function quarterEnd(today: Day, quarter: number, said: string | undefined): Day {
  if (said) return endOfQuarter(said.length === 2 ? 2000 + Number(said) : Number(said), quarter)
  return endOfQuarter(quarter < quarterOf(today) ? year(today) + 1 : year(today), quarter)
}

function shift(today: Day, amount: number, unit: string): Day {
  if (/^(?:business|working|work)/i.test(unit)) return addWorkingDays(today, amount)
  if (/^d/i.test(unit)) return addDays(today, amount)
  if (/^w/i.test(unit)) return addDays(today, 7 * amount)
  if (/^fortnight/i.test(unit)) return addDays(today, 14 * amount)
  if (/^mo/i.test(unit)) return addMonths(today, amount)
  return addMonths(today, (/^q/i.test(unit) ? 3 : 12) * amount)
}

/** The Monday of the week whose work is meant: on a weekend that of the week to come. */
const workWeekOf = (today: Day): Day => mondayOf(addDays(today, 2))

function periodEnd(today: Day, which: string | undefined, period: string): Day {
  const later = /next|following|coming/i.test(which ?? '') ? 1 : 0
  if (/^(?:day)/i.test(period)) return addDays(today, later)
  if (/^(?:working |work |business )?week|^wk/i.test(period)) return addDays(workWeekOf(today), 4 + 7 * later)
  if (/^mo/i.test(period)) return endOfMonth(today, later)
  if (/^(?:q|quarter)/i.test(period)) return endOfQuarter(year(today), quarterOf(today) + later)
  return `${year(today) + later}-12-31`
}

const lastOfMonth = (today: Day, [, name, said]: RegExpMatchArray): Day =>
  endOfMonth(`${said ?? yearOfMonth(today, monthOf(name!))}-${String(monthOf(name!)).padStart(2, '0')}-01`)

type Rule = readonly [
  source: string,
  kind: SaidDate['kind'],
  day: (today: Day, groups: RegExpMatchArray) => Day | null,
]
const ABBREVIATED: Readonly<Record<string, string>> = {
  d: 'day',
  b: 'day',
  w: 'week',
  m: 'month',
  q: 'quarter',
  y: 'year',
}
/** What has to be said before what is a number, a version or a name elsewhere. */
const AFTER_LIMIT =
  '(?<=(?:^|[^\\p{L}])(?:by|due|until|till|before|b4|deadline|later than|due on|due by)(?: the)?[ :]+)'
const END = '(?:the )?(?:very )?(?:end|close|last day|finish)(?: of)?'
const PERIOD = '(day|(?:working |work |business )?week|wk|month|quarter|qtr|year)'

/** What chrono doesn't read, or reads otherwise than a deadline is meant. The longer come before what they contain. */
export const DATE_RULES: readonly Rule[] = [
  [
    `(?:eo|co)(d|b|w|m|q|y)\\s+(?:on\\s+)?(${WEEKDAYS}|today|tomorrow)`,
    'weekday',
    (today, [, , day]) =>
      /^tod/i.test(day!) ? today : /^tom/i.test(day!) ? addDays(today, 1) : nextWeekday(today, weekday(day!)),
  ],
  [
    `(?:end|close) of (?:the )?(?:day|business|play)\\s+(?:on\\s+)?(${WEEKDAYS}|today|tomorrow)`,
    'weekday',
    (today, [, day]) =>
      /^tod/i.test(day!) ? today : /^tom/i.test(day!) ? addDays(today, 1) : nextWeekday(today, weekday(day!)),
  ],
  [
    'eo(b|d|w|m|q|y)|co(b|d)',
    'relative',
    (today, [, e, c]) => periodEnd(today, undefined, ABBREVIATED[(e ?? c)!.toLowerCase()]!),
  ],
  ["(?:close|end) of (?:business|play|the day|day|today)|day[’']s end", 'relative', (today) => today],
  [
    `${END} (?:the )?(?:(this|next|coming|following|current) )?${PERIOD}`,
    'relative',
    (today, [, which, period]) => periodEnd(today, which, period!),
  ],
  [
    `(?:the )?(?:week|month|quarter|year)['’]?s? end`,
    'vague',
    (today, [whole]) => periodEnd(today, undefined, whole!.replace(/^the /i, '')),
  ],
  ['(?:(?:the|this|next|coming) )*week-?end', 'vague', (today) => nextWeekday(today, 5)],
  [
    `(?:${END} )?q([1-4])(?:[ /-]?(?:of )?((?:20)?\\d\\d))?(?!\\d)`,
    'period',
    (today, [, quarter, said]) => quarterEnd(today, Number(quarter), said),
  ],
  [
    `(?:${END} )?(?:the )?(first|second|third|fourth|1st|2nd|3rd|4th) quarter(?: of (20\\d\\d))?`,
    'period',
    (today, [, which, said]) =>
      quarterEnd(
        today,
        ['fi1', 'se2', 'th3', 'fo4'].findIndex(
          (key) => key.includes(which!.slice(0, 2).toLowerCase()) || key.endsWith(which![0]!),
        ) + 1,
        said,
      ),
  ],
  [`${END}[ -](${MONTHS})(?:,? (20\\d\\d))?`, 'relative', lastOfMonth],
  [`late[ -](${MONTHS})(?:,? (20\\d\\d))?`, 'vague', lastOfMonth],
  [
    `(?:mid|the middle of|middle of)[ -](${MONTHS})(?:,? (20\\d\\d))?`,
    'vague',
    (today, [, name, said]) =>
      dayFrom(
        Number(
          said ??
            (monthOf(name!) === month(today) && today.slice(8) > '15'
              ? year(today) + 1
              : yearOfMonth(today, monthOf(name!))),
        ),
        monthOf(name!),
        15,
      ),
  ],
  [
    `(?:early|the (?:start|beginning) of|(?:start|beginning) of)[ -](?:in )?(${MONTHS})(?:,? (20\\d\\d))?`,
    'vague',
    (today, [, name, said]) =>
      dayFrom(
        Number(
          said ?? (monthOf(name!) === month(today) ? year(today) + 1 : yearOfMonth(today, monthOf(name!))),
        ),
        monthOf(name!),
        1,
      ),
  ],
  [
    '(?:(?:early|(?:the )?(?:start|beginning) of|first thing) )(?:the )?next week',
    'vague',
    (today) => addDays(mondayOf(today), 7),
  ],
  [
    '(?:mid|the middle of|middle of|midweek)[ -]?(?:the )?next week',
    'vague',
    (today) => addDays(mondayOf(today), 9),
  ],
  ['(?:late|later) next week', 'vague', (today) => addDays(mondayOf(today), 11)],
  ['(?:later )?this week', 'relative', (today) => addDays(workWeekOf(today), 4)],
  [
    'mid-?week',
    'vague',
    (today) => addDays(workWeekOf(today), weekdayOf(today) > 2 && weekdayOf(today) < 6 ? 9 : 2),
  ],
  [
    `next week(?:['’]s)? (?:on )?(${WEEKDAYS})|(${WEEKDAYS}),? next week|next (${WEEKDAYS})`,
    'weekday',
    (today, [, a, b, c]) => addDays(mondayOf(today), 7 + weekday((a ?? b ?? c)!)),
  ],
  [
    `(?:last|past|previous) (${WEEKDAYS})`,
    'weekday',
    (today, [, day]) => addDays(nextWeekday(today, weekday(day!)), -7),
  ],
  // Of the abbreviations these are not known to chrono.
  ['tues|weds', 'weekday', (today, [day]) => nextWeekday(today, weekday(day!))],
  [
    `(?:a )?week (?:on|from) (${WEEKDAYS})|(${WEEKDAYS}) week(?!\\p{L})`,
    'weekday',
    (today, [, a, b]) => addDays(nextWeekday(today, weekday((a ?? b)!)), 7),
  ],
  ['next week', 'vague', (today) => addDays(mondayOf(today), 7)],
  ['next month', 'vague', (today) => dayFrom(year(addMonths(today, 1)), month(addMonths(today, 1)), 1)],
  ['this (month|quarter|year)', 'vague', (today, [, period]) => periodEnd(today, undefined, period!)],
  [
    'next (quarter|qtr|year)',
    'vague',
    (today, [, period]) =>
      /^y/i.test(period!) ? `${year(today) + 1}-01-01` : addDays(periodEnd(today, undefined, 'quarter'), 1),
  ],
  [
    `(?:in|within|over|inside)(?: (?:about|around|roughly|at most|max|the next|the coming))? (${COUNTS})(?:[ -]|(?<=\\d))((?:business |working |work )?days?|d|weeks?|wks?|w|fortnights?|months?|quarters?|years?)(?: time|['’] time)?`,
    'relative',
    (today, [, amount, unit]) => shift(today, count(amount!), unit!),
  ],
  [
    `(${COUNTS}) ((?:business |working |work )?days?|weeks?|fortnights?|months?) (?:from (?:now|today)|hence)`,
    'relative',
    (today, [, amount, unit]) => shift(today, count(amount!), unit!),
  ],
  [
    '(?:within|in|over|inside) the (day|week|fortnight|month|year)',
    'relative',
    (today, [, unit]) => shift(today, 1, unit!),
  ],
  ['a fortnight(?: from (?:now|today))?', 'relative', (today) => addDays(today, 14)],
  ['(?:the )?day after tomorrow|overmorrow', 'relative', (today) => addDays(today, 2)],
  [
    '(\\d{4})-(\\d{2})-(\\d{2})(?!T|[\\d-]| \\d{1,2}:\\d)',
    'day',
    (_, [, y, m, d]) => dayFrom(Number(y), Number(m), Number(d)),
  ],
  [
    '(\\d{4})\\/(\\d{1,2})\\/(\\d{1,2})(?!\\d|\\/)',
    'day',
    (_, [, y, m, d]) => dayFrom(Number(y), Number(m), Number(d)),
  ],
  [
    `(?:the |(?<=(?:${WEEKDAYS}),? ))(\\d{1,2})(?:st|nd|rd|th)(?! (?:of )?(?:${MONTHS})| (?:time|attempt|item|element|argument|line|column|row|character))`,
    'day',
    (today, [, d]) => {
      const here = dayFrom(year(today), month(today), Number(d))
      const on = addMonths(`${today.slice(0, 8)}01`, 1)
      return here && here >= today ? here : dayFrom(year(on), month(on), Number(d))
    },
  ],
  [
    `(?:${AFTER_LIMIT}|(?<=(?:${WEEKDAYS}),? ))(\\d{1,2})\\.(\\d{1,2})\\.(?!\\d)`,
    'day',
    (today, [, d, m]) =>
      [0, 1]
        .map((later) => dayFrom(year(today) + later, Number(m), Number(d)))
        .find((said) => said && said >= today) ?? null,
  ],
  [`${AFTER_LIMIT}(\\d{4})-(\\d{2})(?![-\\d])`, 'month', (_, [, y, m]) => dayFrom(Number(y), Number(m), 1)],
  [
    `${AFTER_LIMIT}(?<!(?:reported|found|requested|written|suggested|raised|made|owned) by )(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?! \\d)`,
    'month',
    (today, [, name]) => dayFrom(yearOfMonth(today, monthOf(name!)), monthOf(name!), 1),
  ],
  [
    '(?:christmas|xmas)(?: day)?',
    'day',
    (today) => `${today.slice(5) > '12-25' ? year(today) + 1 : year(today)}-12-25`,
  ],
  [
    'christmas eve|xmas eve',
    'day',
    (today) => `${today.slice(5) > '12-24' ? year(today) + 1 : year(today)}-12-24`,
  ],
  ["new year['’]?s eve", 'day', (today) => `${year(today)}-12-31`],
]
