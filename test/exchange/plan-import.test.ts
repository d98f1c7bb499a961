import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MhvError } from '../../src/errors.ts'
import { readCsv } from '../../src/exchange/read-csv.ts'
import { readJsonLines } from '../../src/exchange/read-json.ts'
import { readTaskFile, renderTaskFile } from '../../src/store/task-file.ts'
import { taskPath } from '../../src/store/task-path.ts'
import { fold, type TaskLog } from '../../src/tasks/fold.ts'
import { bytesOf, imported, importer, jsonLines, plan, T, task, viewOf } from '../support/import-in-memory.ts'

const FIXTURE = readFileSync(join(import.meta.dirname, '../fixtures/backlog-tasks.jsonl'))
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

describe('what could never be completed', () => {
  const on = (id: string, type = 'blocks') => ({ id, type })

  test('is taken apart: a subtask loses its dependency on its parent, which waits for it', () => {
    const { logs, warnings } = plan(
      jsonLines(
        task({ id: 'P' }),
        task({ id: 'C', deps: [on('P'), on('P', 'parent-child'), on('X')] }),
        task({ id: 'X' }),
      ),
    )
    const [parent, child, other] = logs.map(fold)
    expect([...child!.dependsOn.keys()]).toEqual([other!.id])
    expect(child).toMatchObject({ parent: parent!.id, metadata: { deps: [on('P')] } })
    expect(warnings).toEqual([
      {
        place: 'line 2',
        kind: 'cycle',
        message:
          'its dependency on P closes the cycle C → P → C, in which each waits for the next; metadata keeps it',
      },
    ])
  })

  test.each(['closed', 'archived'])('is left as it is told where the subtask is %s', (status) => {
    const { logs, warnings } = plan(
      jsonLines(
        task({ id: 'P' }),
        task({
          id: 'C',
          status,
          closed_at: '2025-06-30T00:00:00Z',
          deps: [on('P'), on('P', 'parent-child')],
        }),
      ),
    )
    const [parent, child] = logs.map(fold)
    expect([...child!.dependsOn.keys()]).toEqual([parent!.id])
    expect(child!.parent).toBe(parent!.id)
    expect(warnings).toEqual([])
  })

  test('also over several steps, and the same whoever imports it', () => {
    const file = jsonLines(
      task({ id: 'P' }),
      task({ id: 'C', deps: [on('B'), on('P', 'parent-child')] }),
      task({ id: 'B', deps: [on('A')] }),
      task({ id: 'A', deps: [on('P')] }),
    )
    const ann = plan(file)
    const bob = plan(file, viewOf(imported(task({ id: 'Z' }))), importer('Bob'))
    expect(ann.warnings).toHaveLength(1)
    expect(bob.logs.map(({ events }) => events[0])).toEqual(ann.logs.map(({ events }) => events[0]))
    const dependencies = ann.logs.map(fold).flatMap((one) => [...one.dependsOn.keys()])
    expect(dependencies).toHaveLength(2)
  })

  test('nor is it made together with tasks that are here', () => {
    const here = imported(task({ id: 'P' }), task({ id: 'Q', deps: [on('P')] }))
    const { logs, warnings } = plan(
      jsonLines(task({ id: 'C', deps: [on('Q'), on('P', 'parent-child')] })),
      viewOf(here),
    )
    const child = fold(logs[0]!)
    expect(child).toMatchObject({
      parent: here[0]!.id,
      metadata: { deps: [on('Q'), on('P', 'parent_child')] },
    })
    expect(child.dependsOn.size).toBe(0)
    expect(warnings).toMatchObject([{ place: 'line 1', kind: 'cycle' }])
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

test('a table has lists in a cell as JSON, and criteria as lines, a comment and ids as text', async () => {
  const rows = [
    'id,title,criteria,comments,deps',
    'A,One,"first\nsecond",As it is; as it was.,',
    'B,Two,"[""[x] 1"",{""text"":""2"",""met"":true}]","[{""text"":""c"",""by"":""Ann""},""d""]",A',
    'C,Three,[ ] a box,,"[{""id"":""A"",""type"":""blocks""},""B""]"',
  ]
  const [one, two, three] = plan(await readCsv(bytesOf(rows.join('\n')))).logs.map(fold)
  const criteriaOf = (task: typeof one) => [...task!.criteria.values()].map(({ text, met }) => [text, met])
  expect(criteriaOf(one)).toEqual([
    ['first', false],
    ['second', false],
  ])
  expect(one!.comments).toMatchObject([{ text: 'As it is; as it was.' }])
  expect(criteriaOf(two)).toEqual([
    ['[x] 1', false],
    ['2', true],
  ])
  expect(two!.comments).toMatchObject([{ text: 'c', by: 'Ann' }, { text: 'd' }])
  expect([...two!.dependsOn.keys()]).toEqual([one!.id])
  expect(criteriaOf(three)).toEqual([['[ ] a box', false]])
  expect([...three!.dependsOn.keys()].sort()).toEqual([one!.id, two!.id].sort())
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

test('what a file has twice, word by word, is one task', () => {
  const { logs, unchanged } = plan(jsonLines(task(), task({ id: 'A-2' }), task()))
  expect([logs.length, unchanged]).toEqual([2, 0])
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

  test('and differs from the file is told with its fields, of those that the file has', () => {
    const here = imported(task({ assignee: 'ann', labels: ['ui'] }), task({ id: 'A-2' }), task({ id: 'A-3' }))
    const fields = (...records: readonly object[]) =>
      plan(jsonLines(...records), viewOf(here)).differing.map((one) => [one.number, one.place, one.fields])
    expect(fields(task(), task({ id: 'A-2' }))).toEqual([])
    expect(
      fields(
        task({
          title: 'New', description: 'D', type: 'bug', status: 'done', priority: 'P0', deadline: '2026-01-01',
          estimate: '3h', assignee: null, labels: [], deps: [{ id: 'A-2', type: 'blocks' }, { id: 'A-3', type: 'parent-child' }],
        }),
        task({ id: 'A-2' }),
        task({ id: 'A-3', priority: null }),
      ),
    ).toEqual([
      [
        1,
        'line 1',
        ['title', 'description', 'type', 'priority', 'status', 'deadline', 'assignee', 'estimate', 'labels', 'depends_on', 'parent'],
      ],
    ]) // biome-ignore format: a table
  })

  test.each([
    [{ criteria: ['two'] }, ['criteria']],
    [{ criteria: ['one', 'two'] }, ['criteria']],
    [{ criteria: [{ text: 'one', met: true }] }, ['criteria']],
    [{ criteria: [] }, ['criteria']],
    [{ comments: ['first', 'second'] }, ['comments']],
    [{ comments: ['first', 'first'] }, ['comments']],
    [{ comments: [] }, []],
    [{ reason: 'other' }, ['reason']],
    [{ reason: null }, []],
    [{ project: { b: 2, a: 1 } }, []],
    [{ project: { a: 1, b: 3 } }, ['metadata.project']],
    [{ team: 'red', metadata: { updated_at: '2026-01-02' } }, ['metadata.team']],
  ])('and differs in %j is told', (change, expected) => {
    const before = {
      status: 'done',
      reason: 'why',
      criteria: ['one'],
      comments: ['first'],
      project: { a: 1, b: 2 },
      metadata: { updated_at: '2026-01-01' },
    }
    const here = imported(task(before))
    const { differing } = plan(jsonLines(task({ ...before, ...change })), viewOf(here))
    expect(differing.map(({ fields }) => fields)).toEqual(expected.length > 0 ? [expected] : [])
  })

  test('and is deleted is told apart, whatever it holds', () => {
    const here = imported(task(), task({ id: 'A-2' })).map((one) => ({ ...one, deleted: true }))
    const { deleted, differing } = plan(jsonLines(task({ title: 'New' }), task({ id: 'A-2' })), viewOf(here))
    expect(deleted.map(({ number }) => number)).toEqual([1, 2])
    expect(differing).toEqual([])
  })

  test('gets the links that its first import could not resolve, but none that would close a cycle', () => {
    const deps = [
      { id: 'A-2', type: 'blocks' },
      { id: 'A-3', type: 'parent-child' },
    ]
    const first = task({ deps })
    const here = imported(first)
    const late = (...more: readonly object[]) => plan(jsonLines(first, ...more), viewOf(here))
    expect(late().late).toEqual([])
    const both = late(task({ id: 'A-2' }), task({ id: 'A-3' }))
    expect(both.late).toMatchObject([{ number: 1, links: [{ name: 'A-2' }, { name: 'A-3' }] }])
    expect(both.differing).toEqual([])
    const cyclic = late(task({ id: 'A-2', deps: [{ id: 'A-1', type: 'blocks' }] }))
    expect(cyclic.late).toEqual([])
    expect(cyclic.warnings).toMatchObject([{ place: 'line 1', kind: 'cycle' }])
  })

  test('but cannot be read is left alone, and that is said', () => {
    const [one] = imported(task())
    const path = taskPath(one!.id)
    const damaged = viewOf([], [{ path, code: 'TASK_UNREADABLE', message: 'it is not YAML' }])
    const newer = viewOf([{ ...one!, source: null }])
    for (const view of [damaged, newer]) {
      const { logs, unchanged, warnings } = plan(jsonLines(task()), view)
      expect({ logs, unchanged }).toEqual({ logs: [], unchanged: 1 })
      expect(warnings).toEqual([
        { place: 'line 1', kind: 'unreadable', message: expect.stringContaining('left as it is') },
      ])
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
