import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findRepository } from '../../src/git/repository.ts'
import { takeBack } from '../../src/worktrees/take-back.ts'
import { git, temporaryRepository } from '../support/repository.ts'

/** A branch as a start makes it. */
async function made(demo: string) {
  git(demo, 'config', 'branch.task/1.mtosTask', 'id')
  git(demo, 'branch', 'task/1')
  const around = [join(demo, '..', 'a', 'b'), join(demo, '..', 'a')]
  mkdirSync(around[0]!, { recursive: true })
  const commit = git(demo, 'rev-parse', 'HEAD')
  const steps = { isClaimed: true, isFollowing: false, include: () => {} }
  return { repository: await findRepository(demo), made: { branch: 'task/1', commit, around, ...steps } }
}

const left = (demo: string) => [
  git(demo, 'branch', '--list', 'task/1') !== '',
  git(demo, 'config', '--get', '--default', '', 'branch.task/1.mtosTask') !== '',
]

test('branch, claim and directories go where nobody uses them', async () => {
  const demo = temporaryRepository()
  const start = await made(demo)
  await takeBack(start.repository, start.made)
  expect(left(demo)).toEqual([false, false])
  expect(() => mkdirSync(join(demo, '..', 'a'))).not.toThrow()
})

test('a branch with a commit of its own stays, with its claim', async () => {
  const demo = temporaryRepository()
  const start = await made(demo)
  git(demo, 'commit', '--quiet', '--allow-empty', '--message', 'Work')
  git(demo, 'branch', '--force', 'task/1', 'HEAD')
  await takeBack(start.repository, start.made)
  expect(left(demo)).toEqual([true, true])
})

test('a branch that is checked out stays, with its claim; a directory with files in it too', async () => {
  const demo = temporaryRepository()
  const start = await made(demo)
  git(demo, 'switch', '--quiet', 'task/1')
  writeFileSync(join(start.made.around[1]!, 'mine'), '')
  await takeBack(start.repository, start.made)
  expect(left(demo)).toEqual([true, true])
  expect(() => mkdirSync(start.made.around[1]!)).toThrow(/EEXIST/)
  expect(() => mkdirSync(start.made.around[0]!)).not.toThrow()
})

test('a branch that was there before stays, without the claim', async () => {
  const demo = temporaryRepository()
  const start = await made(demo)
  await takeBack(start.repository, { ...start.made, commit: null })
  expect(left(demo)).toEqual([true, false])
})
