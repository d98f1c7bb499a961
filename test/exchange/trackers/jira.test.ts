import { describe, expect, test } from 'vitest'
import { adfText } from '../../../src/exchange/trackers/adf-text.ts'
import { jiraStatus, jiraTime } from '../../../src/exchange/trackers/jira-words.ts'
import { edgesOf, importedFrom, labelsOf, trackerFile, trackerFixture } from '../../support/trackers.ts'

test('each column of the CSV lands where it should', async () => {
  const all = await importedFrom('jira', trackerFixture('jira/issues.csv'))
  expect(all.tasks.get('OPS-7')).toMatchObject({
    title: 'Read the configuration once – 設定',
    description: 'h2. Why\n\nIt is read at {{each}} request.\n* once, at start\n* again on "SIGHUP"',
    type: 'bug',
    status: 'in_progress',
    priority: 'critical',
    assignee: 'Bob Example',
    createdBy: 'Ann Example',
    createdAt: '2026-03-01T09:00:00.000Z',
    deadline: '2026-12-24',
    estimate: '3h',
    comments: [
      { text: 'Looks right; as far as I see.\nTwo lines.', by: '5b10a2844c20165700ede21g', at: '2026-03-02T20:00:00.000Z' },
      { text: 'Merged after review', by: 'Ann Example', at: '2026-03-03T00:05:00.000Z' },
    ],
    metadata: {
      status: 'Code Review', sprint: ['Sprint 1', 'Sprint 2'], team: 'Platform', story_points: '5.0', components: 'Server', fix_versions: '1.0',
      project: 'Operations', deps: [{ id: 'OPS-9', type: 'relates' }],
    },
  }) // biome-ignore format: rows
  expect(labelsOf(all, 'OPS-7')).toEqual(['ops', 'perf'])
  expect(edgesOf(all, 'OPS-7')).toEqual({ dependsOn: ['OPS-8'], parent: 'OPS-1' })
  // A row without Parent key names its parent by number.
  expect(edgesOf(all, 'OPS-8').parent).toBe('OPS-1')
  expect(all.tasks.get('OPS-8')).toMatchObject({
    status: 'completed',
    type: 'task',
    estimate: '2pt',
    completedAt: '2026-03-02T10:00:00.000Z',
  })
  expect(all.tasks.get('OPS-9')).toMatchObject({
    status: 'cancelled', reason: "Won't Do", metadata: { type: 'story', reporter: 'Bob Example', blocks: ['OPS-99'] },
  }) // biome-ignore format: a row
  expect(all.warned).toEqual(['line 10 type', 'line 3 relation', 'line 3 status'])
})

test('issues of the REST API are the same tasks, with texts as Markdown', async () => {
  const all = await importedFrom('jira', trackerFixture('jira/search.json'))
  expect(all.tasks.get('OPS-7')).toMatchObject({
    type: 'bug', status: 'in_progress', priority: 'critical', assignee: 'Bob Example', createdBy: 'Ann Example',
    createdAt: '2026-03-01T08:00:00.000Z', deadline: '2026-12-24', estimate: '3h',
    comments: [{ text: 'Looks right.', by: 'Bob Example', at: '2026-03-02T19:00:00.000Z' }],
    metadata: {
      status: 'Code Review', reporter: 'Zoë Example', sprint: ['Sprint 1', 'Sprint 2'], Team: 'Platform', 'Story point estimate': 5, components: ['Server'],
      fixVersions: ['1.0'], project: 'Operations',
    },
  }) // biome-ignore format: rows
  expect(all.tasks.get('OPS-7')!.description).toBe(
    [
      '## Why',
      'It is read at **each** request, see [the RFC](https://example.com/rfc).\n@Bob knows.',
      '- once at start\n- again on SIGHUP 🚀\n  1. kill -HUP',
      '```ts\nconst config = read()\n```',
      '> Measured.',
      '---',
      '| Route | ms |\n| / | 12 |',
      '- [x] measure\n- [ ] cache',
      '[attachment graph.png]',
      'https://example.com/card',
      'Inside.',
    ].join('\n\n'),
  )
  expect(edgesOf(all, 'OPS-7')).toEqual({ dependsOn: ['OPS-8'], parent: 'OPS-1' })
  expect(edgesOf(all, 'OPS-8').parent).toBe('OPS-1')
  expect(edgesOf(all, 'OPS-9').parent).toBe('OPS-1')
  expect(all.tasks.get('OPS-8')).toMatchObject({ status: 'completed', estimate: '2pt' })
  expect(all.tasks.get('OPS-9')).toMatchObject({
    status: 'cancelled', reason: "Won't Do", description: 'Text of *version 2* of the API.', metadata: { blocks: ['OPS-99'] },
  }) // biome-ignore format: a row
  expect(all.warned).toEqual(['item 2 partial', 'item 2 relation', 'item 2 status', 'item 4 type'])
})

