import { expect, onTestFinished, test } from 'vitest'
import { dateLocale } from '../../src/terminal/output/long-date.ts'
import { relativeDay, relativeTime } from '../../src/terminal/output/relative-date.ts'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { temporaryRepository } from '../support/repository.ts'
import { hasTerminal, openTerminal } from '../support/tmux.ts'

const far: readonly (readonly [string, string])[] = [
  ['2026-11-20', 'today'],
  ['2026-11-21', 'tomorrow'],
  ['2026-11-19', 'yesterday'],
  ['2026-11-27', 'in 7 days'],
  ['2026-12-03', 'in 13 days'],
  ['2026-12-04', 'in 2 weeks'],
  ['2026-11-02', '3 weeks ago'],
  ['2027-01-18', 'in 8 weeks'],
  ['2027-01-19', 'in 2 months'],
  ['2025-11-20', '12 months ago'],
  ['2020-11-20', '6 years ago'],
  ['9999-12-31', 'in 7973 years'],
]

test.each(far)('%s is %s', (date, said) => {
  expect(relativeDay(date, '2026-11-20')).toBe(said)
})

test('an instant is far by minutes and hours, and beyond a night by the local calendar', () => {
  const now = Date.parse('2026-11-20T10:00:00Z')
  const said = (at: string) => relativeTime(Date.parse(at), now)
  expect(said('2026-11-20T09:59:30Z')).toBe('just now')
  expect(said('2026-11-20T09:58:30Z')).toBe('1 minute ago')
  expect(said('2026-11-20T10:30:00Z')).toBe('in 30 minutes')
  expect(said('2026-11-20T07:00:00Z')).toBe('3 hours ago')
  // Berlin had midnight at 23:00 of UTC.
  expect(said('2026-11-19T23:30:00Z')).toBe('10 hours ago')
  expect(said('2026-11-19T09:00:00Z')).toBe('yesterday')
  expect(said('2026-11-18T23:30:00Z')).toBe('yesterday')
  expect(said('2026-11-21T10:00:00Z')).toBe('tomorrow')
})

test('the locale is the one of POSIX, and C and an unknown one are exact', () => {
  expect(dateLocale({ LC_ALL: 'C', LANG: 'de_DE.UTF-8' })).toBe(null)
  expect(dateLocale({})).toBe(null)
  expect(dateLocale({ LC_TIME: 'de_DE.UTF-8', LANG: 'en_US.UTF-8' })).toBe('de-DE')
  expect(dateLocale({ LANG: 'C.UTF-8' })).toBe(null)
  expect(dateLocale({ LANG: 'no such thing' })).toBe(null)
  expect(dateLocale({ LANG: 'de_DE.UTF-8', MHV_DATES: 'iso' })).toBe(null)
})

async function withDeadlines(): Promise<string> {
  const cwd = temporaryRepository()
  await mhv(cwd, 'init', '--no-hooks')
  await mhv(cwd, 'tc', '--no-parse', 'Soon', '--deadline', '2026-11-27')
  await mhv(cwd, 'tc', '--no-parse', 'Late', '--deadline', '2026-11-17', '--allow-past')
  return cwd
}

test('a pipe, CSV and JSON have the exact dates, the card both', async () => {
  const cwd = await withDeadlines()
  expect((await mhvProcess(cwd, ['tl'])).out).toMatch(
    /2026-11-27[\s\S]*2026-11-17!|2026-11-17![\s\S]*2026-11-27/,
  )
  expect(
    (await mhvProcess(cwd, ['tl', '--format', 'csv'], { env: { MHV_DATES: 'relative' } })).out,
  ).toContain(',2026-11-27')
  expect((await mhvProcess(cwd, ['tl'], { env: { MHV_DATES: 'relative' } })).out).toContain('in 7 days')
  const card = (await mhvProcess(cwd, ['task', 'show', '1,2'], { env: { LC_ALL: 'C' } })).out
  expect(card).toContain('2026-11-27 (in 7 days)')
  expect(card).toContain('2026-11-17 (3 days ago, overdue)')
  expect(card).toContain('2026-11-20 11:00 (just now) by Ann')
  expect((await mhvJson(cwd, 'task', 'show', '1')).task).toMatchObject({
    deadline: '2026-11-27',
    created_at: '2026-11-20T10:00:00.123Z',
  })
})

test('a card has dates in the order and with the names of the locale, times in the time zone', async () => {
  const cwd = await withDeadlines()
  const show = async (env: Record<string, string>) =>
    (await mhvProcess(cwd, ['task', 'show', '1'], { env })).out
  expect(await show({ LC_ALL: 'de_DE.UTF-8' })).toContain('27.11.2026 (in 7 days)')
  expect(await show({ LC_ALL: 'en_US.UTF-8', TZ: 'America/New_York' })).toMatch(
    /Nov 27, 2026 \(in 7 days\)[\s\S]*Nov 20, 2026, 5:00 AM \(just now\)/,
  )
  expect(await show({ LC_ALL: 'de_DE.UTF-8', MHV_DATES: 'iso', TZ: 'UTC' })).toMatch(
    /2026-11-20 10:00 \(just now\)/,
  )
})

test.skipIf(!hasTerminal)(
  'a terminal shows how far dates are, unless the exact ones are asked for',
  async () => {
    const cwd = await withDeadlines()
    for (const [env, said] of [
      [{}, /Late +3 days ago!\n.*Soon +in 7 days$/m],
      [{ MHV_DATES: 'iso' }, /Late +2026-11-17!\n.*Soon +2026-11-27$/m],
      [
        { MHV_PLAIN: '1' },
        /deadline 2026-11-17 \(3 days ago\), overdue\n.*deadline 2026-11-27 \(in 7 days\)$/m,
      ],
    ] as const) {
      const terminal = await openTerminal(cwd, { columns: 100, rows: 24 }, env)
      onTestFinished(() => terminal.close())
      terminal.type('mhv tl')
      terminal.keys('Enter')
      await terminal.until(said)
    }
  },
)

test('a variable that says what nobody knows is refused where it is read, and nowhere else', async () => {
  const cwd = await withDeadlines()
  const env = { MHV_DATES: 'foo' }
  for (const argv of [['tl'], ['task', 'show', '1']]) {
    const { code, out, err } = await mhvProcess(cwd, argv, { env })
    expect({ argv, code, out }).toEqual({ argv, code: 2, out: '' })
    expect(err).toContain('MHV_DATES is “foo”, which is none of: iso, relative. Example: MHV_DATES=iso.')
    expect(err).toContain('\n    unset MHV_DATES\n')
  }
  expect((await mhvProcess(cwd, ['tl', '--json'], { env })).code).toBe(0)
  expect((await mhvProcess(cwd, ['tl'], { env: { MHV_DATES: 'ISO' } })).code).toBe(0)
})

test.each(['0', 'false', 'no', 'off', ''])('MHV_PLAIN and MHV_QUIET mean nothing with “%s”', async (no) => {
  const cwd = await withDeadlines()
  const { out } = await mhvProcess(cwd, ['tl'], { env: { MHV_PLAIN: no, MHV_QUIET: no } })
  expect(out).toMatch(/^ *# +STATUS/)
})
