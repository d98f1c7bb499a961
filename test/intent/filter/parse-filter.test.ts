import { describe, expect, test } from 'vitest'
import { TASK_TYPES } from '../../../schemas/vocabulary.ts'
import { parseFilter } from '../../../src/intent/filter/parse-filter.ts'
import type { IntentContext } from '../../../src/intent/parsed-request.ts'
import { CONTEXT } from '../ecosystem-context.ts'

const ANN = 'Ann Lee <ann.lee@example.org>'

describe('words that are a filter', () => {
  test.each<[string, object]>([
    [
      'overdue bugs in akosha assigned to me',
      { overdue: true, type: ['bug'], repo: ['akosha'], assignee: 'me' },
    ],
    [
      'critical open tasks due this week labelled auth',
      { priority: ['critical'], status: ['open'], deadline: '2026-03-09..2026-03-15', label: ['auth'] },
    ],
    [
      'blocked features of ann created since monday',
      { status: ['blocked'], type: ['feature'], assignee: ANN, 'created-after': '2026-03-09' },
    ],
    ['what is ready in crackerjack', { status: ['ready'], repo: ['crackerjack'] }],
    ['my tasks', { assignee: 'me' }],
    ['high priority bugs', { priority: ['high'], type: ['bug'] }],
    [
      'high or critical bugs in session buddy',
      { priority: ['critical', 'high'], type: ['bug'], repo: ['session-buddy'] },
    ],
    ['docs without a deadline', { type: ['docs'], deadline: 'none' }],
    ['unassigned chores', { assignee: 'none', type: ['chore'] }],
    ["ann's open questions", { assignee: ANN, status: ['open'], type: ['question'] }],
    ['due by friday', { deadline: '..2026-03-13' }],
    ['due before 2026-04-01', { deadline: '..2026-03-31' }],
    ['tasks due after Friday', { deadline: '2026-03-14..' }],
    ['due tomorrow', { deadline: '2026-03-12' }],
    ['due next week', { deadline: '2026-03-16..2026-03-22' }],
    ['due in the next 7 days', { deadline: '2026-03-11..2026-03-18' }],
    [
      'completed last week',
      { status: ['completed'], 'completed-after': '2026-03-02', 'completed-before': '2026-03-09' },
    ],
    [
      'bugs closed today',
      {
        status: ['completed'],
        type: ['bug'],
        'completed-after': '2026-03-11',
        'completed-before': '2026-03-12',
      },
    ],
    ['updated in the last 3 days', { 'updated-after': '2026-03-09', 'updated-before': '2026-03-12' }],
    ['created before March 1', { 'created-before': '2026-03-01' }],
    ['#ui bugs about login', { label: ['ui'], type: ['bug'], text: 'login' }],
    ['tasks without label wontfix', { 'no-label': ['wontfix'] }],
    ['"by friday" parser', { text: 'by friday parser' }],
    ['created by bram', { 'created-by': 'Bram Visser <bram@example.org>' }],
    ['in progress @bram', { status: ['in_progress'], assignee: 'Bram Visser <bram@example.org>' }],
    ['timeout in websocket', { text: 'timeout websocket' }],
    ['', {}],
    ['not blocked', { status: ['pending', 'in_progress', 'failed'] }],
    [
      'done bugs closed today',
      {
        status: ['completed'],
        type: ['bug'],
        'completed-after': '2026-03-11',
        'completed-before': '2026-03-12',
      },
    ],
    ['open tasks not blocked', { status: ['pending', 'in_progress', 'failed'] }],
    ['not started', { status: ['pending'] }],
    ['tasks not completed', { status: ['open'] }],
    ['not bugs or docs', { type: TASK_TYPES.filter((type) => type !== 'bug' && type !== 'docs') }],
    ['not urgent', { priority: ['low', 'medium', 'high'] }],
    ['tagged auth not ui', { label: ['auth'], 'no-label': ['ui'] }],
    ['tasks not labelled ui', { 'no-label': ['ui'] }],
    ['not assigned to anyone', { assignee: 'none' }],
    ["bugs that aren't blocked", { type: ['bug'], status: ['pending', 'in_progress', 'failed'] }],
    ['bugs in sb or cj', { type: ['bug'], repo: ['session-buddy', 'crackerjack'] }],
    ['in sb and cj', { repo: ['session-buddy', 'crackerjack'] }],
    ['bugs in akosha, dhara and cj', { type: ['bug'], repo: ['akosha', 'dhara', 'crackerjack'] }],
    ['open in sb assigned to me', { status: ['open'], repo: ['session-buddy'], assignee: 'me' }],
    ['tasks about importer', { text: 'importer' }],
    ['all tasks', { status: ['all'] }],
    ['all open tasks', { status: ['open'] }],
    ['all tasks including completed', { status: ['all'] }],
    ['tasks that depend on #3', { 'depends-on': '3' }],
    ['waiting on #3 or akosha#4', { 'depends-on': '3,akosha#4' }],
    ['tasks with no label', { label: ['none'] }],
    ['bugs without a label', { type: ['bug'], label: ['none'] }],
    ['failed tasks by bram', { status: ['failed'], 'created-by': 'Bram Visser <bram@example.org>' }],
    [
      'created by me this week',
      { 'created-by': 'me', 'created-after': '2026-03-09', 'created-before': '2026-03-16' },
    ],
    ['completed by ann', { status: ['completed'], 'completed-by': ANN }],
    ['created by friday', { 'created-before': '2026-03-07' }],
    ['overdue bugs everywhere', { overdue: true, type: ['bug'], all: true }],
    ['due in December', { deadline: '2026-12-01..2026-12-31' }],
    ['due by April', { deadline: '..2026-04-30' }],
    ['due before May', { deadline: '..2026-04-30' }],
    ['due after March', { deadline: '2026-04-01..' }],
    ['due in late March', { deadline: '2026-03-21..2026-03-31' }],
    ['due in February 2027', { deadline: '2027-02-01..2027-02-28' }],
    ['due Mar 20', { deadline: '2026-03-20' }],
    ['due in Q2', { deadline: '2026-04-01..2026-06-30' }],
    ['due before Q1 2027', { deadline: '..2026-12-31' }],
    ['due in 2026-06', { deadline: '2026-06-01..2026-06-30' }],
    ['what was added may break', { text: 'added may break' }],
    ['due in 2027', { deadline: '2027-01-01..2027-12-31' }],
    ['due this weekend', { deadline: '2026-03-14..2026-03-15' }],
    ['due between Thursday and Monday', { deadline: '2026-03-12..2026-03-16' }],
    ['due from tomorrow to next week', { deadline: '2026-03-12..2026-03-22' }],
    ['created after February', { 'created-after': '2026-03-01' }],
    ['created in December', { 'created-after': '2025-12-01', 'created-before': '2026-01-01' }],
    ['created last November', { 'created-after': '2025-11-01', 'created-before': '2025-12-01' }],
    ['created since 2025', { 'created-after': '2025-01-01' }],
    ['created before Q1', { 'created-before': '2026-01-01' }],
    ['updated between Monday and today', { 'updated-after': '2026-03-09', 'updated-before': '2026-03-12' }],
    [
      'completed in February',
      { status: ['completed'], 'completed-after': '2026-02-01', 'completed-before': '2026-03-01' },
    ],
    ['"due tomorrow"', { text: 'due tomorrow' }],
    ['tasks titled "high priority queue"', { text: 'high priority queue' }],
    ['bugs `in akosha`', { type: ['bug'], text: 'in akosha' }],
    ['bugs in akosha about "can\'t be closed"', { type: ['bug'], repo: ['akosha'], text: "can't be closed" }],
    ['urgent src/critical/open.ts', { priority: ['critical'], text: 'src/critical/open.ts' }],
    ['in_progress in session_buddy', { status: ['in_progress'], repo: ['session-buddy'] }],
    ['assigned to bob_smith', { assignee: 'bob_smith' }],
    ['labelled area/ui/menu', { label: ['area/ui/menu'] }],
    ['critical section', { text: 'critical section' }],
    ['critical section deadlock', { text: 'critical section deadlock' }],
    ['critical section bugs', { type: ['bug'], text: 'critical section' }],
    ['failed login attempts', { text: 'failed login attempts' }],
    ['security headers', { text: 'security headers' }],
    ['critical', { priority: ['critical'] }],
    ['critical tasks about login', { priority: ['critical'], text: 'login' }],
    ['open login bugs', { status: ['open'], type: ['bug'], text: 'login' }],
    ['blocked in sb', { status: ['blocked'], repo: ['session-buddy'] }],
    ['urgent login', { priority: ['critical'], text: 'login' }],
    [
      'closed bugs since last month',
      { status: ['completed'], type: ['bug'], 'completed-after': '2026-02-01' },
    ],
    ['new tasks since monday', { 'created-after': '2026-03-09' }],
    [
      'everything ann finished last week',
      {
        status: ['completed'],
        'completed-by': ANN,
        'completed-after': '2026-03-02',
        'completed-before': '2026-03-09',
      },
    ],
    ['tasks Ann Lee has closed', { status: ['completed'], 'completed-by': ANN }],
    [
      'what did I close since monday',
      { status: ['completed'], 'completed-by': 'me', 'completed-after': '2026-03-09' },
    ],
    ['bugs ann reported', { type: ['bug'], 'created-by': ANN }],
    [
      'bugs assigned to ann closed today',
      {
        status: ['completed'],
        type: ['bug'],
        assignee: ANN,
        'completed-after': '2026-03-11',
        'completed-before': '2026-03-12',
      },
    ],
    ['what is ann working on', { assignee: ANN, status: ['in_progress'] }],
    ["what's Ann Lee working on", { assignee: ANN, status: ['in_progress'] }],
    ['what am I working on', { assignee: 'me', status: ['in_progress'] }],
    ['what is everybody working on', { status: ['in_progress'] }],
    ['tasks nobody is working on', { status: ['pending', 'blocked', 'failed'] }],
    ['bugs no one is working on', { type: ['bug'], status: ['pending', 'blocked', 'failed'] }],
    ['what is zed working on', { assignee: 'zed', status: ['in_progress'] }],
    ['everything zed finished', { status: ['completed'], 'completed-by': 'zed' }],
    [
      'completed tasks from last week',
      { status: ['completed'], 'completed-after': '2026-03-02', 'completed-before': '2026-03-09' },
    ],
    [
      'what everyone closed today',
      { status: ['completed'], 'completed-after': '2026-03-11', 'completed-before': '2026-03-12' },
    ],
    ['tasks nobody owns', { assignee: 'none' }],
    ['bugs older than 30 days', { type: ['bug'], 'created-before': '2026-02-09' }],
    ['newer than two weeks', { 'created-after': '2026-02-25' }],
    ['older than February', { 'created-before': '2026-02-01' }],
    ['updated more than a week ago', { 'updated-before': '2026-03-04' }],
    ['not updated for 30 days', { 'updated-before': '2026-02-09' }],
    ["bugs that haven't been touched since February", { type: ['bug'], 'updated-before': '2026-02-01' }],
    ['overdue by more than a week', { overdue: true, deadline: '..2026-03-03' }],
    ['bugs overdue by 3 days', { type: ['bug'], overdue: true, deadline: '..2026-03-08' }],
    ['bugs without an estimate', { type: ['bug'], estimate: 'none' }],
    ['estimate 2h', { estimate: '2h' }],
    ['stale cache', { text: 'stale cache' }],
    ['bugs not ui', { type: ['bug'], 'no-label': ['ui'] }],
    ['open tasks, but not ui or auth', { status: ['open'], 'no-label': ['ui', 'auth'] }],
    ['tagged auth and not ui', { label: ['auth'], 'no-label': ['ui'] }],
  ])('%s', async (words, flags) => {
    expect((await parseFilter(words, CONTEXT)).flags).toEqual(flags)
  })
})

