import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

const FIXTURE = join(import.meta.dirname, '../fixtures/backlog-tasks.jsonl')
const PLAN =
  'ID,Title,Description,Estimate,Priority,Assignee,Dependencies,Sprint\nP-1,One,,3,P1,Ann,,1\nP-2,Two,,5,P0,,P-1,2\n'

async function initialised(): Promise<string> {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  return demo
}

/** A file with this text in a directory of its own. */
function fileWith(name: string, text: string): string {
  const path = join(temporaryDirectory(), name)
  writeFileSync(path, text)
  return path
}

const tip = (demo: string) => git(demo, 'rev-parse', 'refs/mtos/tasks')

test('real tasks of another tool come in one commit, with their times, edges and ends', async () => {
  const demo = await initialised()
  const begin = tip(demo)
  const answer = await mhvJson(demo, 'task', 'import', FIXTURE)
  expect(answer).toMatchObject({ schema: 1, imported: 60, unchanged: 0, dry_run: false })
  expect(answer.tasks).toHaveLength(60)
  const kinds = answer.warnings.map(({ kind }: { kind: string }) => kind)
  expect(new Set(kinds)).toEqual(new Set(['undated_end', 'early']))
  expect(answer.summary).toMatchObject({ status: { completed: 43, cancelled: 5, pending: 12 } })
  expect(git(demo, 'rev-list', '--count', `${begin}..refs/mtos/tasks`)).toBe('1')
  const message = git(demo, 'log', '-1', '--format=%B', 'refs/mtos/tasks').trim().split('\n')
  expect(message[0]).toBe('TasksImported 60 from backlog-md')
  expect(message).toHaveLength(23)
  expect(message.at(-1)).toBe('Mtos-Tasks: 60')

  const all = await mhvJson(demo, 'tl', '--status', 'all')
  expect(all).toMatchObject({ total: 60, problems: [] })
  const bySource = new Map(all.tasks.map((task: { source: { id: string } }) => [task.source.id, task]))
  for (const line of readFileSync(FIXTURE, 'utf8').trim().split('\n')) {
    const source = JSON.parse(line)
    // biome-ignore lint/suspicious/noExplicitAny: the published JSON
    const task = bySource.get(source.id) as any
    expect(task).toMatchObject({ title: source.title, description: source.description })
    const blockers = source.deps.filter((dep: { type: string }) => dep.type === 'blocks')
    expect(task.depends_on.sort()).toEqual(
      // biome-ignore lint/suspicious/noExplicitAny: the published JSON
      blockers.map((dep: { id: string }) => (bySource.get(dep.id) as any).ref).sort(),
    )
    if (source.closed_at) expect(Date.parse(task.completed_at)).toBe(Date.parse(source.closed_at))
  }
  for (const [status, total] of [
    ['completed', 43],
    ['cancelled', 5],
    ['pending', 12],
    ['in_progress', 0],
  ] as const) {
    expect((await mhvJson(demo, 'tl', '--status', status)).total).toBe(total)
  }
  expect((await mhvJson(demo, 'tl', '--label', 'draft')).total).toBe(4)
  expect((await mhvJson(demo, 'tl', '--status', 'all', '--source', 'backlog-md')).total).toBe(60)
})

test('a second import changes nothing and says so; the index made anew finds no fault', async () => {
  const demo = await initialised()
  await mhv(demo, 'task', 'import', FIXTURE)
  const before = tip(demo)
  const { code, out, err } = await mhv(demo, 'task', 'import', FIXTURE)
  expect({ code, out, err }).toEqual({
    code: 0,
    out: 'Nothing to import: 60 tasks of the file here already.\n',
    err: '',
  })
  expect(tip(demo)).toBe(before)
  const clone = join(temporaryDirectory(), 'clone')
  git(demo, 'clone', '--quiet', '.', clone)
  git(clone, 'fetch', '--quiet', 'origin', 'refs/mtos/tasks:refs/mtos/tasks')
  expect(await mhvJson(clone, 'tl', '--status', 'all')).toMatchObject({ total: 60, problems: [] })
})

