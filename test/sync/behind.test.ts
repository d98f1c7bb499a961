import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git } from '../support/repository.ts'
import { clones, initialised, listed, synced, takesBranchesOnly } from '../support/synced-clones.ts'

/** A clone with two tasks that are on the remote, and one that was made after that. */
async function pair() {
  const shared = clones()
  const a = await initialised(shared, 'a')
  await mhv(a, 'tc', 'One')
  await mhv(a, 'tc', 'Two')
  await synced(a)
  return { shared, a, b: shared.clone('b') }
}

test('a fresh clone asks its remote, and says that it has tasks; after a fetch, how many', async () => {
  const { b } = await pair()
  expect((await mhvJson(b, 'task', 'list')).error).toMatchObject({
    name: 'NOT_INITIALISED',
    message: 'This repository has no task log yet; origin has one.',
    recovery: ['mhv sync'],
  })
  git(b, 'fetch', '--quiet', 'origin', '+refs/mtos/tasks*:refs/mtos/remotes/origin/tasks*')
  expect((await mhvJson(b, 'task', 'list')).error).toMatchObject({
    message: 'This repository has no task log yet; origin has one with 2 tasks.',
    recovery: ['mhv sync'],
  })
})

test('a clone of a host that takes branches only knows of the tasks without being told', async () => {
  const shared = clones()
  takesBranchesOnly(shared.remote)
  const a = await initialised(shared, 'a')
  git(a, 'config', 'remote.origin.mtosRef', 'refs/heads/mtos/tasks')
  await mhv(a, 'tc', 'One')
  await synced(a)
  const { error } = await mhvJson(shared.clone('b'), 'task', 'list')
  expect(error.message).toContain('origin has one with 1 task')
})

test('a fresh clone of what keeps no tasks says so, and of what cannot be asked that there may be some', async () => {
  const shared = clones()
  const b = shared.clone('b')
  expect((await mhvJson(b, 'ready')).error).toMatchObject({
    message: 'This repository has no task log yet, and origin has none either.',
    recovery: ['mhv init'],
  })
  rmSync(shared.remote, { recursive: true })
  expect((await mhvJson(b, 'status')).error).toMatchObject({
    message: 'This repository has no task log yet. If origin has one, mhv sync brings it.',
    recovery: ['mhv sync', 'mhv init'],
  })
})

test('what plain git fetch has brought is told by every list until it is merged', async () => {
  const { a, b } = await pair()
  await mhv(b, 'init')
  git(b, 'fetch', '--quiet')
  const list = await mhv(b, 'tl')
  expect(list.err).toBe(
    'No task matches. This shows all that there are: mhv tl --status all\nb: 2 changes to tasks fetched from origin and not merged yet: mhv sync --remote origin\n',
  )
  expect((await mhv(b, 'status')).err).toContain('b: 2 changes to tasks fetched from origin')
  const behind = [{ repository: 'b', code: 'LOG_BEHIND', fix: ['mhv sync --remote origin'] }]
  for (const command of ['tl', 'ready', 'status']) {
    expect((await mhvJson(b, command)).problems, command).toMatchObject(behind)
  }
  expect((await mhvJson(b, 'tl', '--at', 'today')).problems).toEqual([])
  await mhv(b, ...behind[0]!.fix[0]!.split(' ').slice(1))
  expect(await mhvJson(b, 'tl')).toMatchObject({ total: 2, problems: [] })
  await mhv(a, 'tc', 'Three')
  await synced(a)
  git(b, 'fetch', '--quiet')
  expect((await mhv(b, 'tl')).err).toContain('b: 1 change to tasks fetched from origin')
  await synced(b)
  expect((await mhv(b, 'tl')).err).toBe('')
})

test('on a host that takes branches only plain git fetch receives as well', async () => {
  const shared = clones()
  takesBranchesOnly(shared.remote)
  const a = await initialised(shared, 'a')
  git(a, 'config', 'remote.origin.mtosRef', 'refs/heads/mtos/tasks')
  await mhv(a, 'tc', 'One')
  await synced(a)
  const b = shared.clone('b')
  await synced(b)
  const c = shared.clone('c')
  await mhv(c, 'init')
  await mhv(a, 'tc', 'Two')
  await synced(a)
  for (const clone of [b, c]) {
    expect((await mhv(clone, 'tl')).err).toBe('')
    git(clone, 'fetch', '--quiet')
    expect((await mhv(clone, 'tl')).err).toContain('1 change to tasks fetched from origin and not merged yet')
    expect((await mhvJson(clone, 'tl')).problems).toMatchObject([{ code: 'LOG_BEHIND' }])
    expect((await mhvJson(clone, 'doctor')).findings).toMatchObject([{ code: 'LOG_BEHIND' }])
  }
  rmSync(shared.remote, { recursive: true })
  expect((await mhvJson(b, 'sync')).error.name).toBe('REMOTE_MISSING')
  expect(await listed(b)).toEqual(['1 One', '2 Two'])
  expect((await mhv(b, 'tl')).err).toBe('')
})

test('a branch of that name that holds no log is nothing to merge', async () => {
  const shared = clones()
  const a = await initialised(shared, 'a')
  git(a, 'push', '--quiet', 'origin', 'HEAD:refs/heads/mtos/tasks')
  git(a, 'fetch', '--quiet')
  expect((await mhv(a, 'tl')).err).not.toContain('not merged yet')
  expect((await mhvJson(a, 'doctor')).findings).toEqual([])
})
