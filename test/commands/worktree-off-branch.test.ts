import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git } from '../support/repository.ts'
import { commitFile, startedTask } from '../support/worktrees.ts'

/** A task whose work is merged, and whose worktree is left to be looked at. */
async function mergedTask() {
  const started = await startedTask()
  commitFile(started.worktree, 'work.txt', 'work')
  git(started.demo, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'task/1')
  return started
}

test('a worktree whose head is detached is still its task’s, and stays while a commit is on no branch', async () => {
  const { demo, worktree } = await mergedTask()
  git(worktree, 'switch', '--quiet', '--detach')
  const alone = commitFile(worktree, 'alone.txt', 'alone')
  const listed = await mhvJson(demo, 'wl')
  expect(listed.worktrees[1]).toMatchObject({ branch: null, off_branch: true, task: { number: 1 } })
  expect(listed.tasks_without_worktree).toEqual([])
  const { out } = await mhv(demo, 'wl')
  expect(out).toContain(`#1: its worktree ${worktree} has a detached head instead of task/1`)
  expect((await mhv(demo, 'switch', '1')).out).toBe(`${worktree}\n`)
  const removal = await mhv(demo, 'worktree', 'remove', '1')
  expect([removal.code, removal.err]).toEqual([1, expect.stringContaining('1 commit that no branch holds')])
  const done = await mhv(demo, 'done', '1')
  expect(done.out + done.err).toContain(
    `The worktree of #1 stays at ${worktree}: its detached head has 1 commit that no branch holds`,
  )
  expect(git(worktree, 'rev-parse', 'HEAD')).toBe(alone)
})

test('a detached worktree goes with its finished task where everything in it is merged, and comes back', async () => {
  const { demo, worktree } = await mergedTask()
  git(worktree, 'switch', '--quiet', '--detach')
  const tip = git(worktree, 'rev-parse', 'HEAD')
  await mhv(demo, 'done', '1')
  expect(existsSync(worktree)).toBe(false)
  await mhv(demo, 'worktree', 'undo', '1')
  expect(git(worktree, 'rev-parse', 'HEAD')).toBe(tip)
  expect((await mhvJson(demo, 'wl')).worktrees[1]).toMatchObject({ off_branch: true, task: { number: 1 } })
})

test('a worktree with another branch stays when its task is done, and goes with that branch kept when told to', async () => {
  const { demo, worktree } = await mergedTask()
  git(worktree, 'switch', '--quiet', '--create', 'other')
  commitFile(worktree, 'other.txt', 'other')
  const done = await mhv(demo, 'done', '1')
  expect(done.out + done.err).toContain(
    `stays at ${worktree}: it was made for #1, but has the branch other checked out now`,
  )
  const { kept } = await mhvJson(demo, 'worktree', 'prune')
  expect(kept).toMatchObject([
    { number: 1, codes: ['other branch'], steps: [`mhv worktree remove ${worktree}`] },
  ])
  expect((await mhv(demo, ...kept[0].steps[0].split(' ').slice(1))).code).toBe(0)
  expect(existsSync(worktree)).toBe(false)
  expect(git(demo, 'log', '-1', '--format=%s', 'other')).toBe('Change other.txt')
})

test('a branch that is another task’s says more than what the worktree was made for', async () => {
  const { demo, worktree } = await startedTask()
  await mhv(demo, 'tc', 'Second')
  await mhv(demo, 'start', '2', '--no-worktree')
  git(worktree, 'switch', '--quiet', 'task/2')
  expect((await mhvJson(demo, 'wl')).worktrees[1]).toMatchObject({ off_branch: false, task: { number: 2 } })
  expect((await mhvJson(demo, 'start', '1')).error.recovery).toEqual([`mhv start 1 --path ${worktree}-2`])
})

test.each([
  ['detached', ['--detach'], 'its head is detached'],
  ['on another branch', ['--create', 'other'], 'it has the branch other checked out'],
])('start says where a worktree is that is %s, and its steps lead out', async (_, how, what) => {
  const { demo, worktree } = await startedTask()
  git(worktree, 'switch', '--quiet', ...how)
  const { error } = await mhvJson(demo, 'start', '1')
  expect(error).toMatchObject({
    name: 'WORKTREE_EXISTS',
    message: `The worktree of #1 is at ${worktree}, but ${what} instead of task/1.`,
    data: { path: worktree },
  })
  const second = error.recovery.at(-1)
  expect(second).toBe(`mhv start 1 --path ${worktree}-2`)
  const back = error.recovery.at(-2).split(' ')
  expect(back.slice(0, 2)).toEqual(['git', '-C'])
  git(demo, ...back.slice(1))
  expect(await mhvJson(demo, 'start', '1')).toMatchObject({ worktree, changed: false })
  git(worktree, 'switch', '--quiet', '--detach')
  expect(await mhvJson(demo, ...second.split(' ').slice(1))).toMatchObject({ worktree: `${worktree}-2` })
})

test('a worktree made with worktree create, and one whose branch was deleted, are known too', async () => {
  const { demo, worktree } = await startedTask()
  git(demo, 'worktree', 'remove', worktree)
  await mhv(demo, 'worktree', 'create', '1')
  git(worktree, 'switch', '--quiet', '--detach')
  git(demo, 'branch', '--quiet', '--delete', 'task/1')
  expect((await mhvJson(demo, 'wl')).worktrees[1]).toMatchObject({ off_branch: true, task: { number: 1 } })
  const { error } = await mhvJson(demo, 'start', '1')
  expect(error.recovery[0]).toBe(`git -C ${worktree} switch --create task/1`)
})