test('a dry run shows what would happen and writes nothing', async () => {
  const demo = await initialised()
  const before = tip(demo)
  const path = fileWith('roadmap.csv', PLAN)
  const { out } = await mhv(demo, 'task', 'import', path, '--dry-run')
  expect(out).toBe(
    'Would import 2 tasks from roadmap as #1 to #2.\n  2 pending, 1 dependency, 0 parents, 0 comments, 2 labels\n  #1 pending One (roadmap:P-1)\n  #2 pending Two (roadmap:P-2)\n',
  )
  expect(await mhvJson(demo, 'task', 'import', path, '--dry-run')).toMatchObject({
    imported: 2,
    dry_run: true,
  })
  expect(tip(demo)).toBe(before)
})

test('a file with bad lines is refused whole, with each of them', async () => {
  const demo = await initialised()
  const before = tip(demo)
  const long = JSON.stringify({ id: 'A-2', title: 'x'.repeat(201) })
  const path = fileWith('bad.jsonl', `{"id":"A-1","title":"fine"}\n${long}\nnot json\n`)
  const { code, out, err } = await mhv(demo, 'task', 'import', path)
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err).toContain('MHV-014 IMPORT_REJECTED')
  expect(err).toContain(
    '  line 2: title is longer than 200 characters\n  line 3: line is not JSON from column 2 on\n',
  )
  const { error } = await mhvJson(demo, 'task', 'import', path)
  expect(error.data).toEqual({
    total: 2,
    faults: [
      { place: 'line 2', field: 'title', rule: 'is longer than 200 characters' },
      { place: 'line 3', field: 'line', rule: 'is not JSON from column 2 on' },
    ],
  })
  expect(tip(demo)).toBe(before)
})

test('a plan as CSV, a list as JSON and lines on standard input are told apart', async () => {
  const demo = await initialised()
  const run = (input: string, ...flags: string[]) =>
    mhvProcess(demo, ['task', 'import', '-', ...flags], { input })
  expect((await run(PLAN, '--source', 'roadmap')).out).toBe('Imported 2 tasks from roadmap as #1 to #2.\n')
  expect((await run('[\n{"id":1,"title":"a"}]')).out).toBe('Imported 1 task from stdin as #3.\n')
  expect((await run('{\n"tasks":[{"id":2,"title":"b"}]}')).out).toBe('Imported 1 task from stdin as #4.\n')
  expect((await run('{"id":3,"title":"c"}\n{"id":4,"title":"d"}\n')).out).toBe(
    'Imported 2 tasks from stdin as #5 to #6.\n',
  )
  expect((await run('id,title\n5,e\n', '--format', 'csv')).code).toBe(0)
  const { task } = await mhvJson(demo, 'task', 'show', '2')
  expect(task).toMatchObject({
    priority: 'critical', estimate: '5pt', labels: ['sprint-2'], depends_on: ['demo#1'], waiting_on: ['demo#1'],
  }) // biome-ignore format: a row
  expect((await mhvJson(demo, 'ready')).tasks.map((one: { number: number }) => one.number)).not.toContain(2)
})

test('two processes that import the same file at once make each task once', async () => {
  const demo = await initialised()
  const answers = await Promise.all([1, 2].map(() => mhvProcess(demo, ['task', 'import', FIXTURE, '--json'])))
  expect(answers.map(({ code }) => code)).toEqual([0, 0])
  const counts = answers.map(({ out }) => JSON.parse(out).imported).sort()
  expect(counts).toEqual([0, 60])
  expect((await mhvJson(demo, 'tl', '--status', 'all')).total).toBe(60)
})

test.each([
  ['nowhere.jsonl', 'does not exist'],
  ['.', 'There are no tasks of a tracker'],
])('a file that cannot be read is said to be: %s', async (name, why) => {
  const demo = await initialised()
  const { code, err } = await mhv(demo, 'task', 'import', name)
  expect(code).toBe(2)
  expect(err).toContain(why)
})

test('a file of more than 512 MB is refused before it is read, and a source with a colon too', async () => {
  const demo = await initialised()
  const path = fileWith('huge.jsonl', '')
  truncateSync(path, 600_000_000)
  expect((await mhv(demo, 'task', 'import', path)).err).toContain('is larger than 512 MB')
  const plan = fileWith('plan.csv', PLAN)
  expect((await mhv(demo, 'task', 'import', plan, '--source', 'a:b')).err).toContain('has a colon')
  expect((await mhv(demo, 'task', 'import', plan, '--source', 'mhv')).err).toContain('tasks of mhv itself')
})

