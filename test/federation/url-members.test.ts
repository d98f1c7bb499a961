import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { Member } from '../../src/federation/member.ts'
import { openMember } from '../../src/federation/open-member.ts'
import { refreshLog } from '../../src/federation/url-cache.ts'
import { entryDirectory, urlCacheDirectory } from '../../src/federation/url-repository.ts'
import { type MemberView, viewMembers } from '../../src/federation/view-members.ts'
import { handle } from '../../src/handle.ts'
import { parseTaskNames } from '../../src/query/number-list.ts'
import type { TaskStore } from '../../src/store/task-store.ts'
import { environmentFor } from '../../src/terminal/environment.ts'
import { mhv } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

beforeEach(() => rmSync(join(homedir(), '.cache'), { recursive: true, force: true }))

const member = (name: string, url: string | null, path: string | null = null): Member => ({
  name,
  nicknames: [],
  role: null,
  tags: [],
  path,
  url,
  description: '',
})

/** A bare repository with a log of tasks of these titles, and the clone from which it was pushed. */
async function remoteWith(...titles: string[]): Promise<{ bare: string; clone: string }> {
  const bare = join(temporaryDirectory(), 'remote.git')
  git('/', 'init', '--quiet', '--bare', bare)
  const clone = temporaryRepository()
  git(clone, 'remote', 'add', 'origin', bare)
  await mhv(clone, 'init')
  for (const title of titles) await mhv(clone, 'tc', title)
  git(clone, 'push', '--quiet', 'origin', 'refs/mtos/tasks', 'main')
  return { bare, clone }
}

async function addTo(clone: string, title: string): Promise<void> {
  await mhv(clone, 'tc', title)
  git(clone, 'push', '--quiet', 'origin', 'refs/mtos/tasks')
}

const titles = ({ snapshot }: MemberView) =>
  snapshot && Array.from({ length: snapshot.slots }, (_, slot) => snapshot.head(slot).title).sort()

const now = { maxAge: 0 }

/** Creates a task as a write command does. */
async function create(store: TaskStore, title: string): Promise<number> {
  const environment = environmentFor(await store.identity())
  const data = { title, type: 'task', priority: 'medium' } as const
  const { result, view } = await handle(
    store,
    {
      targets: parseTaskNames([], ''),
      create: environment.newId(),
      commands: (_, id) => [{ kind: 'CreateTask', id, data }],
    },
    environment,
  )
  expect(view.summary(result[0]!.after.id)).toBeDefined()
  return result[0]!.after.number!
}

const drafts = (url: string) => readdirSync(entryDirectory(url)).filter((name) => name.startsWith('draft'))

test('only tasks are fetched, privately; again only when they have become old', async () => {
  const { bare, clone } = await remoteWith('One')
  const asked = [member('a', `file://${bare}`), member('b', bare)]
  const first = await viewMembers(asked)
  expect(first.map(titles)).toEqual([['One'], ['One']])
  expect(first.map(({ problem }) => problem)).toEqual([null, null])
  expect(Date.now() - Date.parse(first[0]!.fetchedAt!)).toBeLessThan(60_000)
  const entry = entryDirectory(bare)
  expect(statSync(urlCacheDirectory()).mode & 0o77).toBe(0)
  expect(statSync(join(entry, 'tasks.git', 'config')).mode & 0o77).toBe(0)
  expect(git(join(entry, 'tasks.git'), 'for-each-ref', '--format=%(refname)').split('\n')).toEqual([
    'refs/mtos/remotes/origin/tasks',
    'refs/mtos/tasks',
  ])
  expect(git(join(entry, 'tasks.git'), 'log', '--all', '--format=%s')).not.toContain('First commit')
  await addTo(clone, 'Two')
  expect((await viewMembers(asked)).map(titles)).toEqual([['One'], ['One']])
  expect((await viewMembers(asked, now)).map(titles)).toEqual([
    ['One', 'Two'],
    ['One', 'Two'],
  ])
})

