import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { git } from '../support/repository.ts'
import { commitFile, put, type Started, startedTask, stateOf } from '../support/worktrees.ts'

interface Trashed extends Started {
  /** Id of the entry in the trash. */
  readonly id: string
}

/** A removed worktree with an ignored and an untracked file. */
async function trashed(): Promise<Trashed> {
  const { demo, worktree } = await startedTask()
  put(worktree, '.env', 'SECRET=1')
  put(worktree, 'new.txt', 'new')
  const { removed } = await mhvJson(demo, 'worktree', 'remove', '1', '--with-changes')
  return { demo, worktree, id: removed[0].trash }
}

/** The same as on a disk of its own, where the files stay beside where they were. */
async function trashedBeside(): Promise<Trashed & { files: string }> {
  process.env.MHV_FAULT = 'other-disk'
  onTestFinished(() => void delete process.env.MHV_FAULT)
  const entry = await trashed()
  return { ...entry, files: join(dirname(entry.worktree), `.mhv-trash-${entry.id}`) }
}

/** What an entry said before the place of its files was relative. */
function makeOld(demo: string, id: string, home = demo): void {
  const manifest = join(demo, '.git', 'mtos-trash', id, 'manifest.json')
  const { home: _home, ...entry } = JSON.parse(readFileSync(manifest, 'utf8'))
  const treeAt = join(home, '.git', 'mtos-trash', id, 'tree')
  writeFileSync(manifest, JSON.stringify({ ...entry, treeAt }))
}

function muchLater(): void {
  const before = process.env.MHV_NOW!
  process.env.MHV_NOW = '2027-12-01T00:00:00Z'
  onTestFinished(() => {
    process.env.MHV_NOW = before
  })
}

const refsOf = (demo: string) => git(demo, 'for-each-ref', 'refs/mtos/trash')

function expectBack(repository: string, worktree: string): void {
  expect(readFileSync(join(worktree, '.env'), 'utf8')).toBe('SECRET=1')
  expect(git(worktree, 'status', '--porcelain')).toBe('?? new.txt')
  expect(git(worktree, 'branch', '--show-current')).toBe('task/1')
  expect(git(repository, 'worktree', 'list')).toContain(`${worktree} `)
  expect(refsOf(repository)).toBe('')
}

describe('in a repository that has moved', () => {
  test.each(['today', 'as it once was'])('a worktree comes back where it was: its entry %s', async (form) => {
    const { demo, worktree, id } = await trashed()
    if (form !== 'today') makeOld(demo, id)
    const renamed = `${demo}-2`
    renameSync(demo, renamed)
    expect(await mhvJson(renamed, 'worktree', 'undo', '1')).toMatchObject({ worktree, branch: 'task/1' })
    expectBack(renamed, worktree)
  })

  test('a worktree comes back beside it where everything around moved along', async () => {
    const { demo, worktree } = await trashed()
    const parent = `${dirname(demo)}-2`
    renameSync(dirname(demo), parent)
    onTestFinished(() => rmSync(parent, { recursive: true }))
    const inParent = (path: string) => path.replace(dirname(demo), parent)
    expect(await mhvJson(inParent(demo), 'worktree', 'undo', inParent(worktree))).toMatchObject({
      worktree: inParent(worktree),
    })
    expectBack(inParent(demo), inParent(worktree))
    expect(existsSync(dirname(demo))).toBe(false)
  })

  test('a removal that was killed is taken back', async () => {
    const { demo, worktree, id } = await trashed()
    const manifest = join(demo, '.git', 'mtos-trash', id, 'manifest.json')
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"removed"', '"removing"'))
    renameSync(demo, `${demo}-2`)
    await mhv(`${demo}-2`, 'worktree', 'list')
    expectBack(`${demo}-2`, worktree)
  })
})

describe('a copy of the repository', () => {
  test.each(['today', 'as it once was'])(
    'leaves the trash of the first alone: its entry %s',
    async (form) => {
      const { demo, worktree, id } = await trashed()
      if (form !== 'today') makeOld(demo, id)
      const copies = ['a', 'b'].map((name) => `${demo}-${name}`) as [string, string]
      for (const copy of copies) cpSync(demo, copy, { recursive: true })
      const { worktree: ofCopy } = await mhvJson(copies[0], 'worktree', 'undo', '1')
      expectBack(copies[0], ofCopy)
      renameSync(ofCopy, `${ofCopy}-of-copy`)
      muchLater()
      expect(await mhvJson(copies[1], 'worktree', 'prune')).toMatchObject({ emptied: 1, astray: [] })
      expect((await mhv(demo, 'worktree', 'undo', '1')).code).toBe(0)
      expectBack(demo, worktree)
    },
  )

  test('leaves files alone that the first has on another disk', async () => {
    const { demo, worktree, id } = await trashedBeside()
    const copy = `${demo}-copy`
    cpSync(demo, copy, { recursive: true })
    const { error } = await mhvJson(copy, 'worktree', 'undo', '1')
    expect(error).toMatchObject({
      name: 'WORKTREE_MISSING',
      message: expect.stringContaining(`are of ${demo}/.git, which this repository is a copy of`),
    })
    muchLater()
    expect(await mhvJson(copy, 'worktree', 'prune')).toMatchObject({ emptied: 0, astray: [{ trash: id }] })
    expect((await mhv(demo, 'worktree', 'undo', '1')).code).toBe(0)
    expectBack(demo, worktree)
  })
})

