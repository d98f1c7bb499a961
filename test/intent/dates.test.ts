import { describe, expect, test } from 'vitest'
import { readDates } from '../../src/intent/dates/read-dates.ts'
import { parseRequest } from '../../src/intent/parse-request.ts'
import { CONTEXT } from './ecosystem-context.ts'

/** Said on Wednesday 2026-03-11 at ten, after “Write the report”; the deadline that it is. */
const DEADLINES: readonly (readonly [words: string, deadline: string])[] = [
  // Days of the week: the coming one, today where today is one; “next” is that of next week.
  ['by Friday', '2026-03-13'],
  ['by fri', '2026-03-13'],
  ['by FRIDAY', '2026-03-13'],
  ['by Monday', '2026-03-16'],
  ['by Tuesday', '2026-03-17'],
  ['by Wednesday', '2026-03-11'],
  ['by Thursday', '2026-03-12'],
  ['by Sunday', '2026-03-15'],
  ['on Friday', '2026-03-13'],
  ['this Friday', '2026-03-13'],
  ['this Thursday', '2026-03-12'],
  ['Friday', '2026-03-13'],
  ['by this Friday', '2026-03-13'],
  ['next Monday', '2026-03-16'],
  ['by next Monday', '2026-03-16'],
  ['by next Friday', '2026-03-20'],
  ['next Wednesday', '2026-03-18'],
  ['by Friday next week', '2026-03-20'],
  ['by next week Tuesday', '2026-03-17'],
  ['until Friday', '2026-03-13'],
  ['till Monday', '2026-03-16'],
  ['before Friday', '2026-03-13'],
  ['due Friday', '2026-03-13'],
  ['due on Friday', '2026-03-13'],
  ['due by Friday', '2026-03-13'],
  ['no later than Friday', '2026-03-13'],
  ['for Friday', '2026-03-13'],
  ['by coming Friday', '2026-03-13'],
  ['a week from Friday', '2026-03-20'],
  // Near days.
  ['today', '2026-03-11'],
  ['by today', '2026-03-11'],
  ['tomorrow', '2026-03-12'],
  ['by tomorrow', '2026-03-12'],
  ['due tomorrow', '2026-03-12'],
  ['the day after tomorrow', '2026-03-13'],
  ['by the day after tomorrow', '2026-03-13'],
  ['until tomorrow', '2026-03-12'],
  ['for tomorrow', '2026-03-12'],
  ['for today', '2026-03-11'],
  ['EOD', '2026-03-11'],
  ['by EOD', '2026-03-11'],
  ['by eod Friday', '2026-03-13'],
  ['EOB', '2026-03-11'],
  ['by COB', '2026-03-11'],
  ['by COB tomorrow', '2026-03-12'],
  ['by close of business', '2026-03-11'],
  ['by end of day', '2026-03-11'],
  ['by the end of the day', '2026-03-11'],
  ['by end of business Friday', '2026-03-13'],
  ['by end of play', '2026-03-11'],
  // Spans from now.
  ['in 2 days', '2026-03-13'],
  ['in two days', '2026-03-13'],
  ['in a day', '2026-03-12'],
  ['in 10 days', '2026-03-21'],
  ['in a week', '2026-03-18'],
  ['in one week', '2026-03-18'],
  ['within a week', '2026-03-18'],
  ['within two weeks', '2026-03-25'],
  ['in 3 weeks', '2026-04-01'],
  ['in a fortnight', '2026-03-25'],
  ['within a fortnight', '2026-03-25'],
  ['in a month', '2026-04-11'],
  ['within 2 months', '2026-05-11'],
  ['in 3 working days', '2026-03-16'],
  ['in 5 business days', '2026-03-18'],
  ['within 1 working day', '2026-03-12'],
  ['two weeks from now', '2026-03-25'],
  ['3 days from now', '2026-03-14'],
  ['in a year', '2027-03-11'],
  ['within the week', '2026-03-18'],
  ['in the next 2 days', '2026-03-13'],
  ['in about 3 days', '2026-03-14'],
  ['due in 4 days', '2026-03-15'],
  ['in a couple of days', '2026-03-13'],
  ['within 48h', '2026-03-13T10:00'],
  // Ends of spans.
  ['EOW', '2026-03-13'],
  ['by EOW', '2026-03-13'],
  ['by end of week', '2026-03-13'],
  ['by the end of the week', '2026-03-13'],
  ['by end of this week', '2026-03-13'],
  ['by the end of next week', '2026-03-20'],
  ['by end of next week', '2026-03-20'],
  ['EOM', '2026-03-31'],
  ['by end of month', '2026-03-31'],
  ['by the end of the month', '2026-03-31'],
  ['by end of next month', '2026-04-30'],
  ['by EOQ', '2026-03-31'],
  ['by end of quarter', '2026-03-31'],
  ['by the end of the quarter', '2026-03-31'],
  ['by end of next quarter', '2026-06-30'],
  ['by EOY', '2026-12-31'],
  ['by end of year', '2026-12-31'],
  ['by the end of the year', '2026-12-31'],
  ["by the year's end", '2026-12-31'],
  ['by month end', '2026-03-31'],
  // Quarters and parts of months.
  ['by Q1', '2026-03-31'],
  ['by Q2', '2026-06-30'],
  ['by end of Q3', '2026-09-30'],
  ['by the end of Q3', '2026-09-30'],
  ['by Q1 2027', '2027-03-31'],
  ['by the end of Q4', '2026-12-31'],
  ['in Q2', '2026-06-30'],
  ['by the third quarter', '2026-09-30'],
  ['by mid-May', '2026-05-15'],
  ['by mid May', '2026-05-15'],
  ['by the middle of June', '2026-06-15'],
  ['by late April', '2026-04-30'],
  ['by early June', '2026-06-01'],
  ['by the end of April', '2026-04-30'],
  ['by end of June', '2026-06-30'],
  ['by mid-February', '2027-02-15'],
  ['by the beginning of May', '2026-05-01'],
  ['by April', '2026-04-01'],
  ['by end of January', '2027-01-31'],
  ['next week', '2026-03-16'],
  ['early next week', '2026-03-16'],
  ['late next week', '2026-03-20'],
  ['this week', '2026-03-13'],
  ['this month', '2026-03-31'],
  ['by next month', '2026-04-01'],
  ['this weekend', '2026-03-14'],
  // Dates.
  ['by 2026-03-20', '2026-03-20'],
  ['due 2026-03-20', '2026-03-20'],
  ['due: 2026-03-20', '2026-03-20'],
  ['deadline 2026-03-20', '2026-03-20'],
  ['deadline: 2026-03-20', '2026-03-20'],
  ['by 2026/03/20', '2026-03-20'],
  ['by 24 March', '2026-03-24'],
  ['by March 24', '2026-03-24'],
  ['by March 24th', '2026-03-24'],
  ['by 24th March', '2026-03-24'],
  ['by the 24th of March', '2026-03-24'],
  ['by 24 Mar', '2026-03-24'],
  ['by 3 April 2026', '2026-04-03'],
  ['by April 3, 2026', '2026-04-03'],
  ['by 1 March', '2027-03-01'],
  ['by Jan 5', '2027-01-05'],
  ['on 2 April', '2026-04-02'],
  ['before the 2 April release', '2026-04-02'],

  ['by the 15th', '2026-03-15'],
  ['by the 5th', '2026-04-05'],
  ['by 20.03.2026', '2026-03-20'],
  ['by 3/20', '2026-03-20'],
  ['by 3/20/2026', '2026-03-20'],
  ['by Friday, 13 March', '2026-03-13'],
  ['by Christmas', '2026-12-25'],
  ["by New Year's Eve", '2026-12-31'],

  ['until 30 April', '2026-04-30'],
  ['(due 2026-04-01)', '2026-04-01'],
  ['- due April 2', '2026-04-02'],
  [', by Friday', '2026-03-13'],
  ['; deadline Friday', '2026-03-13'],
  ['by Friday please', '2026-03-13'],
  ['by Friday at the latest', '2026-03-13'],
  // Times of day.
  ['by Friday 5pm', '2026-03-13T17:00'],
  ['by 5pm', '2026-03-11T17:00'],
  ['by 5 pm', '2026-03-11T17:00'],
  ['by Friday at 17:30', '2026-03-13T17:30'],
  ['by tomorrow noon', '2026-03-12T12:00'],
  ['by 2026-03-20 09:00', '2026-03-20T09:00'],
  ['tomorrow at 9am', '2026-03-12T09:00'],
  ['by 2026-03-20 at 14:00', '2026-03-20T14:00'],
  ['by 2026-03-20, 14:00', '2026-03-20T14:00'],
  ['by 2026-03-20 at noon', '2026-03-20T12:00'],
  ['by Friday, 14:00', '2026-03-13T14:00'],
  ['by Friday at noon', '2026-03-13T12:00'],
  ['before 2026-05-01 at 5pm', '2026-05-01T17:00'],
  ['by close of business Friday', '2026-03-13'],
  ['by Friday EOD', '2026-03-13'],
  ['by Friday COB', '2026-03-13'],
  ['by 2026-03-20 end of day', '2026-03-20'],
  ['by 4/4', '2026-04-04'],
  // A day of the week with its date.
  ['by Friday the 20th', '2026-03-20'],
  ['by Tuesday the 7th', '2026-04-07'],
  ['by Monday 23rd', '2026-03-23'],
  ['by Thu 2nd', '2026-04-02'],
  ['by Friday, the 20th', '2026-03-20'],
  ['by Fri 2026-03-20', '2026-03-20'],
  ['by Friday (20 March)', '2026-03-20'],
  ['by Fri 20.3.', '2026-03-20'],
  // As it is written fast.
  ['by tues', '2026-03-17'],
  ['by weds', '2026-03-11'],
  ['by tues 5pm', '2026-03-17T17:00'],
  ['b4 friday', '2026-03-13'],
  ['by 24.12.', '2026-12-24'],
  ['deadline 15.4.', '2026-04-15'],
  ['by 20-03-2026', '2026-03-20'],
  ['by 20/3', '2026-03-20'],
]

