import { expect, test } from 'vitest'
import { importedFrom, labelsOf, trackerFile, trackerFixture } from '../../support/trackers.ts'

const ID = 'example/team/sample#7'

test('each column of the CSV lands where it should, and its guards against formulas go', async () => {
  const all = await importedFrom('gitlab', trackerFixture('gitlab/issues.csv'))
  expect(all.tasks.get(ID)).toMatchObject({
    title: 'Read the configuration once – 設定',
    description: '- once at start\n- again on "SIGHUP" 🚀',
    type: 'bug',
    priority: 'high',
    status: 'pending',
    assignee: 'bob',
    createdBy: 'ann',
    createdAt: '2026-03-01T09:00:00.000Z',
    deadline: '2026-12-24',
    estimate: '3h',
    metadata: {
      url: 'https://gitlab.com/example/team/sample/-/issues/7',
      milestone: 'Release 1', weight: '3', time_spent: '1800 s', epic_id: '12', epic_title: 'A faster start',
    },
  }) // biome-ignore format: rows
  expect(labelsOf(all, ID)).toEqual(['good-first-issue', 'priority::1', 'type::bug'])
  expect(all.tasks.get('example/team/sample#8')).toMatchObject({
    status: 'completed', completedAt: '2026-03-02T10:00:00.000Z', metadata: { confidential: 'Yes' },
  }) // biome-ignore format: a row
  expect(all.tasks.get('example/team/sample#9')).toMatchObject({
    title: '=SUM(A1) breaks', estimate: '5pt', metadata: { assignees: ['ann', 'zoe'], locked: 'Yes' },
  }) // biome-ignore format: a row
  expect(all.warned).toEqual(['file partial', 'line 5 assignees'])
})

test('issues of the REST API are the same tasks with what the CSV has not', async () => {
  const all = await importedFrom('gitlab', trackerFixture('gitlab/issues.json'))
  expect(all.tasks.get(ID)).toMatchObject({
    description: '- once at start\n- again on SIGHUP 🚀',
    type: 'bug', priority: 'high', assignee: 'bob', createdBy: 'ann', deadline: '2026-12-24', estimate: '3h',
    metadata: { milestone: 'Release 1', milestone_due: '2026-12-31', epic: 'A faster start', weight: 3, time_spent: '1800 s', upvotes: 2, assignees: ['bob', 'zoe'] },
  }) // biome-ignore format: rows
  expect(all.tasks.get('example/team/sample#8')).toMatchObject({
    status: 'completed', completedBy: 'bob', metadata: { confidential: true },
  }) // biome-ignore format: a row
  expect(all.tasks.get('example/team/sample#9')).toMatchObject({
    type: 'task',
    estimate: '5pt',
    metadata: { type: 'incident', severity: 'HIGH' },
  })
  expect(all.warned).toEqual(['item 1 assignees', 'item 1 partial', 'item 3 type'])
})

test('comments that were put in as notes are kept, without those of the system', async () => {
  const notes = [
    {
      body: 'changed the weight',
      system: true,
      author: { username: 'ann' },
      created_at: '2026-03-02T00:00:00Z',
    },
    { body: 'Looks right.', system: false, author: { username: 'bob' }, created_at: '2026-03-03T00:00:00Z' },
  ]
  const issue = {
    iid: 1,
    title: 'A',
    state: 'opened',
    created_at: '2026-03-01T00:00:00Z',
    notes,
    user_notes_count: 1,
  }
  const all = await importedFrom('gitlab', trackerFile([issue]))
  expect(all.tasks.get('1')!.comments).toMatchObject([
    { text: 'Looks right.', by: 'bob', at: '2026-03-03T00:00:00.000Z' },
  ])
  expect(all.warned).toEqual([])
})

test.each([
  ['Title,State\nA,Open\n', 'line 1: heading has no column issue id'],
  ['Title,Issue ID,State\nA,1,Open,x\n', 'line 2: row has 4 cells under 3 headings'],
  ['Title,Issue ID,State,Created At (UTC)\nA,1,Open,soon\n', 'line 2: created_at is not a date'],
])('%j is refused', async (text, rule) => {
  await expect(importedFrom('gitlab', trackerFile(text, 'issues.csv'))).rejects.toMatchObject({
    message: expect.stringContaining(rule),
  })
})

test('merge requests, which the same tools write much alike, are left out and said', async () => {
  const request = (iid: number, more: object) => ({ iid, title: 'A change', state: 'opened', ...more })
  const url = 'https://gitlab.com/example/team/sample/-/'
  const all = await importedFrom(
    'gitlab',
    trackerFile([
      request(1, { web_url: `${url}merge_requests/1` }),
      request(2, { source_branch: 'fix', target_branch: 'main' }),
      request(3, { web_url: `${url}issues/3`, merge_requests_count: 1 }),
    ]),
  )
  expect([...all.tasks.keys()]).toEqual(['example/team/sample#3'])
  expect(all.warned).toEqual(['item 1 left_out', 'item 2 left_out'])
  expect(all.plan.warnings[0]?.message).toBe('it is a merge request')
})
