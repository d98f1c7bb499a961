import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { person } from '../../schemas/task.ts'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryRepository } from '../support/repository.ts'

const logLength = (demo: string) => Number(git(demo, 'rev-list', '--count', 'refs/mtos/tasks'))

async function repositoryWith(...titles: string[]): Promise<string> {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  for (const title of titles) await mhv(demo, 'tc', title)
  return demo
}

/** Each command once with its effect, and again: repeating what has taken effect changes nothing and succeeds. */
const IDEMPOTENT: readonly (readonly [string[], object])[] = [
  [
    ['task', 'edit', '1', '--title', 'B', '-p', 'high', '-t', 'bug', '-e', '3h', '-d', 'text'],
    { title: 'B', priority: 'high', type: 'bug', estimate: '3h', description: 'text' },
  ],
  [['task', 'edit', '1', '--deadline', '2026-12-01'], { deadline: '2026-12-01' }],
  [['task', 'assign', '1', 'bob'], { assignee: 'bob' }],
  [['task', 'assign', '1', 'me'], { assignee: 'Ann <ann@example.com>' }],
  [['task', 'label', '1', 'x', 'y'], { labels: ['x', 'y'] }],
  [['task', 'block', '1', '--reason', 'vendor'], { status: 'blocked', reason: 'vendor' }],
  [['task', 'cancel', '1', '--reason', 'obsolete'], { status: 'cancelled', reason: 'obsolete' }],
  [['task', 'depend', '1', '--on', '2'], { depends_on: ['demo#2'], waiting_on: ['demo#2'] }],
  [['task', 'edit', '1', '--parent', '2'], { parent: 'demo#2' }],
  [['task', 'delete', '1'], { deleted: true }],
  [['start', '1', '--no-worktree'], { status: 'in_progress', branch: 'task/1' }],
  [['done', '1'], { status: 'completed' }],
]

test.each(IDEMPOTENT)('%j takes effect once', async (argv, effect) => {
  const demo = await repositoryWith('A', 'Other')
  const first = await mhvJson(demo, ...argv)
  expect(first.task).toMatchObject(effect)
  expect(first.changed).toBe(true)
  const commits = logLength(demo)
  const again = await mhvJson(demo, ...argv)
  expect(again.task).toMatchObject(effect)
  expect(again.changed).toBe(false)
  expect(logLength(demo)).toBe(commits)
})

test('values can be taken away again', async () => {
  const demo = await repositoryWith('A', 'Other')
  await mhv(
    demo,
    'task',
    'edit',
    '1',
    '--deadline',
    '+3d',
    '--estimate',
    '2d',
    '--parent',
    '2',
    '--add-criterion',
    'c',
  )
  await mhv(demo, 'task', 'assign', '1', 'bob')
  await mhv(demo, 'task', 'label', '1', 'x', 'y')
  await mhv(demo, 'task', 'depend', '1', '--on', '2')
  await mhv(
    demo,
    'task',
    'edit',
    '1',
    '--deadline',
    'none',
    '--estimate',
    'none',
    '--parent',
    'none',
    '--remove-criterion',
    '1',
  )
  await mhv(demo, 'task', 'assign', '1', 'none')
  await mhv(demo, 'task', 'label', '1', '--remove', 'x,y')
  const { task } = await mhvJson(demo, 'task', 'depend', '1', '--on', '2', '--remove')
  expect(task).toMatchObject({
    deadline: null,
    estimate: null,
    parent: null,
    criteria: [],
    assignee: null,
    labels: [],
    depends_on: [],
  })
})

test('a blocked task returns to what it was', async () => {
  const demo = await repositoryWith('A')
  await mhv(demo, 'start', '1', '--no-worktree')
  await mhv(demo, 'task', 'block', '1', '--reason', 'vendor')
  expect((await mhvJson(demo, 'task', 'unblock', '1')).task.status).toBe('in_progress')
  expect((await mhv(demo, 'task', 'unblock', '1')).out).toBe('#1 is not blocked: A\n')
})

