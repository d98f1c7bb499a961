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
const spec = {
  id: 'x',
  title: 'X',
  key: '9',
  isWide: false,
  asks: () => null,
  rows: () => rows,
  none: 'none',
  keys: [],
} as const
const view = rowsView<null>(spec)

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

test('what is at a place is the row whose lines are drawn there', () => {
  const heights = [1, 3, 2, 1, 1, 2, 3, 1, 1, 1]
  const tall = heights.map((height, i) => ({
    task: null,
    height,
    lines: () => Array.from({ length: height }, () => [span(`row ${i}`)]),
  }))
  const own = rowsView<null>({ ...spec, rows: () => tall, head: () => [span('NAME')] })
  const height = 8
  for (let at = 0; at < heights.length; at++) {
    const drawn = drawnRows(tall, at, 40, height - 1).map(textOfLine)
    const place = { state: { at }, data: null, ui, width: 40, height }
    const found = Array.from({ length: height }, (_, y) => own.at(place, 3, y))
    expect(found[0]).toBeNull()
    for (const [i, line] of drawn.entries()) expect(line).toContain(`row ${found[i + 1]?.at}`)
    expect(found.slice(drawn.length + 1).every((each) => each === null)).toBe(true)
  }
})
