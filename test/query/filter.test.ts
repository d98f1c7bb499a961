import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Filter, filterTasks, isOverdue, type Today } from '../../src/query/filter.ts'
import type { Snapshot } from '../../src/snapshot/snapshot.ts'
import { snapshotOf, type TaskFields } from '../support/any-snapshot.ts'
import { NASTY_TEXTS, runs } from '../support/nasty-text.ts'
import { ulidOf } from '../support/task-log.ts'

const today: Today = { now: Date.parse('2026-11-20T10:00:00Z'), date: '2026-11-20' }
/** The zone of the tests’ clock: one hour east. */
const localDate = (instant: string) => new Date(Date.parse(instant) + 3_600_000).toISOString().slice(0, 10)
const numbers = (snapshot: Snapshot, filter: Filter) =>
  filterTasks(snapshot, filter, today, localDate).map((slot) => snapshot.number(slot))

const comment = (text: string) => ({ id: ulidOf(90), at: '2026-11-20T10:00:00.000Z', by: 'Ann', text })
const TASKS: readonly TaskFields[] = [
  { title: 'Fix auth bug', type: 'bug', priority: 'high', assignee: 'Ann <ann@example.com>', labels: ['auth', 'p0'], deadline: '2026-11-19', estimate: '3h' },
  { status: 'in_progress', labels: ['auth'], branch: 'task/2', deadline: '2026-11-27', createdAt: '2026-11-01T00:00:00.000Z', updatedAt: '2026-11-10T00:00:00.000Z' },
  { status: 'blocked', parent: ulidOf(1), dependsOn: [ulidOf(2), 'crackerjack/X'], deadline: '2026-11-20T09:59:00Z' },
  { status: 'completed', completedAt: '2026-11-15T12:00:00.000Z', deadline: '2026-11-01', assignee: 'bob', labels: ['p0'] },
  { status: 'cancelled', type: 'docs', priority: 'critical' },
  { status: 'failed', source: { system: 'github', id: '7' }, description: 'Tokens "expire" too\nearly: Ärger', comments: [comment('See the RFC 🦄')] },
  { deleted: true, title: 'Deleted', labels: ['auth'] },
  { source: { system: 'github-enterprise', id: '7' }, deadline: '2026-11-20', createdAt: '2026-11-05T10:00:00.000Z', updatedAt: '2026-11-20T00:00:00.000Z' },
] // biome-ignore format: a table
const snapshot = snapshotOf(...TASKS)

