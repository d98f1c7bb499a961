import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

/** A repository with tasks of Ann's, and a way to act as Bob in it. */
async function sharedRepository(...titles: string[]) {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  for (const title of titles) await mhv(demo, 'tc', title)
  const be = (name: string, email: string) => {
    git(demo, 'config', 'user.name', name)
    git(demo, 'config', 'user.email', email)
  }
  const bob = async (...argv: string[]) => {
    be('Bob', 'bob@example.com')
    try {
      return await run(demo, ...argv)
    } finally {
      be('Ann', 'ann@example.com')
    }
  }
  const task = async (number = 1) => (await mhvJson(demo, 'task', 'show', String(number))).task
  return { demo, bob, task, ann: (...argv: string[]) => run(demo, ...argv) }
}

test.each([
  ['a field', [['task', 'edit', '1', '-p', 'high']], [['task', 'edit', '1', '-p', 'low']], 'priority'],
  ['a block', [['task', 'block', '1', '-r', 'x']], [['task', 'unblock', '1'], ['start', '1', '--no-worktree']], 'status'],
  ['a person', [['task', 'assign', '1', 'cy']], [['task', 'assign', '1', 'di']], 'assignee'],
  ['a label', [['task', 'label', '1', 'x']], [['task', 'label', '1', '-r', 'x'], ['task', 'label', '1', 'x']], 'label x'],
  ['a criterion', [['task', 'edit', '1', '-c', 'c']], [['task', 'check', '1', '1']], 'criterion'],
  ['a deletion', [['task', 'delete', '1']], [['task', 'restore', '1']], 'deletion'],
  ['a value that came back', [['task', 'edit', '1', '-p', 'high']], [['task', 'edit', '1', '-p', 'low'], ['task', 'edit', '1', '-p', 'high']], 'priority'],
  ['a creation', [], [['task', 'edit', '1', '-p', 'low']], 'the task'],
])('undo leaves alone what somebody else has set since: %s', async (_what, mine, theirs, field) => {
  const { demo, ann, bob, task } = await sharedRepository('A')
  for (const argv of mine) await ann(...argv)
  for (const argv of theirs) await bob(...argv)
  const before = [await task(), git(demo, 'rev-parse', 'refs/mtos/tasks')]
  const { code, err } = await mhv(demo, 'undo')
  expect(err).toContain('NOTHING_TO_UNDO')
  expect(err).toContain('Bob <bob@example.com>')
  expect(err).toContain(`#1`)
  expect(err).toContain(field)
  expect(err).toContain('mhv task history 1')
  expect(code).toBe(1)
  expect([await task(), git(demo, 'rev-parse', 'refs/mtos/tasks')]).toEqual(before)
  // Once Bob has taken his back, nothing stands in the way any more.
  for (const _ of theirs) await bob('undo')
  expect((await mhv(demo, 'undo')).code).toBe(0)
}) // biome-ignore format: a table

test('of a command the rest is taken back, and what was left is said', async () => {
  const { demo, ann, bob, task } = await sharedRepository('A', 'B', 'C')
  await ann('task', 'edit', '1-2', '-p', 'high', '--title', 'T', '-e', '3h')
  await bob('task', 'edit', '1', '-p', 'low', '--title', 'Better')
  expect(await ann('undo')).toBe(
    '#1 taken back (estimate: 3h → –); title, priority left as set since by Bob <bob@example.com>: Better\n' +
      '#2 taken back (title: T → B; priority: high → medium; estimate: 3h → –): B\n',
  )
  expect(await task()).toMatchObject({ title: 'Better', priority: 'low', estimate: null })

  await ann('task', 'assign', '2-3', 'cy')
  await bob('task', 'assign', '3', 'di')
  const { tasks, left_alone, taken_back } = await mhvJson(demo, 'undo')
  expect(tasks.map((each: { assignee: string }) => each.assignee)).toEqual([null, 'di'])
  expect(taken_back).toEqual([{ number: 2, field: 'assignee' }])
  expect(left_alone).toEqual([{ number: 3, field: 'assignee', by: 'Bob <bob@example.com>' }])
})

test('somebody else’s completion stays when a start is undone', async () => {
  const { ann, bob, task } = await sharedRepository('A')
  await ann('start', '1', '--no-worktree')
  await bob('done', '1')
  expect(await ann('undo')).toContain('status left as set since by Bob')
  expect(await task()).toMatchObject({ status: 'completed', completed_by: 'Bob <bob@example.com>' })
})

test('the changes of two people to one field are walked back by either', async () => {
  const { ann, bob, task } = await sharedRepository('A')
  const priority = async () => (await task()).priority
  await ann('task', 'edit', '1', '-p', 'high')
  await ann('task', 'edit', '1', '-p', 'critical')
  await bob('task', 'edit', '1', '-p', 'low')
  await ann('undo', '1')
  expect(await priority()).toBe('critical')
  await bob('task', 'edit', '1', '-p', 'low')
  await bob('undo')
  await ann('undo')
  expect(await priority()).toBe('high')
  await ann('undo')
  expect(await priority()).toBe('medium')
})

test('an import stays of a task that somebody else has worked on', async () => {
  const { demo, ann, bob } = await sharedRepository()
  writeFileSync(
    `${demo}/plan.csv`,
    'ID,Title,Description,Estimate,Priority,Assignee,Dependencies,Sprint\nX1,One,,,P1,,,\nX2,Two,,,P1,,,\n',
  )
  await ann('task', 'import', 'plan.csv')
  await bob('task', 'assign', '2', 'me')
  const said = await ann('undo')
  expect(said).toContain('#1 deleted: One')
  expect(said).toContain('#2 left as it is, since Bob <bob@example.com> changed it: Two')
  expect((await mhvJson(demo, 'tl', '--status', 'all')).total).toBe(1)
})

test('what is gone or back is said in plain words, and how to get it back', async () => {
  const { demo, ann } = await sharedRepository('A')
  await ann('task', 'delete', '1')
  expect(await ann('undo')).toBe('#1 restored: A\n')
  expect(await ann('undo')).toBe('#1 deleted: A\n')
  expect((await mhv(demo, 'undo', '1')).err).toContain('mhv task restore 1')
  expect((await mhv(demo, 'undo')).err).toContain('mhv task restore')
  await ann('task', 'restore', '1')
  expect(await ann('undo')).toBe('#1 deleted: A\n')
})
