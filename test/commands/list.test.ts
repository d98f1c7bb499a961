import { expect, test } from 'vitest'
import { localDate } from '../../src/terminal/output/clock.ts'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { git, temporaryRepository } from '../support/repository.ts'

/** Ten tasks that differ in every field that can be filtered by. */
async function furnished(): Promise<string> {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  const at = (instant: string) => {
    process.env.MHV_NOW = instant
  }
  at('2026-11-01T10:00:00Z')
  await mhv(
    demo,
    'tc',
    'Fix auth bug',
    '-t',
    'bug',
    '-p',
    'high',
    '-l',
    'auth',
    '-l',
    'web',
    '--deadline',
    '2026-11-10',
    '-a',
    'bob',
    '-e',
    '3h',
  )
  at('2026-11-05T10:00:00Z')
  await mhv(
    demo,
    'tc',
    'Write docs',
    '-t',
    'docs',
    '-d',
    'The Quick brown fox',
    '--deadline',
    '2026-11-20',
    '--depends-on',
    '1',
  )
  await mhv(demo, 'tc', 'Größere Umbauten 界', '-p', 'critical', '--parent', '1', '-a', 'me')
  at('2026-11-10T10:00:00Z')
  await mhv(demo, 'tc', 'Later', '-p', 'low', '--deadline', '2026-12-24')
  await mhv(demo, 'start', '4', '--no-worktree')
  await mhv(demo, 'tc', 'Stuck', '--no-parse')
  await mhv(demo, 'task', 'block', '5', '--reason', 'waiting for the vendor')
  await mhv(demo, 'tc', 'Done')
  at('2026-11-15T10:00:00Z')
  await mhv(demo, 'done', '6')
  await mhv(demo, 'tc', 'Dropped')
  await mhv(demo, 'task', 'cancel', '7', '--reason', 'obsolete')
  await mhv(demo, 'tc', 'Mistake')
  await mhv(demo, 'task', 'delete', '8')
  at('2026-11-20T10:00:00.123Z')
  return demo
}

const FILTERS: readonly (readonly [string[], number[]])[] = [
  [[], [1, 2, 3, 4, 5]],
  [
    ['--status', 'all'],
    [1, 2, 3, 4, 5, 6, 7],
  ],
  [
    ['--status', 'completed,cancelled'],
    [6, 7],
  ],
  [['--status', 'in-progress'], [4]],
  [['--status', 'waiting'], [2]],
  [
    ['--status', 'ready,waiting'],
    [1, 2, 3],
  ],
  [
    ['--type', 'bug,docs'],
    [1, 2],
  ],
  [
    ['--priority', 'high', '--priority', 'critical'],
    [1, 3],
  ],
  [['--assignee', 'bob'], [1]],
  [
    ['--assignee', 'me'],
    [3, 4],
  ],
  [
    ['--assignee', 'none'],
    [2, 5],
  ],
  [['--label', 'auth,web'], [1]],
  [['--label', 'auth,other'], []],
  [
    ['--no-label', 'auth'],
    [2, 3, 4, 5],
  ],
  [['--overdue'], [1]],
  [['--deadline', '2026-11-20'], [2]],
  [['--deadline', 'today'], [2]],
  [
    ['--deadline', '2026-11-01..2026-11-30'],
    [1, 2],
  ],
  [['--deadline', '..2026-11-15'], [1]],
  [
    ['--deadline', 'none'],
    [3, 5],
  ],
  [
    ['--created-after', '2026-11-05'],
    [2, 3, 4, 5],
  ],
  [['--created-before', '2026-11-05'], [1]],
  [
    ['--updated-after', '-10d'],
    [4, 5],
  ],
  [['--completed-after', '2026-11-15'], [6]],
  [['--completed-before', '2026-11-15'], []],
  [['--parent', '1'], [3]],
  [['--depends-on', '1'], [2]],
  [['--branch', 'task/4'], [4]],
  [['--estimate', '3h'], [1]],
  [['--text', 'quick FOX'], [2]],
  [['--text', 'größere'], [3]],
  [['--title', 'docs'], [2]],
  [['--description', 'brown'], [2]],
  [['--reason', 'vendor'], [5]],
  [
    ['--created-by', 'ann@'],
    [1, 2, 3, 4, 5],
  ],
  [['--completed-by', 'ann', '--status', 'all'], [6]],
  [
    ['--number', '1,6-7'],
    [1, 6, 7],
  ],
  [['--deleted'], [8]],
  [['--source', 'elsewhere'], []],
]

