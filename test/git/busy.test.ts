import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findRepository } from '../../src/git/repository.ts'
import { runGit } from '../../src/git/run.ts'
import { git, temporaryRepository } from '../support/repository.ts'

test('a configuration that another git is writing to is waited for', async () => {
  const demo = temporaryRepository()
  const repository = await findRepository(demo)
  const lock = join(demo, '.git', 'config.lock')
  writeFileSync(lock, '')
  setTimeout(() => rmSync(lock), 200)
  expect((await runGit(['config', 'mhv.test', 'yes'], repository.git)).status).toBe(0)
  expect(git(demo, 'config', 'mhv.test')).toBe('yes')
})

test('one that stays locked is said to be, after some seconds', async () => {
  const demo = temporaryRepository()
  const repository = await findRepository(demo)
  writeFileSync(join(demo, '.git', 'config.lock'), '')
  const { status, stderr } = await runGit(['config', 'mhv.test', 'yes'], repository.git)
  expect([status === 0, stderr]).toEqual([false, expect.stringContaining('could not lock config file')])
})