describe('each condition', () => {
  test.each<[string, Filter, number[]]>([
    ['none: what has not ended', {}, [1, 2, 3, 6, 8]],
    ['open', { statuses: ['open'] }, [1, 2, 3, 6, 8]],
    ['all', { statuses: ['all'] }, [1, 2, 3, 4, 5, 6, 8]],
    ['one status', { statuses: ['completed'] }, [4]],
    ['statuses', { statuses: ['completed', 'blocked'] }, [3, 4]],
    ['open and one more', { statuses: ['open', 'cancelled'] }, [1, 2, 3, 5, 6, 8]],
    ['type', { types: ['bug', 'docs'], statuses: ['all'] }, [1, 5]],
    ['priority', { priorities: ['high', 'critical'], statuses: ['all'] }, [1, 5]],
    ['assignee by a part', { assignee: 'ann' }, [1]],
    ['assignee by the address', { assignee: 'ann@example.com' }, [1]],
    ['nobody', { assignee: '' }, [2, 3, 6, 8]],
    ['a label', { labels: ['auth'] }, [1, 2]],
    ['all labels', { labels: ['auth', 'p0'] }, [1]],
    ['a part of a label', { labels: ['aut'] }, []],
    ['without a label', { withoutLabels: ['auth'] }, [3, 6, 8]],
    ['a label and not another', { labels: ['p0'], withoutLabels: ['auth'], statuses: ['all'] }, [4]],
    ['deadline from', { deadline: { from: '2026-11-20' } }, [2, 3, 8]],
    ['deadline to', { deadline: { to: '2026-11-20' } }, [1, 3, 8]],
    ['deadline between', { deadline: { from: '2026-11-19', to: '2026-11-19' } }, [1]],
    ['any deadline', { deadline: {} }, [1, 2, 3, 8]],
    ['no deadline', { deadline: null, statuses: ['all'] }, [5, 6]],
    ['overdue', { overdue: true }, [1, 3]],
    ['overdue, though it has ended', { overdue: true, statuses: ['all'] }, [1, 3]],
    ['created since', { created: { since: Date.parse('2026-11-02') } }, [8]],
    ['created until, which is not included', { created: { until: Date.parse('2026-11-05T10:00:00Z') } }, [2]],
    [
      'updated between',
      { updated: { since: Date.parse('2026-11-10'), until: Date.parse('2026-11-11') } },
      [2],
    ],
    ['completed since', { completed: { since: Date.parse('2026-11-15T12:00:00Z') }, statuses: ['all'] }, [4]],
    ['completed before', { completed: { until: Date.parse('2026-11-15T12:00:00Z') }, statuses: ['all'] }, []],
    ['parent', { parents: [ulidOf(1)] }, [3]],
    ['any of several parents', { parents: [ulidOf(1), ulidOf(2)] }, [3]],
    ['no parent', { parents: [] }, [1, 2, 6, 8]],
    ['a dependency', { dependsOn: [ulidOf(2)] }, [3]],
    ['any of several dependencies', { dependsOn: [ulidOf(1), ulidOf(2)] }, [3]],
    ['no dependency', { dependsOn: [] }, [1, 2, 6, 8]],
    ['a foreign dependency', { dependsOn: ['crackerjack/X'] }, [3]],
    ['ready', { statuses: ['ready'] }, [1, 6, 8]],
    ['waiting, or stored as blocked', { statuses: ['waiting', 'blocked'] }, [3]],
    ['branch', { branch: 'task/2' }, [2]],
    ['no branch', { branch: '' }, [1, 3, 6, 8]],
    ['no label', { labels: [] }, [3, 6, 8]],
    ['no estimate', { estimate: '' }, [2, 3, 6, 8]],
    ['source system', { source: 'github' }, [6]],
    ['source', { source: 'github-enterprise:7' }, [8]],
    ['estimate', { estimate: '3h' }, [1]],
    ['a word of the title', { text: ['auth'] }, [1, 2]],
    ['words in several places', { text: ['expire', 'rfc'] }, [6]],
    ['words with quotes, umlauts and emoji', { text: ['"expire"', 'ärger', '🦄'] }, [6]],
    ['a word that only the stored form has', { text: ['in_progress'] }, []],
    ['a word that a line ends', { text: ['nearly'] }, []],
    ['some of all', { slots: new Set([1, 3]), statuses: ['all'] }, [2, 4]],
    ['deleted', { deleted: true }, [7]],
    ['several at once', { labels: ['auth'], priorities: ['high'], text: ['fix'] }, [1]],
  ])('%s', (_what, filter, expected) => {
    expect(numbers(snapshot, filter)).toEqual(expected)
  })
})

test('a deadline at an instant counts on its local day, across the zone’s midnight', () => {
  const night = snapshotOf({ deadline: '2026-11-26T23:30:00Z' }, { deadline: '2026-11-26T22:30:00Z' })
  expect(numbers(night, { deadline: { from: '2026-11-27', to: '2026-11-27' } })).toEqual([1])
  expect(numbers(night, { deadline: { from: '2026-11-26', to: '2026-11-26' } })).toEqual([2])
})

test('deadlines at the end of the calendar are found', () => {
  const far = snapshotOf({ deadline: '9999-12-31' }, {})
  expect(numbers(far, { deadline: { from: '9999-01-01' } })).toEqual([1])
  expect(numbers(far, { deadline: { to: '9999-12-31' } })).toEqual([1])
})

test('a date is over when its day is, an instant at once', () => {
  expect(isOverdue('2026-11-20', today)).toBe(false)
  expect(isOverdue('2026-11-19', today)).toBe(true)
  expect(isOverdue('2026-11-20T10:00:00Z', today)).toBe(false)
  expect(isOverdue('2026-11-20T10:59:59+01:00', today)).toBe(true)
})

test('labels that share a bit of the filter’s column are told apart', () => {
  const labels = Array.from({ length: 200 }, (_, i) => `label-${i}`)
  const many = snapshotOf(...labels.map((label) => ({ labels: [label] })))
  for (const [i, label] of labels.entries()) expect(numbers(many, { labels: [label] })).toEqual([i + 1])
})

test('any text of a task is found by any word of it', () => {
  const texts = NASTY_TEXTS.filter((text) => text.trim() !== '')
  const many = snapshotOf(...texts.map((text) => ({ title: 'T', description: text })))
  fc.assert(
    fc.property(fc.nat(texts.length - 1), (i) => {
      const words = texts[i]!.toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== '')
      expect(numbers(many, { text: words })).toContain(i + 1)
    }),
    runs(200),
  )
})