describe('files that are not where they are kept', () => {
  test('on a disk that is away keep their entry, and come back with the disk', async () => {
    const { demo, worktree, id, files } = await trashedBeside()
    renameSync(files, `${demo}-away`)
    const { error } = await mhvJson(demo, 'worktree', 'undo', '1')
    expect(error).toMatchObject({ name: 'WORKTREE_MISSING', data: { files, trash: id } })
    expect(error.recovery).toEqual([`ls -la ${dirname(files)}`, `mhv worktree undo ${id}`])
    muchLater()
    const { out } = await mhv(demo, 'worktree', 'prune')
    expect(out).toContain(`(${id}) stays in the trash beyond its time: its files are not where they are kept`)
    expect(out).not.toContain('for good')
    expect(refsOf(demo)).not.toBe('')
    renameSync(`${demo}-away`, files)
    expect((await mhv(demo, 'worktree', 'undo', id)).code).toBe(0)
    expectBack(demo, worktree)
  })

  test('and were deleted by hand are not said to be back, and the steps bring back the rest', async () => {
    const { demo, worktree, id } = await trashed()
    rmSync(join(demo, '.git', 'mtos-trash', id, 'tree'), { recursive: true })
    const { error } = await mhvJson(demo, 'worktree', 'undo', '1')
    expect(error.name).toBe('WORKTREE_MISSING')
    expect(readdirSync(join(demo, '.git', 'mtos-trash'))).toEqual([id])
    expect(refsOf(demo)).not.toBe('')
    mkdirSync(error.recovery[0].replace('mkdir ', ''))
    expect((await mhv(demo, ...error.recovery[1].split(' ').slice(1))).code).toBe(0)
    git(worktree, 'checkout', '--quiet', '.')
    expect(git(worktree, 'status', '--porcelain')).toBe('')
    expect(git(worktree, 'branch', '--show-current')).toBe('task/1')
  })

  test('a deletion of old ones that was killed is finished, not taken for lost files', async () => {
    const { demo, id, files } = await trashedBeside()
    const manifest = join(demo, '.git', 'mtos-trash', id, 'manifest.json')
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"removed"', '"emptying"'))
    expect(await mhvJson(demo, 'worktree', 'prune')).toMatchObject({ astray: [] })
    expect(existsSync(files)).toBe(false)
    expect(readdirSync(join(demo, '.git', 'mtos-trash'))).toEqual([])
    expect(refsOf(demo)).toBe('')
  })

  test('a return that was killed before the files were lost does not say that they are back', async () => {
    const { demo, worktree, id } = await trashed()
    const manifest = join(demo, '.git', 'mtos-trash', id, 'manifest.json')
    const entry = JSON.parse(readFileSync(manifest, 'utf8'))
    const back = { branch: 'task/1', admin: entry.admin }
    writeFileSync(manifest, JSON.stringify({ ...entry, state: 'restoring', back }))
    const tree = join(demo, '.git', 'mtos-trash', id, 'tree')
    renameSync(tree, `${tree}-aside`)
    expect((await mhvJson(demo, 'worktree', 'undo', '1')).error.name).toBe('WORKTREE_MISSING')
    renameSync(`${tree}-aside`, tree)
    expect((await mhv(demo, 'worktree', 'undo', '1')).code).toBe(0)
    expectBack(demo, worktree)
    expect(stateOf(demo, worktree)).toMatchObject({ branch: 'task/1' })
  })
})

