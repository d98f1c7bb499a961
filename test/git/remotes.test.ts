import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { daemonRemote } from '../support/daemon-remote.ts'
import { type Faults, httpRemote } from '../support/http-remote.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { type SshFault, sshVariables } from '../support/ssh-remote.ts'

/** git's status and what it says. */
function attempt(cwd: string, args: readonly string[], env: Record<string, string> = {}) {
  const { status, stderr } = spawnSync('git', args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  return { status, stderr }
}

/** Pushes a task ref, clones the code, and fetches the ref in the clone. */
function exchange(url: string): void {
  const repository = temporaryRepository()
  git(repository, 'update-ref', 'refs/mtos/tasks', 'HEAD')
  git(repository, 'push', '--quiet', url, 'main', 'refs/mtos/tasks')
  const clone = join(temporaryDirectory(), 'clone')
  git(repository, 'clone', '--quiet', url, clone)
  git(clone, 'fetch', '--quiet', 'origin', '+refs/mtos/tasks*:refs/mtos/remotes/origin/tasks*')
  expect(git(clone, 'rev-parse', 'refs/mtos/remotes/origin/tasks')).toBe(git(repository, 'rev-parse', 'main'))
}

describe('smart HTTP', () => {
  test('clone, fetch and push, and every request is told', async () => {
    const remote = await httpRemote()
    const { url } = remote.repository('demo')
    exchange(url)
    const requests = await remote.requests()
    expect(requests.some(({ url }) => url === '/demo.git/info/refs?service=git-receive-pack')).toBe(true)
    expect(requests.some(({ body }) => body.includes('refs/mtos/tasks'))).toBe(true)
    expect(new Set(requests.map(({ status }) => status))).toEqual(new Set([200]))
    await remote.forget()
    expect(await remote.requests()).toEqual([])
  })

  const FAILURES: [string, Faults, RegExp][] = [
    ['a name is asked for', { auth: { user: 'ann', password: 'secret' } }, /could not read Username/],
    ['forbidden', { status: 403 }, /403/],
    ['not there', { status: 404 }, /not found/],
    ['out of order', { status: 503 }, /503/],
    ['cut', { cutAfter: 10 }, /early EOF|transfer closed|unexpected|curl/],
    [
      'cut always by chance',
      { random: { share: 1, seed: 1, ways: ['cut'] } },
      /Empty reply|unable to access/,
    ],
    [
      'answers always lost',
      { random: { share: 1, seed: 1, ways: ['lost'] } },
      /Empty reply|unable to access/,
    ],
  ]
  test.each(FAILURES)('%s', async (_, faults, said) => {
    const remote = await httpRemote(faults)
    const { url } = remote.repository('demo')
    const { status, stderr } = attempt(remote.root, ['ls-remote', url], { LC_ALL: 'C' })
    expect(status).toBe(128)
    expect(stderr).toMatch(said)
    await remote.set({})
    expect(attempt(remote.root, ['ls-remote', url]).status).toBe(0)
  })

  test('a name and password that are right are let in', async () => {
    const remote = await httpRemote({ auth: { user: 'ann', password: 'secret' } })
    const { url } = remote.repository('demo')
    exchange(url.replace('http://', 'http://ann:secret@'))
    expect(attempt(remote.root, ['ls-remote', url.replace('http://', 'http://ann:wrong@')]).status).toBe(128)
  })

  test('a slow link takes its time', async () => {
    const remote = await httpRemote()
    const { url } = remote.repository('demo')
    exchange(url)
    await remote.set({ bytesPerSecond: 400 })
    const start = performance.now()
    git(remote.root, 'ls-remote', url)
    expect(performance.now() - start).toBeGreaterThan(400)
  })

  test('pushes are refused by the server, and by a hook', async () => {
    const remote = await httpRemote({ receivePack: false })
    const { url, path } = remote.repository('demo')
    const push = ['push', '--quiet', url, 'main']
    const repository = temporaryRepository()
    expect(attempt(repository, push).status).not.toBe(0)
    await remote.set({})
    const hook = join(path, 'hooks', 'pre-receive')
    writeFileSync(hook, '#!/bin/sh\necho no such refs here >&2\nexit 1\n')
    chmodSync(hook, 0o755)
    expect(attempt(repository, push).stderr).toMatch(/no such refs here[\s\S]*pre-receive hook declined/)
  })

  test('the same seed fails the same requests', async () => {
    const remote = await httpRemote()
    const { url } = remote.repository('demo')
    const run = async () => {
      await remote.set({ random: { share: 0.5, seed: 7, ways: ['status'] } })
      return Array.from({ length: 8 }, () => attempt(remote.root, ['ls-remote', url]).status)
    }
    const first = await run()
    expect(new Set(first)).toEqual(new Set([0, 128]))
    expect(await run()).toEqual(first)
  })
})

test('git daemon: clone, fetch and push', async () => {
  const remote = await daemonRemote()
  const { url } = remote.repository('demo')
  exchange(url)
  await remote.stop()
  expect(attempt(remote.root, ['ls-remote', url]).stderr).toMatch(/unable to connect|Connection refused/)
})

describe('ssh', () => {
  const ssh = (args: readonly string[], fault?: SshFault) =>
    attempt(temporaryDirectory(), args, sshVariables(fault))

  test('runs the command of the other machine', () => {
    const repository = temporaryRepository()
    const url = `ssh://git@tasks.example${join(temporaryDirectory(), 'demo.git')}`
    git(repository, 'init', '--quiet', '--bare', url.replace('ssh://git@tasks.example', ''))
    expect(ssh(['-C', repository, 'push', '--quiet', url, 'main']).status).toBe(0)
    expect(ssh(['ls-remote', '--exit-code', url, 'main']).status).toBe(0)
  })

  test.each(['denied', 'host-key', 'unknown', 'refused', 'timed-out'] as const)('%s', (fault) => {
    const { status, stderr } = ssh(['ls-remote', 'ssh://git@tasks.example/demo.git'], fault)
    expect(status).toBe(128)
    expect(stderr).toMatch(/Could not read from remote repository/)
  })
})