/** Said after the same words: as clear as a date, or what has to be asked about. */
const CLEAR: readonly (readonly [words: string, deadline: string])[] = [
  ['by end of March', '2026-03-31'],
  ['by end of April', '2026-04-30'],
  ['before the end of March', '2026-03-31'],
  ['by end of Q1', '2026-03-31'],
  ['by Q1', '2026-03-31'],
  ['by end of Q2', '2026-06-30'],
  ['by Q3 2026', '2026-09-30'],
  ['by the third quarter', '2026-09-30'],
]
const EITHER: readonly (readonly [words: string, candidates: readonly string[]])[] = [
  ['by Friday or Monday', ['2026-03-13', '2026-03-16']],
  ['by 04.05.2026', ['2026-05-04', '2026-04-05']],
  ['by 04.05.2026', ['2026-05-04', '2026-04-05']],
  ['by 01.04.2026', ['2026-04-01', '2026-01-04']],
  ['by 01-04-2026', ['2026-04-01', '2026-01-04']],
  ['by 01/04/2026', ['2026-04-01', '2026-01-04']],
  ['by Friday the 21st', ['2026-03-21', '2026-03-20']],
  ['by Fri March 21', ['2026-03-21', '2026-03-20']],
  ['by Fri 2026-03-21', ['2026-03-21', '2026-03-20']],
  ['by last Friday', ['2026-03-06']],
  ['by Apr', ['2026-04-01']],
  ['by 2026-04', ['2026-04-01']],
  // Before a quarter, or something in it: no later than its first day.
  ['before Q3', ['2026-07-01']],
  ['before the Q3 audit', ['2026-07-01']],
  ['before the Q3 audit starts', ['2026-07-01']],
  ['by the Q3 board meeting', ['2026-09-30']],
  ['before the April release', ['2026-04-01']],
  ['by 3/4', ['2027-03-04', '2026-04-03']],
  ['by March 10', ['2026-03-10', '2027-03-10']],
  ['by 10 March', ['2026-03-10', '2027-03-10']],
]