test('without the names of its own fields a sprint is known by what it is, also in the words of Jira Server', async () => {
  const fields = {
    summary: 'A', created: '2026-03-01T09:00:00.000+0000', priority: { name: 'Odd' },
    customfield_1: ['com.atlassian.greenhopper.service.sprint.Sprint@1f[id=1,state=ACTIVE,name=Sprint 9,goal=]'], customfield_2: { value: 'x' },
  } // biome-ignore format: rows
  const { tasks } = await importedFrom('jira', trackerFile([{ key: 'A-1', fields }]))
  expect(tasks.get('A-1')!.metadata).toEqual({ sprint: ['Sprint 9'], customfield_2: 'x', priority: 'Odd' })
})

test.each([
  ['Summary,Status\nA,Done\n', 'line 1: heading has no column Issue key'],
  ['Issue key,Status\nA,Done\n', 'line 1: heading has no column Summary'],
  ['Issue key,Summary,Created\nA-1,A,01/Mär/26 9:00 AM\n', 'line 2: created_at is not a date'],
  ['Issue key,Summary,Created\nA-1,A,"01/Mar/26\n', 'has a quote that does not end'],
])('%j is refused', async (text, rule) => {
  await expect(importedFrom('jira', trackerFile(text, 'jira.csv'))).rejects.toMatchObject({
    message: expect.stringContaining(rule),
  })
})

describe('words of Jira', () => {
  test.each([
    ['22/Nov/26 7:20 AM', '2026-11-22 07:20'],
    ['22/Nov/26 12:05 AM', '2026-11-22 00:05'],
    ['22/Nov/2026 12:05 PM', '2026-11-22 12:05'],
    ['2/Nov/26 17:05', '2026-11-02 17:05'],
    ['22/Nov/26', '2026-11-22'],
    ['2026-11-22 07:20', '2026-11-22 07:20'],
    ['11/22/2026', '11/22/2026'],
  ])('the time %s', (text, time) => {
    expect(jiraTime(text)).toBe(time)
  })

  test.each([
    ['Done', 'done', 'Done', 'closed'],
    ['Shipped', 'done', '', 'closed'],
    ['Shipped', '', 'Fixed', 'closed'],
    ['Shipped', 'Done', 'Duplicate', 'cancelled'],
    ['Triage', 'To Do', '', 'pending'],
    ['On hold', '', 'Unresolved', 'blocked'],
    ['QA', '', '', 'in_progress'],
    ['', '', '', 'pending'],
  ])('the status %s of category %s with resolution %s', (status, category, resolution, expected) => {
    expect(jiraStatus({ place: 'line 2', status, category, resolution }, []).status).toBe(expected)
  })

  test('texts without a tree are as they are, and none is empty', () => {
    expect([
      adfText('a'),
      adfText(null),
      adfText({ type: 'doc', content: [{ type: 'emoji', attrs: { shortName: ':x:' } }] }),
    ]).toEqual(['a', '', ':x:'])
  })
})

test('code with backticks stays whole', () => {
  const code = {
    type: 'codeBlock',
    attrs: { language: 'js' },
    content: [{ type: 'text', text: '`a`;\n```\nb' }],
  }
  expect(adfText({ type: 'doc', content: [code] })).toBe('````js\n`a`;\n```\nb\n````')
})