test('what cannot be reached is shown as it was, with the reason, and is left in peace for a while', async () => {
  const { bare } = await remoteWith('One')
  await viewMembers([member('a', bare)])
  rmSync(bare, { recursive: true })
  const [old, never] = await viewMembers([member('a', bare), member('b', `${bare}-too`)], now)
  expect(titles(old!)).toEqual(['One'])
  expect(old!.problem?.error).toBe('REMOTE_MISSING')
  expect(old!.problem?.message).toContain(bare)
  expect(old!.fetchedAt).not.toBe(null)
  expect(never).toMatchObject({ snapshot: null, fetchedAt: null, problem: { error: 'REMOTE_MISSING' } })
  git('/', 'init', '--quiet', '--bare', `${bare}-too`)
  const again = await viewMembers([member('b', `${bare}-too`)])
  expect(again[0]!.problem?.error).toBe('REMOTE_MISSING')
  const [asked] = await viewMembers([member('b', `${bare}-too`)], now)
  expect(asked!.problem?.error).toBe('NOT_INITIALISED')
})

test('off-line nothing is asked; a path that is not there falls back to the URL', async () => {
  const { bare, clone } = await remoteWith('One')
  const a = member('a', bare, join(clone, 'gone'))
  const [unknown] = await viewMembers([a], { offline: true })
  expect(unknown).toMatchObject({ snapshot: null, problem: { error: 'REMOTE_UNREACHABLE' } })
  expect(titles((await viewMembers([a]))[0]!)).toEqual(['One'])
  await addTo(clone, 'Two')
  expect(titles((await viewMembers([a], { offline: true, maxAge: 0 }))[0]!)).toEqual(['One'])
  expect(titles((await viewMembers([member('a', bare, clone)]))[0]!)).toEqual(['One', 'Two'])
})

test('a remote that lost what was seen there is not followed, until what is kept is deleted', async () => {
  const { bare, clone } = await remoteWith('One', 'Two')
  await viewMembers([member('a', bare)])
  git(bare, 'update-ref', 'refs/mtos/tasks', git(clone, 'rev-parse', 'refs/mtos/tasks~1'))
  const [rewound] = await viewMembers([member('a', bare)], now)
  expect(titles(rewound!)).toEqual(['One', 'Two'])
  expect(rewound!.problem?.error).toBe('REMOTE_REPLACED')
  const { problem } = await refreshLog(bare, now)
  git('/', ...['-c', `alias.x=!${problem!.recovery[0]}`, 'x'])
  expect(titles((await viewMembers([member('a', bare)]))[0]!)).toEqual(['One'])
  git(bare, 'update-ref', '-d', 'refs/mtos/tasks')
  const [gone] = await viewMembers([member('a', bare)], now)
  expect(titles(gone!)).toEqual(['One'])
  expect(gone!.problem?.error).toBe('REMOTE_REPLACED')
})

test('the branch that stands in for the ref is found, and no code beside it', async () => {
  const { bare, clone } = await remoteWith('One')
  git(bare, 'update-ref', '-d', 'refs/mtos/tasks')
  git(clone, 'push', '--quiet', 'origin', 'refs/mtos/tasks:refs/heads/mtos/tasks')
  git(clone, 'push', '--quiet', 'origin', 'main:refs/heads/mtos/tasks-page')
  const [view] = await viewMembers([member('a', bare)])
  expect(titles(view!)).toEqual(['One'])
  const refs = git(join(entryDirectory(bare), 'tasks.git'), 'for-each-ref', '--format=%(refname)')
  expect(refs).not.toContain('page')
  expect(await create(view!.workplace!.store, 'Two')).toBe(2)
  expect(git(bare, 'rev-parse', 'refs/heads/mtos/tasks')).toBe(
    (await viewMembers([member('a', bare)]))[0]!.snapshot!.tip,
  )
})

test('repositories of the other object format', async () => {
  const bare = join(temporaryDirectory(), 'remote.git')
  git('/', 'init', '--quiet', '--bare', '--object-format=sha256', bare)
  const clone = temporaryRepository('--object-format=sha256')
  await mhv(clone, 'init')
  await mhv(clone, 'tc', 'One')
  git(clone, 'push', '--quiet', bare, 'refs/mtos/tasks')
  const [view] = await viewMembers([member('a', bare)])
  expect([view!.problem, titles(view!)]).toEqual([null, ['One']])
  expect(await create(view!.workplace!.store, 'Two')).toBe(2)
})