test('an imported task is like any other: started, done, undone', async () => {
  const demo = await initialised()
  await mhv(demo, 'task', 'import', fileWith('plan.csv', PLAN))
  expect((await mhv(demo, 'start', '1', '--no-worktree')).code).toBe(0)
  expect((await mhv(demo, 'done', '1')).code).toBe(0)
  expect((await mhvJson(demo, 'ready')).tasks).toMatchObject([{ number: 2 }])
  expect((await mhv(demo, 'undo', '2')).code).toBe(0)
  expect((await mhvJson(demo, 'tl', '--deleted')).tasks).toMatchObject([{ number: 2 }])
  expect((await mhvJson(demo, 'task', 'import', fileWith('plan.csv', PLAN))).unchanged).toBe(2)
})

test('a file whose tasks are deleted here says so, and how they come back', async () => {
  const demo = await initialised()
  const path = fileWith('plan.csv', PLAN)
  await mhv(demo, 'task', 'import', path)
  await mhv(demo, 'undo')
  const { out } = await mhv(demo, 'task', 'import', path)
  expect(out).toBe(
    'Nothing to import.\n2 tasks of the file are deleted here. To bring them back:\n  mhv task restore 1-2\n',
  )
  const again = await mhvJson(demo, 'task', 'import', path)
  expect(again).toMatchObject({
    unchanged: 2,
    deleted: ['demo#1', 'demo#2'],
    recovery: ['mhv task restore 1-2'],
  })
  expect((await mhv(demo, ...again.recovery[0].split(' ').slice(1))).code).toBe(0)
  expect((await mhvJson(demo, 'tl')).total).toBe(2)
})

test('a changed source is told to differ, in a dry run too, and changes nothing', async () => {
  const demo = await initialised()
  await mhv(demo, 'task', 'import', fileWith('plan.csv', PLAN))
  const before = tip(demo)
  const changed = fileWith('plan.csv', PLAN.replace('One', 'Other'))
  for (const flags of [[], ['--dry-run']]) {
    const { out } = await mhv(demo, 'task', 'import', changed, ...flags)
    expect(out).toBe(
      'Nothing to import: 2 tasks of the file here already.\n1 task here differs from the file, in title; import changes no task that is here.\n  #1 (line 2): title\n',
    )
    const { differing } = await mhvJson(demo, 'task', 'import', changed, ...flags)
    expect(differing).toMatchObject([{ ref: 'demo#1', place: 'line 2', fields: ['title'] }])
  }
  expect(tip(demo)).toBe(before)
})

test('a dependency that the first import did not find is made by a later one, unless it was taken away since', async () => {
  const demo = await initialised()
  const one = (deps: object[]) => JSON.stringify({ source: 's', id: 'A', title: 'A', deps })
  const a = one([{ id: 'B', type: 'blocks' }])
  await mhv(demo, 'task', 'import', fileWith('a.jsonl', a))
  await mhv(demo, 'task', 'import', fileWith('b.jsonl', JSON.stringify({ source: 's', id: 'B', title: 'B' })))
  const path = fileWith('a.jsonl', a)
  const linked =
    'Nothing to import: 1 task of the file here already.\nLinked #1 to B, which its first import did not find.\n'
  const before = tip(demo)
  expect((await mhv(demo, 'task', 'import', path, '--dry-run')).out).toBe(
    linked.replace('Linked', 'Would link'),
  )
  expect(tip(demo)).toBe(before)
  expect(await mhv(demo, 'task', 'import', path)).toEqual({ code: 0, out: linked, err: '' })
  expect((await mhvJson(demo, 'task', 'show', '1')).task.depends_on).toEqual(['demo#2'])
  expect((await mhvJson(demo, 'doctor')).findings).toEqual([])
  await mhv(demo, 'task', 'depend', '1', '--on', '2', '--remove')
  expect(await mhvJson(demo, 'task', 'import', path)).toMatchObject({
    linked: [],
    differing: [{ fields: ['depends_on'] }],
  })
  expect((await mhvJson(demo, 'task', 'show', '1')).task.depends_on).toEqual([])
  await mhv(demo, 'undo')
  expect((await mhv(demo, 'undo')).out).toBe('#1 taken back (depends_on: - #2): A\n')
})

test('of many warnings of one kind the first places and their number are named', async () => {
  const demo = await initialised()
  const lines = Array.from({ length: 30 }, (_, i) =>
    JSON.stringify({ id: i, title: 'a', status: 'archived' }),
  )
  const { err } = await mhv(demo, 'task', 'import', fileWith('many.jsonl', lines.join('\n')))
  expect(err).toBe(
    'Warning: 30 tasks are closed without a closed_at; their end is dated by what else is known: line 1, line 2, line 3, … (--json names all)\n',
  )
})

