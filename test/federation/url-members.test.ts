import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openMember } from '../../src/federation/open-member.ts'
import { refreshLog } from '../../src/federation/url-cache.ts'
import { draftRepository, entryDirectory, urlCacheDirectory } from '../../src/federation/url-repository.ts'
import { viewMembers } from '../../src/federation/view-members.ts'
import { mhv } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'
import { createIn, memberAt, titlesOf } from './url-member.ts'

beforeEach(() => rmSync(join(homedir(), '.cache'), { recursive: true, force: true }))

const member = (name: string, url: string, path: string | null = null) => memberAt(url, name, path)

let model = ''

/** What every remote begins with: making it takes longer than copying it. */
beforeAll(async () => {
  model = mkdtempSync(join(tmpdir(), 'mhv-model-'))
  const [bare, clone] = [join(model, 'remote.git'), join(model, 'clone')]
  git(model, 'init', '--quiet', '--bare', bare)
  git(model, 'init', '--quiet', clone)
  git(clone, 'commit', '--quiet', '--allow-empty', '--message', 'First commit')
  git(clone, 'remote', 'add', 'origin', '../remote.git')
  await run(clone, 'init')
  await run(clone, 'tc', 'One')
  git(clone, 'push', '--quiet', 'origin', 'refs/mtos/tasks', 'main')
})
afterAll(() => rmSync(model, { recursive: true }))

/** A bare repository with the task One, and the clone from which it was pushed. */
function remote(): { bare: string; clone: string } {
  const directory = temporaryDirectory()
  cpSync(model, directory, { recursive: true })
  return { bare: join(directory, 'remote.git'), clone: join(directory, 'clone') }
}

async function addTo(clone: string, title: string): Promise<void> {
  await mhv(clone, 'tc', title)
  git(clone, 'push', '--quiet', 'origin', 'refs/mtos/tasks')
}

const now = { maxAge: 0 }

const drafts = (url: string) => readdirSync(entryDirectory(url)).filter((name) => name.startsWith('draft'))

test('only tasks are fetched, privately; again only when they have become old', async () => {
  const { bare, clone } = remote()
  const asked = [member('a', `file://${bare}`), member('b', bare)]
  const first = await viewMembers(asked)
  expect(first.map(titlesOf)).toEqual([['One'], ['One']])
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
  expect((await viewMembers(asked)).map(titlesOf)).toEqual([['One'], ['One']])
  expect((await viewMembers(asked, now)).map(titlesOf)).toEqual([
    ['One', 'Two'],
    ['One', 'Two'],
  ])
})

