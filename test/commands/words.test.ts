import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryRepository } from '../support/repository.ts'

async function repositoryWith(...titles: string[]): Promise<string> {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  for (const title of titles) await mhv(demo, 'tc', title)
  return demo
}

const tip = (demo: string) => git(demo, 'rev-parse', 'refs/mtos/tasks')

test('a word that could be a task’s is stored as nothing else', async () => {
  const demo = await repositoryWith('A', 'B', 'C')
  await mhv(demo, 'start', '1', '--no-worktree')
  git(demo, 'switch', '--quiet', 'task/1')
  const before = tip(demo)
  for (const [argv, said] of [
    [['task', 'assign', '2'], /“2” names a task; a person is missing/],
    [['task', 'assign', '2', '3'], /“3” is not taken for a person, since it could be a task/],
    [['task', 'label', '3', '2', 'z'], /“2” is not taken for a label/],
    [['task', 'label', 'z', '2'], /“2” is not taken for a label/],
    [['task', 'comment', '3', '2'], /“2” is not taken for a comment/],
    [['tc', 'D', '-a', '2'], /The assignee “2” is a number/],
  ] as const) {
    const { code, err } = await mhv(demo, ...argv)
    expect({ argv, code }).toEqual({ argv, code: 2 })
    expect(err).toMatch(said)
  }
  expect(tip(demo)).toBe(before)
  expect((await mhvJson(demo, 'task', 'label', '3', '--add', '2026')).task.labels).toEqual(['2026'])
})

test('outside a task’s branch what is missing is said to be missing', async () => {
  const demo = await repositoryWith('A')
  expect((await mhv(demo, 'task', 'assign', '1')).err).toMatch(/a person is missing/)
  expect((await mhv(demo, 'task', 'check', '1')).err).toMatch(/the place of a criterion is missing/)
})

test('“none” is nobody and nothing wherever a field may be empty, and no label', async () => {
  const demo = await repositoryWith('A')
  const none = ['-a', 'none', '--deadline', 'none', '-e', 'none', '--parent', 'none']
  expect((await mhvJson(demo, 'tc', 'B', ...none)).task).toMatchObject({
    assignee: null,
    deadline: null,
    estimate: null,
    parent: null,
  })
  await mhv(demo, 'tc', 'C', '-a', 'bob', '--deadline', '+3d', '-e', '3h', '--parent', '1', '-l', 'x')
  await mhv(demo, 'task', 'depend', '3', '--on', '2')
  await mhv(demo, 'start', '3', '--no-worktree', '--force')
  for (const flag of ['assignee', 'deadline', 'estimate', 'parent', 'label', 'branch', 'depends-on']) {
    const { tasks } = await mhvJson(demo, 'tl', `--${flag}`, 'none')
    expect({ flag, numbers: tasks.map((task: { number: number }) => task.number) }).toEqual({
      flag,
      numbers: [1, 2],
    })
  }
  expect((await mhv(demo, 'task', 'label', '1', 'none')).err).toMatch(/cannot be called “none”/)
  expect((await mhv(demo, 'tc', 'D', '-l', 'none')).code).toBe(2)
})

test('an empty value is refused where a value is needed', async () => {
  const demo = await repositoryWith('A')
  const before = tip(demo)
  for (const argv of [
    ['tc', 'B', '--deadline', ''],
    ['tc', 'B', '-a', ''],
    ['tc', 'B', '--parent='],
    ['task', 'edit', '1', '--deadline', '', '-e', ''],
    ['task', 'edit', '', '--title', 'x'],
    ['task', 'assign', '1', ''],
    ['task', 'label', '1', ''],
    ['start', '1', '--base', ''],
    ['start', '1', '--path', ''],
    ['start', '1', '--branch', ''],
    ['tl', '--title', ''],
    ['tl', '--label', ''],
    ['done', '1', '--force', '--reason', ''],
  ]) {
    const { code, err } = await mhv(demo, ...argv)
    expect({ argv, code }).toEqual({ argv, code: 2 })
    expect(err).toMatch(/empty/)
  }
  expect(tip(demo)).toBe(before)
  await mhv(demo, 'task', 'edit', '1', '-d', 'text')
  expect((await mhvJson(demo, 'task', 'edit', '1', '-d', '')).task.description).toBe('')
})

test('where one task is meant a list is refused; filters take any of it', async () => {
  const demo = await repositoryWith('A', 'B', 'C', 'D')
  for (const argv of [
    ['tc', 'E', '--parent', '1,2'],
    ['task', 'edit', '1', '--parent', '2-3'],
    ['switch', '1,2'],
  ]) {
    expect((await mhvJson(demo, ...argv)).error.message).toMatch(/names several tasks/)
  }
  await mhv(demo, 'task', 'edit', '2', '--parent', '1')
  await mhv(demo, 'task', 'edit', '4', '--parent', '3')
  await mhv(demo, 'task', 'depend', '2', '--on', '4')
  expect((await mhvJson(demo, 'tl', '--parent', '1,3')).total).toBe(2)
  expect((await mhvJson(demo, 'tl', '--depends-on', '3-4')).total).toBe(1)
})

test('a task’s printed name is taken, that of another repository that nothing is known of refused', async () => {
  const demo = await repositoryWith('A')
  expect((await mhvJson(demo, 'task', 'edit', 'demo#1', '-p', 'high')).task.priority).toBe('high')
  expect((await mhv(demo, 'task', 'depend', '1', '--on', 'other#3')).err).toMatch(
    /other#3 leads to other, of which nothing is known. There is no repos.yaml/,
  )
})

test('a range may have holes, and answers come in the order of the words', async () => {
  const demo = await repositoryWith('A', 'B', 'C')
  await mhv(demo, 'task', 'delete', '2')
  const { tasks } = await mhvJson(demo, 'task', 'edit', '3,1-100', '-p', 'high')
  expect(tasks.map((task: { number: number }) => task.number)).toEqual([3, 1])
  await mhv(demo, 'task', 'depend', '3', '--on', '1')
  expect((await mhv(demo, 'done', '3,1')).out).toBe('#3 completed: C\n#1 completed: A\n')
  expect((await mhvJson(demo, 'task', 'edit', '1,7', '-p', 'low')).error.name).toBe('TASK_NOT_FOUND')
  expect((await mhv(demo, 'task', 'delete', '2-2')).out).toBe('#2 is deleted already: B\n')
  expect((await mhvJson(demo, 'task', 'restore', '1-9')).tasks).toHaveLength(3)
})

test('a title has something to see, and may be of several words without quotes', async () => {
  const demo = await repositoryWith()
  expect((await mhv(demo, 'tc', '\u200b\u2060')).err).toMatch(/nothing that can be seen/)
  expect((await mhv(demo, 'tc', 'two', 'or', 'two', 'words')).out).toBe('#1 created: two or two words\n')
})

test('taking away what was not there is said to be no change', async () => {
  const demo = await repositoryWith('A', 'B')
  expect((await mhv(demo, 'task', 'depend', '1', '--on', '2', '--remove')).out).toBe(
    '#1 does not depend on that: A\n',
  )
})
