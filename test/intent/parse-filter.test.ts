import { describe, expect, test } from 'vitest'
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
    ['#ui bugs about login', { label: ['ui'], type: ['bug'], text: 'about login' }],
    ['tasks without label wontfix', { 'no-label': ['wontfix'] }],
    ['"by friday" parser', { text: 'by friday parser' }],
    ['created by bram', { 'created-by': 'Bram Visser <bram@example.org>' }],
    ['in progress @bram', { status: ['in_progress'], assignee: 'Bram Visser <bram@example.org>' }],
    ['timeout in websocket', { text: 'timeout websocket' }],
    ['', {}],
  ])('%s', async (words, flags) => {
    expect((await parseFilter(words, CONTEXT)).flags).toEqual(flags)
  })
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