test('list filters by every field', async () => {
  const demo = await furnished()
  for (const [flags, expected] of FILTERS) {
    const { tasks, total } = await mhvJson(demo, 'tl', '--sort', 'number', ...flags)
    expect({ flags, numbers: tasks.map((task: { number: number }) => task.number) }).toEqual({
      flags,
      numbers: expected,
    })
    expect(total).toBe(expected.length)
  }
})

test('columns that were named stay whatever is in them, so that a script can count them', async () => {
  const cwd = temporaryRepository()
  await mhv(cwd, 'init', '--no-hooks')
  await mhv(cwd, 'tc', 'Write notes', '--no-parse')
  await mhv(cwd, 'tc', 'Grüße', '--no-parse')
  const titles = async (...argv: string[]) => (await mhvProcess(cwd, ['tl', ...argv])).out.split('\n')[0]
  for (const which of ['1', '2', '1,2']) {
    const named = ['--columns', 'number,deadline,assignee', '--number', which]
    expect(await titles(...named)).toBe('#  DEADLINE  ASSIGNEE')
  }
  expect(await titles()).not.toContain('DEADLINE')
})

test('sort, limit, columns and formats', async () => {
  const demo = await furnished()
  const numbers = async (...flags: string[]) =>
    (await mhvJson(demo, 'tl', ...flags)).tasks.map((task: { number: number }) => task.number)
  expect(await numbers()).toEqual([4, 5, 3, 1, 2])
  expect(await numbers('--sort', 'number:desc')).toEqual([5, 4, 3, 2, 1])
  expect(await numbers('--sort', 'deadline,priority:desc')).toEqual([1, 2, 4, 5, 3])
  expect(await numbers('--sort', 'title')).toEqual([1, 3, 4, 5, 2])
  expect(await numbers('--sort', 'estimate:desc', '-n', '2')).toEqual([1, 2])
  const limited = await mhvJson(demo, 'tl', '-n', '2')
  expect({ shown: limited.tasks.length, total: limited.total }).toEqual({ shown: 2, total: 5 })
  const csv = await mhv(demo, 'tl', '--format', 'csv', '--columns', 'number,title,labels', '--sort', 'number')
  expect(csv.out.split('\n').slice(0, 2)).toEqual(['number,title,labels', '1,Fix auth bug,"auth,web"'])
  const markdown = await mhv(
    demo,
    'tl',
    '--format',
    'markdown',
    '--columns',
    'number,waiting_on,parent,depends_on',
    '--sort',
    'number',
  )
  expect(markdown.out.split('\n').slice(0, 5)).toEqual([
    '| # | WAITING ON | PARENT | DEPENDS ON |',
    '| ---: | --- | --- | --- |',
    '| 1 |  |  |  |',
    '| 2 | #1 |  | #1 |',
    '| 3 |  | #1 |  |',
  ])
  const lines = (await mhv(demo, 'tl', '--format', 'jsonl')).out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).ref)
  expect(lines).toEqual(['demo#4', 'demo#5', 'demo#3', 'demo#1', 'demo#2'])
  const table = await mhv(
    demo,
    'tl',
    '--columns',
    'number,status,title,deadline,completed,created,updated,id,source,branch,estimate,type',
  )
  expect(table.out).toMatch(
    /^#\s+STATUS\s+TITLE\s+DEADLINE\s+COMPLETED\s+CREATED\s+UPDATED\s+ID\s+SOURCE\s+BRANCH\s+ESTIMATE\s+TYPE\n/,
  )
  expect(table.out).toMatch(/2\s+waiting\s+Write docs\s+2026-11-20 /)
  expect(table.out).toMatch(/1\s+pending\s+Fix auth bug\s+2026-11-10!/)
  expect((await mhv(demo, 'tl', '-n', '1')).out).toMatch(/… and 4 more/)
  expect(await mhv(demo, 'tl', '--text', 'nowhere')).toEqual({
    code: 0,
    out: '',
    err: 'No task matches. This shows all that there are: mhv tl --status all\n',
  })
})

