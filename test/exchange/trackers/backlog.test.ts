import { expect, test } from 'vitest'
import type { TrackerFile } from '../../../src/exchange/trackers/tracker-task.ts'
import { edgesOf, importedFrom, labelsOf, trackerFile, trackerFixture } from '../../support/trackers.ts'

const file = (path: string, text: string): TrackerFile => trackerFile(text, path)[0]!
const task = (path: string, head: string, body = '') => file(path, `---\n${head}\n---\n${body}`)

test('each field of a task file lands where it should', async () => {
  const all = await importedFrom('backlog', trackerFixture('backlog'))
  const one = all.tasks.get('TASK-1')!
  expect(one).toMatchObject({
    title: 'Read the configuration once: it is "hot" – 設定を読む',
    type: 'bug',
    status: 'in_progress',
    priority: 'high',
    assignee: 'ann',
    deadline: '2026-12-24',
    criteria: [
      { text: 'A request reads no file', met: true },
      { text: 'SIGHUP reads it again, `kill -HUP` works', met: false },
      { text: 'Tests pass', met: false },
    ],
    comments: [
      { text: 'Looks right.\n\nTwo lines: yes.', by: 'bob' },
      { text: 'Merged after review', by: 'Zoë' },
    ],
    metadata: {
      assignees: ['ann', 'bob'],
      milestone: 'Release 1',
      milestone_id: 'm-0',
      references: ['https://example.com/rfc'],
      documentation: ['docs/config.md'],
      modified_files: ['src/config.ts'],
      definition_of_done: ['Tests pass'],
      ordinal: 1000,
    },
  })
  // Headings inside the description are its own.
  expect(one.description).toBe(
    'It is read at each request.\n\n- once at start\n- again on SIGHUP 🚀\n\n```md\n## No heading\n```\n\n## Why here\n\nIt costs 12 ms.\n\n## Implementation Plan\n\n1. Measure\n2. Cache it\n\n## Implementation Notes\n\nCached in a module.\n\n### Numbers\n\n12 ms before, 0 after.',
  )
  expect(one.createdAt).toMatch(/^2026-11-22T07:\d\d:00\.000Z$/)
  expect(labelsOf(all, 'TASK-1')).toEqual(['good-first-issue', 'perf'])
  expect(edgesOf(all, 'TASK-3')).toEqual({ dependsOn: ['TASK-1', 'TASK-2'], parent: null })
  expect(edgesOf(all, 'TASK-1.1')).toEqual({ dependsOn: ['TASK-2'], parent: 'TASK-1' })
})

test('folders and the configured order of statuses say where a task stands', async () => {
  const all = await importedFrom('backlog', trackerFixture('backlog'))
  const standing = [...all.tasks].map(([id, { status, metadata }]) => [id, status, metadata.status])
  expect(Object.fromEntries(standing.map(([id, ...rest]) => [id, rest]))).toEqual({
    'TASK-1': ['in_progress', undefined],
    'TASK-1.1': ['pending', 'Inbox'],
    'TASK-2': ['completed', 'Shipped'],
    'TASK-3': ['in_progress', 'Proofread'],
    'DRAFT-1': ['pending', undefined],
    'TASK-5': ['completed', undefined],
    'TASK-4': ['cancelled', undefined],
  })
  expect(labelsOf(all, 'DRAFT-1')).toEqual(['draft'])
  expect(all.warned.map((line) => line.replace(/^.*\/(\S+) .*\.md /, '$1 '))).toEqual([
    'task-4 undated_end', 'task-5 undated_end', 'task-1 assignees', 'task-1.1 status', 'task-2 status', 'task-2 undated_end', 'task-3 status', 'task-3 type',
  ]) // biome-ignore format: a list
})

test('files of older versions, without marks and with lower case ids, are read by their headings', async () => {
  const body =
    'Before all headings.\n\n## Description\n\nRead it once.\n\n~~~\n## not a heading\n~~~\n\n## Acceptance Criteria\n\n- [x] #1 First\n  goes on\n- [ ] Second\n- Third\n\n## Risks\n\nNone.\n'
  const all = await importedFrom('backlog', [
    task('tasks/task-7 - a.md', 'id: task-7\ntitle: A\nstatus: Done\nreporter: "@ann"\nassignee: bob\ncreated_date: 2025-06-01\nupdated_date: 2025-06-02 10:00', body),
    task('tasks/task-7.1 - b.md', 'id: task-7.1\ntitle: B\nstatus: To Do\npriority: soon\ncreated_date: 2025-06-01\ndependencies:\n  - task-7\n  - 9'),
  ]) // biome-ignore format: a row for each
  expect(all.tasks.get('TASK-7')).toMatchObject({
    description: 'Read it once.\n\n~~~\n## not a heading\n~~~\n\nBefore all headings.\n\n## Risks\n\nNone.',
    criteria: [
      { text: 'First goes on', met: true },
      { text: 'Second', met: false },
      { text: 'Third', met: false },
    ],
    createdBy: 'ann',
    assignee: 'bob',
    completedAt: '2025-06-02T10:00:00.000Z',
  })
  expect(edgesOf(all, 'TASK-7.1')).toEqual({ dependsOn: ['TASK-7'], parent: 'TASK-7' })
  expect(all.tasks.get('TASK-7.1')!.metadata).toEqual({
    priority: 'soon',
    deps: [{ id: '9', type: 'blocks' }],
  })
})

test('an archived task whose id was given again is another task', async () => {
  const all = await importedFrom('backlog', [
    task('archive/tasks/task-1 - old.md', 'id: TASK-1\ntitle: Old'),
    task('tasks/task-1 - new.md', 'id: TASK-1\ntitle: New'),
  ])
  expect([...all.tasks].map(([id, { title }]) => [id, title])).toEqual([
    ['TASK-1', 'New'],
    ['archive/TASK-1', 'Old'],
  ])
})

test.each([
  ['no head', 'is missing: the file does not begin with lines of YAML between --- and ---'],
  ['---\na: [\n---\n', /line \d: front matter is no YAML/],
  ['---\n- a\n---\n', 'front matter has no fields'],
  ['---\ntitle: A\n---\n', 'id is missing'],
])('a file that is no task is refused: %j', async (text, rule) => {
  const found = importedFrom('backlog', [file('tasks/task-1 - a.md', text)])
  await expect(found).rejects.toMatchObject({ message: expect.stringMatching(rule) })
})

test('a file that is no text is refused, and a configuration that is none is passed over', async () => {
  const bad = { path: 'tasks/task-1 - a.md', bytes: new Uint8Array([0x2d, 0xff]) }
  await expect(importedFrom('backlog', [bad])).rejects.toMatchObject({
    message: expect.stringContaining('is not text in UTF-8'),
  })
  const good = task('tasks/task-1 - a.md', 'id: TASK-1\ntitle: A\nstatus: Odd')
  const all = await importedFrom('backlog', [file('config.yml', 'a: ['), good])
  expect(all.tasks.get('TASK-1')).toMatchObject({ status: 'pending', metadata: { status: 'Odd' } })
})
