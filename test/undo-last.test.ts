import { expect, test } from 'vitest'
import { findRepository } from '../src/git/repository.ts'
import { openGitStore } from '../src/store/git-store.ts'
import { lastCommand } from '../src/undo-last.ts'
import { mhv } from './support/cli.ts'
import { temporaryRepository } from './support/repository.ts'

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