test('a list of a repository without tasks says how to create one, and not on standard output', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  const said = {
    code: 0,
    out: '',
    err: 'No task matches: there is none yet. Next: mhv tc "What is to be done"\n',
  }
  for (const words of [['tl'], ['ready'], ['tl', '--status', 'all']]) {
    expect(await mhv(demo, ...words)).toEqual(said)
  }
})

test('before the first task nothing is said of now: when it was created, and how all are shown', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  await mhv(demo, 'tc', 'One')
  await mhv(demo, 'tc', 'Two')
  expect((await mhv(demo, 'tl', '--at', '2001-02-03')).err).toBe(
    'No task matches: there was none yet at 2001-02-03. This shows those of now: mhv tl --status all\n',
  )
  const created = (await mhvJson(demo, 'task', 'show', '2')).task.created_at
  expect((await mhv(demo, 'tl', '--at', created, '--text', 'Three')).err).toBe(
    `No task matches. This shows all that there were: mhv tl --status all --at ${created}\n`,
  )
  const { error } = await mhvJson(demo, 'task', 'show', '2', '--at', '2001-02-03')
  expect(error).toMatchObject({
    name: 'TASK_NOT_FOUND',
    message: `There was no task #2 yet at 2001-02-03: it was created on ${localDate(created)}.`,
    recovery: ['mhv task show 2'],
  })
  expect((await mhvJson(demo, 'task', 'show', '1-2', '--at', '2001-02-03')).error.message).toBe(
    'There was no task from #1 to #2 yet at 2001-02-03.',
  )
  expect((await mhvJson(demo, 'task', 'show', '9', '--at', '2001-02-03')).error.message).toBe(
    'There is no task #9.',
  )
})

test('ready is what is pending and waits for nothing', async () => {
  const demo = await furnished()
  expect((await mhvJson(demo, 'ready')).tasks.map((task: { number: number }) => task.number)).toEqual([3, 1])
  await mhv(demo, 'done', '1', '--force', '--reason', 'x')
  expect((await mhvJson(demo, 'ready', '--limit', '1')).tasks[0].number).toBe(3)
  expect((await mhvJson(demo, 'ready')).total).toBe(2)
})

