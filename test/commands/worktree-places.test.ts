import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { mounted } from '../support/mounted.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { put, snapshotOf, startedTask } from '../support/worktrees.ts'

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

describe('repair, where something else is at the place of a worktree that was moved', () => {
  const own = (worktree: string) => put(worktree, 'own', 'mine')
  const others: readonly [string, (worktree: string) => void][] = [
    ['an empty directory', (worktree) => mkdirSync(worktree)],
    ['a directory of the user’s', own],
    ['one with a file of the same name', (worktree) => put(worktree, 'kept.txt', 'mine')],
    ['another repository', (worktree) => git(dirname(worktree), 'init', '--quiet', worktree)],
  ]

  test.each(others)('leads to the named one and leaves %s alone', async (_what, put) => {
    const { demo, worktree } = await startedTask()
    const far = join(temporaryDirectory(), 'far')
    renameSync(worktree, far)
    put(worktree)
    const before = snapshotOf(worktree)
    const unnamed = await mhvJson(demo, 'worktree', 'repair')
    expect(unnamed).toMatchObject({ moved: [], cut_off: [], copies: [], taken: [worktree], lost: [] })
    const { out } = await mhv(demo, 'worktree', 'repair', far)
    expect(out).toBe(`${worktree} is found again at ${far}\n`)
    expect(snapshotOf(worktree)).toEqual(before)
    expect(git(far, 'status', '--porcelain')).toBe('')
    expect((await mhvJson(demo, 'wl')).worktrees[1]).toMatchObject({ path: far, state: 'there', unknown: [] })
  })

  test.each(others)('the only worktree is no copy beside %s', async (_what, put) => {
    const { demo, worktree } = await startedTask()
    const beside = `${demo}.else`
    renameSync(worktree, beside)
    put(worktree)
    expect((await mhv(demo, 'wl')).out).not.toContain('copy of')
    const listed = await mhvJson(demo, 'wl')
    expect(listed).toMatchObject({ copies: [], unclear: [] })
    expect(listed.worktrees[1]).toMatchObject({ orphan: 'moved', moved_to: beside, copies: [] })
    const { error } = await mhvJson(demo, 'worktree', 'remove', '1')
    expect(error.recovery).toContain(`mhv worktree repair ${beside}`)
    const repaired = await mhvJson(demo, 'worktree', 'repair')
    expect(repaired).toMatchObject({ moved: [{ path: beside, from: worktree }], cut_off: [], copies: [] })
    expect(git(beside, 'status', '--porcelain')).toBe('')
  })

  test('nothing is written there when another worktree is led back', async () => {
    const { demo, worktree } = await startedTask()
    git(demo, 'worktree', 'add', '--quiet', '../other', '-b', 'other')
    const other = join(dirname(demo), 'other')
    rmSync(join(other, '.git'))
    renameSync(worktree, join(temporaryDirectory(), 'far'))
    own(worktree)
    const { out } = await mhv(demo, 'worktree', 'repair')
    expect(out).toContain(`${other} finds its repository again\n`)
    expect(out).toContain(`${worktree} does not hold the worktree`)
    expect(snapshotOf(worktree)).toHaveLength(2)
    expect(git(other, 'status', '--porcelain')).toBe('')
  })

  test('one that was deleted instead is forgotten as the output says', async () => {
    const { demo, worktree } = await startedTask()
    rmSync(worktree, { recursive: true })
    own(worktree)
    const { out } = await mhv(demo, 'worktree', 'repair')
    const [, move, remove] = /If it was deleted: (.*), then mhv (.*)\n/.exec(out)!
    execFileSync('sh', ['-c', move!])
    expect((await mhv(demo, ...remove!.split(' '))).code).toBe(0)
    expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(1)
    expect(readFileSync(join(`${worktree}.old`, 'own'), 'utf8')).toBe('mine')
  })
})

test('a worktree that lost its .git file, and a copy that has one: somebody has to say which it is', async () => {
  for (const which of ['', '-copy']) {
    const { demo, worktree } = await startedTask()
    put(worktree, 'kept.txt', 'changed')
    cpSync(worktree, `${worktree}-copy`, { recursive: true })
    rmSync(join(worktree, '.git'))
    expect((await mhvJson(demo, 'wl')).worktrees[1]).toMatchObject({ orphan: 'cut off', copies: [] })
    expect((await mhv(demo, 'wl')).out).toContain(`${worktree}-copy may be where a worktree was moved to`)
    const asked = await mhvJson(demo, 'worktree', 'repair')
    expect(asked.unclear).toEqual([{ from: worktree, places: [worktree, `${worktree}-copy`] }])
    expect(existsSync(join(worktree, '.git'))).toBe(false)
    await mhv(demo, 'worktree', 'repair', `${worktree}${which}`)
    expect((await mhvJson(demo, 'wl')).worktrees[1]).toMatchObject({ path: `${worktree}${which}` })
    expect(git(`${worktree}${which}`, 'status', '--porcelain')).toBe(' M kept.txt')
  }
})

test('a copy of the whole repository is not told to move the worktrees of the original', async () => {
  const { demo, worktree } = await startedTask()
  const before = snapshotOf(worktree)
  cpSync(demo, `${demo}-2`, { recursive: true })
  const { out } = await mhv(`${demo}-2`, 'worktree', 'repair')
  expect(out).toContain(`${worktree} does not hold the worktree, and is left alone`)
  expect(out).not.toContain('mv ')
  expect(snapshotOf(worktree)).toEqual(before)
  expect(git(worktree, 'rev-parse', '--git-common-dir')).toBe(join(demo, '.git'))
})

test('a named copy of a worktree that is in its place stays a copy', async () => {
  const { demo, worktree } = await startedTask()
  const far = join(temporaryDirectory(), 'far')
  cpSync(worktree, far, { recursive: true })
  const repaired = await mhvJson(demo, 'worktree', 'repair', far)
  expect(repaired).toMatchObject({ moved: [], copies: [{ path: far, of: worktree }] })
  expect((await mhvJson(demo, 'wl')).worktrees[1].path).toBe(worktree)
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
