import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git } from '../support/repository.ts'
import { clones, initialised, listed, networkCommands, synced, tipOf } from '../support/synced-clones.ts'

test('tasks go from one clone to another, which had none', async () => {
  const shared = clones()
  const a = await initialised(shared, 'a')
  await mhv(a, 'tc', 'One')
  const first = await mhv(a, 'sync')
  expect(first.out).toBe('origin: sent 1 task\n')
  expect(first.err).toContain(
    `1 task goes to origin for the first time: whoever can read ${shared.remote} can read it.`,
  )
  const b = shared.clone('b')
  const { out, err } = await mhv(b, 'sync')
  expect(out).toBe('origin: took over its log with 1 task\n')
  expect(err).toBe('')
  expect(await listed(b)).toEqual(['1 One'])
  // Plain git fetch brings what comes later.
  await mhv(a, 'tc', 'Two')
  await synced(a)
  git(b, 'fetch', '--quiet')
  expect(tipOf(b, 'refs/mtos/remotes/origin/tasks')).toBe(tipOf(a))
  expect(await synced(b)).toMatchObject({ received: 1, sent: 0 })
  expect(await listed(b)).toEqual(['1 One', '2 Two'])
})

test('with nothing new one git command goes over the network, and with something to send two', async () => {
  const shared = clones()
  const a = await initialised(shared, 'a')
  await mhv(a, 'tc', 'One')
  // The first time it is asked whether the remote shows what it took.
  expect(await networkCommands(() => synced(a))).toEqual(['fetch', 'push', 'ls-remote'])
  expect(await networkCommands(() => synced(a))).toEqual(['fetch'])
  const b = await initialised(shared, 'b')
  expect(await networkCommands(() => synced(b))).toEqual(['fetch'])
  expect((await mhv(b, 'sync')).out).toBe('origin: nothing new\n')
})

test('of two tasks with one number the one that came first keeps it', async () => {
  const shared = clones()
  const [a, b] = [await initialised(shared, 'a'), await initialised(shared, 'b')]
  await mhv(a, 'tc', 'From a')
  await mhv(b, 'tc', 'From b')
  await mhv(b, 'tc', 'Second of b')
  await synced(a)
  const { out } = await mhv(b, 'sync')
  expect(out).toBe('origin: received 1 task, sent 2 tasks, renumbered 1 task\n  #1 → #3  From b\n')
  await synced(a)
  const all = ['1 From a', '2 Second of b', '3 From b']
  expect([await listed(a), await listed(b)]).toEqual([all, all])
  expect(tipOf(a)).toBe(tipOf(b))
  expect(tipOf(shared.remote)).toBe(tipOf(b))
  expect((await mhvJson(a, 'task', 'show', '3')).task.aliases ?? [1]).toEqual([1])
})

test('a task that both sides changed holds both changes, everywhere', async () => {
  const shared = clones()
  const a = await initialised(shared, 'a')
  await mhv(a, 'tc', 'Shared task')
  await synced(a)
  const b = await initialised(shared, 'b')
  await synced(b)
  await mhv(a, 'task', 'label', '1', 'from-a')
  await mhv(b, 'task', 'label', '1', 'from-b')
  await synced(a)
  expect(await synced(b)).toMatchObject({ received: 1, sent: 1, renumbered: [] })
  await synced(a)
  expect(tipOf(a)).toBe(tipOf(b))
  expect((await mhvJson(a, 'task', 'show', '1')).task.labels).toEqual(['from-a', 'from-b'])
})

test('from a linked worktree it is the same', async () => {
  const shared = clones()
  const a = await initialised(shared, 'a')
  await mhv(a, 'tc', 'One')
  git(a, 'worktree', 'add', '--quiet', '../linked')
  expect(await synced(`${shared.directory}/linked`)).toMatchObject({ sent: 1 })
  expect(await synced(a)).toMatchObject({ sent: 0, received: 0 })
})