/** Requests with something like a date that is no deadline. */
const NONE: readonly string[] = [
  'Fix March release notes',
  'Fix Sun SDK import',
  'Update the Friday report generator',
  'Rename the Monday board',
  'Fix date parser that fails on 2024-02-30',
  'date 2025-13-01 is accepted',
  'Archive one-week-old tasks',
  'It needs 15 seconds to load',
  'May crash when offline',
  'Wait a second before retry',
  'Board now supports drag',
  'Bump to 1.10.30',
  'Support the 24 hour clock',
  'Upgrade Alpine to 10.1',
  'Close Sprint 12',
  'Show UTC-5 and CET',
  'Add a time zone picker',
  'Fix DST bug in March',
  'Export only works on Mondays',
  'Fix the 2024 archive page',
  'Add “last 30 days” filter',
  'Show tasks due today first',
  'Group commits by day',
  'Sort by due date',
  'Poll every 10 minutes',
  'Cache for 1 hour',
  'Support cron 0 9 * * 1',
  'Weekday names are wrong in May',
  'Handle 29 February',
  'Fix parsing of 12/31',
  'Page 3/4 is blank',
  'Split 50/50',
  'Reduce p95 to 200 ms',
  'Add year to the footer',
  'Rename Decade to Dec',
  'Second attempt fails',
  'Set Jan as reviewer',
  'Fix Mar-a-Lago test data',
  'Show sat images',
  'Import from Sun Microsystems',
  'Chart of the last week is empty',
  'Log entries from before 2020 are lost',
  'Tokens expire after 3 days',
  'Trial ends in 14 days',
  'Delete files older than a year',
  'Reminder is sent 2 days early',
  'Fix error since last Friday',
  'The April fools banner',
  'Weekly report is late',
  'Today button jumps to tomorrow view',
  'Midnight theme',
  'Noon test fixture',
  'Fix rounding at 10.1',
  'Add v2026.1 tag',
  'Fix "due Friday" label',
  'Support `by Friday` in the parser',
  'Fix crash on 2026-03-01 in the importer',
  'Add 3-day view',
  'Widget for the day after tomorrow view',
  'RFC 3339 timestamps',
  // A date that is shown, said or part of a name.
  'Reminder set for tomorrow 9:00 fires today',
  'Show due tomorrow badge',
  'Add due today filter',
  'Fix the due Friday label',
  'Add a by Friday filter',
  'Widget title should read Today',
  'Button should say tomorrow',
  'Button should say by Friday',
  'The heading says Today',
  'Button says “Ship by Friday” but ships Monday',
  'Rename the label to say Today',
  'Write a view for due today tasks',
  'Fix the badge that shows due tomorrow',
  'Good Friday sale page',
  'Report for the week ending Friday',
  'Reminders come on Friday',
  // How much, not until when.
  'Reduce memory by 20 %',
  'Reduce the timeout by 3 days',
  'Increase the trial by a week',
  'Extend the trial by 3 days',
  'Move the launch forward by two weeks',
  'Shift all dates by one day',
  'Reduce retries by 3',
  // By what, not until when.
  'Group commits by week',
  'Filter tasks by today',
  'Sort the board by due date',
  // When something happened.
  'Checkout went down on Sunday',
  'Data loss on Sunday',
  'prod crashed on Sunday',
  'Customers charged twice on Sunday',
  'Bank closes branch on Friday',
  'Sale starts on April 1',
  "report by Friday isn't sent",
  "report due Friday isn't sent",
  'The report by Friday is missing rows',
  // From one day to another.
  'backfill 2026-01-01..2026-06-30',
  'Vacation cover April 1 - April 4',
  'Reconcile orders of 01.04.2026..05.04.2026',
  'Split leaks future: train before March, test after',
  'Wrong when due on 29 Feb',
  'Tag 2026-12',
  'Fix the bug found by Jan',
  // From when, left alone.
  'Import mail from Monday',
  'Count logins since Monday',
  'Session ends after Friday',
]

