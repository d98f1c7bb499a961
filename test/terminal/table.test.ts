import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderTable } from '../../src/terminal/table.ts'
import { runs } from '../support/nasty-text.ts'

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