test('before it is created, a task of the future is in no list', async () => {
  const demo = await initialised()
  const record = JSON.stringify({ id: 1, title: 'Later', created_at: '2031-01-01' })
  await mhv(demo, 'task', 'import', fileWith('future.jsonl', record))
  expect((await mhvJson(demo, 'tl', '--at', '2030-01-01')).total).toBe(0)
  expect((await mhvJson(demo, 'task', 'show', '1', '--at', '2030-01-01')).error.name).toBe('TASK_NOT_FOUND')
  expect((await mhvJson(demo, 'tl', '--at', '2031-01-02')).total).toBe(1)
})

const NUMBERED = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      id: `${prefix}-${i}`,
      title: `Task ${i}`,
      created_at: '2025-06-01',
      ...(i % 2 ? { status: 'done', closed_at: '2025-06-02', comments: ['so'] } : {}),
    }),
  ).join('\n')

test('undo of an import takes all of it back, restore brings back what was imported, and older commands stay in reach', async () => {
  const demo = await initialised()
  await mhv(demo, 'task', 'import', fileWith('a.jsonl', NUMBERED(3, 'A')))
  await mhv(demo, 'task', 'edit', '2', '--title', 'Mine')
  await mhv(demo, 'task', 'import', fileWith('b.jsonl', NUMBERED(50, 'B')))
  const all = async () =>
    (await mhvJson(demo, 'tl', '--status', 'all')).tasks.map((task: object) => ({
      ...task,
      updated_at: null,
    }))
  const before = await all()
  expect(await mhv(demo, 'undo')).toEqual({
    code: 0,
    out: '50 tasks deleted: 4-53\n',
    err: '',
  })
  expect((await all()).length).toBe(3)
  expect(git(demo, 'log', '-1', '--format=%B', 'refs/mtos/tasks').split('\n').length).toBeLessThan(30)
  expect((await mhv(demo, 'undo')).out).toBe('#2 taken back (title: Mine → Task 1): Task 1\n')
  expect((await mhv(demo, 'task', 'restore', '4-53')).out).toBe('50 tasks restored: 4-53\n')
  expect((await mhv(demo, 'task', 'edit', '2', '--title', 'Mine')).code).toBe(0)
  expect(await all()).toEqual(before)
  for (let i = 0; i < 3; i++) expect((await mhv(demo, 'undo')).code).toBe(0)
  expect((await all()).length).toBe(0)
  expect((await mhvJson(demo, 'undo')).error.name).toBe('NOTHING_TO_UNDO')
})

test('an export imported into an empty repository is the same tasks with the same numbers', async () => {
  const demo = await initialised()
  await mhv(demo, 'task', 'import', FIXTURE)
  await mhv(
    demo,
    'tc',
    '=Made here',
    '-d',
    'a, "b"',
    '-c',
    'works',
    '--depends-on',
    '3',
    '--parent',
    '5',
    '-l',
    'x',
  )
  await mhv(demo, 'task', 'comment', '61', 'first\nsecond')
  await mhv(demo, 'task', 'check', '61', '1', '--evidence', 'seen')
  await mhv(demo, 'task', 'block', '61', '--reason', 'waits for the vendor')
  const path = join(temporaryDirectory(), 'all.jsonl')
  expect((await mhv(demo, 'task', 'export', '--output', path)).out).toBe(`Exported 61 tasks to ${path}.\n`)
  const other = await initialised()
  expect(await mhvJson(other, 'task', 'import', path)).toMatchObject({ imported: 61, warnings: [] })

  // biome-ignore lint/suspicious/noExplicitAny: the published JSON
  const content = ({ id, updated_at, source, criteria, comments, deps, ...rest }: any) => ({
    ...rest,
    criteria: criteria.map(({ id: _, ...criterion }: { id: string }) => criterion),
    comments: comments.map(({ id: _, ...comment }: { id: string }) => comment),
  })
  const before = (await mhvJson(demo, 'task', 'export')).tasks
  const after = (await mhvJson(other, 'task', 'export')).tasks
  expect(after.map(content)).toEqual(before.map(content))
  expect(after[60]).toMatchObject({
    title: '=Made here', status: 'blocked', reason: 'waits for the vendor', depends_on: ['demo#3'], parent: 'demo#5',
  }) // biome-ignore format: a row
  expect((await mhvJson(demo, 'task', 'import', path)).unchanged).toBe(61)
  const csv = (await mhv(demo, 'task', 'export', '--format', 'csv')).out
  expect((await mhv(other, 'task', 'export', '--format', 'csv')).out).toBe(csv)
})

