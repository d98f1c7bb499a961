import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mhvJson } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run, TASKS, useTasks, withEnvironment, withTasks } from '../support/use-tasks.ts'

const isWhole = (cwd: string) => git(cwd, 'fsck', '--strict', '--no-progress')

/** Clones with tasks: git brings their ref once `mhv init` has told it to. */
async function cloned(origin: string, ...cloneArguments: string[]): Promise<string> {
  const clone = join(temporaryDirectory(), 'clone')
  execFileSync('git', ['clone', '--quiet', ...cloneArguments, `file://${origin}`, clone], { stdio: 'pipe' })
  await run(clone, 'init')
  git(clone, 'fetch', '--quiet')
  expect(await run(clone, 'init')).toMatch(/Took over the task log/)
  return clone
}

describe('tasks work', () => {
  test('in a subdirectory', async () => {
    const demo = temporaryRepository()
    const deep = join(demo, 'a', 'b')
    mkdirSync(deep, { recursive: true })
    await run(deep, 'init')
    await useTasks(deep)
    expect((await mhvJson(demo, 'tl')).total).toBe(1)
  })

  test('in linked worktrees, which all see the same ones, wherever init ran', async () => {
    const demo = temporaryRepository()
    const linked = join(demo, '..', 'linked')
    git(demo, 'worktree', 'add', '--quiet', linked)
    await run(linked, 'init')
    await useTasks(demo, 'from main')
    await useTasks(linked, 'from the worktree')
    for (const place of [demo, linked]) expect((await mhvJson(place, 'tl')).total).toBe(2)
    expect((await mhvJson(linked, 'tl')).tasks[0].ref).toMatch(/^demo#/)
  })

  test('in a bare repository, and in a worktree of one', async () => {
    const bare = join(temporaryDirectory(), 'demo.git')
    execFileSync('git', ['clone', '--quiet', '--bare', temporaryRepository(), bare])
    await run(bare, 'init')
    await useTasks(bare)
    const worktree = join(bare, '..', 'worktree')
    git(bare, 'worktree', 'add', '--quiet', worktree)
    await useTasks(worktree, 'from the worktree')
    expect((await mhvJson(bare, 'tl')).tasks.map((task: { ref: string }) => task.ref).sort()).toEqual([
      'demo#1',
      'demo#2',
    ])
  })

  test.each([
    ['git gc', ['gc', '--quiet', '--prune=now']],
    ['git repack -ad', ['repack', '-adq']],
    ['git pack-refs --all', ['pack-refs', '--all']],
    [
      'git maintenance',
      ['maintenance', 'run', '--quiet', '--task=gc', '--task=commit-graph', '--task=loose-objects'],
    ],
  ])('after %s, read and written', async (_name, args) => {
    const demo = await withTasks()
    git(demo, ...args)
    await useTasks(demo, 'after it')
    git(demo, ...args)
    expect((await mhvJson(demo, 'tl')).total).toBe(2)
    expect((await mhvJson(demo, 'tl', '--at', TASKS)).total).toBe(2)
    isWhole(demo)
  })

  test('in a shallow clone', async () => {
    const origin = await withTasks()
    git(origin, 'commit', '--quiet', '--allow-empty', '-m', 'second')
    const clone = await cloned(origin, '--depth=1')
    expect(git(clone, 'rev-parse', '--is-shallow-repository')).toBe('true')
    await useTasks(clone, 'from the clone')
    expect((await mhvJson(clone, 'tl')).total).toBe(2)
    isWhole(clone)
  })

  test('in a clone whose task log itself is shallow', async () => {
    const origin = await withTasks()
    const clone = join(temporaryDirectory(), 'clone')
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${origin}`, clone])
    git(clone, 'fetch', '--quiet', '--depth=1', 'origin', `${TASKS}:${TASKS}`)
    expect(git(clone, 'rev-list', '--count', TASKS)).toBe('1')
    expect(await run(clone, 'init')).toMatch(/keeps tasks already/)
    await useTasks(clone, 'from the clone')
    expect((await mhvJson(clone, 'tl')).total).toBe(2)
  })

  test('in a clone that borrows its objects', async () => {
    const origin = await withTasks()
    const clone = join(temporaryDirectory(), 'clone')
    execFileSync('git', ['clone', '--quiet', '--shared', origin, clone])
    await run(clone, 'init')
    git(clone, 'fetch', '--quiet')
    await run(clone, 'init')
    await useTasks(clone, 'from the clone')
    expect((await mhvJson(clone, 'tl')).total).toBe(2)
    isWhole(clone)
  })

  test('in a partial clone, which fetches what it reads', async () => {
    const origin = await withTasks()
    git(origin, 'config', 'uploadpack.allowFilter', 'true')
    git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
    const clone = await cloned(origin, '--filter=blob:none')
    expect(git(clone, 'rev-list', '--objects', '--missing=print', TASKS)).toMatch(/^\?/m)
    await useTasks(clone, 'from the clone')
    expect((await mhvJson(clone, 'tl')).total).toBe(2)
  })

  test('in a SHA-256 repository, and in a clone of it', async () => {
    const origin = await withTasks('--object-format=sha256')
    expect(git(origin, 'rev-parse', TASKS)).toHaveLength(64)
    isWhole(origin)
    const clone = await cloned(origin)
    await useTasks(clone, 'from the clone')
    expect((await mhvJson(clone, 'tl')).total).toBe(2)
  })

  test('where core.worktree puts the files elsewhere', async () => {
    const demo = temporaryRepository()
    const files = join(demo, '..', 'files')
    mkdirSync(files)
    git(demo, 'config', 'core.worktree', files)
    await run(demo, 'init')
    await useTasks(demo)
  })

  test('with GIT_DIR and GIT_WORK_TREE from outside', async () => {
    const demo = temporaryRepository()
    const elsewhere = temporaryDirectory()
    withEnvironment({ GIT_DIR: join(demo, '.git'), GIT_WORK_TREE: demo })
    await run(elsewhere, 'init')
    await useTasks(elsewhere)
    expect(readFileSync(join(demo, '.git', TASKS), 'utf8')).toMatch(/^[0-9a-f]{40}\n$/)
  })

  test('where .git is a file with a relative path', async () => {
    const demo = temporaryRepository()
    renameSync(join(demo, '.git'), join(demo, '..', 'kept.git'))
    writeFileSync(join(demo, '.git'), 'gitdir: ../kept.git\n')
    mkdirSync(join(demo, 'deep'))
    await run(demo, 'init')
    await useTasks(join(demo, 'deep'))
  })

  test('in a submodule, apart from the repository around it', async () => {
    const outer = temporaryRepository()
    git(
      outer,
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      temporaryRepository(),
      'inner',
    )
    await run(outer, 'init')
    await run(join(outer, 'inner'), 'init')
    await useTasks(join(outer, 'inner'), 'inside')
    expect((await mhvJson(outer, 'tl')).total).toBe(0)
    expect((await mhvJson(join(outer, 'inner'), 'tl')).tasks[0].ref).toBe('inner#1')
  })

  test('in a path with spaces, quotes and letters of all kinds', async () => {
    const odd = join(temporaryDirectory(), 'Ein "Ürgewürz" 日本 $HOME `x`')
    execFileSync('git', ['init', '--quiet', odd])
    git(odd, 'commit', '--quiet', '--allow-empty', '-m', 'First commit')
    await run(odd, 'init')
    await useTasks(odd)
    const { worktree } = await mhvJson(odd, 'start', '1')
    expect(relative(join(odd, '..'), worktree)).toMatch(/1-fix-auth-bug$/)
    expect((await mhvJson(worktree, 'current')).task.number).toBe(1)
  })

  test('before the first commit of the project', async () => {
    const empty = join(temporaryDirectory(), 'empty')
    execFileSync('git', ['init', '--quiet', empty])
    await run(empty, 'init')
    await useTasks(empty)
  })
})
