import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { type Faults, httpRemote } from '../support/http-remote.ts'
import { git } from '../support/repository.ts'
import { sshVariables } from '../support/ssh-remote.ts'
import { clones, initialised, synced, tipOf } from '../support/synced-clones.ts'
import { withEnvironment } from '../support/use-tasks.ts'

/** A clone with a task whose remote is served over HTTP. */
async function served() {
  const shared = clones()
  const server = await httpRemote()
  const { url, path } = server.repository('tasks')
  const a = await initialised(shared, 'a')
  git(a, 'remote', 'set-url', 'origin', url)
  await mhv(a, 'tc', 'One')
  return { server, path, a }
}

test('over HTTP tasks go there and back', async () => {
  const { path, a } = await served()
  expect(await synced(a)).toMatchObject({ sent: 1 })
  expect(await synced(a)).toMatchObject({ sent: 0, received: 0 })
  expect(tipOf(path)).toBe(tipOf(a))
})

test.each<[string, Faults]>([
  ['REMOTE_AUTH', { auth: { user: 'ann', password: 'secret' } }],
  ['REMOTE_AUTH', { status: 403 }],
  ['REMOTE_MISSING', { status: 404 }],
  ['REMOTE_UNREACHABLE', { status: 503 }],
  ['REMOTE_UNREACHABLE', { cutAfter: 20 }],
  ['REMOTE_UNREACHABLE', { page: '<html>Log in</html>' }],
  ['REMOTE_UNREACHABLE', { page: '<html>\nLog in\n</html>\n' }],
  ['REMOTE_TIMEOUT', { stall: true }],
])('%s is told, and nothing is taken for a remote without tasks', async (name, faults) => {
  const { server, path, a } = await served()
  await synced(a)
  await mhv(a, 'tc', 'Two')
  const [here, there] = [tipOf(a), tipOf(path)]
  await server.set(faults)
  const { error } = await mhvJson(a, 'sync', '--timeout', '2')
  expect(error).toMatchObject({ name, data: { ahead: 1 } })
  expect([tipOf(a), tipOf(path)]).toEqual([here, there])
  await server.set({})
  expect(await synced(a)).toMatchObject({ sent: 1, alarm: null })
})

test('a page that is no answer of git is not taken for a remote without tasks by who never saw it', async () => {
  const { server, a } = await served()
  await server.set({ page: '<html>Log in</html>' })
  const { error } = await mhvJson(a, 'sync')
  expect(error.name).toBe('REMOTE_UNREACHABLE')
  expect(error.message).toContain('something else than git')
})

test('a remote that sends in circles cannot be reached', async () => {
  const { server, a } = await served()
  await synced(a)
  await server.set({ redirectTo: server.url })
  expect((await mhvJson(a, 'sync')).error.name).toBe('REMOTE_UNREACHABLE')
})

test('a push whose answer is lost has arrived, and the next sync finds it', async () => {
  const { server, path, a } = await served()
  await synced(a)
  await mhv(a, 'tc', 'Two')
  await server.set({ random: { share: 1, seed: 1, ways: ['lost'] }, only: '/git-receive-pack' })
  expect((await mhvJson(a, 'sync')).error.name).toMatch(/^REMOTE_/)
  await server.set({})
  await synced(a)
  expect(tipOf(path)).toBe(tipOf(a))
})

test.each([
  [undefined, null],
  ['denied', 'REMOTE_AUTH'],
  ['host-key', 'REMOTE_AUTH'],
  ['unknown', 'REMOTE_UNREACHABLE'],
  ['refused', 'REMOTE_UNREACHABLE'],
  ['timed-out', 'REMOTE_TIMEOUT'],
  ['stall', 'REMOTE_TIMEOUT'],
] as const)('over SSH that is %s the answer is %s', async (fault, name) => {
  const shared = clones()
  const a = await initialised(shared, 'a')
  await mhv(a, 'tc', 'One')
  git(a, 'remote', 'set-url', 'origin', `ssh://git@tasks.example${shared.remote}`)
  withEnvironment(sshVariables(fault))
  const answer = await mhvJson(a, 'sync', '--timeout', '2')
  if (name === null) expect(answer.remotes).toMatchObject([{ sent: 1 }])
  else expect(answer.error.name).toBe(name)
})