/** Requests whose title stands as it is, without a deadline, and that have to be asked about. */
const ASKED: readonly string[] = [
  // From when, not until when.
  'Hide the banner after Friday',
  'Deploy after Monday',
  'Delete backups after March 20',
  'Delete backups any time after tomorrow',
  'Ship not before Friday',
  'Ship never before Friday',
  'Ship no earlier than Friday',
  'Ship not earlier than 2026-03-20',
  'Ship no sooner than next Monday',
  'Ship not until Friday',
  'Ship starting Monday',
  'Ship beginning on Monday',
  'Use the new rota effective Monday',
  'After Friday, remove the banner',
  'Starting Monday: use the new rota',
  'As of Monday, drop the old rota',
  'Remove the flag following Friday',
  'Open the shop on Friday at the earliest',
  'Open the shop Friday or later',
  'Open the shop Monday onwards',
  'The shop must not open before Friday',
  'We cannot merge it before Friday',
  'Deploy after the demo on Friday',
  "Don't merge before Friday",
  'Open the shop; earliest: Friday',
  // Days with a name of their own.
  'Prepare stock before Good Friday',
  'Close the shop on Easter Monday',
  'Black Friday: freeze deploys',
  'Scale up for Black Friday',
  'scale up for black friday',
  'Roll out Patch Tuesday',
  'Roll out by patch tuesday',
  'Launch the page by Cyber Monday',
  'Write a post for Giving Tuesday',
  'Poll numbers on Super Tuesday',
  'Fish menu on Ash Wednesday',
  'Announce Casual Friday',
  'Announce it by Mega Monday',
  'Announce it by mega monday',
  'Celebrate Mega Monday',
  // Part of what is to be done, or not.
  'Wait until after Friday',
  'Support delivery by Friday',
  'Support same-day delivery by Friday',
  'Add a filter by Friday',
  'Show arrival by Friday',
  'Fix the button that says Ship by Friday',
  'Checkout promises delivery by Friday',
  // What happens on a day, or is to be done on it.
  'Investigate 500s on Sunday night',
  'Fix data loss on Sunday',
  'VAT rate changes on April 1',
  'Payouts stop on Sunday',
  'Stripe retires API v1 on April 1',
  // How long something lasts.
  'Extend trial until April 30',
  'Extend the deadline until Friday',
  'Let merchants delay capture until Friday',
  'Allow old API key until 2026-12-31',
  'Support TLS 1.1 until end of year',
  'Run the campaign until Friday',
  'Login works until Friday',
  'Cache tokens so that login works until Friday',
  'Users can pay by end of month',
  'Data before June is wrong',
  // Of several days, or of something that is not known.
  'Ship by Mon-Fri',
  'Finish the plan before the Friday crunch',
  'Ship friday after 5',
  'Ship friday after 5pm',
  'Ship by 31.11.',
  // Zones that are not known here.
  'Call Kim by 5pm Tokyo time',
  'Call Kim by 5pm Eastern',
  'Call Kim by Friday 14:00 Europe/Berlin',
]

