import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gateTails } from '../../../src/terminal/ui/gate-tails.ts'
import { notesOf, saidOf } from '../../../src/terminal/ui/outcome.ts'

const R1 = { ref: 'akosha#9', number: 9, title: 'R1 newest', status: 'pending' }
const R2 = { ...R1, ref: 'akosha#10', number: 10, title: 'R2' }

test.each([
  ['Undone', [{ task: { ...R1, deleted: true } }], 'Undone: #9 R1 newest is gone'],
  ['Undone', [{ task: R1 }], 'Undone: #9 R1 newest (pending)'],
  ['Deleted', [{ task: { ...R1, deleted: true } }], 'Deleted #9 R1 newest'],
  ['Deleted', [{ tasks: [R1] }, { task: R2 }], 'Deleted 2 tasks: #9 R1 newest, and 1 more'],
  ['Completed', [{ task: R1, changed: false }], 'Nothing to change: #9 R1 newest'],
  ['Synced', [{ repositories: [] }, null], 'Synced.'],
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
  expect(notesOf(document, 'Gate test: started\n#3: without a branch there is no work.\n')).toEqual([
    '#3: without a branch there is no work.',
    'Worktree: /w/9',
    'The worktree stays, since task/2 is not merged: /w/2',
    'Branch task/9 and its worktree stay.',
    'Understood: priority high; deadline 2026-11-23',
    'No longer waiting: akosha#3',
  ])
  expect(notesOf(null, '')).toEqual([])
})

test('of gates that did not pass the last lines are told, and where the rest is', async () => {
  const log = mkdtempSync(join(tmpdir(), 'mhv-log-'))
  const file = join(log, 'lint%3Aall.log')
  writeFileSync(file, `${Array.from({ length: 60 }, (_, i) => `line ${i + 1}`).join('\n')}\n`)
  const results = [
    { gate: 'lint:all', outcome: 'failed' },
    { gate: 'test', outcome: 'passed' },
  ]
  const out = JSON.stringify({ error: { data: { reports: [{ log, results }] } } })
  const lines = await gateTails({ code: 3, out, err: '' })
  expect(lines.slice(0, 2)).toEqual([`Last lines of lint:all (all: ${file}):`, 'line 21'])
  expect(lines.slice(-2)).toEqual(['line 60', ''])
  expect(await gateTails({ code: 1, out: 'none', err: '' })).toEqual([])
})
