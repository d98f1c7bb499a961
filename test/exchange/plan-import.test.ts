import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MhvError } from '../../src/errors.ts'
import { readCsv } from '../../src/exchange/read-csv.ts'
import { readJsonLines } from '../../src/exchange/read-json.ts'
import { readTaskFile, renderTaskFile } from '../../src/store/task-file.ts'
import { taskPath } from '../../src/store/task-path.ts'
import { fold, type TaskLog } from '../../src/tasks/fold.ts'
import { bytesOf, imported, importer, jsonLines, plan, viewOf } from './in-memory.ts'

const FIXTURE = readFileSync(join(import.meta.dirname, '../fixtures/backlog-tasks.jsonl'))
const T = '2025-06-01T08:00:00.000Z'
const task = (more: object = {}) => ({ source: 'tracker', id: 'A-1', title: 'One', created_at: T, ...more })

/** What the refusal says, line by line. */
function refusalOf(...values: readonly unknown[]): string[] {
  try {
    plan(jsonLines(...values))
  } catch (error) {
    if (error instanceof MhvError && error.error === 'IMPORT_REJECTED') return error.message.split('\n')
    throw error
  }
  return []
}

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
    expect(warnings).toEqual([{ place: 'line 1', message: expect.stringContaining('without a closed_at') }])
  })

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
      { text: 'first', by: 'ann', at: T },
      { text: 'second', by: 'bob', at },
    ])
    expect(done!.status).toBe('completed')
  })

  test('criteria may be words, or say whether they are met and by what evidence', () => {
    const [one] = imported(task({ criteria: ['a', { text: 'b', met: true, evidence: 'seen' }] }))
    expect(one!.criteria).toMatchObject([
      { text: 'a', met: false, evidence: null },
      { text: 'b', met: true, evidence: 'seen' },
    ])
  })
})

