import { describe, expect, test } from 'vitest'
import { TASK_TYPES } from '../../schemas/vocabulary.ts'
import { parseFilter } from '../../src/intent/parse-filter.ts'
import { CONTEXT } from './ecosystem-context.ts'

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