describe('a name that git has given to another worktree while its own was in the trash', () => {
  const branchAt = (directory: string) => git(directory, 'branch', '--show-current')

  /** A worktree of the branch zz whose git directory is called as that of the first. */
  function namesake(demo: string, worktree: string, path = join(dirname(demo), 'other', basename(worktree))) {
    git(demo, 'worktree', 'add', '--quiet', '-b', 'zz', path)
    const admin = git(path, 'rev-parse', '--absolute-git-dir')
    expect(admin).toBe(join(demo, '.git', 'worktrees', basename(worktree)))
    return path
  }

  /** A place that is beside nothing which is looked at. */
  function outOfSight(demo: string): string {
    mkdirSync(join(dirname(demo), 'deep'))
    return join(dirname(demo), 'deep', 'moved')
  }

  /** A worktree that was removed while its directory was on a disk that was away. */
  async function removedAway() {
    const { demo, worktree } = await startedTask()
    const alone = commitFile(worktree, 'work.txt', 'work')
    const away = `${dirname(demo)}-away`
    onTestFinished(() => rmSync(away, { recursive: true, force: true }))
    renameSync(worktree, away)
    expect((await mhv(demo, 'worktree', 'remove', '1')).code).toBe(0)
    return { demo, worktree, away, alone }
  }

  test('does not lead files that were away to the other, once these are there again', async () => {
    const { demo, worktree, away, alone } = await removedAway()
    const other = namesake(demo, worktree)
    renameSync(away, worktree)
    expect(await mhvJson(demo, 'worktree', 'undo', '1')).toMatchObject({ worktree, branch: 'task/1' })
    expect([worktree, other].map(branchAt)).toEqual(['task/1', 'zz'])
    expect(git(worktree, 'rev-parse', 'HEAD')).toBe(alone)
    expect([worktree, other].map((path) => git(path, 'status', '--porcelain'))).toEqual(['', ''])
  })

  test('nor for good where they are there again only after the return: repair leads them back', async () => {
    const { demo, worktree, away } = await removedAway()
    const other = namesake(demo, worktree)
    expect((await mhv(demo, 'worktree', 'undo', '1')).code).toBe(0)
    renameSync(away, worktree)
    expect(await mhvJson(demo, 'worktree', 'repair', worktree)).toMatchObject({ copies: [] })
    expect([worktree, other].map(branchAt)).toEqual(['task/1', 'zz'])
  })

  test('is not kept from files that were moved by hand, where that is in the trash twice', async () => {
    const { demo, worktree } = await removedAway()
    const moved = outOfSight(demo)
    await mhv(demo, 'start', '1')
    renameSync(worktree, moved)
    await mhv(demo, 'worktree', 'remove', '1')
    expect((await mhv(demo, 'worktree', 'undo', '1')).code).toBe(0)
    expect((await mhv(demo, 'worktree', 'repair', moved)).code).toBe(0)
    expect(branchAt(moved)).toBe('task/1')
    expect(git(demo, 'worktree', 'list')).toContain(`${moved} `)
  })

  test('does not take the other for its own that was moved by hand to its place', async () => {
    const { demo, worktree } = await removedAway()
    renameSync(namesake(demo, worktree), worktree)
    const { error } = await mhvJson(demo, 'worktree', 'undo', '1')
    expect(error).toMatchObject({ name: 'WORKTREE_EXISTS', data: { path: worktree } })
    expect(branchAt(worktree)).toBe('zz')
    renameSync(worktree, `${worktree}.old`)
    expect((await mhv(demo, 'worktree', 'undo', '1')).code).toBe(0)
    expect(branchAt(`${worktree}.old`)).toBe('zz')
  })

  test('does not lead the other to its index, once that one has lost its own by being moved', async () => {
    const { demo, worktree } = await trashed()
    const moved = outOfSight(demo)
    renameSync(namesake(demo, worktree, worktree), moved)
    const { error } = await mhvJson(demo, 'worktree', 'undo', '1')
    expect(error.name).toBe('WORKTREE_EXISTS')
    for (const step of error.recovery) expect((await mhv(demo, ...step.split(' ').slice(1))).code).toBe(0)
    expect(git(worktree, 'status', '--porcelain')).toBe('?? new.txt')
    expect(existsSync(readFileSync(join(moved, '.git'), 'utf8').slice('gitdir: '.length).trim())).toBe(false)
    const next = (await mhvJson(demo, 'worktree', 'undo')).error.recovery
    for (const step of next) expect((await mhv(demo, ...step.split(' ').slice(1))).code).toBe(0)
    git(demo, 'worktree', 'repair', moved)
    expect([`${worktree}.old`, moved].map(branchAt)).toEqual(['task/1', 'zz'])
  })

  test('nor one that git has forgotten', async () => {
    const { demo, worktree } = await trashed()
    renameSync(namesake(demo, worktree), `${worktree}-zz`)
    git(demo, 'worktree', 'prune', '--expire=now')
    expect((await mhv(demo, 'worktree', 'undo', '1')).code).toBe(0)
    expectBack(demo, worktree)
    expect(
      existsSync(
        readFileSync(join(`${worktree}-zz`, '.git'), 'utf8')
          .slice(8)
          .trim(),
      ),
    ).toBe(false)
  })

  test('does not lead files to the other that a killed removal had not moved yet', async () => {
    const { demo, worktree } = await startedTask()
    put(worktree, 'new.txt', 'new')
    git(worktree, 'add', 'new.txt')
    const argv = ['worktree', 'remove', '1', '--with-changes']
    await mhvProcess(demo, argv, { env: { MHV_FAULT: 'admin-moved' } })
    const other = namesake(demo, worktree)
    expect((await mhv(demo, 'worktree', 'undo', '1')).code).toBe(0)
    expect([worktree, other].map(branchAt)).toEqual(['task/1', 'zz'])
    expect([worktree, other].map((path) => git(path, 'status', '--porcelain'))).toEqual(['A  new.txt', ''])
  })
})