test('what cannot be reached is shown as it was, with the reason, and is left in peace for a while', async () => {
  const { bare } = remote()
  await viewMembers([member('a', bare)])
  rmSync(bare, { recursive: true })
  const [old, never] = await viewMembers([member('a', bare), member('b', `${bare}-too`)], now)
  expect(titlesOf(old!)).toEqual(['One'])
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

test('a failure is named for as long as the remote is left in peace, however young what is shown is', async () => {
  const { bare } = remote()
  await viewMembers([member('a', bare)])
  renameSync(bare, `${bare}-away`)
  expect((await viewMembers([member('a', bare)], now))[0]!.problem?.error).toBe('REMOTE_MISSING')
  const [again] = await viewMembers([member('a', bare)])
  expect([again!.problem?.error, titlesOf(again!)]).toEqual(['REMOTE_MISSING', ['One']])
  renameSync(`${bare}-away`, bare)
  expect((await viewMembers([member('a', bare)], now))[0]!.problem).toBe(null)
  expect((await viewMembers([member('a', bare)]))[0]!.problem).toBe(null)
})

test('a command that works on tasks of which nothing is here asks again, however lately the remote failed', async () => {
  const { bare } = remote()
  const away = join(temporaryDirectory(), 'away.git')
  renameSync(bare, away)
  expect((await viewMembers([member('a', bare)]))[0]!.problem).toMatchObject({ error: 'REMOTE_MISSING' })
  renameSync(away, bare)
  expect((await viewMembers([member('a', bare)]))[0]!.problem).toMatchObject({ error: 'REMOTE_MISSING' })
  expect(await createIn((await openMember(member('a', bare))).store, 'Two')).toBe(2)
})

test('off-line nothing is asked; a path that is not there falls back to the URL', async () => {
  const { bare, clone } = remote()
  const a = member('a', bare, join(clone, 'gone'))
  const [unknown] = await viewMembers([a], { offline: true })
  expect(unknown).toMatchObject({ snapshot: null, problem: { error: 'REMOTE_UNREACHABLE' } })
  expect(titlesOf((await viewMembers([a]))[0]!)).toEqual(['One'])
  await addTo(clone, 'Two')
  expect(titlesOf((await viewMembers([a], { offline: true, maxAge: 0 }))[0]!)).toEqual(['One'])
  expect(titlesOf((await viewMembers([member('a', bare, clone)]))[0]!)).toEqual(['One', 'Two'])
})

test('a remote that lost what was seen there is not followed, until what is kept is deleted', async () => {
  const { bare, clone } = remote()
  await addTo(clone, 'Two')
  await viewMembers([member('a', bare)])
  git(bare, 'update-ref', 'refs/mtos/tasks', git(clone, 'rev-parse', 'refs/mtos/tasks~1'))
  const [rewound] = await viewMembers([member('a', bare)], now)
  expect(titlesOf(rewound!)).toEqual(['One', 'Two'])
  expect(rewound!.problem?.error).toBe('REMOTE_REPLACED')
  const { problem } = await refreshLog(bare, now)
  git('/', ...['-c', `alias.x=!${problem!.recovery[0]}`, 'x'])
  expect(titlesOf((await viewMembers([member('a', bare)]))[0]!)).toEqual(['One'])
  git(bare, 'update-ref', '-d', 'refs/mtos/tasks')
  const [gone] = await viewMembers([member('a', bare)], now)
  expect(titlesOf(gone!)).toEqual(['One'])
  expect(gone!.problem?.error).toBe('REMOTE_REPLACED')
})

test('the branch that stands in for the ref is found, and no code beside it', async () => {
  const { bare, clone } = remote()
  git(bare, 'update-ref', '-d', 'refs/mtos/tasks')
  git(clone, 'push', '--quiet', 'origin', 'refs/mtos/tasks:refs/heads/mtos/tasks')
  git(clone, 'push', '--quiet', 'origin', 'main:refs/heads/mtos/tasks-page')
  const [view] = await viewMembers([member('a', bare)])
  expect(titlesOf(view!)).toEqual(['One'])
  const refs = git(join(entryDirectory(bare), 'tasks.git'), 'for-each-ref', '--format=%(refname)')
  expect(refs).not.toContain('page')
  expect(await createIn(view!.workplace!.store, 'Two')).toBe(2)
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
  expect([view!.problem, titlesOf(view!)]).toEqual([null, ['One']])
  expect(await createIn(view!.workplace!.store, 'Two')).toBe(2)
})

test.each([
  ['the state', (entry: string) => writeFileSync(join(entry, 'fetched.json'), '{"schema":1,"tip":"x"}')],
  ['the ref', (entry: string) => rmSync(join(entry, 'tasks.git', 'refs'), { recursive: true })],
  ['the objects', (entry: string) => rmSync(join(entry, 'tasks.git', 'objects'), { recursive: true })],
  ['the configuration', (entry: string) => writeFileSync(join(entry, 'tasks.git', 'config'), '[core')],
  ['the index', (entry: string) => rmSync(join(entry, 'tasks.git', 'mtos'), { recursive: true })],
  ['all', (entry: string) => rmSync(join(entry, 'tasks.git'), { recursive: true })],
])('damage to what is kept is mended by fetching: %s', async (_, damage) => {
  const { bare, clone } = remote()
  await viewMembers([member('a', bare)])
  await addTo(clone, 'Two')
  damage(entryDirectory(bare))
  const [view] = await viewMembers([member('a', bare)], now)
  expect([view!.problem, titlesOf(view!)]).toEqual([null, ['One', 'Two']])
})

test('a write is on the remote when it is done; whoever is faster makes it begin again', async () => {
  const { bare, clone } = remote()
  const { store } = await openMember(member('a', bare))
  const before = await store.view()
  await addTo(clone, 'Two')
  expect(await createIn(store, 'Three')).toBe(3)
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
  const { bare, clone } = remote()
  const { store } = await openMember(member('a', bare))
  writeFileSync(join(bare, 'hooks', 'pre-receive'), '#!/bin/sh\necho no tasks here >&2\nexit 1\n', {
    mode: 0o755,
  })
  await expect(createIn(store, 'Two')).rejects.toMatchObject({
    error: 'REMOTE_REFUSED',
    message: expect.stringMatching(/Nothing was changed/),
  })
  rmSync(bare, { recursive: true })
  await expect(createIn(store, 'Two')).rejects.toMatchObject({
    error: 'REMOTE_MISSING',
    message: expect.stringMatching(/Nothing was changed/),
  })
  expect(titlesOf((await viewMembers([member('a', bare)], { offline: true }))[0]!)).toEqual(['One'])
  expect(drafts(bare)).toEqual([])
  expect(existsSync(clone)).toBe(true)
})

test('what nobody has looked at for 90 days goes when something new comes', async () => {
  const [{ bare: old }, { bare: young }] = [remote(), remote()]
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
  const { bare } = remote()
  mkdirSync(join(homedir(), '.cache'), { recursive: true })
  writeFileSync(join(homedir(), '.cache', 'mhv'), '')
  const [view] = await viewMembers([member('a', bare)])
  expect(view).toMatchObject({ snapshot: null, problem: { error: 'STATE_UNWRITABLE' } })
})

test('what a killed writer left is seen by nobody, and goes with the next write', async () => {
  const { bare } = remote()
  const { store } = await openMember(member('a', bare))
  const draft = draftRepository(bare)
  mkdirSync(join(draft.commonDir, 'refs', 'mtos'))
  writeFileSync(
    join(draft.commonDir, 'refs', 'mtos', 'tasks'),
    `${git(bare, 'rev-parse', 'refs/mtos/tasks')}
`,
  )
  // As it is when the process that wrote it is no more.
  const { pid } = spawnSync('true')
  renameSync(draft.commonDir, join(entryDirectory(bare), `draft-${pid}-1`))
  expect(titlesOf((await viewMembers([member('a', bare)], now))[0]!)).toEqual(['One'])
  expect(drafts(bare)).toHaveLength(1)
  expect(await createIn(store, 'Two')).toBe(2)
  expect(drafts(bare)).toEqual([])
})