test('a move that the table of statuses lacks is refused with what is possible', async () => {
  const demo = await repositoryWith('A')
  await mhv(demo, 'done', '1')
  const { code, err } = await mhv(demo, 'start', '1')
  expect(code).toBe(1)
  expect(err).toMatch(/#1 is completed and cannot become in_progress; from here it can become pending/)
  expect(err).toMatch(/mhv task reopen 1/)
  expect((await mhvJson(demo, 'task', 'reopen', '1', '--reason', 'came back')).task).toMatchObject({
    status: 'pending',
    reason: 'came back',
    completed_at: null,
  })
})

test('several tasks change by one commit, all or none', async () => {
  const demo = await repositoryWith('A', 'B', 'C')
  const commits = logLength(demo)
  const { tasks, total } = await mhvJson(demo, 'task', 'assign', '1,2-3', 'bob')
  expect(total).toBe(3)
  expect(tasks.map((task: { assignee: string }) => task.assignee)).toEqual(['bob', 'bob', 'bob'])
  expect(logLength(demo)).toBe(commits + 1)
  await mhv(demo, 'task', 'cancel', '2', '--reason', 'x')
  const before = git(demo, 'rev-parse', 'refs/mtos/tasks')
  expect((await mhv(demo, 'done', '1-3')).code).toBe(1)
  expect(git(demo, 'rev-parse', 'refs/mtos/tasks')).toBe(before)
})

test('a dependency and its dependent are completed by one command, in whatever order they are named', async () => {
  const demo = await repositoryWith('A', 'B')
  await mhv(demo, 'task', 'depend', '1', '--on', '2')
  expect((await mhv(demo, 'done', '1,2')).code).toBe(0)
})

test('what still waits is shown first, and a step that is pasted with its mark is refused, with an example', async () => {
  const demo = await repositoryWith('A', 'B')
  await mhv(demo, 'task', 'depend', '2', '--on', '1')
  const { recovery } = (await mhvJson(demo, 'done', '2')).error
  expect(recovery).toEqual(['mhv task show 2', 'mhv done 2 --force --reason "…"'])
  const before = git(demo, 'rev-parse', 'refs/mtos/tasks')
  for (const words of [
    ['done', '2', '--force'],
    ['start', '2', '--force'],
    ['task', 'block', '1'],
    ['task', 'cancel', '1'],
    ['task', 'delete', '1'],
    ['task', 'reopen', '1'],
  ]) {
    const { code, err } = await mhv(demo, ...words, '--reason', '…')
    expect({ words, code, err }).toEqual({
      words,
      code: 2,
      err: expect.stringMatching(/The reason "…" only marks the place of your own words\. Example: "/),
    })
  }
  expect(git(demo, 'rev-parse', 'refs/mtos/tasks')).toBe(before)
})

test('criteria are met one by one, with evidence, and done asks for all of them', async () => {
  const demo = await repositoryWith()
  await mhv(demo, 'tc', 'A', '-c', 'works', '-c', 'is fast')
  const refused = await mhvJson(demo, 'done', '1')
  expect(refused.error).toMatchObject({
    name: 'INCOMPLETE',
    recovery: ['mhv task check 1 1', 'mhv task check 1 2', 'mhv done 1 --force --reason "…"'],
  })
  expect((await mhv(demo, 'task', 'check', '1', '1', '--evidence', 'CI 7')).out).toBe(
    '#1 meets 1 of 2 criteria: A\n',
  )
  expect((await mhv(demo, 'task', 'check', '1', '3')).err).toMatch(/no criterion 3: it has 1 to 2/)
  await mhv(demo, 'task', 'check', '1', '2')
  expect((await mhv(demo, 'task', 'check', '1', '2', '--unmet')).out).toMatch(/meets 1 of 2/)
  const forced = await mhvJson(demo, 'done', '1', '--force', '--reason', 'good enough')
  expect(forced.task).toMatchObject({ status: 'completed', reason: 'good enough' })
  expect(forced.task.criteria[0]).toMatchObject({ met: true, evidence: 'CI 7' })
})

test('force wants a reason, and a reason force', async () => {
  const demo = await repositoryWith('A')
  for (const argv of [
    ['done', '1', '--force'],
    ['done', '1', '--reason', 'x'],
  ]) {
    expect((await mhvJson(demo, ...argv)).error.code).toBe('MHV-012')
  }
})

test('undo walks back command by command, over all the tasks that each changed', async () => {
  const demo = await repositoryWith('A', 'B')
  await mhv(demo, 'task', 'label', '1', 'x')
  await mhv(demo, 'task', 'assign', '1-2', 'bob')
  await mhv(demo, 'start', '2', '--no-worktree')
  expect((await mhv(demo, 'undo')).out).toBe(
    '#2 taken back (status: in_progress → pending; branch: task/2 → –); branch task/2 stays: B\n',
  )
  expect((await mhvJson(demo, 'undo')).tasks.map((task: { assignee: null }) => task.assignee)).toEqual([
    null,
    null,
  ])
  expect((await mhvJson(demo, 'undo')).task.labels).toEqual([])
  await mhv(demo, 'undo')
  await mhv(demo, 'undo')
  expect((await mhvJson(demo, 'tl')).total).toBe(0)
  const { error } = await mhvJson(demo, 'undo')
  expect(error.name).toBe('NOTHING_TO_UNDO')
  const before = git(demo, 'rev-parse', 'refs/mtos/tasks')
  execFileSync('sh', ['-c', error.recovery[0]], { cwd: demo, stdio: 'ignore' })
  expect(git(demo, 'rev-parse', 'refs/mtos/tasks')).toBe(before)
})

test('the steps out of a blocked task work when they are pasted', async () => {
  const demo = await repositoryWith('A')
  await mhv(demo, 'task', 'block', '1', '--reason', 'vendor')
  const { error } = await mhvJson(demo, 'done', '1')
  expect(error.recovery).toEqual(['mhv task unblock 1', 'mhv task cancel 1 --reason "…"'])
  const past = await mhv(demo, 'task', 'edit', '1', '--deadline', '2020-01-01')
  expect(past.err).toMatch(/mhv task edit --help/)
})

test('undo takes back what is left of a command on several tasks, and what is yours of a task', async () => {
  const demo = await repositoryWith('A', 'B')
  await mhv(demo, 'task', 'assign', '1,2', 'ann')
  await mhv(demo, 'undo', '1')
  git(demo, 'config', 'user.email', 'bob@example.com')
  await mhv(demo, 'task', 'label', '2', 'theirs')
  git(demo, 'config', 'user.email', 'ann@example.com')
  expect((await mhv(demo, 'undo')).out).toBe('#2 taken back (assignee: ann → –): B\n')
  expect((await mhvJson(demo, 'task', 'show', '2')).task).toMatchObject({
    assignee: null,
    labels: ['theirs'],
  })
})

test('undo of one task leaves the others', async () => {
  const demo = await repositoryWith('A', 'B')
  await mhv(demo, 'task', 'comment', '1', 'first')
  await mhv(demo, 'task', 'edit', '2', '--title', 'B2')
  expect((await mhvJson(demo, 'undo', '1')).task.comments).toEqual([])
  expect((await mhvJson(demo, 'task', 'show', '2')).task.title).toBe('B2')
})

test('comments come from the command line or from standard input', async () => {
  const demo = await repositoryWith('A')
  await mhv(demo, 'task', 'comment', '1', 'Reproduced')
  const { task } = await mhvJson(demo, 'task', 'show', '1')
  expect(task.comments).toMatchObject([
    { by: 'Ann <ann@example.com>', at: '2026-11-20T10:00:00.123Z', text: 'Reproduced' },
  ])
  expect((await mhv(demo, 'task', 'comment', '1')).err).toMatch(
    /no terminal to open an editor in; give the text on the command line/,
  )
})

test('a dependency that would close a cycle is refused with the path', async () => {
  const demo = await repositoryWith('A', 'B', 'C')
  await mhv(demo, 'task', 'depend', '1', '--on', '2')
  await mhv(demo, 'task', 'depend', '2', '--on', '3')
  const { error } = await mhvJson(demo, 'task', 'depend', '3', '--on', '1')
  expect(error).toMatchObject({ name: 'DEPENDENCY_CYCLE', data: { path: ['#3', '#1', '#2', '#3'] } })
  expect((await mhvJson(demo, 'task', 'depend', '1', '--on', '1')).error.name).toBe('DEPENDENCY_CYCLE')
  expect((await mhvJson(demo, 'task', 'edit', '1', '--parent', '1')).error.name).toBe('DEPENDENCY_CYCLE')
})

test('a subtask cannot depend on its parent, which waits for it: neither could ever be completed', async () => {
  const demo = await repositoryWith('A', 'B')
  await mhv(demo, 'task', 'edit', '2', '--parent', '1')
  const { err } = await mhv(demo, 'task', 'depend', '2', '--on', '1')
  expect(err).toContain('close the cycle #2 → #1 → #2, in which each waits for the next')
  const created = await mhv(demo, 'tc', 'C', '--parent', '1', '--depends-on', '1')
  expect(created.err).toContain('close the cycle #1 → the new task → #1')
  expect((await mhv(demo, 'task', 'depend', '1', '--on', '2')).code).toBe(0)
})

test('a deleted task is gone from everything but can be restored, and its number is not given out again', async () => {
  const demo = await repositoryWith('A', 'B')
  await mhv(demo, 'task', 'delete', '2', '--reason', 'test data')
  expect((await mhvJson(demo, 'tl')).total).toBe(1)
  expect((await mhvJson(demo, 'tl', '--deleted')).tasks).toMatchObject([{ number: 2 }])
  expect((await mhvJson(demo, 'task', 'edit', '2', '--title', 'x')).error).toMatchObject({
    name: 'TASK_NOT_FOUND',
    recovery: ['mhv task restore 2'],
  })
  expect((await mhvJson(demo, 'tc', 'C')).task.number).toBe(3)
  expect((await mhvJson(demo, 'task', 'restore', '2')).task.deleted).toBe(false)
})

test('history tells who changed what from what to what', async () => {
  const demo = await repositoryWith('A', 'B')
  await mhv(demo, 'task', 'edit', '1', '--title', 'A2')
  await mhv(demo, 'task', 'depend', '1', '--on', '2')
  const { history } = await mhvJson(demo, 'task', 'history', '1')
  expect(history.events.map((event: { kind: string }) => event.kind)).toEqual([
    'TaskCreated',
    'TaskEdited',
    'DependencyAdded',
  ])
  expect(history.events[1]).toMatchObject({
    by: 'Ann <ann@example.com>',
    changes: [{ field: 'title', from: 'A', to: 'A2' }],
    lost: [],
  })
  const { out } = await mhv(demo, 'task', 'history', '1')
  expect(out).toMatch(/title: A → A2/)
  expect(out).toMatch(/depends_on: \+ #2/)
})

test('what is wrong with a command line exits with 2 and changes nothing', async () => {
  const demo = await repositoryWith('A')
  const before = git(demo, 'rev-parse', 'refs/mtos/tasks')
  for (const argv of [
    ['tc'],
    ['tc', ''],
    ['tc', '--no-parse', 'x'.repeat(201)],
    ['tc', 'x'.repeat(5001)],
    ['tc', '--no-parse', 'a\u001b[31mred'],
    ['tc', '--no-parse', 'a\u202eb'],
    ['tc', 'A', '--deadline', '2020-01-01'],
    ['tc', 'A', '--deadline', '2026-02-30'],
    ['tc', 'A', '-e', '3 hours'],
    ['tc', 'A', '-l', 'two words'],
    ['tc', 'A', '-t', 'nonsense'],
    ['task', 'show', 'abc'],
    ['task', 'show', '9-3'],
    ['task', 'edit', '1'],
    ['task', 'label', '1'],
    ['start', '1,2'],
    ['start', '1', '--branch', '-x'],
    ['start', '1', '--base', 'nothing'],
    ['nope'],
    ['task', 'nope'],
    ['tl', '--bogus'],
    ['tl', '--sort', 'nonsense'],
    ['tl', '--status', 'nonsense'],
    ['tl', '--created-after', 'whenever'],
    ['explain', 'NOPE'],
    ['task', 'check', '1', '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
    ['switch', '1,2'],
  ]) {
    const { code, out, err } = await mhv(demo, ...argv)
    expect({ argv, code, out }).toEqual({ argv, code: 2, out: '' })
    expect(err).toMatch(/^Error MHV-\d{3} [A-Z_]+: .*\n {2}Try:\n {4}/)
  }
  expect(git(demo, 'rev-parse', 'refs/mtos/tasks')).toBe(before)
  expect(git(demo, 'branch', '--list', 'task/*')).toBe('')
})

test('--allow-past takes a deadline that has passed', async () => {
  const demo = await repositoryWith()
  expect((await mhvJson(demo, 'tc', 'A', '--deadline', '2020-01-01', '--allow-past')).task.deadline).toBe(
    '2020-01-01',
  )
  expect((await mhvJson(demo, 'tc', 'B', '--deadline', '2026-11-20T18:00')).task.deadline).toBe(
    '2026-11-20T17:00:00.000Z',
  )
})

test('a person with text behind the address is refused, and one that is stored so stays', async () => {
  const demo = await repositoryWith('A')
  for (const wrong of ['Eve <eve@x.org>zoe', 'Eve <eve@x.org', 'eve@x.org>']) {
    const { code, err: stderr } = await mhv(demo, 'task', 'assign', '1', '--', wrong)
    expect([wrong, code]).toEqual([wrong, 2])
    expect(stderr).toContain('has text behind its address, or half of one')
  }
  for (const right of ['Eve <eve@x.org>', '<eve@x.org>', 'eve@x.org', 'Eve']) {
    expect((await mhvJson(demo, 'task', 'assign', '1', right)).task.assignee).toBe(right)
  }
  expect(person.safeParse('Eve <eve@x.org>zoe').success).toBe(true)
})
