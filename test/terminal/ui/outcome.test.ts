import { expect, test } from 'vitest'
import { notesOf, notesOfGates, saidOf } from '../../../src/terminal/ui/outcome.ts'

const R1 = { ref: 'akosha#9', number: 9, title: 'R1 newest', status: 'pending' }
const R2 = { ...R1, ref: 'akosha#10', number: 10, title: 'R2' }

test.each([
  ['Undone', [{ task: { ...R1, deleted: true } }], 'Undone: #9 R1 newest is gone'],
  ['Undone', [{ task: R1 }], 'Undone: #9 R1 newest (pending)'],
  [
    'Undone',
    [{ task: R1, taken_back: [{ number: 9, field: 'comments' }] }],
    'Undone: #9 R1 newest (pending), its comments as before',
  ],
  ['Deleted', [{ task: { ...R1, deleted: true } }], 'Deleted #9 R1 newest'],
  ['Deleted', [{ tasks: [R1] }, { task: R2 }], 'Deleted 2 tasks: #9 R1 newest, and 1 more'],
  ['Completed', [{ task: R1, changed: false }], 'Nothing to change: #9 R1 newest'],
  ['Synced', [{ repositories: [] }, null], 'Synced.'],
  ['Brought it back', [{ worktree: '/w/9', task: 9 }], 'Brought it back.'],
  ['Brought it back', [{ worktree: '/w/9', task: null }], 'Brought it back.'],
])('%s %j', (did, documents, said) => {
  expect(saidOf(did, documents, false)).toBe(said)
})

test('of several repositories tasks are named with theirs', () => {
  expect(saidOf('Started', [{ task: R1 }], true)).toBe('Started akosha#9 R1 newest (pending)')
})

test('what a command told besides is kept', () => {
  const document = {
    worktree: '/w/9',
    worktrees: { removed: [], kept: [{ path: '/w/2', reasons: ['task/2 is not merged'] }] },
    left_behind: [{ branch: 'task/9', worktree: '/w/9' }],
    parse: { title: 'Buy milk', type: null, priority: 'high', deadline: '2026-11-23', labels: [] },
    unblocks: ['akosha#3'],
  }
  expect(notesOf(document, '\n#3: without a branch there is no work.\n')).toEqual([
    '#3: without a branch there is no work.',
    'Worktree: /w/9',
    'The worktree stays, since task/2 is not merged: /w/2',
    'Branch task/9 and its worktree stay.',
    'Understood: priority high; deadline 2026-11-23',
    'No longer waiting: akosha#3',
  ])
  expect(notesOf(null, '')).toEqual([])
})

test('how gates have ended', () => {
  const gate = { seconds: 3, cached: false, lines: [] }
  const gates = [
    { ...gate, gate: 'test', state: 'passed' },
    { ...gate, gate: 'lint', state: 'passed', cached: true },
    { ...gate, gate: 'docs', state: 'skipped' },
  ] as const
  expect(notesOfGates(gates)).toEqual([
    'Gate test: passed, 3 s',
    'Gate lint: passed, cached',
    'Gate docs: skipped',
  ])
})

test('what a sync brought and took is told', () => {
  const remote = {
    remote: 'origin',
    ref: 'refs/mtos/tasks',
    received: 3,
    sent: 1,
    gates: { received: 0, sent: 0 },
    renumbered: [],
  }
  expect(notesOf({ remotes: [remote] }, '')).toEqual(['origin: received 3 tasks, sent 1 task'])
  const failed = { remote: 'up', error: { error: { message: 'It is away.' } } }
  const repositories = [{ repository: 'mtos', remotes: [{ ...remote, sent: 0 }, failed] }]
  expect(notesOf({ repositories }, '')).toEqual(['mtos, origin: received 3 tasks', 'mtos, up: It is away.'])
})
