import { chmodSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type PortableView, viewPortably } from '../../src/federation/portable-view.ts'
import { reachHosts } from '../../src/federation/reach-hosts.ts'
import { mhv } from '../support/cli.ts'
import { type Faults, httpRemote } from '../support/http-remote.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

const NOW = '2026-11-20T10:00:00.000Z'
const LATER = '2026-11-20T10:01:00.000Z'

async function federated(...titles: string[]) {
  const remote = await httpRemote()
  const { url } = remote.repository('demo')
  const repository = temporaryRepository()
  const directory = join(temporaryDirectory(), 'cache', 'demo')
  await mhv(repository, 'init')
  const push = async (title: string) => {
    await mhv(repository, 'task', 'create', title)
    git(repository, 'push', '--quiet', url, 'refs/mtos/tasks')
  }
  for (const title of titles) await push(title)
  const look = (now = NOW, more: { maxAge?: number } = {}) => viewPortably({ url, directory, now, ...more })
  const asked = async (faults?: Faults) => {
    const methods = (await remote.requests()).map(({ method }) => method)
    await remote.forget()
    if (faults) await remote.set(faults)
    return methods
  }
  await asked()
  return { remote, url, repository, directory, push, look, asked }
}

/** By number; ids made in the same millisecond are in any order. */
const titles = ({ snapshot }: PortableView) =>
  snapshot &&
  Array.from({ length: snapshot.slots }, (_, slot) => slot)
    .sort((a, b) => snapshot.number(a) - snapshot.number(b))
    .map((slot) => snapshot.head(slot).title)

test('what the remote has, and only what is new is asked for again', async () => {
  const { push, look, asked } = await federated('First')
  const first = await look()
  expect(first).toMatchObject({ fetchedAt: NOW, problem: null })
  expect(titles(first)).toEqual(['First'])
  expect(await asked()).toEqual(['GET', 'POST'])

  expect(titles(await look(LATER))).toEqual(['First'])
  expect(await asked()).toEqual(['GET'])

  await push('Second')
  await asked()
  expect(await look(LATER, { maxAge: 60_000 })).toMatchObject({ fetchedAt: LATER, problem: null })
  expect(await asked()).toEqual([])

  const after = await look('2026-11-20T10:02:00.000Z', { maxAge: 60_000 })
  expect(titles(after)).toEqual(['First', 'Second'])
  expect(await asked()).toEqual(['GET', 'POST'])
})

test('a snapshot is the one that a clone has', async () => {
  const { repository, look } = await federated('First', 'Second')
  await mhv(repository, 'task', 'edit', '1', '--priority', 'high')
  const { snapshot } = await look()
  expect(snapshot!.tip).toBe(git(repository, 'rev-parse', 'refs/mtos/tasks^'))
  expect(snapshot!.highestNumber).toBe(2)
  const [second] = snapshot!.slotsOfNumber(2)
  expect(JSON.parse(snapshot!.json(second!).toString())).toMatchObject({ title: 'Second' })
})

test('what was kept is shown with its age where the remote fails', async () => {
  const { remote, look, asked } = await federated('First')
  const FAILED = { problem: { error: 'REMOTE_UNREACHABLE' } }
  await remote.set({ status: 503 })
  expect(await look()).toMatchObject({ snapshot: null, fetchedAt: null, ...FAILED })
  await remote.set({})
  await look()
  await asked({ status: 503 })
  const old = await look(LATER)
  expect(old).toMatchObject({ fetchedAt: NOW, ...FAILED })
  expect(titles(old)).toEqual(['First'])
  await remote.stop()
  expect(titles(await look(LATER))).toEqual(['First'])
})

test('a remote without a log, and one whose ref is something else', async () => {
  const { remote, url, repository, look } = await federated()
  expect(await look()).toMatchObject({ snapshot: null, problem: { error: 'NOT_INITIALISED' } })
  git(repository, 'push', '--quiet', url, 'main:refs/mtos/tasks')
  expect(await look()).toMatchObject({ snapshot: null, problem: { error: 'NOT_A_LOG' } })
  await remote.set({ auth: { user: 'a', password: 'b' } })
  expect(await look()).toMatchObject({ problem: { error: 'REMOTE_AUTH' } })
})

test('a cache that is damaged in any place is made again', async () => {
  const { directory, look, asked } = await federated('First', 'Second')
  await look()
  await asked()
  const base = join(directory, 'index.base')
  const { size } = statSync(base)
  const whole = readFileSync(base)
  let repaired = 0
  for (let at = 3; at < size; at += Math.ceil(size / 12)) {
    const damaged = Buffer.from(whole)
    damaged[at]! ^= 0x55
    writeFileSync(base, damaged)
    expect(titles(await look())).toEqual(['First', 'Second'])
    if ((await asked()).includes('POST')) repaired++
    expect(readFileSync(base)).toEqual(whole)
  }
  expect(repaired).toBeGreaterThan(10)
  truncateSync(base, size >> 1)
  expect(titles(await look())).toEqual(['First', 'Second'])
  for (const text of ['', '{', 'null', '{"url":1}']) {
    writeFileSync(join(directory, 'fetched.json'), text)
    expect(titles(await look())).toEqual(['First', 'Second'])
  }
  expect(readdirSync(directory).sort()).toEqual(['fetched.json', 'index.base'])
})

test('the clock of an earlier run was ahead', async () => {
  const { look, asked } = await federated('First')
  await look('2031-01-01T00:00:00.000Z')
  await asked()
  expect(await look(NOW, { maxAge: 3_600_000 })).toMatchObject({ fetchedAt: NOW })
  expect(await asked()).toEqual(['GET'])
})

test('a place that cannot be written, and one that another address used', async () => {
  const { url, directory, look } = await federated('First')
  const blocked = join(temporaryDirectory(), 'file')
  writeFileSync(blocked, '')
  chmodSync(blocked, 0o400)
  const view = await viewPortably({ url, directory: join(blocked, 'demo'), now: NOW })
  expect(view).toMatchObject({ fetchedAt: NOW, problem: null })
  expect(titles(view)).toEqual(['First'])

  await look()
  const another = await viewPortably({ url: `${url}/other`, directory, now: NOW, maxAge: 60_000 })
  expect(another).toMatchObject({ snapshot: null, problem: { error: 'REPOSITORY_MISSING' } })
})

test('many at once leave one whole cache', async () => {
  const { push, look, asked } = await federated('First')
  const early = Array.from({ length: 6 }, () => look())
  await push('Second')
  const views = await Promise.all([...early, ...Array.from({ length: 6 }, () => look())])
  for (const view of views) {
    expect(view.problem).toBe(null)
    expect(titles(view)![0]).toBe('First')
  }
  expect(titles(await look())).toEqual(['First', 'Second'])
  await asked()
  expect(titles(await look(LATER))).toEqual(['First', 'Second'])
  expect(await asked()).toEqual(['GET'])
})

test('a server that fails by chance is asked until it answers', async () => {
  const { url, directory, remote } = await federated('First')
  const reach = await reachHosts({ delay: 1, attempts: 12, failures: 100 })
  await remote.set({ random: { share: 0.5, seed: 3 } })
  const view = await viewPortably({ url, directory, now: NOW, reach })
  expect(view.problem).toBe(null)
  expect(titles(view)).toEqual(['First'])
  expect((await remote.requests()).length).toBeGreaterThan(2)
})
