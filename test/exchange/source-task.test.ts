import { describe, expect, test } from 'vitest'
import { readJsonLines } from '../../src/exchange/read-json.ts'
import { fold } from '../../src/tasks/fold.ts'
import { bytesOf, imported, jsonLines, plan, refusalOf, T, task } from '../support/import-in-memory.ts'

describe('statuses of other systems', () => {
  const started = '2025-06-02T08:00:00.000Z'
  const closed = '2025-06-03T08:00:00.000Z'
  test.each([
    [{ status: 'open' }, { status: 'pending', statusAt: T }],
    [{}, { status: 'pending' }],
    [{ status: 'To Do' }, { status: 'pending' }],
    [
      { status: 'open', started_at: started },
      { status: 'in_progress', startedAt: started },
    ],
    [{ status: 'in-progress' }, { status: 'in_progress', startedAt: T }],
    [
      { status: 'closed', close_kind: 'done', started_at: started, closed_at: closed },
      { status: 'completed', startedAt: started, completedAt: closed, reason: null },
    ],
    [
      { status: 'closed', close_kind: 'wontfix', closed_at: closed },
      { status: 'cancelled', reason: 'wontfix' },
    ],
    [{ status: 'archived' }, { status: 'cancelled', reason: 'archived' }],
    [
      { status: 'blocked', reason: 'waits', started_at: started, status_at: closed },
      { status: 'blocked', reason: 'waits', statusAt: closed },
    ],
    [
      { status: 'failed', status_at: closed },
      { status: 'failed', statusAt: closed },
    ],
    [
      { status: 'pending', started_at: started },
      { status: 'pending', startedAt: started },
    ],
  ])('%j', (given, expected) => {
    expect(imported(task(given))[0]).toMatchObject({ ...expected, createdAt: T })
  })

  test('a draft is pending with a label, which lists can leave out', () => {
    const [draft] = imported(task({ status: 'draft', labels: ['ui'] }))
    expect(draft).toMatchObject({ status: 'pending' })
    expect([...draft!.labels.keys()]).toEqual(['draft', 'ui'])
  })

  test('a completion that the source does not date is said to be assumed', () => {
    const { logs, warnings } = plan(jsonLines(task({ status: 'closed', started_at: started })))
    expect(fold(logs[0]!)).toMatchObject({ completedAt: started, metadata: { assumed: ['closed_at'] } })
    expect(warnings).toMatchObject([{ place: 'line 1', kind: 'undated_end' }])
  })

  test.each([
    [{ created_at: '2031-01-01' }, 'future', 'its created_at 2031-01-01T00:00:00.000Z is in the future'],
    [{ status: 'done', closed_at: '2031-01-01' }, 'future', 'its closed_at 2031-01-01T00:00:00.000Z is in the future'],
    [{ started_at: '2025-05-31' }, 'early', `its started_at 2025-05-31T00:00:00.000Z is before its creation and counts as ${T}`],
    [{ status: 'done', closed_at: '2025-05-31' }, 'early', `its closed_at 2025-05-31T00:00:00.000Z is before its creation and counts as ${T}`],
    [{ status: 'done', started_at: '2025-07-01', closed_at: '2025-06-15' }, 'early', 'its closed_at 2025-06-15T00:00:00.000Z is before its start and counts as 2025-07-01T00:00:00.000Z'],
    [{ comments: [{ text: 'a', at: '2025-05-31' }] }, 'early', `its comment of 2025-05-31T00:00:00.000Z is before its creation and counts as ${T}`],
    [{ closed_at: '2025-07-01' }, 'end_of_open', 'its closed_at 2025-07-01T00:00:00.000Z is dropped'],
    [{ status: 'archived' }, 'undated_end', 'its end is dated by what else is known'],
    [{ status: 'cancelled' }, 'undated_end', 'its end is dated by what else is known'],
  ])('is said of %j', (given, kind, message) => {
    const { warnings } = plan(jsonLines(task(given)))
    expect(warnings).toEqual([{ place: 'line 1', kind, message: expect.stringContaining(message) }])
  }) // biome-ignore format: a table

  test('times that contradict each other never put a move before the creation', () => {
    const [done] = imported(
      task({ status: 'closed', started_at: '2025-05-31T00:00:00Z', closed_at: '2025-05-30T00:00:00Z' }),
    )
    expect(done).toMatchObject({ createdAt: T, startedAt: T, completedAt: T })
  })
})

