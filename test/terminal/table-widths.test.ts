import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { COLUMNS, DEFAULT_COLUMNS, withSpare } from '../../src/terminal/listing/task-table.ts'
import { renderTable } from '../../src/terminal/output/table.ts'
import { mhv } from '../support/cli.ts'
import { inTerminal } from '../support/in-terminal.ts'
import { temporaryRepository } from '../support/repository.ts'

const TITLES = {
  ascii: 'Make the refresh of tokens survive a restart of the whole service and of its neighbours',
  cjk: '再起動後もトークンの更新が続くようにする。サービス全体とその隣も同じように続くこと',
  zwj: '👩‍💻👨‍👩‍👧‍👦 family of emoji 🏳️‍🌈 and flags 🇩🇪🇯🇵 in a title that goes on and on 👍🏽👍🏿',
  combining:
    'Cafe\u0301 re\u0301sume\u0301 a\u0323\u0302 n\u0303 with marks that combine, in a title that goes on and on',
  rtl: 'تصحيح خطأ في تسجيل الدخول عند انتهاء صلاحية الرمز المميز للمستخدم בעברית גם כן',
  mixed: 'ｆｕｌｌ ｗｉｄｔｈ and half ｶﾀｶﾅ, Größe, naïve, ✓ and ⚠️ together in one long title',
}
const rows = Object.values(TITLES).map((title, i) => [
  String(i + 1),
  'pending',
  'high',
  title,
  '認証,auth',
  'Ann 👩‍💻',
  '2026-11-27',
])
const columns = withSpare(
  DEFAULT_COLUMNS.map((name) => COLUMNS[name]),
  DEFAULT_COLUMNS,
)

/** Where a column begins, in columns of the terminal. */
const startOf = (line: string, part: string) => stringWidth(line.slice(0, line.indexOf(part)))

describe.each([40, 80, 200])('at %i columns', (width) => {
  test('no line is wider, every column begins at one place, and only graphemes as a whole are cut', async () => {
    const [head, ...lines] = (await renderTable(columns, rows, width)).split('\n')
    for (const line of [head!, ...lines]) expect(stringWidth(line)).toBeLessThanOrEqual(width)
    for (const [i, line] of lines.entries()) {
      const title = Object.values(TITLES)[i]!
      const shown = line.slice(line.indexOf(title.slice(0, 2)))
      const text = shown.split(/ {2,}|…/)[0]!.trimEnd()
      expect(title.startsWith(text)).toBe(true)
      // What is cut ends where a grapheme does.
      const ends = [...new Intl.Segmenter().segment(title)].map(
        ({ index, segment }) => index + segment.length,
      )
      expect(ends).toContain(text.length)
      expect(startOf(line, title.slice(0, 2))).toBe(startOf(head!, 'TITLE'))
    }
    // What is left out of them changes no order.
    const titles = columns.map(({ title }) => title).filter((title) => head!.includes(title))
    expect(head!.trim().split(/ {2,}|(?<=#) /)).toEqual(titles)
    expect(titles).toContain('TITLE')
    if (width >= 80) expect(titles).toEqual(expect.arrayContaining(['#', 'STATUS', 'PRIORITY', 'TITLE']))
    if (width === 200) expect(titles).toHaveLength(columns.length)
  })
})

test('what is spare goes in its order, and never what was asked for by name', async () => {
  const shownAt = async (width: number) => {
    const [head = ''] = (await renderTable(columns, rows, width)).split('\n')
    return columns.map(({ title }) => title).filter((title) => head.includes(title))
  }
  const sets = await Promise.all([200, 80, 60, 50, 40, 30].map(shownAt))
  for (const [i, titles] of sets.entries()) {
    if (i > 0) expect(sets[i - 1]).toEqual(expect.arrayContaining(titles))
    expect(titles).toEqual(expect.arrayContaining(['#', 'STATUS', 'TITLE']))
  }
})

test('other tables go without whole columns too before they cut what is short', async () => {
  const cwd = temporaryRepository()
  await mhv(cwd, 'init', '--no-hooks')
  await mhv(cwd, 'tc', 'Make the refresh of tokens survive a restart', '--priority', 'critical', '--no-parse')
  await mhv(cwd, 'tc', 'Write notes', '--depends-on', '1', '--no-parse')
  expect((await mhv(cwd, 'start', '1')).code).toBe(0)
  const head = (line: string) =>
    inTerminal(cwd, 40, ...line.split(' ')).shown.match(/^.*(?:#|LEVEL|TASK) .*$/m)?.[0]
  expect(head('plan')).toMatch(/^LEVEL +TASK +TITLE +HOURS$/)
  expect(head('status')).toMatch(/^# +STATUS +PRIORITY +TITLE$/)
  expect(head('wl')).toMatch(/^# +BRANCH +NOTE +PLACE$/)
  expect(inTerminal(cwd, 200, 'plan').shown).toMatch(
    /LEVEL +TASK +STATUS +PRIORITY +TITLE +HOURS +SLACK +AFTER/,
  )
})
