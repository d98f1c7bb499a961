import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PRIORITIES, STATUSES, TASK_TYPES } from '../../schemas/vocabulary.ts'
import { exportCsv } from '../../src/exchange/export-record.ts'
import { readCsv } from '../../src/exchange/read-csv.ts'
import { fold } from '../../src/tasks/fold.ts'
import type { TaskState } from '../../src/tasks/task-state.ts'
import { bytesOf, exported, imported, jsonLines, NOW, plan, viewOf } from '../support/import-in-memory.ts'

const runs = { seed: 2, numRuns: process.env.MHV_LONG ? 5000 : 300 }

/** Printable text with what is special to JSON, CSV, YAML and spreadsheets. */
const words = fc
  .array(
    fc.constantFrom(
      'a',
      'Z',
      ' ',
      ',',
      ';',
      '"',
      "'",
      '=',
      '+',
      '-',
      '@',
      '|',
      '\\',
      '[',
      'é',
      '🎉',
      'none',
      '1',
    ),
  )
  .map((parts) => parts.join('').trim())
const line = words.filter((text) => text.length > 0)
const lines = fc.array(words, { maxLength: 4 }).map((parts) => parts.join('\n'))
const label = fc.constantFrom('auth', 'ui', 'a;b', 'x|y', '=1+1', '-')
const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())

/** A record that an import takes without a warning; `on` and `under` count forward, so that no cycle closes. */
const record = fc.record({
  title: line,
  description: lines,
  type: fc.constantFrom(...TASK_TYPES),
  status: fc.constantFrom(...STATUSES),
  priority: fc.constantFrom(...PRIORITIES),
  deadline: fc.constantFrom(null, '2020-02-29', '2026-11-27T18:00:00Z'),
  estimate: fc.constantFrom(null, '3h', '2.5d', '8pt'),
  assignee: fc.option(line),
  reason: fc.option(line),
  labels: fc.uniqueArray(label),
  criteria: fc.array(fc.record({ text: line, met: fc.boolean(), evidence: fc.option(line) }), {
    maxLength: 3,
  }),
  comments: fc.array(fc.record({ text: lines.filter((text) => text !== ''), by: line, at: instant }), {
    maxLength: 3,
  }),
  created_at: instant,
  created_by: line,
  started_at: fc.option(instant),
  status_at: instant,
  extra: fc.option(fc.record({ weight: fc.integer(), notes: fc.array(line) })),
  system: fc.constantFrom('tracker', 'mhv'),
  on: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
  under: fc.option(fc.integer({ min: 1, max: 3 })),
})
const ids = ['A 1', 'A;2', 'B-3', '[4', '5', 'none']

const sources = fc.array(record, { minLength: 1, maxLength: ids.length }).map((records) =>
  records.map(({ system, on, under, ...fields }, i) => {
    const name = (distance: number) => {
      const other = records[i + distance]
      return other ? [`${other.system}:${ids[i + distance]}`] : []
    }
    return {
      ...fields,
      source: { system, id: ids[i] },
      id: ids[i],
      deps: [
        ...on.flatMap(name).map((id) => ({ id, type: 'blocks' })),
        ...(under ? name(under).map((id) => ({ id, type: 'parent-child' })) : []),
      ],
    }
  }),
)

/** What has to come back: everything but ids of this repository and its own time of writing. */
function contentOf(task: TaskState, tasks: readonly TaskState[]) {
  const nameOf = (id: string | null) => tasks.find((other) => other.id === id)?.source ?? id
  const { id, updatedAt, labels, dependsOn, parent, comments, criteria, ...rest } = task
  return {
    ...rest,
    labels: [...labels.keys()].sort(),
    dependsOn: [...dependsOn.keys()]
      .map(nameOf)
      .map((source) => JSON.stringify(source))
      .sort(),
    parent: nameOf(parent),
    comments: comments.map(({ text, by, at }) => ({ text, by, at })),
    criteria: criteria.map(({ text, met, evidence }) => ({ text, met, evidence })),
  }
}
const contents = (tasks: readonly TaskState[]) => tasks.map((task) => contentOf(task, tasks))

test('an export as JSON lines, imported elsewhere, is the same tasks', () => {
  fc.assert(
    fc.property(sources, (values) => {
      const before = imported(...values)
      const again = plan(jsonLines(...exported(before)))
      expect(again.warnings).toEqual([])
      expect(contents(again.logs.map(fold))).toEqual(contents(before))
      expect(plan(jsonLines(...exported(before)), viewOf(before)).logs).toEqual([])
    }),
    runs,
  )
})

test('an export as CSV loses nothing that its columns hold', async () => {
  await fc.assert(
    fc.asyncProperty(sources, async (values) => {
      const told = imported(...values.map(({ criteria, comments, extra, ...fields }) => fields))
      const before = told.map((task) => ({ ...task, metadata: {} }))
      const again = plan(await readCsv(bytesOf(await exportCsv(exported(before)))))
      expect(again.warnings).toEqual([])
      expect(contents(again.logs.map(fold))).toEqual(contents(before))
    }),
    runs,
  )
})

test('a task that was made here carries its own id as its source, and finds itself again', () => {
  const [made] = imported({ id: '1', title: 'Made here' })
  const own: TaskState = { ...made!, source: null }
  const [record] = exported([own])
  expect(record).toMatchObject({ source: { system: 'mhv', id: own.id }, ref: 'demo#1', created_at: NOW })
  expect(plan(jsonLines(record), viewOf([own])).unchanged).toBe(1)
  expect(fold(plan(jsonLines(record)).logs[0]!)).toMatchObject({ title: 'Made here', createdAt: NOW })
})

test('cells are never changed to please a spreadsheet, and follow RFC 4180', async () => {
  const tasks = imported({ id: '1', title: '=cmd()', description: 'a,"b"\nc' })
  expect(await exportCsv(exported(tasks))).toContain('plan,1,=cmd(),"a,""b""\nc",task,pending,')
  expect((await exportCsv([])).endsWith('status_at\r\n')).toBe(true)
})