describe('what is refused', () => {
  test.each([
    [{ title: 'x'.repeat(201) }, 'line 1: title is longer than 200 characters'],
    [{ title: undefined }, 'line 1: title is missing'],
    [{ id: null }, 'line 1: id is missing'],
    [{ title: 'red \u001b[31m' }, /line 1: title has a control character/],
    [{ description: 'a\u0000b' }, /line 1: description has a control character/],
    [{ description: 'x'.repeat(5001) }, 'line 1: description is longer than 5000 characters'],
    [{ labels: ['a\u202eb'] }, /line 1: labels\.0 has a control character/],
    [{ priority: 'whenever' }, /line 1: priority is none of "low"/],
    [{ status: 'vanished' }, /line 1: status is none of "pending"/],
    [{ created_at: '2025-02-30T99:00:00Z' }, 'line 1: created_at is not an instant in UTC'],
    [{ created_at: '1969-12-31T00:00:00Z' }, 'line 1: created_at is not an instant in UTC'],
    [{ deadline: '2025-02-30' }, 'line 1: deadline is not in the calendar'],
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

  test('every bad line is named, with all of its fields', () => {
    expect(
      refusalOf(task({ title: '' }), task({ id: 'A-2' }), 'text', task({ id: 'A-3', type: 1, status: 2 })),
    ).toEqual([
      '3 places in the file cannot be imported, so nothing was:',
      '  line 1: title is missing',
      '  line 3: task is not an object',
      expect.stringMatching(/^ {2}line 4: type expected string/),
      expect.stringMatching(/^ {2}line 4: status is none of/),
    ])
  })

  test('of very many, twenty are named and the others counted', () => {
    const said = refusalOf(...Array.from({ length: 25 }, (_, i) => ({ id: `A-${i}` })))
    expect(said).toHaveLength(22)
    expect(said.at(-1)).toBe('  … and 5 more')
  })

  test('an id that comes twice', () => {
    expect(refusalOf(task(), task({ id: 'A-2' }), task())).toContain(
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

describe('dependencies', () => {
  const deps = [
    { id: 'A-2', type: 'blocks' },
    { id: 'A-3', type: 'parent-child' },
  ]

  test('lead to other tasks of the file, wherever in it they stand', () => {
    const [one, two, three] = imported(task({ deps }), task({ id: 'A-2' }), task({ id: 'A-3' }))
    expect([...one!.dependsOn.keys()]).toEqual([two!.id])
    expect(one!.parent).toBe(three!.id)
  })

  test('lead to tasks that are here already, which the importer says, and the source does not', () => {
    const here = imported(task({ id: 'A-2' }), task({ id: 'A-3' }))
    const { logs, warnings } = plan(jsonLines(task({ deps })), viewOf(here))
    const one = fold(logs[0]!)
    expect([...one.dependsOn.keys()]).toEqual([here[0]!.id])
    expect(one.parent).toBe(here[1]!.id)
    expect(warnings).toEqual([])
    const alone = plan(jsonLines(task({ deps }))).logs[0]!
    expect(alone.events[0]).toEqual(logs[0]!.events[0])
  })

  test('that lead nowhere are said to, and kept', () => {
    const { logs, warnings } = plan(jsonLines(task({ deps: [...deps, { id: 'A-4', type: 'related' }] })))
    expect(warnings.map(({ message }) => message)).toEqual([
      'it depends on A-2, which is not here; metadata keeps it',
      'its parent A-3 is not here; metadata keeps it',
      'its relation related to A-4 is kept as metadata',
    ])
    const kept = [deps[0], { id: 'A-3', type: 'parent_child' }, { id: 'A-4', type: 'related' }]
    expect(fold(logs[0]!)).toMatchObject({ parent: null, metadata: { deps: kept } })
  })

  test('may be words in a list, or refs of our own lists', () => {
    const ulids = ['01JF3ZK4Q8M6W2T5V7X9Y0A1BC', '01JF3ZK4Q8M6W2T5V7X9Y0A1BD']
    const [one, two] = imported(
      { id: ulids[0], ref: 'demo#1', title: 'One', depends_on: ['demo#2'] },
      { id: ulids[1], ref: 'demo#2', title: 'Two' },
    )
    expect(one!.source).toEqual({ system: 'mhv', id: ulids[0] })
    expect([...one!.dependsOn.keys()]).toEqual([two!.id])
  })

  test('may be told in two fields, one for each relation', () => {
    const [one, two, three] = imported(
      task({ deps: [{ id: 'A-2', type: 'blocks' }], depends_on: ['ignored'], parent: 'A-3' }),
      task({ id: 'A-2' }),
      task({ id: 'A-3' }),
    )
    expect([...one!.dependsOn.keys()]).toEqual([two!.id])
    expect(one!.parent).toBe(three!.id)
  })

  test('of another repository stay as they are', () => {
    const [one] = imported(task({ depends_on: ['crackerjack/01JF3ZK4Q8M6W2T5V7X9Y0A1BC'] }))
    expect([...one!.dependsOn.keys()]).toEqual(['crackerjack/01JF3ZK4Q8M6W2T5V7X9Y0A1BC'])
  })
})

describe('the CSV of plans', () => {
  test('becomes tasks with points, labels for sprints and dependencies', async () => {
    const read = await readCsv(
      bytesOf(`ID,Title,Description,Estimate,Priority,Assignee,Dependencies,Sprint
DSP-001,Framework,"Library, integrated",8,P0,Senior Engineer,,1
DSP-002,Setup,,5,P1,Dev #2 + Mid,DSP-001,1
DSP-003,Monitoring,,3,P3,,DSP-001;DSP-002,All
DSP-004,Alerts,,,,,"DSP-001, DSP-003",
`),
    )
    const tasks = plan(read).logs.map(fold)
    expect(tasks.map(({ number, title, estimate, priority, assignee, labels, dependsOn, source }) => ({
      number, title, estimate, priority, assignee, source: source?.system,
      labels: [...labels.keys()],
      on: [...dependsOn.keys()].map((id) => tasks.find((other) => other.id === id)?.source?.id),
    }))).toEqual([
      { number: 1, title: 'Framework', estimate: '8pt', priority: 'critical', assignee: 'Senior Engineer', source: 'plan', labels: ['sprint-1'], on: [] },
      { number: 2, title: 'Setup', estimate: '5pt', priority: 'high', assignee: 'Dev #2 + Mid', source: 'plan', labels: ['sprint-1'], on: ['DSP-001'] },
      { number: 3, title: 'Monitoring', estimate: '3pt', priority: 'low', assignee: null, source: 'plan', labels: ['sprint-all'], on: ['DSP-001', 'DSP-002'] },
      { number: 4, title: 'Alerts', estimate: null, priority: 'medium', assignee: null, source: 'plan', labels: [], on: ['DSP-001', 'DSP-003'] },
    ]) // biome-ignore format: a table
  })
})

describe('two clones', () => {
  const told = (log: TaskLog) => log.events.filter(({ kind }) => kind !== 'TaskRenumbered')

  test('that import the same file hold the same events, but for the numbers that each gave', () => {
    const ann = plan(readJsonLines(FIXTURE)).logs
    const bob = plan(
      readJsonLines(FIXTURE),
      viewOf(imported(task())),
      importer('Bob', '2027-01-01T00:00:00.000Z'),
    ).logs
    expect(ann).toHaveLength(60)
    expect(bob.map(({ id }) => id)).toEqual(ann.map(({ id }) => id))
    expect(bob.map(told)).toEqual(ann.map(told))
    expect(bob.map(({ events }) => events.at(-1)!.data)).not.toEqual(
      ann.map(({ events }) => events.at(-1)!.data),
    )
    const people = new Set(ann.flatMap(told).map(({ by }) => by))
    expect([...people].some((by) => by.startsWith('Ann'))).toBe(false)
  })

  test('that import different states of a task make different events, never two contents for one', () => {
    const [before, after] = [task(), task({ title: 'Two' })].map((one) => plan(jsonLines(one)).logs[0]!)
    expect(after!.id).toBe(before!.id)
    expect(after!.events[0]!.id).not.toBe(before!.events[0]!.id)
  })

  test('hold one task even where the source has no times', () => {
    const undated = jsonLines(task({ created_at: undefined }))
    const ann = plan(undated).logs[0]!
    const bob = plan(undated, viewOf([]), importer('Bob', '2027-01-01T00:00:00.000Z')).logs[0]!
    expect(bob.id).toBe(ann.id)
    const merged = fold({ id: ann.id, events: [...ann.events, ...bob.events] })
    expect(merged).toMatchObject({ title: 'One', number: 1, source: { system: 'tracker', id: 'A-1' } })
  })
})

describe('what is here already', () => {
  test('stays as it is: a second import of a file writes nothing, also where it was changed or deleted', () => {
    const here = imported(task(), task({ id: 'A-2' })).map((one) => ({
      ...one,
      deleted: true,
      title: 'Mine',
    }))
    const { logs, unchanged, warnings } = plan(
      jsonLines(task({ type: 'odd' }), task({ id: 'A-2' }), task({ id: 'A-3' })),
      viewOf(here),
    )
    expect(unchanged).toBe(2)
    expect(warnings).toEqual([])
    expect(logs.map(fold)).toMatchObject([{ number: 3, source: { id: 'A-3' } }])
  })

  test('but cannot be read is left alone, and that is said', () => {
    const [one] = imported(task())
    const path = taskPath(one!.id)
    const damaged = viewOf([], [{ path, code: 'TASK_UNREADABLE', message: 'it is not YAML' }])
    const newer = viewOf([{ ...one!, source: null }])
    for (const view of [damaged, newer]) {
      const { logs, unchanged, warnings } = plan(jsonLines(task()), view)
      expect({ logs, unchanged }).toEqual({ logs: [], unchanged: 1 })
      expect(warnings).toEqual([{ place: 'line 1', message: expect.stringContaining('left as it is') }])
    }
  })
})

test('whatever is accepted makes files that read back without a fault', async () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('yes', '- a', '1e3', 'a: b', '!!js', ' x'),
  )
  const record = fc.record(
    {
      title: text.filter((title) => title.trim() !== ''),
      description: text,
      type: fc.constantFrom('bug', 'Story', 'x y'),
      status: fc.constantFrom('open', 'draft', 'closed', 'archived', 'blocked', 'failed', 'in_progress'),
      labels: fc.array(text),
      assignee: text,
      reason: text,
      sprint: text,
      created_at: fc.constantFrom(T, '2025-06-01', '2025-06-09T00:00:00Z'),
      started_at: fc.constantFrom(T, '2024-01-01'),
      closed_at: fc.constantFrom(T, '2026-01-01'),
      comments: fc.array(text),
      criteria: fc.array(text),
      deps: fc.array(
        fc.record({
          id: fc.constantFrom('1', '2', 'x'),
          type: fc.constantFrom('blocks', 'parent-child', 'odd'),
        }),
      ),
      extra: fc.jsonValue({ maxDepth: 4 }),
    },
    { requiredKeys: ['title'] },
  )
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(record, async (one) => {
      let logs: readonly TaskLog[]
      try {
        logs = plan(jsonLines({ ...one, id: '0' }, { id: '1', title: 'b' })).logs
      } catch (error) {
        expect((error as MhvError).error).toBe('IMPORT_REJECTED')
        return
      }
      accepted++
      for (const log of logs) {
        const read = await readTaskFile(log.id, renderTaskFile(log))
        expect(read).toMatchObject({ writable: true, faults: [], task: fold(log) })
      }
    }),
    { seed: 1, numRuns: process.env.MHV_LONG ? 20_000 : 1000 },
  )
  expect(accepted).toBeGreaterThan(50)
})
