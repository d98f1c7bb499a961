import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { mounted } from '../support/mounted.ts'
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

describe('move', () => {
  test.each([
    ['.git/foo', /inside the git directory/],
    ['.git', /inside the git directory/],
    ['.git/refs/heads/foo', /inside the git directory/],
    ['two\nlines', /path/],
    ['../demo.worktrees/1-fix-auth-bug', /inside the worktree that is to be moved/],
    ['../demo.worktrees/1-fix-auth-bug/deeper', /inside the worktree that is to be moved/],
    ['kept.txt/inner', /kept\.txt is no directory/],
    ['kept.txt/not/there', /kept\.txt is no directory/],
    ['dangling/inner', /dangling is no directory/],
  ])('refuses the place %j, and leaves everything as it is', async (place, why) => {
    const { demo, worktree } = await startedTask()
    symlinkSync('/nowhere', join(demo, 'dangling'))
    const { error } = await mhvJson(demo, 'worktree', 'move', '1', place)
    expect(error).toMatchObject({ name: 'INVALID_INPUT', message: expect.stringMatching(why) })
    expect(git(worktree, 'status', '--porcelain')).toBe('')
    expect((await mhvJson(demo, 'worktree', 'move', '1', 'dangling')).error.name).toBe('WORKTREE_EXISTS')
  })

  test('keeps a worktree out of the files of the one that it goes into, and only if it goes', async () => {
    const { demo, worktree } = await startedTask()
    const exclude = () => readFileSync(join(demo, '.git/info/exclude'), 'utf8')
    const before = exclude()
    put(demo, 'inner/seen.txt', 'seen')
    writeFileSync(join(demo, '.git/worktrees/1-fix-auth-bug/locked'), '')
    expect((await mhvJson(demo, 'worktree', 'move', '1', 'inner')).error.name).toBe('WORKTREE_FIXED')
    expect(exclude()).toBe(before)
    rmSync(join(demo, '.git/worktrees/1-fix-auth-bug/locked'))
    const to = join(demo, 'inner', '1-fix-auth-bug')
    expect(await mhvJson(demo, 'worktree', 'move', '1', 'inner')).toMatchObject({
      from: worktree,
      worktree: to,
    })
    expect(git(demo, 'status', '--porcelain', '--untracked-files=all')).toBe('?? inner/seen.txt')
  })

  test('says how to make the directory that is missing around the new place', async () => {
    const { demo, worktree } = await startedTask()
    const to = join(dirname(demo), 'not/there', 'work')
    const { error } = await mhvJson(demo, 'worktree', 'move', '1', to)
    expect(error.recovery).toEqual([`mkdir -p ${dirname(to)}`, `mhv worktree move 1 ${to}`])
    expect(existsSync(worktree)).toBe(true)
    execFileSync('sh', ['-c', error.recovery[0]])
    expect((await mhv(demo, ...error.recovery[1].split(' ').slice(1))).code).toBe(0)
    expect(git(to, 'branch', '--show-current')).toBe('task/1')
  })

  test('to another disk is refused, and the steps that are named take it there', async (context) => {
    const { demo, worktree } = await startedTask()
    put(worktree, 'staged.txt', 'staged')
    git(worktree, 'add', 'staged.txt')
    const disk = join(dirname(demo), 'disk')
    if (!mounted(disk, '-t', 'tmpfs', 'none')) return context.skip()
    const exclude = readFileSync(join(demo, '.git/info/exclude'), 'utf8')
    const { error } = await mhvJson(demo, 'worktree', 'move', '1', join(disk, 'work'))
    expect(error).toMatchObject({ name: 'WORKTREE_FIXED', message: expect.stringContaining('another disk') })
    expect(readFileSync(join(demo, '.git/info/exclude'), 'utf8')).toBe(exclude)
    expect(git(worktree, 'status', '--porcelain')).toBe('A  staged.txt')
    for (const step of error.recovery.slice(0, 2)) execFileSync('sh', ['-c', step])
    expect((await mhv(demo, ...error.recovery[2].split(' ').slice(1))).code).toBe(0)
    expect(git(join(disk, 'work'), 'status', '--porcelain')).toBe('A  staged.txt')
    expect((await mhvJson(demo, 'wl')).worktrees[1].path).toBe(join(disk, 'work'))
  })
})