test.each([
  ['SHA-256', ['--object-format=sha256'], []],
  ['a partial clone', [], ['--filter=blob:none']],
  ['a shallow clone', [], ['--depth=1']],
  ['a bare clone', [], ['--bare']],
  ['a mirror', [], ['--mirror']],
] as const)('%s is synced', async (_what, init, flags) => {
  const shared = clones(...init)
  git(shared.remote, 'config', 'uploadpack.allowFilter', 'true')
  const a = await initialised(shared, 'a')
  await mhv(a, 'tc', 'From a')
  await synced(a)
  const b = shared.clone('b', ...flags.map((flag) => flag), '--no-local')
  await synced(b)
  await mhv(a, 'tc', 'Second of a')
  await mhv(b, 'tc', 'From b')
  await synced(a)
  const objects = git(b, 'for-each-ref', 'refs/heads')
  expect(await synced(b)).toMatchObject({ received: 1, sent: 1 + 0, renumbered: [{ from: 2, to: 3 }] })
  await synced(a)
  expect(await listed(b)).toEqual(['1 From a', '2 Second of a', '3 From b'])
  expect(tipOf(a)).toBe(tipOf(b))
  expect(git(b, 'for-each-ref', 'refs/heads')).toBe(objects)
  expect(git(b, 'fsck', '--strict')).not.toMatch(/error|broken|missing/)
})

test('a log that was fetched with --depth is fetched whole, and the code stays shallow', async () => {
  const shared = clones()
  const a = await initialised(shared, 'a')
  for (const title of ['One', 'Two', 'Three']) await mhv(a, 'tc', title)
  await synced(a)
  git(a, 'commit', '--quiet', '--allow-empty', '--message', 'More code')
  git(a, 'push', '--quiet', 'origin', 'main')
  const b = shared.clone('b', '--depth=1', '--no-local')
  git(b, 'fetch', '--quiet', '--depth=1', 'origin', '+refs/mtos/tasks*:refs/mtos/remotes/origin/tasks*')
  await synced(b)
  const length = (clone: string, ref: string) => git(clone, 'rev-list', '--count', ref)
  expect(length(b, 'refs/mtos/tasks')).toBe(length(a, 'refs/mtos/tasks'))
  expect(length(b, 'main')).toBe('1')
})

test('the log of gates travels along, as the union of both', async () => {
  const shared = clones()
  const [a, b] = [await initialised(shared, 'a'), await initialised(shared, 'b')]
  for (const [clone, name] of [
    [a, 'a'],
    [b, 'b'],
  ] as const) {
    git(clone, 'config', 'user.name', name)
    const { writeFileSync } = await import('node:fs')
    writeFileSync(`${clone}/.mhvrc.yaml`, 'gates:\n  - {name: test, command: "true"}\n')
    git(clone, 'add', '.')
    git(clone, 'commit', '--quiet', '--message', 'Gates')
    await mhv(clone, 'gate', 'run')
  }
  expect(await synced(a)).toMatchObject({ gates: { received: 0, sent: 1 } })
  expect(
    await networkCommands(async () =>
      expect(await synced(b)).toMatchObject({ gates: { received: 1, sent: 1 } }),
    ),
  ).toEqual(['fetch', 'push'])
  expect(await synced(a)).toMatchObject({ gates: { received: 1, sent: 0 } })
  expect(tipOf(a, 'refs/mtos/gates')).toBe(tipOf(b, 'refs/mtos/gates'))
})

test('where neither side has a log it says so, and makes none', async () => {
  const shared = clones()
  const a = shared.clone('a')
  const { error } = await mhvJson(a, 'sync')
  expect(error).toMatchObject({ name: 'NOT_INITIALISED', recovery: ['mhv init', 'mhv sync'] })
  expect(git(a, 'for-each-ref', 'refs/mtos')).toBe('')
  expect(git(shared.remote, 'for-each-ref', 'refs/mtos')).toBe('')
})
