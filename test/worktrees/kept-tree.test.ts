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
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git } from '../support/repository.ts'
import { put, type Started, startedTask, stateOf } from '../support/worktrees.ts'

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