test.each([
  'not overdue',
  'bugs not assigned to me',
  'tasks not in sb',
  'bugs except docs',
  'bugs not created by ann',
  'due today or overdue',
  'due tomorrow or Friday',
  'high priority or overdue',
  'tasks without tests',
  'bugs not ui related',
  'bugs not about "x"',
  'cancelled in november',
  'cancelled last week',
  'failed since monday',
  'blocked tasks since monday',
  'bugs since friday',
  'login bugs from last week',
  'overdue by a lot',
  'estimate over 2h',
  'tasks over 2h',
  'stale tasks older than 30 days',
  'tasks cancelled by ann',
  'tasks ann cancelled',
  'priority above medium',
  'closed this sprint',
])('%s is asked about', async (words) => {
  expect((await parseFilter(words, CONTEXT)).doubts).toHaveLength(1)
})

test('each flag says which words it comes from', async () => {
  const words = 'overdue bugs in akosha'
  const { evidence } = await parseFilter(words, CONTEXT)
  const said = Object.entries(evidence).map(([flag, spans]) => [
    flag,
    ...spans.map(({ from, to }) => words.slice(from, to)),
  ])
  expect(Object.fromEntries(said.map(([flag, ...parts]) => [flag, parts.join('|')]))).toEqual({
    overdue: 'overdue',
    type: 'bugs',
    repo: 'in akosha',
  })
})

