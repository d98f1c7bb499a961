import { expect, test } from 'vitest'
import { trackerOf } from '../../../src/exchange/read-tracker.ts'
import { edgesOf, importedFrom, labelsOf, trackerFile, trackerFixture } from '../../support/trackers.ts'

const ID = 'example/sample#7'

test('each field that gh prints lands where it should', async () => {
  const all = await importedFrom('github', trackerFixture('github/gh-issues.json'))
  expect(all.tasks.get(ID)).toMatchObject({
    title: 'Read the configuration once – 設定',
    description: 'It is read at each request.\n\n- [ ] once at start\n- [x] again on SIGHUP 🚀',
    type: 'bug',
    priority: 'high',
    status: 'pending',
    assignee: 'bob',
    createdBy: 'ann',
    createdAt: '2026-03-01T09:00:00.000Z',
    comments: [
      { text: 'Looks right.\n\nTwo lines.', by: 'bob', at: '2026-03-02T08:00:00.000Z' },
      { text: 'Merged after review', by: 'ann', at: '2026-03-03T08:00:00.000Z' },
    ],
    metadata: {
      url: 'https://github.com/example/sample/issues/7',
      milestone: 'Release 1',
      milestone_due: '2026-12-24T08:00:00Z',
      assignees: ['bob', 'zoe'],
      labels: ['type: bug', 'priority: high', 'good first issue', 'a "quoted" one'],
      isPinned: true,
    },
  })
  expect(labelsOf(all, ID)).toEqual(['a-quoted-one', 'good-first-issue', 'priority:-high', 'type:-bug'])
  expect(edgesOf(all, ID)).toEqual({ dependsOn: ['example/sample#8'], parent: 'example/sample#5' })
  expect(all.tasks.get('example/sample#8')).toMatchObject({
    status: 'completed',
    completedAt: '2026-03-02T10:00:00.000Z',
  })
  expect(all.tasks.get('example/sample#9')).toMatchObject({
    status: 'cancelled',
    reason: 'not_planned',
    type: 'enhancement',
  })
  expect(all.tasks.get('example/sample#5')).toMatchObject({ status: 'pending', type: 'feature' })
  expect(all.warned).toEqual(['item 1 assignees', 'item 1 dropped', 'item 1 label'])
})

test('issues of the REST API are the same tasks; pull requests and missing comments are said', async () => {
  const rest = await importedFrom('github', trackerFixture('github/rest-issues.json'))
  const gh = await importedFrom('github', trackerFixture('github/gh-issues.json'))
  expect([...rest.tasks.keys()].sort()).toEqual([...gh.tasks.keys()].sort())
  expect(rest.tasks.get(ID)).toMatchObject({
    description: 'It is read at each request.', type: 'bug', assignee: 'bob', createdBy: 'ann',
    metadata: { author_association: 'OWNER', reactions: { total_count: 1, '+1': 1 }, milestone: 'Release 1' },
  }) // biome-ignore format: a row
  expect(Object.keys(rest.tasks.get(ID)!.metadata).filter((key) => /_url$|node|^id$/.test(key))).toEqual([])
  expect(edgesOf(rest, ID).parent).toBe('example/sample#5')
  expect(rest.tasks.get('example/sample#8')).toMatchObject({ status: 'completed', completedBy: 'bob' })
  expect(rest.tasks.get('example/sample#9')).toMatchObject({ status: 'cancelled', reason: 'not_planned' })
  expect(rest.warned).toEqual(['item 1 partial', 'item 4 left_out'])
})

const issue = (number: number, more: object = {}) => ({
  number,
  title: `Issue ${number}`,
  state: 'open',
  ...more,
})

test.each([
  ['pages one after the other', `${JSON.stringify([issue(1)])}\n${JSON.stringify([issue(2)])}`],
  ['pages in a list', JSON.stringify([[issue(1)], [issue(2)]])],
  ['the answer of a search', JSON.stringify({ total_count: 2, items: [issue(1), issue(2)] })],
  ['issues one after the other', `${JSON.stringify(issue(1))}\n${JSON.stringify(issue(2))}`],
])('%s are read as one list', async (_, text) => {
  expect([...(await importedFrom('github', trackerFile(text))).tasks.keys()]).toEqual(['1', '2'])
})

test('what the tool itself wrote is read: Debian’s gh 2.23, all of its fields', async () => {
  const all = await importedFrom('github', trackerFixture('github/gh-2.23.json'))
  expect([...all.tasks.keys()]).toEqual(['example/sample#9', 'example/sample#8', 'example/sample#7'])
  expect(all.tasks.get(ID)).toMatchObject({
    description: 'It is read at each request, and <b>slowly</b> & often.\n\n- [ ] once, at start\n- [x] again on SIGHUP\n\nSee #8.',
    type: 'bug', priority: 'high', status: 'pending', assignee: 'bob', createdBy: 'ann',
    comments: [
      { text: 'Looks right.\n\nTwo lines.', by: 'bob', at: '2026-03-02T20:00:00.000Z' },
      { text: 'Merged after review', by: 'ann', at: '2026-03-03T08:00:00.000Z' },
    ],
    metadata: { milestone: 'Release 1', assignees: ['bob', 'zoe'] },
  }) // biome-ignore format: rows
  // It has no stateReason yet, so that what was not planned cannot be told from what was done.
  expect(all.tasks.get('example/sample#9')!.status).toBe('completed')
  expect(all.warned).toEqual(['item 3 assignees', 'item 3 dropped', 'item 3 label'])
})

test.each([
  { assignees: [], labels: [] },
  { labels: [{ id: 'LA_1', name: 'type/feat', description: '', color: '0052CC' }, { id: 'LA_2', name: 'priority/P3', description: '', color: 'c2e0c6' }], milestone: null, updatedAt: '2026-03-03T08:00:00Z' },
])('of few fields that were asked for it is known too, and that nothing says what is closed: %j', async (few) => {
  const file = trackerFile([{ ...few, number: 7, title: 'One' }])
  expect(trackerOf(file[0]!)).toBe('github')
  const all = await importedFrom('github', file)
  expect(all.tasks.get('7')).toMatchObject({ title: 'One', status: 'pending' })
  if ('milestone' in few) expect(all.tasks.get('7')).toMatchObject({ type: 'feature', priority: 'low' })
  expect(all.warned).toEqual(['file partial'])
}) // biome-ignore format: a row for each

test('a time of its end says that an issue is closed', async () => {
  const all = await importedFrom(
    'github',
    trackerFile([{ number: 7, title: 'One', closedAt: '2026-03-03T08:00:00Z' }]),
  )
  expect(all.tasks.get('7')!.status).toBe('completed')
})

test('edges that lead out of the file, and those that only the other end tells', async () => {
  const url = (n: number) => `https://github.com/o/r/issues/${n}`
  const all = await importedFrom('github', trackerFile([
    issue(1, { url: url(1), state: 'odd', blocking: [{ number: 2, url: url(2) }, { number: 9, url: url(9) }], subIssues: [{ number: 8, url: url(8) }] }),
    issue(2, { url: url(2), state: undefined, closed: true, closedAt: '2026-03-02T10:00:00Z', labels: ['P1'] }),
  ])) // biome-ignore format: a row for each
  expect(edgesOf(all, 'o/r#2').dependsOn).toEqual(['o/r#1'])
  expect(all.tasks.get('o/r#1')!.metadata).toMatchObject({ blocks: ['o/r#9'], subtasks: ['o/r#8'] })
  expect(all.tasks.get('o/r#2')).toMatchObject({ status: 'completed', priority: 'high' })
  expect(all.warned).toContain('item 1 status')
})