/** Said on Wednesday 2026-03-11 at ten in a zone that is an hour east of UTC. */
const ZONED: readonly (readonly [words: string, deadline: string])[] = [
  ['by 2pm PST', '2026-03-11T23:00'],
  ['by 2026-03-20T14:00Z', '2026-03-20T15:00'],
  ['by 2026-03-20T14:00:00+09:00', '2026-03-20T06:00'],
  ['by 2026-03-20 14:00 UTC', '2026-03-20T15:00'],
  ['by 2026-03-20 at 14:00 UTC', '2026-03-20T15:00'],
  ['by 2026-03-20 at 14:00 (UTC)', '2026-03-20T15:00'],
  ['by 2026-03-20 14:00 +0200', '2026-03-20T13:00'],
  ['at 14:00 CET on Friday', '2026-03-13T14:00'],
  ['by Friday 14:00 CET', '2026-03-13T14:00'],
  ['3pm UTC tomorrow', '2026-03-12T16:00'],
  ['by tomorrow 3pm UTC+2', '2026-03-12T14:00'],
  ['by 3pm GMT-5', '2026-03-11T21:00'],
  ['by Friday 14:00Z', '2026-03-13T15:00'],
  ['by 14:00Z', '2026-03-11T15:00'],
  ['by Friday noon EST', '2026-03-13T18:00'],
  ['by 5pm pst', '2026-03-12T02:00'],
  ['by 5pm ET', '2026-03-11T22:00'],
  ['by 9am JST', '2026-03-12T01:00'],
  ['by Friday 23:30 UTC', '2026-03-14T00:30'],
  ['by Friday 5pm local time', '2026-03-13T17:00'],
]