test('a repository that is nearly one is asked about', async () => {
  const { flags, doubts } = await parseFilter('bugs in crakerjack', CONTEXT)
  expect([flags.repo, doubts[0]?.candidates]).toEqual([undefined, ['crackerjack']])
})

const WEB: IntentContext = {
  ...CONTEXT,
  repositories: [
    { name: 'storefront', names: ['shop', 'web'], tags: [] },
    { name: 'ops', names: ['infra'], tags: [] },
  ],
}

test.each<[string, object]>([
  ['bugs in web', { type: ['bug'], repo: ['storefront'] }],
  ['bugs in infra due this week', { type: ['bug'], repo: ['ops'], deadline: '2026-03-09..2026-03-15' }],
  ['open in shop or ops', { status: ['open'], repo: ['storefront', 'ops'] }],
  ['in ops that are blocked', { status: ['blocked'], repo: ['ops'] }],
  ['bugs in web view', { type: ['bug'], text: 'web view' }],
  ['ops bugs', { type: ['bug'], text: 'ops' }],
])('of repositories that are called as other things are: %s', async (words, flags) => {
  expect(await parseFilter(words, WEB)).toMatchObject({ flags, doubts: [] })
})

test('what is due this week is on a weekend due by the Friday that a request means', async () => {
  for (const today of ['2026-03-14', '2026-03-15']) {
    const { flags } = await parseFilter('due this week', { ...CONTEXT, today })
    expect(flags).toEqual({ deadline: `${today}..2026-03-22` })
  }
  const { flags } = await parseFilter('created this week', { ...CONTEXT, today: '2026-03-14' })
  expect(flags).toEqual({ 'created-after': '2026-03-09', 'created-before': '2026-03-16' })
})

test.each(['what is ann working on', 'everything ann finished', 'completed by ann'])(
  'of several people it is asked who is meant: %s',
  async (words) => {
    const other = { person: 'Ann Berg <berg@example.org>', names: ['Ann Berg'], count: 1 }
    const { doubts } = await parseFilter(words, { ...CONTEXT, people: [...CONTEXT.people, other] })
    expect(doubts).toMatchObject([{ candidates: [ANN, other.person] }])
  },
)
