import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { put, startedTask } from '../support/worktrees.ts'

test('a file where the directory of the worktrees was is no bug of the program', async () => {
  const { demo, worktree } = await startedTask()
  rmSync(dirname(worktree), { recursive: true })
  writeFileSync(dirname(worktree), 'a file')
  const listed = await mhvJson(demo, 'wl')
  expect(listed.worktrees[1]).toMatchObject({ path: worktree, state: 'gone', orphan: 'directory gone' })
  expect((await mhvJson(demo, 'worktree', 'repair')).lost).toEqual([worktree])
  const done = await mhv(demo, 'done', '1')
  expect([done.code, done.out + done.err]).toEqual([0, expect.stringContaining('#1 completed')])
  expect((await mhvJson(demo, 'worktree', 'remove', '1')).removed).toMatchObject([{ path: worktree }])
})

test('a worktree that was moved and linked to from its place is where git knows it, and no copy', async () => {
  const { demo, worktree } = await startedTask()
  const big = join(dirname(demo), 'big')
  renameSync(worktree, big)
  symlinkSync(big, worktree)
  for (const named of [[], [big]]) {
    const { out } = await mhv(demo, 'worktree', 'repair', ...named)
    expect(out).toBe('Every worktree is where git knows it.\n')
  }
  expect(await mhvJson(demo, 'wl')).toMatchObject({ copies: [], worktrees: [{}, { copies: [] }] })
})

test('a repository whose path has a line break in it is as good as any other', async () => {
  const { demo: before } = await startedTask()
  const demo = join(temporaryDirectory(), 'two\nlines', 'demo')
  mkdirSync(dirname(demo))
  git(before, 'worktree', 'remove', `${before}.worktrees/1-fix-auth-bug`)
  renameSync(before, demo)
  put(demo, '.env', 'secret')
  put(demo, '.worktreeinclude', '.env\n')
  put(demo, '.mhvrc.json', '{"worktrees": {"setup": ["echo made > made.log"]}}')
  git(demo, 'add', '--all')
  git(demo, 'commit', '--quiet', '--message', 'Configuration')
  await mhv(demo, 'tc', 'Second')
  const { worktree, port } = await mhvJson(demo, 'start', '2', '--trust')
  expect(port).toEqual(expect.any(Number))
  expect([readFileSync(join(worktree, '.env'), 'utf8'), existsSync(join(worktree, 'made.log'))]).toEqual([
    'secret',
    true,
  ])
  expect((await mhv(worktree, 'current')).out).toContain('#2 Second')
  expect((await mhvJson(demo, 'wl')).worktrees[1]).toMatchObject({ path: worktree, unknown: [] })
})