describe('fields', () => {
  test.each([
    [{ priority: 'P0' }, { priority: 'critical' }],
    [{ priority: 'p3' }, { priority: 'low' }],
    [{ priority: 1 }, { priority: 'high' }],
    [{ priority: null }, { priority: 'medium' }],
    [{ type: 'Documentation' }, { type: 'docs', metadata: {} }],
    [{ type: 'Story' }, { type: 'task', metadata: { type: 'story' } }],
    [{ estimate: '8' }, { estimate: '8pt' }],
    [{ estimate: 2.5 }, { estimate: '2.5pt' }],
    [{ estimate: '3 hours' }, { estimate: '3h' }],
    [{ estimate: '13 SP' }, { estimate: '13pt' }],
    [{ deadline: '2020-01-31' }, { deadline: '2020-01-31' }],
    [{ description: 'a\r\nb' }, { description: 'a\nb' }],
    [{ flags: ['x'], weight: 3, nothing: null }, { metadata: { flags: ['x'], weight: 3 } }],
    [{ created_at: '2025-06-01' }, { createdAt: '2025-06-01T00:00:00.000Z' }],
    [{ created_at: '2025-06-01 10:00' }, { createdAt: '2025-06-01T10:00:00.000Z' }],
    [{ created_at: '2025-06-01T10:00:00+02:00' }, { createdAt: T }],
    [{ id: 17 }, { source: { system: 'tracker', id: '17' } }],
  ])('%j', (given, expected) => {
    expect(imported(task(given))[0]).toMatchObject(expected)
  })

  test('labels keep their words, joined where a label may have no blank; a sprint is a label too', () => {
    const labels = (given: object) => [...imported(task(given))[0]!.labels.keys()]
    expect(labels({ labels: ['good first issue', 'ui'], sprint: '3' })).toEqual([
      'good-first-issue',
      'sprint-3',
      'ui',
    ])
    expect(labels({ sprint: 'Sprint 3' })).toEqual(['sprint-3'])
  })

  test('comments keep their words, people and times, and stand in the order of the source', () => {
    const at = '2025-06-05T00:00:00.000Z'
    const [done] = imported(
      task({
        assignee: 'ann',
        status: 'closed',
        closed_at: '2025-06-04T00:00:00Z',
        comments: ['first', { text: 'second', by: 'bob', at }],
      }),
    )
    expect(done!.comments).toMatchObject([
      { text: 'first', by: 'tracker', at: T },
      { text: 'second', by: 'bob', at },
    ])
    expect(done!.status).toBe('completed')
  })

  const at = '2025-06-05T00:00:00.000Z'
  test.each([
    [{ body: 'b', author: 'bob', created_at: at }],
    [{ content: 'b', user: { login: 'bob', id: 7 }, createdAt: '2025-06-05' }],
    [{ message: 'b', author: { name: 'bob' }, timestamp: '2025-06-05' }],
    [{ id: 1, comment: 'b', creator: { email: 'bob' }, date: '2025-06-05' }],
  ])('comments are understood as other tools write them: %j', (comment) => {
    const { logs, warnings } = plan(jsonLines(task({ comments: [comment] })))
    expect(fold(logs[0]!).comments).toMatchObject([{ text: 'b', by: 'bob', at }])
    expect(warnings).toEqual([])
  })

  test('what a comment has besides is said to be dropped', () => {
    const { warnings } = plan(
      jsonLines(
        task({
          comments: [
            { text: 'a', reactions: 3 },
            { text: 'b', date: at, time: at },
          ],
        }),
      ),
    )
    expect(warnings).toEqual([
      { place: 'line 1', kind: 'dropped', message: 'its comments lose reactions, time' },
    ])
  })

  test.each([
    [{}, 'tracker', 'tracker'],
    [{ author: 'bob', closed_by: 'eve' }, 'bob', 'eve'],
    [{ reporter: { name: 'Bob', email: 'bob@example.com' } }, 'Bob <bob@example.com>', 'tracker'],
    [{ creator: 'bob', completed_by: { login: 'eve' } }, 'bob', 'eve'],
  ])('whoever made and ended it is who the source says, never its assignee: %j', (people, author, closer) => {
    const [done] = imported(task({ assignee: 'ann', status: 'closed', closed_at: at, ...people }))
    expect(done).toMatchObject({ assignee: 'ann', createdBy: author, completedBy: closer })
  })

  test('of two who made it the second is kept as metadata', () => {
    const [one] = imported(task({ author: 'bob', reporter: 'eve' }))
    expect(one).toMatchObject({ createdBy: 'bob', metadata: { reporter: 'eve' } })
  })

  test('criteria may be words, or say whether they are met and by what evidence', () => {
    const [one] = imported(task({ criteria: ['a', { text: 'b', met: true, evidence: 'seen' }] }))
    expect(one!.criteria).toMatchObject([
      { text: 'a', met: false, evidence: null },
      { text: 'b', met: true, evidence: 'seen' },
    ])
  })
})

