import { expect, test } from 'vitest'
import { edgesOf, importedFrom, labelsOf, trackerFile, trackerFixture } from '../../support/trackers.ts'

test('each field of tasks.json lands where it should, of every tag', async () => {
  const all = await importedFrom('task-master', trackerFixture('task-master/tasks.json'))
  expect([...all.tasks].map(([id, { status, priority }]) => `${id} ${status} ${priority}`)).toEqual([
    '1 in_progress high', '1.1 completed medium', '1.2 pending medium', '2 completed low', '3 blocked medium',
    '4 pending medium', '5 cancelled medium', '6 in_progress medium', 'later/1 pending medium',
  ]) // biome-ignore format: a list
  expect(all.tasks.get('1')).toMatchObject({
    title: 'Read the configuration once – 設定 🚀',
    description:
      'It is read at each request.\n\n## Details\n\n1. Measure\n2. Cache it in a module\n\n```ts\nconst config = read()\n```',
    metadata: { updated_at: expect.stringMatching(/^2026-11-22T/) },
  })
  expect(edgesOf(all, '3')).toEqual({ dependsOn: ['1', '2'], parent: null })
  expect(edgesOf(all, '1.2')).toEqual({ dependsOn: ['1.1'], parent: '1' })
  expect(labelsOf(all, '4')).toEqual(['deferred'])
  expect(all.tasks.get('6')!.metadata).toMatchObject({ status: 'review' })
  expect(all.tasks.get('later/1')!.metadata).toEqual({ tag: 'later' })
  expect(all.warned).toEqual([
    'task 1.1 undated_end',
    'task 2 undated_end',
    'task 5 undated_end',
    'task 6 status',
  ])
})

test('one list without tags, as older versions wrote it, with numbers for sisters and test strategies', async () => {
  const subtasks = [
    { id: 1, title: 'A', status: 'pending', dependencies: [] },
    { id: 2, title: 'B', status: 'pending', dependencies: [1, 7, '7'], priority: 'someday' },
  ]
  const tasks = [
    { id: 7, title: 'Other', status: 'done', dependencies: [], details: '' },
    { id: 8, title: 'Whole', status: 'pending', dependencies: [7], testStrategy: 'Count the reads.', subtasks, assignee: 'ann', createdAt: '2025-06-01T00:00:00Z' },
  ] // biome-ignore format: a row for each
  const all = await importedFrom('task-master', trackerFile({ tasks, metadata: { projectName: 'Sample' } }))
  expect(all.tasks.get('8')).toMatchObject({
    description: '## Test strategy\n\nCount the reads.', assignee: 'ann', createdAt: '2025-06-01T00:00:00.000Z',
  }) // biome-ignore format: a row
  expect(edgesOf(all, '8.2')).toEqual({ dependsOn: ['7', '8.1'], parent: '8' })
  expect(all.tasks.get('8.2')!.metadata).toEqual({ priority: 'someday' })
})

test.each([
  ['{"a":1}', 'line 1: document has no list of tasks'],
  ['{', 'line 1: document ends at column 2, before the JSON does'],
  ['{"master":{"tasks":[7]}}', 'id is missing'],
])('%j is refused', async (text, rule) => {
  await expect(importedFrom('task-master', trackerFile(text))).rejects.toMatchObject({
    message: expect.stringContaining(rule),
  })
})