test('an export holds what its filters ask for, and replaces a file only when forced', async () => {
  const demo = await initialised()
  await mhv(demo, 'task', 'import', fileWith('plan.csv', PLAN))
  expect((await mhv(demo, 'task', 'cancel', '2', '--reason', 'not now')).code).toBe(0)
  const numbers = async (...flags: string[]) =>
    (await mhv(demo, 'task', 'export', ...flags)).out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line).number)
  expect(await numbers()).toEqual([1, 2])
  expect(await numbers('--status', 'open')).toEqual([1])
  expect(await numbers('--priority', 'critical')).toEqual([2])
  const path = fileWith('there.csv', 'mine')
  const refused = await mhv(demo, 'task', 'export', '--format', 'csv', '--output', path)
  expect(refused).toMatchObject({ code: 2, out: '' })
  expect(readFileSync(path, 'utf8')).toBe('mine')
  const forced = ['task', 'export', '--format', 'csv', '--output', path, '--force']
  expect(await mhvJson(demo, ...forced)).toEqual({ schema: 1, exported: 2, output: path, problems: [] })
  expect(readFileSync(path, 'utf8')).toMatch(/^source,id,title,.*\r\nplan,P-1,One,/)
})

test('the form of an export follows the name of its file, unless it is given; every status is exported', async () => {
  const demo = await initialised()
  await mhv(demo, 'task', 'import', fileWith('plan.csv', PLAN))
  await mhv(demo, 'task', 'cancel', '2')
  const to = async (name: string, ...flags: string[]) => {
    const path = join(temporaryDirectory(), name)
    expect((await mhv(demo, 'task', 'export', '-o', path, ...flags)).out).toBe(
      `Exported 2 tasks to ${path}.\n`,
    )
    return readFileSync(path, 'utf8')
  }
  expect(await to('x.CSV')).toMatch(/^source,id,/)
  expect(JSON.parse(await to('x.json'))).toMatchObject({ schema: 1, total: 2 })
  for (const name of ['x.jsonl', 'x', 'x.txt']) expect((await to(name)).split('\n')).toHaveLength(3)
  expect((await to('x.csv', '--format', 'jsonl')).split('\n')).toHaveLength(3)
  expect((await mhv(demo, 'task', 'export', '--help')).out).toMatch(/default all/)
})

test('exported, imported elsewhere at another time and exported again, imported tasks are the same to the byte', async () => {
  const [demo, other] = [await initialised(), await initialised()]
  await mhv(demo, 'task', 'import', FIXTURE)
  const path = join(temporaryDirectory(), 'all.jsonl')
  await mhv(demo, 'task', 'export', '-o', path)
  const env = { MHV_NOW: '2027-03-01T12:00:00.000Z' }
  expect((await mhvProcess(other, ['task', 'import', path], { env })).code).toBe(0)
  expect((await mhv(other, 'task', 'export')).out).toBe(readFileSync(path, 'utf8'))
})

test('in the past before its import, an imported task goes by the number that it has', async () => {
  const demo = await initialised()
  await mhv(demo, 'task', 'import', FIXTURE)
  const then = await mhvJson(demo, 'tl', '--status', 'all', '--at', '2025-07-01')
  expect(then.total).toBeGreaterThan(5)
  expect(then.total).toBeLessThan(60)
  const now = await mhvJson(demo, 'tl', '--status', 'all')
  const numberOf = new Map(now.tasks.map(({ id, number }: { id: string; number: number }) => [id, number]))
  for (const { id, number } of then.tasks) expect(number).toBe(numberOf.get(id))
})

test('a thousand tasks come in one batch, and nothing but the answer is said', async () => {
  const demo = await initialised()
  const lines = Array.from({ length: 1000 }, (_, i) =>
    JSON.stringify({ id: i, title: `Task ${i}`, description: 'words '.repeat(500) }),
  )
  const answer = await mhvProcess(demo, ['task', 'import', fileWith('many.jsonl', lines.join('\n'))])
  expect(answer).toEqual({ code: 0, out: 'Imported 1000 tasks from many as #1 to #1000.\n', err: '' })
})
