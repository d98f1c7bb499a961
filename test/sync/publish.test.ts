import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { gitSays } from '../support/hooks.ts'
import { git } from '../support/repository.ts'
import { clones, initialised, synced, takesBranchesOnly, tipOf } from '../support/synced-clones.ts'

/** A clone with hooks that publish tasks. */
async function publishing() {
  const shared = clones()
  const a = await initialised(shared, 'a')
  writeFileSync(join(a, '.mhvrc.yaml'), 'sync: {push: true}\n')
  git(a, 'add', '.')
  git(a, 'commit', '--quiet', '--message', 'Publish tasks')
  await mhv(a, 'hooks', 'install')
  await mhv(a, 'tc', 'One')
  const commit = (text: string) => git(a, 'commit', '--quiet', '--allow-empty', '--message', text)
  const push = (...args: string[]) => gitSays(a, ['push', '--quiet', ...args])
  return { shared, a, commit, push }
}

test('git push sends tasks along where that is configured', async () => {
  const { shared, a, commit, push } = await publishing()
  const first = push('origin', 'main')
  expect(first).toMatchObject({ status: 0, out: '' })
  expect(first.err).toContain('1 task goes to origin for the first time')
  expect(first.err).toContain('mhv: sent 1 task along')
  expect(tipOf(shared.remote)).toBe(tipOf(a))
  commit('More code')
  expect(push('origin', 'main')).toMatchObject({ status: 0, err: '' })
})

test('a push that has no new code to bring sends tasks along all the same', async () => {
  const { shared, a, push } = await publishing()
  push('origin', 'main')
  await mhv(a, 'tc', 'Two')
  expect(push('origin', 'main')).toMatchObject({ status: 0, out: '' })
  expect(tipOf(shared.remote)).toBe(tipOf(a))
  expect(push('origin', 'main')).toMatchObject({ status: 0, out: '', err: '' })
})

test('a commit that has passed before does not go by without the tasks that have changed since', async () => {
  const { shared, a, push } = await publishing()
  push('origin', 'main')
  await mhv(a, 'tc', 'Two')
  expect(push('origin', 'main:refs/heads/other').err).toContain('sent 1 task along')
  expect(tipOf(shared.remote)).toBe(tipOf(a))
})

test('what keeps the tasks from the remote does not keep the code, and the next push tries again', async () => {
  const { shared, a, push } = await publishing()
  takesBranchesOnly(shared.remote)
  const { status, err } = push('origin', 'main')
  expect(status).toBe(0)
  expect(err).toContain('mhv: the tasks were not sent along: origin does not take refs/mtos/tasks')
  const { error } = await mhvJson(a, 'sync')
  for (const step of error.recovery) expect(err).toContain(`      ${step}\n`)
  expect(tipOf(shared.remote, 'main')).toBe(tipOf(a, 'main'))
  renameSync(join(shared.remote, 'hooks', 'update'), join(shared.remote, 'hooks', 'update.off'))
  expect(push('origin', 'main:refs/heads/other').err).toContain('sent 1 task along')
})

test('a push of nothing but tasks, and one to a URL, bring none along', async () => {
  const { shared, a, push } = await publishing()
  expect(push('origin', ':refs/heads/nothing').err).not.toContain('along')
  expect(push(shared.remote, 'main').err).not.toContain('along')
  expect(() => tipOf(shared.remote)).toThrow()
  expect(push('origin', 'refs/mtos/tasks').err).toBe('')
  expect(await synced(a)).toMatchObject({ sent: 0 })
})

test('the user’s own pre-push hook is asked about code, not about tasks', async () => {
  const { a, shared } = await publishing()
  const hooks = join(a, '.git', 'hooks')
  mkdirSync(hooks, { recursive: true })
  writeFileSync(join(hooks, 'pre-push.before-mhv'), `#!/bin/sh\ncat >>"${shared.directory}/asked"\n`)
  chmodSync(join(hooks, 'pre-push.before-mhv'), 0o755)
  await synced(a)
  expect(existsSync(join(shared.directory, 'asked'))).toBe(false)
})
