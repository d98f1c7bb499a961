import { expect, test } from 'vitest'
import { importedFrom, labelsOf, trackerFile, trackerFixture } from '../../support/trackers.ts'

const ID = 'a1'.repeat(32)

test('whole bugs that follow each other are read with their comments', async () => {
  const all = await importedFrom('git-bug', trackerFixture('git-bug/bugs.json'))
  expect(all.tasks.get(ID)).toMatchObject({
    title: 'Read the configuration once – 設定 🚀',
    description: 'It is read at each request.\n\n- once at start\n- again on SIGHUP',
    type: 'bug',
    priority: 'high',
    status: 'pending',
    createdBy: 'Ann',
    createdAt: '2026-03-01T09:00:00.000Z',
    comments: [
      { text: 'Looks right.\n\nTwo lines.', by: 'Bob' },
      { text: 'Merged after review', by: 'Ann' },
    ],
    metadata: { participants: ['Ann', 'Bob'], updated_at: '2026-03-03T10:00:00+01:00' },
  })
  expect(labelsOf(all, ID)).toEqual(['bug', 'good-first-issue', 'priority:-high'])
  expect(all.tasks.get('b2'.repeat(32))).toMatchObject({
    status: 'completed', description: '', completedAt: '2026-03-02T09:00:00.000Z', metadata: { assumed: ['closed_at'] },
  }) // biome-ignore format: a row
  expect(all.warned).toEqual(['item 1 partial', 'item 2 undated_end'])
})

test('a list has no texts, which is said; it is the same tasks', async () => {
  const list = await importedFrom('git-bug', trackerFixture('git-bug/list.json'))
  const whole = await importedFrom('git-bug', trackerFixture('git-bug/bugs.json'))
  expect([...list.tasks.values()].map(({ id }) => id)).toEqual([...whole.tasks.values()].map(({ id }) => id))
  expect(list.tasks.get(ID)).toMatchObject({
    description: '', comments: [], metadata: { 'github-url': 'https://github.com/example/sample/issues/7' },
  }) // biome-ignore format: a row
  expect(list.warned).toEqual(['item 1 partial', 'item 2 partial', 'item 2 undated_end'])
})

test('times of older versions are text, and another status is kept as a word', async () => {
  const bug = {
    id: 'x',
    human_id: 'x',
    title: 'A',
    status: 'odd',
    create_time: '2020-01-02T03:04:05Z',
    comments: [],
  }
  const { tasks, warned } = await importedFrom('git-bug', trackerFile([bug]))
  expect(tasks.get('x')).toMatchObject({ createdAt: '2020-01-02T03:04:05.000Z', metadata: { status: 'odd' } })
  expect(warned).toEqual(['item 1 status'])
})

test.each([['{"id":"x"} tail {"id":"y"}'], ['{"id":"x"}}{'], ['{"id":"x"}{"id":y}'], ['']])(
  'what is no JSON is refused: %j',
  async (text) => {
    await expect(importedFrom('git-bug', trackerFile(text))).rejects.toMatchObject({
      error: 'IMPORT_REJECTED',
    })
  },
)
