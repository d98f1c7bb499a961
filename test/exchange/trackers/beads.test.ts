import { expect, test } from 'vitest'
import { edgesOf, importedFrom, labelsOf, trackerFile, trackerFixture } from '../../support/trackers.ts'

const issue = (more: object = {}) => ({
  id: 'bd-1', title: 'One', status: 'open', priority: 2, issue_type: 'task', created_at: '2026-03-01T09:00:00Z', ...more,
}) // biome-ignore format: a row

test('each field of an issue lands where it should', async () => {
  const all = await importedFrom('beads', trackerFixture('beads/issues.jsonl'))
  expect([...all.tasks.keys()]).toEqual(['sample-a1b', 'sample-a1b.1', 'sample-c3d', 'sample-e5f', 'sample-g7h', 'sample-i9j', 'sample-k1l']) // biome-ignore format: a list
  expect(all.tasks.get('sample-a1b.1')).toMatchObject({
    title: 'Read the configuration once – 設定 🚀',
    description:
      'It is read at each request.\n\n```ts\nconst config = read()\n```\n\n## Design\n\nCache it in a module; SIGHUP empties the cache.\n\n## Notes\n\nMeasured on two cores.\nTwo lines.',
    type: 'bug',
    status: 'in_progress',
    priority: 'critical',
    assignee: 'bob',
    estimate: '3h',
    deadline: '2026-12-24T18:00:00.000Z',
    createdBy: 'ann',
    createdAt: '2026-03-01T17:00:00.500Z',
    startedAt: '2026-03-03T09:00:00.123Z',
    criteria: [
      { text: 'A request reads no file', met: true },
      { text: 'SIGHUP reads it again', met: false },
    ],
    comments: [
      { text: 'Looks right.\n\nTwo lines.', by: 'bob', at: '2026-03-04T08:00:00.000Z' },
      { text: 'Merged after review', by: 'Zoë', at: '2026-03-04T09:30:00.000Z' },
    ],
    metadata: {
      owner: 'ann@example.com',
      external_ref: 'gh-9',
      updated_at: '2026-03-04T09:00:00.123456789Z',
    },
  })
  expect(labelsOf(all, 'sample-a1b.1')).toEqual(['good-first-issue', 'perf'])
  expect(edgesOf(all, 'sample-a1b.1')).toEqual({ dependsOn: ['sample-c3d'], parent: 'sample-a1b' })
})

test('each status is ours, with its reason and time', async () => {
  const all = await importedFrom('beads', trackerFixture('beads/issues.jsonl'))
  expect(all.tasks.get('sample-c3d')).toMatchObject({
    status: 'completed',
    reason: 'Measured: 12 ms. The table is in the notes.',
    completedAt: '2026-03-03T09:00:00.123Z',
    criteria: [{ text: 'The table has a row for each route, and somebody has read it.', met: false }],
    metadata: {
      reason: 'Measured: 12 ms.\nThe table is in the notes.',
      compaction_level: 1,
      original_size: 900,
    },
  })
  expect(all.tasks.get('sample-e5f')).toMatchObject({
    status: 'pending',
    description:
      'An idea only.\n\n## Acceptance criteria\n\nFirst a sentence.\nThen one more, so that this is no list.',
    metadata: { deps: [{ id: 'sample-c3d', type: 'discovered_from' }], defer_until: '2027-01-01T00:00:00Z' },
  })
  expect(labelsOf(all, 'sample-e5f')).toEqual(['deferred'])
  expect(all.tasks.get('sample-g7h')).toMatchObject({ status: 'blocked' })
  expect(all.tasks.get('sample-i9j')).toMatchObject({
    status: 'cancelled', reason: 'twice the same', type: 'bug', statusAt: '2026-03-02T09:00:00.123Z',
  }) // biome-ignore format: a row
  expect(all.tasks.get('sample-k1l')).toMatchObject({
    status: 'in_progress', type: 'task', metadata: { status: 'hooked', type: 'molecule' },
  }) // biome-ignore format: a row
})

test('what is lost is said, each kind of it', async () => {
  const { warned } = await importedFrom('beads', trackerFixture('beads/issues.jsonl'))
  expect(warned).toEqual([
    'line 2 dropped', 'line 4 dropped', 'line 4 relation', 'line 7 status', 'line 7 type', 'line 8 left_out',
  ]) // biome-ignore format: a list
})

test('the list that bd prints as JSON is read too, with its own words for dependencies', async () => {
  const list = [issue(), issue({ id: 'bd-2', dependencies: [{ id: 'bd-1', dependency_type: 'blocks' }] })]
  const all = await importedFrom('beads', trackerFile(list))
  expect(edgesOf(all, 'bd-2')).toEqual({ dependsOn: ['bd-1'], parent: null })
  expect(all.warned).toEqual([])
})

test('a broken line, and one that is no issue, are refused by their places', async () => {
  const text = `${JSON.stringify(issue())}\n{"id":"bd-2"\n{"id":"bd-3","priority":9,"status":"open"}\n`
  await expect(importedFrom('beads', trackerFile(text, 'issues.jsonl'))).rejects.toMatchObject({
    error: 'IMPORT_REJECTED',
    message: expect.stringMatching(
      /line 2: line ends at column 13, before the JSON does; is the line whole\?\n.*line 3: title is missing, as in title: Fix the login\n.*line 3: priority is none of/s,
    ),
  })
})

test('criteria under a heading of their own are criteria', async () => {
  const file = trackerFile(
    issue({ acceptance_criteria: '## Acceptance Criteria\n\n- One is read.\n- Two is read.' }),
  )
  expect((await importedFrom('beads', file)).tasks.get('bd-1')).toMatchObject({
    description: '',
    criteria: [{ text: 'One is read.' }, { text: 'Two is read.' }],
  })
})

test('lines of 2025 have other fields, local times and edges that lead nowhere', async () => {
  const all = await importedFrom('beads', trackerFixture('beads/bd-2025.jsonl'))
  expect(all.tasks.get('old-0d2e77aa')).toMatchObject({
    description: 'It takes > 4 s at each request & more.\n\n## Notes\n\n**Measured** on two cores ✅',
    criteria: [{ text: 'A request reads no file' }, { text: 'SIGHUP reads it again' }],
    status: 'completed',
    createdBy: 'beads',
    createdAt: '2025-11-03T00:20:02.431Z',
    metadata: {
      external_ref: 'https://github.com/example/sample/issues/7',
      deps: [{ id: 'old-9f9f', type: 'discovered_from' }],
    },
  })
  expect(edgesOf(all, 'old-0d2e77aa').parent).toBe('old-0b1c')
  expect(all.warned).toEqual(['line 2 dropped', 'line 2 early', 'line 2 relation'])
})

test('lines of Beads 1.1 say what they are, and have metadata of their own', async () => {
  const all = await importedFrom('beads', trackerFixture('beads/bd-1.1.jsonl'))
  expect(all.tasks.get('new-ble')!.metadata).toMatchObject({
    owner: 'ann@example.com', metadata: { plan: 'v1', sections: ['17', '19'] },
  }) // biome-ignore format: a row
  expect(all.tasks.get('new-ble.1')).toMatchObject({
    status: 'completed', reason: 'Both are met; the table has the numbers.', startedAt: '2026-07-16T19:49:07.000Z',
    criteria: [{ text: 'A request reads no file.' }, { text: 'SIGHUP reads it again.' }],
  }) // biome-ignore format: a row
  expect(edgesOf(all, 'new-ble.1').parent).toBe('new-ble')
  expect(all.warned).toEqual(['line 2 dropped'])
})
