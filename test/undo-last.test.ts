import { expect, test } from 'vitest'
import { findRepository } from '../src/git/repository.ts'
import { openGitStore } from '../src/store/git-store.ts'
import { lastCommand } from '../src/undo-last.ts'
import { mhv, mhvJson } from './support/cli.ts'
import { gatedRepository } from './support/gates.ts'
import { temporaryRepository } from './support/repository.ts'
import { withEnvironment } from './support/use-tasks.ts'
import { put } from './support/worktrees.ts'

test('the last command that an undo would take back is known with its task', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init', '--no-hooks')
  const repository = await findRepository(demo)
  const last = () => lastCommand('demo', repository, openGitStore(repository))
  expect(await last()).toBeNull()
  await mhv(demo, 'tc', 'Tidy up', '--no-parse')
  await mhv(demo, 'task', 'comment', '1', 'looks well')
  expect(await last()).toMatchObject({
    repository: 'demo',
    said: expect.stringMatching(/^CommentAdded #1 /),
  })
  await mhv(demo, 'undo')
  expect((await last())?.said).toMatch(/^TaskCreated #1 Tidy up/)
  expect((await last())!.at).toBeGreaterThan(1_600_000_000)
})

test('what came of gates is newer than what was done while they ran', async () => {
  withEnvironment({ MHV_NOW: '' })
  const demo = await gatedRepository([{ name: 'slow', command: 'sleep 2; false' }])
  await mhv(demo, 'tc', 'Tidy up', '--no-parse')
  const { worktree } = await mhvJson(demo, 'start', '1')
  put(worktree, 'x', 'x')
  const before = Date.now()
  await mhv(demo, 'done', '1')
  const repository = await findRepository(demo)
  const last = await lastCommand('demo', repository, openGitStore(repository))
  expect(last?.said).toMatch(/^TaskFailed #1 /)
  expect(last!.at * 1000).toBeGreaterThan(before + 1000)
})