const NO_INSTANT = 'is not a date or instant (2025-06-01, 2025-06-01T08:00:00Z)'

test('a title of several lines is one line', () => {
  expect(imported(task({ title: 'Fix\r\n  the login\n' }))[0]).toMatchObject({ title: 'Fix the login' })
})

describe('what is refused', () => {
  test.each([
    [{ title: undefined, titel: 'One' }, 'line 1: title is missing; did you mean it by “titel”?'],
    [{ metadata: 'urgent' }, 'line 1: metadata has to be an object, as in {"area": "ui"} (it is “urgent”)'],
    [
      { deadline: 'soon' },
      'line 1: deadline is not a date (2026-11-27) or an instant (2026-11-27T18:00:00Z) (it is “soon”)',
    ],
    [{ title: 'x'.repeat(201) }, 'line 1: title is longer than 200 characters'],
    [{ title: undefined }, 'line 1: title is missing, as in title: Fix the login'],
    [{ id: null }, 'line 1: id is missing, as in id: A-1'],
    [{ title: 'red \u001b[31m' }, /line 1: title has a control character/],
    [{ description: 'a\u0000b' }, /line 1: description has a control character/],
    [{ description: 'x'.repeat(5001) }, 'line 1: description is longer than 5000 characters'],
    [{ labels: ['a\u202eb'] }, /line 1: labels\.0 has a control character/],
    [
      { priority: 'whenever' },
      'line 1: priority is none of: low, medium, high, critical, P0, P1, P2, P3, P4, as in priority: low (it is “whenever”)',
    ],
    [
      { priority: 'hihg' },
      /line 1: priority is none of: .*; did you mean high\? as in priority: high \(it is “hihg”\)$/,
    ],
    [
      { status: 'vanished' },
      /line 1: status is none of: pending, .*, as in status: pending \(it is “vanished”\)$/,
    ],
    [{ status: 'Complete' }, /did you mean completed\? as in status: completed \(it is “Complete”\)/],
    [
      { created_at: '2025-02-30T99:00:00Z' },
      `line 1: created_at ${NO_INSTANT} (it is “2025-02-30T99:00:00Z”)`,
    ],
    [
      { created_at: '2025-02-30T00:00:00Z' },
      `line 1: created_at ${NO_INSTANT} (it is “2025-02-30T00:00:00Z”)`,
    ],
    [{ closed_at: '2025-02-29' }, `line 1: closed_at ${NO_INSTANT} (it is “2025-02-29”)`],
    [{ comments: [{ text: 'a', date: '2025-13-01' }] }, `line 1: comments.0.at ${NO_INSTANT}`],
    [{ comments: [{ text: 'a', author: { id: 7 } }] }, /line 1: comments\.0\.by has to be a text/],
    [
      { created_at: '1969-12-31T00:00:00Z' },
      `line 1: created_at ${NO_INSTANT} (it is “1969-12-31T00:00:00Z”)`,
    ],
    [{ deadline: '2025-02-30' }, 'line 1: deadline is not in the calendar (it is “2025-02-30”)'],
    [{ source: 'a:b' }, 'line 1: source.system has a colon'],
    [{ comments: [{ text: 'é'.repeat(9000) }] }, 'line 1: comments.0.text is longer than 16 KB'],
    [{ extra: 'x'.repeat(20_000) }, /line 1: metadata is longer than/],
    [{ extra: [[[[[[[[[1]]]]]]]]] }, 'line 1: metadata is nested deeper than 8'],
    [{ extra: { '\u001b': 1 } }, /line 1: metadata has a name that/],
    [{ extra: 'a\u0007' }, /line 1: metadata has a control character/],
  ])('%j', (given, rule) => {
    const [, first] = refusalOf(task(given))
    if (typeof rule === 'string') expect(first).toBe(`  ${rule}`)
    else expect(first).toMatch(rule)
  })

  test('a number without an end and a name that JavaScript treats in its own way', () => {
    const read = readJsonLines(
      bytesOf('{"id":1,"title":"a","x":1e999}\n{"id":2,"title":"b","y":{"__proto__":1}}\n'),
    )
    expect(() => plan(read)).toThrow(
      /line 1: metadata has a number without an end\n.*line 2: metadata has a name/,
    )
  })

  test('one wrong value is one mistake', () => {
    expect(refusalOf(task({ deadline: 'soon' }))).toHaveLength(2)
  })

  test('every bad line is named, with all of its fields', () => {
    expect(
      refusalOf(task({ title: '' }), task({ id: 'A-2' }), 'text', task({ id: 'A-3', type: 1, status: 2 })),
    ).toEqual([
      'The file has 4 mistakes in 3 places, so nothing was imported:',
      '  line 1: title is missing, as in title: Fix the login',
      '  line 3: task is not an object',
      '  line 4: type has to be a text (it is “1”)',
      expect.stringMatching(/^ {2}line 4: status is none of/),
    ])
  })

  test('of very many, twenty are named and the others counted', () => {
    const said = refusalOf(...Array.from({ length: 25 }, (_, i) => ({ id: `A-${i}` })))
    expect(said).toHaveLength(22)
    expect(said.at(-1)).toBe('  … and 5 more')
  })

  test('an item of a text that holds a list is not told as one of its letters', () => {
    expect(refusalOf(task({ labels: 'alpha,be[ta' }), task({ id: 'A-2', comments: '[1,2]' }))).toEqual([
      'The file has 3 mistakes in 2 places, so nothing was imported:',
      '  line 1: labels.1 has a blank, comma, bracket or quote',
      '  line 2: comments.0 has to be an object or a text',
      '  line 2: comments.1 has to be an object or a text',
    ])
  })

  test('an id that comes twice', () => {
    expect(refusalOf(task(), task({ id: 'A-2' }), task({ title: 'Other' }))).toContain(
      '  line 3: id is the one of line 1 again',
    )
  })

  test('a cycle, with its whole way, in dependencies and in parents', () => {
    const on = (id: string, other: string, type = 'blocks') => task({ id, deps: [{ id: other, type }] })
    expect(refusalOf(on('A', 'B'), on('B', 'C'), on('C', 'A'), on('D', 'A'))).toEqual([
      'One place in the file cannot be imported, so nothing was:',
      '  line 1: deps closes a cycle: A (line 1) → B (line 2) → C (line 3) → A (line 1)',
    ])
    expect(refusalOf(on('A', 'A', 'parent-child'))[1]).toBe(
      '  line 1: parent closes a cycle: A (line 1) → A (line 1)',
    )
  })

  test('a chain of dependencies as long as the file is no cycle', () => {
    const chain = Array.from({ length: 5000 }, (_, i) =>
      task({ id: `${i}`, deps: [{ id: `${i + 1}`, type: 'blocks' }] }),
    )
    expect(refusalOf(...chain)).toEqual([])
  })
})