test.each([
  [{ isLast: false, nextPageToken: 'x' }, {}, 'another page'],
  [{ isLast: false, nextPageToken: 'x' }, { isLast: true }, null],
  [{ startAt: 0, maxResults: 1, total: 5 }, { startAt: 1, maxResults: 1, total: 5 }, '3 more issues'],
  [{ startAt: 0, maxResults: 1, total: 2 }, { startAt: 1, maxResults: 1, total: 2 }, null],
  [{}, { nextPageToken: 'y' }, 'another page'],
])('that a search goes on is said: %j, %j', async (first, second, said) => {
  const page = (key: string, more: object) => ({ ...more, issues: [{ key, fields: { summary: 'A' } }] })
  const isOne = Object.keys(second).length === 0
  const pages = [page('A-1', first), ...(isOne ? [] : [page('A-2', second)])]
  const { plan } = await importedFrom(
    'jira',
    trackerFile(pages.map((each) => JSON.stringify(each)).join('\n')),
  )
  expect(plan.tasks).toHaveLength(pages.length)
  const partial = plan.warnings.filter(({ kind }) => kind === 'partial').map(({ message }) => message)
  expect(partial).toEqual(said === null ? [] : [expect.stringContaining(said)])
})

test('people behind accounts are named by the columns that tell both', async () => {
  const [ann, bob] = ['5b10a2844c20165700ede21a', '712020:b0892835-64bc-4809-afd1-cc09a3ffc20e']
  const csv = [
    'Summary,Issue key,Status,Assignee,Assignee Id,Description,Watchers,Watchers,Watchers Id,Watchers Id,Comment,Comment,Custom field (Leads),Custom field (Leads)Id',
    `One,OPS-1,To Do,Ann Example,${ann},[~accountid:${bob}] knows; [~accountid:nobody] does not.,Bob Example,,${bob},,01/Mar/26 9:00 AM;${bob};[~accountid:${ann}] too,01/Mar/26 9:00 AM;5b10a2844c20165700ede21f;x,Ann Example,${ann}`,
  ].join('\n')
  const task = (await importedFrom('jira', trackerFile(csv, 'jira.csv'))).tasks.get('OPS-1')!
  expect(task.description).toBe('@Bob Example knows; [~accountid:nobody] does not.')
  expect(task.comments).toMatchObject([
    { by: 'Bob Example', text: '@Ann Example too' },
    { by: '5b10a2844c20165700ede21f', text: 'x' },
  ])
  expect(task.metadata).toMatchObject({ leads: 'Ann Example', leads_id: ann })
})

test('headings in another language are refused with what to do', async () => {
  const csv = trackerFile('Resumen,Clave de incidencia,Estado\nUno,OPS-1,Por hacer\n', 'jira.csv')
  await expect(importedFrom('jira', csv)).rejects.toThrow(/no column Issue key and no Summary; .*English/)
})

test('the table that Jira Cloud writes of a small project is read with all that it says', async () => {
  const all = await importedFrom('jira', trackerFixture('jira/cloud-2025.csv'))
  expect(all.tasks.get('OPS-25')).toMatchObject({ title: 'Say "why" in the "log"', status: 'pending' })
  expect(all.tasks.get('OPS-19')).toMatchObject({
    status: 'completed', assignee: 'Bob Example', createdBy: 'Ann Example', deadline: '2025-09-18', completedAt: '2025-09-12T12:05:00.000Z',
    comments: [
      { by: 'Bob Example', text: '@Ann Example is it whole?\n\n!graph.png|width=800,height=394,alt="graph.png"!', at: '2025-09-05T07:24:00.000Z' },
      { by: 'Ann Example', text: 'It is.' },
    ],
  }) // biome-ignore format: rows
  expect(Object.keys(all.tasks.get('OPS-19')!.metadata).sort()).toEqual([
    'assignee_id', 'attachment', 'creator_id', 'project', 'project_key', 'reporter_id', 'sprint', 'type', 'updated_at', 'watchers', 'watchers_id',
  ]) // biome-ignore format: a list
  expect(all.warned).toEqual(['line 3 type'])
})
