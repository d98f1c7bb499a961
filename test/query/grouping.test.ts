import { expect, test } from 'vitest'
import { PRIORITIES } from '../../schemas/vocabulary.ts'
import { type GroupKey, groupTasks } from '../../src/query/grouping.ts'
import { type Entry, onlyPlace } from '../../src/query/place.ts'
import { allSlots, snapshotOf, type TaskFields } from '../support/any-snapshot.ts'

const TODAY = { now: Date.parse('2026-11-20T10:00:00Z'), date: '2026-11-20' }

function grouped(by: GroupKey, ...tasks: readonly TaskFields[]): [string, number[]][] {
  const snapshot = snapshotOf(...tasks)
  const entries = allSlots(snapshot).map((slot): Entry => ({ place: 0, slot }))
  return groupTasks([onlyPlace('demo', snapshot)], entries, by, TODAY, (at) => at.slice(0, 10)).map(
    ({ name, members }) => [name, members.map((position) => position + 1)],
  )
}

test.each<[GroupKey, TaskFields[], [string, number[]][]]>([
  [
    'deadline',
    [
      {},
      { deadline: '2026-11-28' },
      { deadline: '2026-11-27' },
      { deadline: '2026-11-20' },
      { deadline: '2026-11-20T09:00:00Z' },
      { deadline: '2026-11-20T11:00:00Z' },
      { deadline: '2026-11-19' },
      { deadline: '2026-11-19', status: 'completed' },
    ],
    [
      ['overdue', [5, 7]],
      ['today', [4, 6]],
      ['this_week', [3]],
      ['later', [2]],
      ['past', [8]],
      ['none', [1]],
    ],
  ],
  [
    'priority',
    PRIORITIES.map((priority) => ({ priority })),
    [
      ['critical', [4]],
      ['high', [3]],
      ['medium', [2]],
      ['low', [1]],
    ],
  ],
  [
    'assignee',
    [{}, { assignee: 'Eva' }, { assignee: 'Ann' }, { assignee: 'Eva' }],
    [
      ['Ann', [3]],
      ['Eva', [2, 4]],
      ['none', [1]],
    ],
  ],
  [
    'label',
    [{ labels: ['b', 'a'] }, {}, { labels: ['b'] }],
    [
      ['a', [1]],
      ['b', [1, 3]],
      ['none', [2]],
    ],
  ],
  [
    'status',
    [{}, { status: 'in_progress' }],
    [
      ['in_progress', [2]],
      ['pending', [1]],
    ],
  ],
  [
    'type',
    [{ type: 'docs' }, { type: 'bug' }, { type: 'docs' }],
    [
      ['bug', [2]],
      ['docs', [1, 3]],
    ],
  ],
  ['repo', [{}], [['demo', [1]]]],
])('by %s', (by, tasks, groups) => {
  expect(grouped(by, ...tasks)).toEqual(groups)
})

test('repositories come in the order of their file', () => {
  const places = ['beta', 'alpha'].map((name) => onlyPlace(name, snapshotOf({})))
  const entries = [
    { place: 1, slot: 0 },
    { place: 0, slot: 0 },
  ]
  expect(groupTasks(places, entries, 'repo', TODAY, String)).toEqual([
    { name: 'beta', members: [1] },
    { name: 'alpha', members: [0] },
  ])
})
