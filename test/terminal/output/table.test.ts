import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderTable } from '../../../src/terminal/output/table.ts'
import { runs } from '../../support/nasty-text.ts'

const cell = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '#'), maxLength: 14 })
// A cell of blanks alone has no place where a line ends.
const written = cell.map((text) => text.trim())

test('for a pipe, a table of ASCII is the same whether it is known to be or not', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(written, written, written), { maxLength: 6 }),
      fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
      async (rows, rights) => {
        const columns = ['#', 'TITLE', 'LONG HEADING'].map((title, i) => ({ title, right: rights[i]! }))
        expect(await renderTable(columns, rows, null, true)).toBe(
          await renderTable(columns, rows, null, false),
        )
      },
    ),
    runs(200),
  )
})

test('a table fits whatever it holds: what is widest gives way last of all, numbers and commands never', async () => {
  const columns = [
    { title: '#', right: true },
    { title: 'KEY' },
    { title: 'VALUE', least: [24, 8] },
    { title: 'FROM' },
    { title: 'GONE', spare: 1 },
  ]
  const rows = [
    ['12345', 'worktrees.remove', 'a value that is long', '/home/ann/.config/mhv/config.yaml', 'gone'],
  ]
  for (const width of [100, 80, 60, 40, 30]) {
    const lines = (await renderTable(columns, rows, width)).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
    expect(lines[1]).toMatch(/^12345 {2}work/)
    expect(lines[0]).toMatch(/KEY +V.* FR/)
  }
  const whole = columns.map((column) => (column.title === 'FROM' ? { ...column, whole: true } : column))
  expect(await renderTable(whole, rows, 40)).toContain('  /home/ann/.config/mhv/config.yaml')
})

test('a column that somebody has named stays though nothing is in it, on a terminal and in a pipe', async () => {
  const columns = ['#', 'DEADLINE', 'ASSIGNEE'].map((title) => ({ title, kept: title !== 'ASSIGNEE' }))
  for (const [width, isAscii] of [
    [null, true],
    [null, false],
    [80, true],
  ] as const) {
    expect(await renderTable(columns, [['6', '', '']], width, isAscii)).toBe('#  DEADLINE\n6')
  }
})
