import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { git } from '../support/repository.ts'
import { commitFile, put, type Started, startedTask, stateOf } from '../support/worktrees.ts'

/** A merged task with ignored files, so that its end takes everything: files, registration, branch, section. */
async function merged(): Promise<Started & { before: object }> {
  const { demo, worktree } = await startedTask()
  commitFile(worktree, 'work.txt', 'work')
  put(worktree, '.env', 'SECRET=1')
  git(demo, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'task/1')
  return { demo, worktree, before: stateOf(demo, worktree) }
}

const trash = (demo: string) => {
  const directory = join(demo, '.git', 'mtos-trash')
  return existsSync(directory) ? readdirSync(directory) : []
}

function expectGone({ demo, worktree }: Started): void {
  expect(existsSync(worktree)).toBe(false)
  expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(1)
  expect(git(demo, 'branch', '--list', 'task/1')).toBe('')
  expect(git(demo, 'config', '--list')).not.toContain('branch.task/1')
  expect(trash(demo)).toHaveLength(1)
}

const REMOVAL = [
  'trash-noted',
  'trash-refs',
  'admin-moved',
  'tree-moved',
  'trash-moved',
  'before-branch',
  'branch-gone',
  'section-gone',
] as const

test.each(REMOVAL)(
  'a removal killed at %s is finished or taken back by the next run, and undone whole',
  async (step) => {
    const { demo, worktree, before } = await merged()
    const killed = await mhvProcess(demo, ['done', '1'], { env: { MHV_FAULT: step } })
    expect(killed.code).toBe(137)
    const { worktrees } = await mhvJson(demo, 'worktree', 'list')
    expect(worktrees.map(({ state }: { state: string }) => state)).not.toContain('gone')
    expect(worktrees).toHaveLength(existsSync(worktree) ? 2 : 1)
    const next = await mhv(demo, 'worktree', 'prune')
    expect(next).toMatchObject({ code: 0, err: '' })
    expectGone({ demo, worktree })
    expect((await mhv(demo, 'worktree', 'undo', '1')).code).toBe(0)
    expect(stateOf(demo, worktree)).toEqual(before)
    expect(trash(demo)).toEqual([])
    expect(git(demo, 'for-each-ref', 'refs/mtos/trash')).toBe('')
    expect(git(demo, 'fsck', '--strict', '--no-dangling')).toBe('')
  },
)

test('a removal killed before it noted anything leaves nothing behind', async () => {
  const { demo, worktree, before } = await merged()
  await mhvProcess(demo, ['done', '1'], { env: { MHV_FAULT: 'trash-made' } })
  expect(trash(demo)).toHaveLength(1)
  expect(stateOf(demo, worktree)).toEqual(before)
  put(demo, '.mhvrc.yaml', 'worktrees: {remove: never}\n')
  await mhv(demo, 'worktree', 'prune')
  expect(trash(demo)).toEqual([])
  expect(stateOf(demo, worktree)).toEqual(before)
})

test('a removal that is killed and whose place is taken since is finished in the trash', async () => {
  const { demo, worktree } = await merged()
  await mhvProcess(demo, ['done', '1'], { env: { MHV_FAULT: 'tree-moved' } })
  put(worktree, 'other.txt', 'somebody else’s')
  expect((await mhv(demo, 'worktree', 'prune')).code).toBe(0)
  expect(readdirSync(worktree)).toEqual(['other.txt'])
  expect(trash(demo)).toHaveLength(1)
  // Nobody has looked again at whether the branch may go.
  expect(git(demo, 'branch', '--list', 'task/1')).not.toBe('')
})