test.each([
  ['the state', (entry: string) => writeFileSync(join(entry, 'fetched.json'), '{"schema":1,"tip":"x"}')],
  ['the ref', (entry: string) => rmSync(join(entry, 'tasks.git', 'refs'), { recursive: true })],
  ['the objects', (entry: string) => rmSync(join(entry, 'tasks.git', 'objects'), { recursive: true })],
  ['the configuration', (entry: string) => writeFileSync(join(entry, 'tasks.git', 'config'), '[core')],
  ['the index', (entry: string) => rmSync(join(entry, 'tasks.git', 'mtos'), { recursive: true })],
  ['all', (entry: string) => rmSync(join(entry, 'tasks.git'), { recursive: true })],
])('damage to what is kept is mended by fetching: %s', async (_, damage) => {
  const { bare, clone } = await remoteWith('One')
  await viewMembers([member('a', bare)])
  await addTo(clone, 'Two')
  damage(entryDirectory(bare))
  const [view] = await viewMembers([member('a', bare)], now)
  expect([view!.problem, titles(view!)]).toEqual([null, ['One', 'Two']])
})

test('a write is on the remote when it is done; whoever is faster makes it begin again', async () => {
  const { bare, clone } = await remoteWith('One')
  const { store } = await openMember(member('a', bare))
  const before = await store.view()
  await addTo(clone, 'Two')
  expect(await create(store, 'Three')).toBe(3)
  git(clone, 'fetch', '--quiet', 'origin', 'refs/mtos/tasks:refs/mtos/tasks')
  expect(
    (await mhv(clone, 'tl', '--columns', 'number,title', '--sort', 'number', '--format', 'csv')).out,
  ).toBe('number,title\n1,One\n2,Two\n3,Three\n')
  // A commit on a view that the remote has left behind changes nothing.
  const batch = { message: 'x', at: new Date().toISOString(), logs: [], removed: ['none'] }
  expect(await store.commit(before, batch)).toBe('moved')
  expect((await mhv(clone, 'doctor')).code).toBe(0)
  expect(drafts(bare)).toEqual([])
})

test('a write that is refused or cannot be pushed changes nothing', async () => {
  const { bare, clone } = await remoteWith('One')
  const { store } = await openMember(member('a', bare))
  writeFileSync(join(bare, 'hooks', 'pre-receive'), '#!/bin/sh\necho no tasks here >&2\nexit 1\n', {
    mode: 0o755,
  })
  await expect(create(store, 'Two')).rejects.toMatchObject({
    error: 'REMOTE_REFUSED',
    message: expect.stringMatching(/Nothing was changed/),
  })
  rmSync(bare, { recursive: true })
  await expect(create(store, 'Two')).rejects.toMatchObject({
    error: 'REMOTE_MISSING',
    message: expect.stringMatching(/Nothing was changed/),
  })
  expect(titles((await viewMembers([member('a', bare)], { offline: true }))[0]!)).toEqual(['One'])
  expect(drafts(bare)).toEqual([])
  expect(existsSync(clone)).toBe(true)
})

test('what nobody has looked at for 90 days goes when something new comes', async () => {
  const [{ bare: old }, { bare: young }] = [await remoteWith('One'), await remoteWith('One')]
  await viewMembers([member('a', old)])
  const file = join(entryDirectory(old), 'fetched.json')
  const days = (count: number) => new Date(Date.now() - count * 86_400_000)
  utimesSync(file, days(2), days(2))
  await viewMembers([member('a', old)])
  expect(statSync(file).mtimeMs).toBeGreaterThan(days(1).getTime())
  utimesSync(file, days(91), days(91))
  await viewMembers([member('b', young)])
  expect(readdirSync(urlCacheDirectory())).toEqual([entryDirectory(young).split('/').at(-1)])
})

test('where nothing can be kept, that is said', async () => {
  const { bare } = await remoteWith('One')
  mkdirSync(join(homedir(), '.cache'), { recursive: true })
  writeFileSync(join(homedir(), '.cache', 'mhv'), '')
  const [view] = await viewMembers([member('a', bare)])
  expect(view).toMatchObject({ snapshot: null, problem: { error: 'STATE_UNWRITABLE' } })
})