/** Requests whose deadline was taken for something else. */
const PLAIN: readonly (readonly [text: string, title: string, deadline: string])[] = [
  ['Reduce memory by Friday', 'Reduce memory', '2026-03-13'],
  ['Reduce flash by 2026-04-15', 'Reduce flash', '2026-04-15'],
  ['Increase coverage by 1 April', 'Increase coverage', '2026-04-01'],
  ['Increase test coverage to 80% by Q2', 'Increase test coverage to 80%', '2026-06-30'],
  ['Reduce memory by tomorrow', 'Reduce memory', '2026-03-12'],
  ['Reduce memory by end of week', 'Reduce memory', '2026-03-13'],
  ['Reduce memory by 20 % by Friday', 'Reduce memory by 20 %', '2026-03-13'],
  ['Split the store by Friday', 'Split the store', '2026-03-13'],
  ['Order new laptops by 20 March', 'Order new laptops', '2026-03-20'],
  ['Index the archive by next Monday', 'Index the archive', '2026-03-16'],
  ['Limit uploads by Friday', 'Limit uploads', '2026-03-13'],
  ['Have the docs written by Friday', 'Have the docs written', '2026-03-13'],
  ['Renew cert on 2026-04-01', 'Renew cert', '2026-04-01'],
  ['Renew wildcard certificate on Apr 9', 'Renew wildcard certificate', '2026-04-09'],
  ['Renew the domain on Friday', 'Renew the domain', '2026-03-13'],
  ['Renew the domain by Friday', 'Renew the domain', '2026-03-13'],
  ['Refresh the tokens on Friday', 'Refresh the tokens', '2026-03-13'],
  ['Call Ann Friday', 'Call Ann', '2026-03-13'],
  ['Deploy the API Friday', 'Deploy the API', '2026-03-13'],
  ['Deploy search friday', 'Deploy search', '2026-03-13'],
  ['Write the report by early Monday', 'Write the report', '2026-03-16'],
  ['Clean up after the migration by Friday', 'Clean up after the migration', '2026-03-13'],
  ['Reduce by Friday the memory it uses', 'Reduce the memory it uses', '2026-03-13'],
  ['Finish the guide by no later than Friday', 'Finish the guide', '2026-03-13'],
  ['Deploy after Friday, due 20 March', 'Deploy after Friday', '2026-03-20'],
  ['Pay the rent on Friday at the latest', 'Pay the rent', '2026-03-13'],
  ['Pay the rent Friday or earlier', 'Pay the rent', '2026-03-13'],
  ['Plan Black Friday by 20 March', 'Plan Black Friday', '2026-03-20'],
  // Wishes with a day at their end, though they speak of what happens.
  ['Deploy schema changes on Friday', 'Deploy schema changes', '2026-03-13'],
  ['Onboard Zoe on Monday', 'Onboard Zoe', '2026-03-16'],
  ['Send invoices tomorrow', 'Send invoices', '2026-03-12'],
  ['Close tickets on Friday', 'Close tickets', '2026-03-13'],
  ['Investigate data loss tomorrow', 'Investigate data loss', '2026-03-12'],
  ['Fix 500s by Friday', 'Fix 500s', '2026-03-13'],
  ['Login is broken, fix tomorrow', 'Login is broken, fix', '2026-03-12'],
  ['We will ship the importer on Friday', 'We will ship the importer', '2026-03-13'],
  ['Ensure users can pay by Friday', 'Ensure users can pay', '2026-03-13'],
  ['Checkout should be live by Friday', 'Checkout should be live', '2026-03-13'],
  ['The login must be fixed until Friday', 'The login must be fixed', '2026-03-13'],
  ['Write the guide until end of month', 'Write the guide', '2026-03-31'],
  ['Disable the old flow by Friday', 'Disable the old flow', '2026-03-13'],
  ['Draft the guide before the Friday demo', 'Draft the guide', '2026-03-13'],
  ['Fix the login not later than Friday', 'Fix the login', '2026-03-13'],
]