test('taking a removal back that is itself killed is taken up again', async () => {
  const { demo, worktree, before } = await merged()
  await mhvProcess(demo, ['done', '1'], { env: { MHV_FAULT: 'tree-moved' } })
  const killed = await mhvProcess(demo, ['worktree', 'prune'], { env: { MHV_FAULT: 'tree-put-back' } })
  expect(killed.code).toBe(137)
  put(demo, '.mhvrc.yaml', 'worktrees: {remove: never}\n')
  expect((await mhv(demo, 'worktree', 'prune')).code).toBe(0)
  expect(stateOf(demo, worktree)).toEqual(before)
  expect(trash(demo)).toEqual([])
})

const RETURN = ['return-noted', 'branch-back', 'section-back', 'tree-back', 'admin-back'] as const

test.each(RETURN)('an undo killed at %s is finished by the next one', async (step) => {
  const { demo, worktree, before } = await merged()
  await mhv(demo, 'done', '1')
  const killed = await mhvProcess(demo, ['worktree', 'undo', '1'], { env: { MHV_FAULT: step } })
  expect(killed.code).toBe(137)
  expect(await mhv(demo, 'worktree', 'undo', '1')).toMatchObject({ code: 0, err: '' })
  expect(stateOf(demo, worktree)).toEqual(before)
  expect(trash(demo)).toEqual([])
  expect(git(demo, 'for-each-ref', 'refs/mtos/trash')).toBe('')
})

test('an undo killed once git has made the branch leaves no line of that in its log', async () => {
  const { demo, worktree, before } = await merged()
  await mhv(demo, 'done', '1')
  await mhvProcess(demo, ['worktree', 'undo', '1'], { env: { MHV_FAULT: 'return-noted' } })
  git(demo, 'update-ref', 'refs/heads/task/1', 'main^2')
  expect((await mhv(demo, 'worktree', 'undo', '1')).code).toBe(0)
  expect(stateOf(demo, worktree)).toEqual(before)
})

test('an undo that was killed, and whose branch is barred since, is finished under another name', async () => {
  const { demo, worktree } = await merged()
  const tip = git(demo, 'rev-parse', 'task/1')
  await mhv(demo, 'done', '1')
  await mhvProcess(demo, ['worktree', 'undo', '1'], { env: { MHV_FAULT: 'return-noted' } })
  git(demo, 'branch', 'task')
  expect(await mhvJson(demo, 'worktree', 'undo', '1')).toMatchObject({ worktree, branch: 'task-1' })
  expect(git(worktree, 'rev-parse', 'task-1')).toBe(tip)
  expect(trash(demo)).toEqual([])
})

test('an undo that was killed before everything around was moved is finished at the new place', async () => {
  const { demo, worktree } = await merged()
  await mhv(demo, 'done', '1')
  await mhvProcess(demo, ['worktree', 'undo', '1'], { env: { MHV_FAULT: 'branch-back' } })
  const parent = `${dirname(demo)}-2`
  renameSync(dirname(demo), parent)
  onTestFinished(() => rmSync(parent, { recursive: true }))
  const moved = (path: string) => path.replace(dirname(demo), parent)
  expect(await mhvJson(moved(demo), 'worktree', 'undo', '1')).toMatchObject({
    worktree: moved(worktree),
    branch: 'task/1',
  })
  expect(git(moved(worktree), 'status', '--porcelain', '--ignored')).toBe('!! .env')
  expect(existsSync(dirname(demo))).toBe(false)
})

test.each([
  ['start', ['start', '1']],
  ['wc', ['wc', '1']],
  ['wc of a branch', ['wc', 'task/1']],
])('%s settles a removal that was killed, and finds the worktree as it was', async (_, argv) => {
  const { demo, worktree } = await startedTask()
  put(worktree, '.env', 'SECRET=1')
  const before = stateOf(demo, worktree)
  await mhvProcess(demo, ['worktree', 'remove', '1'], { env: { MHV_FAULT: 'tree-moved' } })
  expect(existsSync(worktree)).toBe(false)
  expect(await mhvJson(demo, ...argv)).toMatchObject({ worktree })
  expect(stateOf(demo, worktree)).toEqual(before)
})
