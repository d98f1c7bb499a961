import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { STATUSES } from '../../../schemas/vocabulary.ts'
import { entriesOf, onlyPlace, type Place } from '../../../src/query/place.ts'
import { encodeSegment } from '../../../src/snapshot/segment.ts'
import { memoryHeap, openSnapshot } from '../../../src/snapshot/snapshot.ts'
import { initialState } from '../../../src/tasks/task-state.ts'
import { indexCells } from '../../../src/terminal/listing/index-cells.ts'
import { COLUMN_NAMES, COLUMNS, taskRows } from '../../../src/terminal/listing/task-table.ts'
import { plainTable } from '../../../src/terminal/output/plain-table.ts'
import { renderTable } from '../../../src/terminal/output/table.ts'
import { allSlots, snapshotOf } from '../../support/any-snapshot.ts'
import { runs } from '../../support/nasty-text.ts'
import { ulidOf } from '../../support/task-log.ts'

const TODAY = { now: Date.parse('2026-11-20T10:00:00Z'), date: '2026-11-20' }

const word = fc.string({ unit: fc.constantFrom('a', 'Z', '<', '>', '@', '-'), minLength: 1, maxLength: 12 })
const task = fc.record({
  title: fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
  status: fc.constantFrom(...STATUSES),
  assignee: fc.option(
    fc.oneof(
      word,
      fc.constantFrom('Ann <ann@example.com>', ' <>', '<a>', 'A <b> <c>', 'a >'),
      fc.tuple(word, word).map((two) => two.join(' <')),
    ),
  ),
  labels: fc.uniqueArray(
    word.map((text) => text.replaceAll(',', '')),
    { maxLength: 3 },
  ),
  deadline: fc.option(fc.constantFrom('2026-11-19', '2026-11-20', '2026-11-20T09:00:00Z')),
  dependsOn: fc.uniqueArray(fc.integer({ min: 1, max: 6 }).map(ulidOf), { maxLength: 2 }),
})
const repository = fc.array(task, { minLength: 1, maxLength: 5 }).map((tasks) => snapshotOf(...tasks))

/** The same list by both ways. */
async function both(places: readonly Place[], names: readonly (keyof typeof COLUMNS)[]) {
  const entries = places.flatMap(({ snapshot }, place) => entriesOf(place, allSlots(snapshot))).reverse()
  const cells = indexCells(places, entries, names, TODAY)!
  const { columns, rows } = taskRows(places, entries, names, TODAY, 'terminal')
  const fast = plainTable(
    names.map((name) => COLUMNS[name]),
    entries.length,
    cells,
    '\nÄfter',
  )
  return [fast.toString('utf8'), `${await renderTable(columns, rows, null, false)}\nÄfter`]
}

test('a list for a pipe is the same from the bytes of the index as from texts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(repository, { minLength: 1, maxLength: 3 }),
      fc.uniqueArray(fc.constantFrom(...COLUMN_NAMES), { minLength: 1 }),
      async (snapshots, names) => {
        const places = snapshots.map((snapshot, i) => onlyPlace(`repository-${i}`, snapshot))
        const [fast, slow] = await both(places, names)
        expect(fast).toBe(slow)
      },
    ),
    runs(300),
  )
})

/** Two tasks, of which one was changed after the index was made. */
function withOverlay(title: string) {
  const encoded = (...titles: readonly string[]) =>
    encodeSegment(
      titles.map((title, i) => ({
        writable: true,
        task: { ...initialState(ulidOf(i + 1)), number: i + 1, title },
      })),
    )
  const base = encoded('First', 'Second')
  const overlays = [{ segment: encoded(title), slots: [0], gone: [] }]
  const { rows, highestNumber } = base
  return openSnapshot({ tip: null, rows, heap: memoryHeap(base.heap), overlays, problems: [], highestNumber })
}

test('what was changed after the index was made is shown as it is now', async () => {
  const [fast, slow] = await both(
    [onlyPlace('one', withOverlay('Changed to be longer'))],
    ['number', 'title'],
  )
  expect(fast).toBe(slow)
  expect(fast).toBe('#  TITLE\n2  Second\n1  Changed to be longer\nÄfter')
})

test('other characters than ASCII are left to those who can measure them', () => {
  const places = [onlyPlace('one', withOverlay('Ärger'))]
  expect(indexCells(places, entriesOf(0, [0, 1]), ['title'], TODAY)).toBe(null)
  expect(indexCells(places, entriesOf(0, [1]), ['title'], TODAY)).not.toBe(null)
})