describe('deadlines', () => {
  test.each(DEADLINES)('%s', async (words, deadline) => {
    const parse = await parseRequest(`Write the report${/^[,;]/.test(words) ? '' : ' '}${words}`, CONTEXT)
    expect([parse.deadline?.value, parse.title.value.replace(/ please$/, '')]).toEqual([
      deadline,
      'Write the report',
    ])
  })

  // What the date is of says why; it stays in the title.
  test.each([
    ['before the release on 2 April', '2026-04-02'],
    ['before the demo on Friday', '2026-03-13'],
    ['ahead of the meeting on Thursday', '2026-03-12'],
  ])('%s', async (words, deadline) => {
    const parse = await parseRequest(`Write the report ${words}`, CONTEXT)
    expect(parse.deadline?.value).toBe(deadline)
    expect(parse.title.value).toMatch(/^Write the report \S+ (?:\S+ )?the \w+$/)
  })

  test.each(CLEAR)('clear: %s', async (words, deadline) => {
    const parse = await parseRequest(`Write the report ${words}`, CONTEXT)
    expect([parse.deadline?.value, parse.doubts]).toEqual([deadline, []])
    expect(parse.confidence).toBeGreaterThanOrEqual(0.85)
  })

  test.each(EITHER)('either: %s', async (words, candidates) => {
    const parse = await parseRequest(`Write the report ${words}`, CONTEXT)
    expect([parse.title.value, parse.doubts[0]?.candidates]).toEqual(['Write the report', candidates])
    expect(candidates).toContain(parse.deadline?.value)
    expect(parse.confidence).toBeLessThan(0.8)
  })

  test.each(ASKED)('asked: %s', async (text) => {
    const parse = await parseRequest(text, CONTEXT)
    expect([parse.deadline, parse.title.value, parse.doubts.map(({ field }) => field)]).toEqual([
      null,
      text,
      ['deadline'],
    ])
    expect(parse.confidence).toBeLessThan(0.8)
  })

  test.each(PLAIN)('%s', async (text, title, deadline) => {
    const parse = await parseRequest(text, CONTEXT)
    expect([parse.deadline?.value, parse.title.value, parse.doubts]).toEqual([deadline, title, []])
  })

  test.each(ZONED)('%s', async (words, deadline) => {
    const parse = await parseRequest(`Write the report ${words}`, CONTEXT)
    expect([parse.deadline?.value, parse.title.value, parse.doubts]).toEqual([
      deadline,
      'Write the report',
      [],
    ])
  })

  // One name for several zones, and a day that is another one elsewhere.
  test.each([
    ['by Friday 5pm IST', ['2026-03-13T12:30', '2026-03-13T16:00', '2026-03-13T17:00']],
    ['by Friday 5pm CST', ['2026-03-14T00:00', '2026-03-13T10:00']],
    ['by Friday 14:00 BST', ['2026-03-13T14:00', '2026-03-13T09:00']],
    ['by Friday EST', ['2026-03-13']],
  ])('which zone: %s', async (words, candidates) => {
    const parse = await parseRequest(`Write the report ${words}`, CONTEXT)
    expect([parse.title.value, parse.doubts[0]?.candidates]).toEqual(['Write the report', candidates])
    expect(parse.confidence).toBeLessThan(0.8)
  })

  test('what is a word and could be a zone stays in the title', async () => {
    const parse = await parseRequest('Write the report by Friday 5pm, then eat', CONTEXT)
    const other = await parseRequest('By Friday 5pm get the report', CONTEXT)
    expect([parse.title.value, other.title.value]).toEqual(['Write the report, then eat', 'get the report'])
  })

  test('a day that may have a name is what may be meant; of a known one it is not', async () => {
    const [one, other] = await Promise.all(
      ['Meet Kim Friday', 'Meet on Good Friday'].map((text) => parseRequest(text, CONTEXT)),
    )
    expect(one!.doubts[0]).toMatchObject({ candidates: ['2026-03-13'] })
    expect(other!.doubts[0]).toMatchObject({ candidates: [] })
  })

  test('a limit before the day that something is from is asked about', async () => {
    const { deadline, doubts } = await parseRequest('Deploy after Friday but before Thursday', CONTEXT)
    expect([deadline?.value, doubts.length]).toEqual(['2026-03-12', 1])
  })

  test('a time that has passed is asked about', async () => {
    const { doubts } = await parseRequest('Write the report by 2026-03-11 09:00', CONTEXT)
    expect(doubts.map(({ message }) => message)).toEqual(['2026-03-11T09:00 has passed.'])
  })

  test('there are 150 phrases and more', () => {
    expect(DEADLINES.length).toBeGreaterThanOrEqual(150)
  })
})