test('show tells everything, dependencies both ways included', async () => {
  const demo = await furnished()
  const { task } = await mhvJson(demo, 'task', 'show', '1')
  expect(Object.keys(task)).toEqual(
    expect.arrayContaining([
      'ref',
      'id',
      'number',
      'repository',
      'title',
      'description',
      'type',
      'status',
      'priority',
      'deadline',
      'assignee',
      'estimate',
      'labels',
      'depends_on',
      'parent',
      'criteria',
      'comments',
      'branch',
      'gates',
      'links',
      'metadata',
      'created_by',
      'completed_by',
      'created_at',
      'updated_at',
      'completed_at',
      'source',
    ]),
  )
  expect(task).toMatchObject({ dependents: ['demo#2'], subtasks: ['demo#3'], worktree: null })
  expect((await mhvJson(demo, 'task', 'show', '1,2')).tasks).toHaveLength(2)
  const { out } = await mhv(demo, 'task', 'show', '1-2')
  expect(out).toMatch(/deadline\s+2026-11-10 \(10 days ago, overdue\)/)
  expect(out).toMatch(/depends on\s+#1 \(open\)/)
  expect(out).toMatch(/ {2}The Quick brown fox/)
  expect((await mhvJson(demo, 'task', 'show', '99')).error.name).toBe('TASK_NOT_FOUND')
})

test('the past can be looked at by date, instant and commit', async () => {
  const demo = await furnished()
  const at = async (when: string) => (await mhvJson(demo, 'tl', '--status', 'all', '--at', when)).total
  expect(await at('2026-10-31')).toBe(0)
  expect(await at('2026-11-01')).toBe(1)
  expect(await at('2026-11-05T09:59:00Z')).toBe(1)
  expect(await at('2026-11-05T10:00:00Z')).toBe(3)
  const third = git(demo, 'rev-list', '--reverse', 'refs/mtos/tasks').split('\n')[3]!
  expect(await at(third)).toBe(3)
  expect((await mhvJson(demo, 'task', 'show', '6', '--at', '2026-11-12')).task.status).toBe('pending')
  for (const wrong of ['HEAD', 'nonsense', '2026-02-30', '--upload-pack=x']) {
    expect((await mhvJson(demo, 'tl', `--at=${wrong}`)).error.name).toBe('BAD_REVISION')
  }
})

test('what is overdue at another time is judged by that time', async () => {
  const demo = await furnished()
  const overdue = async (when: string) => (await mhvJson(demo, 'tl', '--at', when, '--overdue')).total
  expect(await overdue('2026-11-10')).toBe(0)
  expect(await overdue('2026-11-11')).toBe(1)
  const then = (await mhv(demo, 'task', 'show', '1', '--at', '2026-11-09')).out
  expect(then).toMatch(/deadline\s+2026-11-10 \(tomorrow\)\n/)
  const early = git(demo, 'rev-list', '--reverse', 'refs/mtos/tasks').split('\n')[1]!
  expect((await mhvJson(demo, 'tl', '--at', early, '--overdue')).total).toBe(0)
  expect((await mhvJson(demo, 'tl', '--overdue')).total).toBe(1)
})

test('CSV is for programs: no marks, statuses and people as stored, numbers and instants', async () => {
  const demo = await furnished()
  const columns = 'number,status,deadline,depends_on,waiting_on,parent,assignee,created'
  const { out } = await mhv(demo, 'tl', '--format', 'csv', '--columns', columns, '--sort', 'number')
  expect(out.split('\n').slice(0, 4)).toEqual([
    columns,
    '1,pending,2026-11-10,,,,bob,2026-11-01T10:00:00.000Z',
    '2,pending,2026-11-20,1,1,,,2026-11-05T10:00:00.000Z',
    '3,pending,,,,1,Ann <ann@example.com>,2026-11-05T10:00:00.000Z',
  ])
  const page = await mhv(
    demo,
    'tl',
    '--format',
    'markdown',
    '--columns',
    'number,deadline',
    '--sort',
    'number',
  )
  expect(page.out).toContain('| 1 | 2026-11-10 |')
})

test('what no task can be is refused, not searched for', async () => {
  const demo = await furnished()
  for (const argv of [
    ['--deadline', '2026-11-30..2026-11-01'],
    ['--created-after', '2026-11-30', '--created-before', '2026-11-01'],
    ['--estimate', 'soon'],
    ['--sort', 'number:up'],
  ]) {
    const { error } = await mhvJson(demo, 'tl', ...argv)
    expect({ argv, name: error.name }).toEqual({ argv, name: 'INVALID_INPUT' })
    const words = error.recovery[0].split(' ').slice(1)
    expect({ words, code: (await mhv(demo, ...words)).code }).toEqual({ words, code: 0 })
  }
})
