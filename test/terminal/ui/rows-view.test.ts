import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { span } from '../../../src/terminal/ui/rich-line.ts'
import { drawnRows, rowsView, textRow } from '../../../src/terminal/ui/rows-view.tsx'
import { rowsWindow } from '../../../src/terminal/ui/rows-window.ts'
import { snapshotOf } from '../../support/any-snapshot.ts'
import { runs } from '../../support/nasty-text.ts'
import { keyed, textOfLine, uiOver } from '../../support/ui-state.ts'

test('the cursor is always on the screen, and no room is left where there are more rows', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 30 }),
      fc.nat(),
      fc.integer({ min: 4, max: 20 }),
      (heights, place, height) => {
        const at = place % heights.length
        const [from, to] = rowsWindow(heights.length, at, height, (row) => heights[row]!)
        const used = heights.slice(from, to).reduce((sum, each) => sum + each, 0)
        expect(from <= at && at < to && used <= height).toBe(true)
        if (from > 0) expect(used + heights[from - 1]!).toBeGreaterThan(height)
        if (to < heights.length) expect(used + heights[to]!).toBeGreaterThan(height)
      },
    ),
    runs(1000),
  )
})

const ui = uiOver({ name: 'demo', nicknames: [], snapshot: snapshotOf({}) })
const rows = Array.from({ length: 40 }, (_, i) => textRow(`row ${i}`))
const view = rowsView<null>({
  id: 'x',
  title: 'X',
  key: '9',
  isWide: false,
  asks: () => null,
  rows: () => rows,
  none: 'none',
  keys: [],
})

test.each<readonly [readonly string[], number]>([
  [['down', 'j'], 2],
  [['down', 'up', 'k'], 0],
  [['end'], 39],
  [['G', 'up', 'g'], 0],
  [['pagedown'], 16],
  [['pagedown', 'pagedown', 'pagedown', 'down'], 39],
  [['end', 'pageup'], 23],
])('after %j the cursor is on row %i', (keys, at) => {
  expect(keyed(view, ui, null, ...keys).state).toEqual({ at })
})

test('other keys are left to the frame, and all of them while the task has the focus', () => {
  expect(view.update({ at: 0 }, { name: 's', text: 's' }, ui, null)).toBeNull()
  expect(view.update({ at: 0 }, { name: 'down', text: '' }, { ...ui, focus: 'task' }, null)).toBeNull()
})

test('the row of the cursor is told by a sign, every line by its width, and nothing reaches the screen as a control', () => {
  const lines = drawnRows([textRow('one'), textRow('two\u001b[31m'), textRow('日本語日本語')], 1, 10, 3)
  expect(lines.map(textOfLine)).toEqual(['  one', '> two [31m', '  日本語…'])
  expect(lines[1]).toEqual([span('> two [31m', 'selection')])
})