test.each(NONE)('no deadline: %s', async (text) => {
  const parse = await parseRequest(text, CONTEXT)
  expect([parse.deadline, parse.title.value]).toEqual([null, text])
})

// On a weekend the work of the week is that of the week to come.
test.each([
  ['2026-03-14', 'by the end of the week', '2026-03-20'],
  ['2026-03-15', 'EOW', '2026-03-20'],
  ['2026-03-15', 'this week', '2026-03-20'],
  ['2026-03-13', 'this week', '2026-03-13'],
  ['2026-03-09', 'by end of week', '2026-03-13'],
])('said on %s: %s', async (today, words, deadline) => {
  const { deadline: read } = await parseRequest(`Write the report ${words}`, { ...CONTEXT, today })
  expect(read?.value).toBe(deadline)
})

describe('readDates', () => {
  const reference = { today: '2026-03-11', minutes: 600 }

  test('looks back where it is not asked to look forward', async () => {
    const [said] = await readDates('two days ago', reference, { forward: false })
    expect(said?.day).toBe('2026-03-09')
  })

  test('says where the words are', async () => {
    const text = 'from Friday (2026-03-13) on'
    const dates = await readDates(text, reference, { forward: true })
    expect(dates.map(({ from, to }) => text.slice(from, to))).toEqual(['Friday', '2026-03-13'])
  })

  test('finds nothing in a day that the calendar has not', async () => {
    expect(await readDates('2024-02-30 and 2025-13-01', reference, { forward: true })).toEqual([])
  })
})

describe('other languages', () => {
  test.each([
    ['Bericht schreiben bis Freitag', 'Bericht schreiben', '2026-03-13'],
    ['Bericht schreiben bis zum 20. März', 'Bericht schreiben', '2026-03-20'],
    ['Anmeldung reparieren, spätestens morgen', 'Anmeldung reparieren', '2026-03-12'],
    ['Écrire le rapport avant vendredi', 'Écrire le rapport', '2026-03-13'],
    ['Corriger la connexion pour demain', 'Corriger la connexion', '2026-03-12'],
    ['Escribir el informe antes del 20 de marzo', 'Escribir el informe', '2026-03-20'],
    ['Escrever o relatório até amanhã', 'Escrever o relatório', '2026-03-12'],
    ['Rapport schrijven voor vrijdag', 'Rapport schrijven', '2026-03-13'],
    ['Написать отчёт до пятницы', 'Написать отчёт', '2026-03-13'],
  ])('%s', async (text, title, deadline) => {
    const parse = await parseRequest(text, CONTEXT)
    expect([parse.deadline?.value, parse.title.value]).toEqual([deadline, title])
  })
})
