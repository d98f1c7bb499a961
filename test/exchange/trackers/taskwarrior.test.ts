import { expect, test } from 'vitest'
import { edgesOf, importedFrom, labelsOf, trackerFile, trackerFixture } from '../../support/trackers.ts'

const byTitle = (all: Awaited<ReturnType<typeof importedFrom>>, title: string) =>
  [...all.tasks.values()].find((task) => task.title.startsWith(title))!
const task = (more: object) => ({
  uuid: 'u-1',
  description: 'One',
  entry: '20260301T090000Z',
  status: 'pending',
  ...more,
})

test('each field of an export lands where it should', async () => {
  const all = await importedFrom('taskwarrior', trackerFixture('taskwarrior/export.json'))
  const one = byTitle(all, 'Read')
  expect(one).toMatchObject({
    title: 'Read the config once – 設定 🚀',
    status: 'in_progress',
    priority: 'high',
    estimate: '3h',
    deadline: '2026-12-24T18:00:00Z',
    metadata: { project: 'server.config', ticket: 'OPS-17' },
    comments: [{ text: 'Looks right: see https://example.com/rfc' }, { text: 'Merged after review' }],
  })
  expect(one.comments.map(({ at }) => at)).toEqual([one.createdAt, one.startedAt])
  expect(labelsOf(all, one.source!.id)).toEqual(['ops', 'perf'])
  const waiting = byTitle(all, 'Say')
  expect(edgesOf(all, waiting.source!.id).dependsOn).toEqual(
    [one, byTitle(all, 'Measure')].map(({ source }) => source!.id).sort(),
  )
  expect(waiting.metadata).toMatchObject({
    scheduled: '2026-12-01T00:00:00Z', wait: '2026-11-30T00:00:00Z', until: '2027-01-31T00:00:00Z',
  }) // biome-ignore format: a row
})

test('each status is ours, and recurrence is said to be lost', async () => {
  const all = await importedFrom('taskwarrior', trackerFixture('taskwarrior/export.json'))
  expect(byTitle(all, 'Measure')).toMatchObject({ status: 'completed', priority: 'low' })
  expect(byTitle(all, 'Made')).toMatchObject({ status: 'cancelled', reason: 'deleted' })
  const plants = [...all.tasks.values()].filter(({ title }) => title === 'Water the plants')
  expect(plants).toHaveLength(2)
  expect(plants.map(({ labels }) => [...labels.keys()])).toEqual([['recurring'], []])
  expect(plants[1]).toMatchObject({
    status: 'pending',
    parent: null,
    metadata: { recur: 'weekly', parent: plants[0]!.source!.id },
  })
  expect(all.warned.map((line) => line.replace(/^item \d+ /, ''))).toEqual(['repeats', 'repeats'])
})

test('an export without a list around it holds the same', async () => {
  const [list, lines] = await Promise.all(
    ['export', 'lines'].map((name) =>
      importedFrom('taskwarrior', trackerFixture(`taskwarrior/${name}.json`)),
    ),
  )
  expect(lines!.plan.logs.map(({ id }) => id).sort()).toEqual(list!.plan.logs.map(({ id }) => id).sort())
})

test('who waits for a time that was still to come when the file was written has the label for it', async () => {
  const labels = async (...given: object[]) => {
    const all = await importedFrom(
      'taskwarrior',
      trackerFile(given.map((one, i) => task({ uuid: `u-${i}`, ...one }))),
    )
    return given.map((_, i) => labelsOf(all, `u-${i}`))
  }
  expect(
    await labels(
      { wait: '20270101T000000Z' },
      { wait: '20260401T000000Z', modified: '20260501T090000Z' },
      { status: 'waiting', wait: '20270101T000000Z' },
      { status: 'completed', end: '20260302T090000Z', wait: '20270101T000000Z' },
    ),
  ).toEqual([['waiting'], [], ['waiting'], []])
})

test.each([
  [{ depends: 'u-8,u-9' }, { metadata: { deps: [{ id: 'u-8', type: 'blocks' }, { id: 'u-9', type: 'blocks' }] } }],
  [{ status: 'waiting', wait: '20270101T000000Z' }, { status: 'pending' }],
  [{ status: 'odd' }, { status: 'pending', metadata: { status: 'odd' } }],
  [{ priority: 'X' }, { priority: 'medium', metadata: { priority: 'X' } }],
  [{ estimate: 'P2D' }, { estimate: '2d', metadata: {} }],
  [{ estimate: 'PT90M' }, { estimate: '90m' }],
  [{ estimate: 'PT1H30M' }, { estimate: null, metadata: { estimate: 'PT1H30M' } }],
  [{ estimate: 5 }, { estimate: '5pt' }],
  [{ status: 'completed', end: '20260302T090000Z', modified: '20260303T090000Z' }, { completedAt: '2026-03-02T09:00:00.000Z', metadata: { updated_at: '2026-03-03T09:00:00Z' } }],
])('%j', async (given, expected) => {
  const { tasks } = await importedFrom('taskwarrior', trackerFile([task(given)]))
  expect(tasks.get('u-1')).toMatchObject(expected)
}) // biome-ignore format: a table

test('times that are none are refused, and so is a file that ends too early', async () => {
  await expect(
    importedFrom('taskwarrior', trackerFile([task({ entry: 'yesterday' })])),
  ).rejects.toMatchObject({
    message: expect.stringContaining('item 1: created_at is not a date or instant'),
  })
  await expect(importedFrom('taskwarrior', trackerFile('[\n{"uuid":1'))).rejects.toMatchObject({
    message: expect.stringContaining(
      'line 2: document ends at column 10, before the JSON does; is the file whole?',
    ),
  })
})
