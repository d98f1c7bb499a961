import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openMember } from '../../src/federation/open-member.ts'
import { entryDirectory } from '../../src/federation/url-repository.ts'
import { type MemberView, viewMembers } from '../../src/federation/view-members.ts'
import type { Member } from '../../src/repos/member.ts'
import { mhvProcess } from '../support/cli.ts'
import { type HttpRemote, httpRemote } from '../support/http-remote.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'
import { createIn, memberAt, titlesOf } from './url-member.ts'

beforeEach(() => rmSync(join(homedir(), '.cache'), { recursive: true, force: true }))

afterEach(() => {
  vi.unstubAllEnvs()
})

const now = { maxAge: 0 }

/** Repositories on a server, each with the task One, and the clone from which they were pushed. */
async function served(...names: string[]): Promise<{ server: HttpRemote; clone: string; members: Member[] }> {
  const server = await httpRemote()
  const clone = temporaryRepository()
  await run(clone, 'init')
  await run(clone, 'tc', 'One')
  const members = names.map((name) => {
    const { url, path } = server.repository(name)
    git(path, 'config', 'http.receivepack', 'true')
    git(clone, 'push', '--quiet', path, 'refs/mtos/tasks', 'main')
    return memberAt(url, name)
  })
  return { server, clone, members }
}

const states = (views: readonly MemberView[]) =>
  views.map((view) => [view.problem?.error ?? null, titlesOf(view)])

test('one request for what is new, none for what is young; the order is the file’s', async () => {
  const { server, members } = await served('a', 'b')
  await viewMembers(members)
  await server.forget()
  expect(states(await viewMembers(members))).toEqual([
    [null, ['One']],
    [null, ['One']],
  ])
  expect(await server.requests()).toEqual([])
  expect((await viewMembers(members, now)).map(({ member }) => member.name)).toEqual(['a', 'b'])
  const asked = await server.requests()
  expect(asked.filter(({ url }) => url.includes('/a.git'))).toHaveLength(2)
})

test('a host that says nothing is given up, and holds up no other', async () => {
  const { server, members } = await served('a')
  const other = await served('b')
  await viewMembers(members)
  await server.set({ stall: true })
  const begun = Date.now()
  const views = await viewMembers([...members, memberAt(`${server.url}/x.git`, 'x'), ...other.members], {
    maxAge: 0,
    timeout: 1000,
  })
  // Tried once: three times would take three times as long.
  expect(Date.now() - begun).toBeLessThan(6000)
  expect(states(views)).toEqual([
    ['REMOTE_TIMEOUT', ['One']],
    ['REMOTE_TIMEOUT', null],
    [null, ['One']],
  ])
  // For a while it is not waited for again.
  await server.forget()
  expect(states(await viewMembers(members, { maxAge: 1, timeout: 1000 }))).toEqual([
    ['REMOTE_TIMEOUT', ['One']],
  ])
}, 30_000)

test('a host that fails for a moment is asked again', async () => {
  const { server, members } = await served('a')
  await server.set({ status: 503 })
  const later = new Promise((resolve) => setTimeout(resolve, 150)).then(() => server.set({}))
  expect(states(await viewMembers(members))).toEqual([[null, ['One']]])
  await later
})

test('broken repositories of a host are told each by itself, and hide no healthy one', async () => {
  const { server, members } = await served('good')
  await server.set({ status: 503, only: '/broken' })
  const broken = Array.from({ length: 16 }, (_, i) => memberAt(`${server.url}/broken${i}.git`, `broken${i}`))
  const views = await viewMembers([...broken.slice(0, 7), ...members], now)
  expect(titlesOf(views.at(-1)!)).toEqual(['One'])
  for (const { member, problem } of views.slice(0, -1)) {
    expect(problem!.message).toContain(member.url)
    expect(problem!.message).toContain('503')
  }
  // Nobody answers at all: some found out and say how, the others that they were not asked, and nothing of another one.
  await server.stop()
  const silent = await viewMembers([...broken, ...members], now)
  const said = silent.map(({ problem }) => problem!.message)
  const notAsked = said.filter((message) => message.startsWith('Not asked: host 127.0.0.1'))
  expect(notAsked.length).toBeGreaterThan(0)
  for (const message of notAsked) {
    expect(message).not.toContain('.git')
    expect(message).toMatch(/, at last with: .*connect/)
  }
  for (const [i, message] of said.entries()) {
    if (!notAsked.includes(message)) expect(message).toContain(silent[i]!.member.url)
  }
}, 30_000)

test('a page to sign in is no repository without tasks, nor one whose tasks are gone', async () => {
  const { server, members } = await served('a')
  await viewMembers(members)
  const other = memberAt(`${server.url}/b.git`, 'b')
  for (const page of ['<html>Sign in</html>', '<html>\n<head></head>\n<body>Sign in</body>\n</html>\n']) {
    await server.set({ page })
    const views = await viewMembers([...members, other], now)
    expect(states(views)).toEqual([
      ['REMOTE_UNREACHABLE', ['One']],
      ['REMOTE_UNREACHABLE', null],
    ])
    for (const { member, problem } of views) {
      expect(problem!.message).toContain(member.url)
    }
  }
  await server.set({})
  expect(states(await viewMembers(members, now))).toEqual([[null, ['One']]])
}, 30_000)

test('passwords in a URL let in, and are shown nowhere', async () => {
  const { server } = await served('a')
  await server.set({ auth: { user: 'ann', password: 's/3@cret' } })
  const url = (password: string) => `${server.url.replace('//', `//ann:${password}@`)}/a.git`
  const views = await viewMembers([
    memberAt(url('s%2F3%40cret'), 'good'),
    memberAt(url('wrong3cret'), 'bad'),
    memberAt(`${server.url}/a.git`, 'none'),
  ])
  expect(states(views)).toEqual([
    [null, ['One']],
    ['REMOTE_AUTH', null],
    ['REMOTE_AUTH', null],
  ])
  for (const { problem } of views.slice(1)) {
    expect(problem!.message).toContain(`${server.url}/a.git`)
    expect(problem!.message).not.toContain('3cret')
  }
  for (const view of views.slice(0, 2)) {
    const entry = entryDirectory(view.member.url!)
    const open = readdirSync(entry).filter((name) => name !== 'tasks.git')
    expect(git(entry, 'grep', '--no-index', '-c', 'a', ...open)).not.toBe('')
    expect(() => git(entry, 'grep', '--no-index', '-q', '3cret', '--', ...open)).toThrow()
  }
})

test('git is given the tokens of the environment, to read and to write, for their own host only', async () => {
  const { server, members } = await served('a')
  const other = await httpRemote({ auth: { user: 'x-access-token', password: 'job' } })
  await server.set({ auth: { user: 'ann', password: 'to ken' } })
  vi.stubEnv('MHV_TOKEN', 'ann:to ken')
  vi.stubEnv('MHV_TOKEN_HOST', server.url)
  expect(states(await viewMembers([...members, memberAt(`${other.url}/b.git`, 'b')], now))).toEqual([
    [null, ['One']],
    ['REMOTE_AUTH', null],
  ])
  expect((await other.requests()).map(({ authorization }) => authorization)).toEqual([null])
  const { store } = await openMember(members[0]!)
  expect(await createIn(store, 'Two')).toBe(2)
  // Each command knocks without it first.
  expect((await server.requests()).filter(({ status }) => status === 401).length).toBeGreaterThan(0)
  // What the user tells git by the environment holds as well.
  vi.stubEnv('GIT_CONFIG_COUNT', '1')
  vi.stubEnv('GIT_CONFIG_KEY_0', `url.${server.url}/.insteadOf`)
  vi.stubEnv('GIT_CONFIG_VALUE_0', `${server.url}/short/`)
  const short = memberAt(`${server.url}/short/a.git`, 'short')
  expect(states(await viewMembers([short], now))).toEqual([[null, ['One', 'Two']]])
})

test.each([
  ['x-access-token', { GITHUB_TOKEN: 'job', GITHUB_SERVER_URL: 'SERVER' }],
  ['gitlab-ci-token', { CI_JOB_TOKEN: 'job', CI_SERVER_URL: 'SERVER' }],
])('git is given the token of a job: %s', async (user, variables) => {
  const { server, members } = await served('a')
  await server.set({ auth: { user, password: 'job' } })
  for (const [name, value] of Object.entries(variables)) {
    vi.stubEnv(name, value.replace('SERVER', server.url))
  }
  expect(states(await viewMembers(members, now))).toEqual([[null, ['One']]])
})

test('a push whose answer is lost has arrived, and is neither repeated nor taken back', async () => {
  const { server, clone, members } = await served('a')
  const { store } = await openMember(members[0]!)
  await server.set({ random: { share: 1, seed: 1, ways: ['lost'] }, only: 'git-receive-pack' })
  const outcome = await createIn(store, 'Two').catch((error: Error) => error.message)
  // Where the very first answer is lost, nothing was sent yet.
  if (typeof outcome === 'string') expect(outcome).toContain('Nothing was changed')
  await server.set({})
  const [view] = await viewMembers(members, now)
  const path = join(server.root, 'a.git')
  expect(view!.snapshot!.tip).toBe(git(path, 'rev-parse', 'refs/mtos/tasks'))
  expect(titlesOf(view!)).toEqual(outcome === 2 ? ['One', 'Two'] : ['One'])
  await server.set({ random: { share: 1, seed: 1, ways: ['lost'] }, only: 'a.git/git-receive-pack' })
  expect(await createIn(store, 'Three')).toBe(2)
  await server.set({})
  git(clone, 'fetch', '--quiet', path, 'refs/mtos/tasks:refs/mtos/tasks')
  expect(await run(clone, 'tl', '--columns', 'number,title', '--format', 'csv', '--sort', 'number')).toBe(
    'number,title\n1,One\n2,Three\n',
  )
}, 30_000)

test('writers at once through several caches give out no number twice', async () => {
  const { server, clone, members } = await served('a')
  const { store } = await openMember(members[0]!)
  const { store: other } = await openMember(memberAt(`${server.url}/./a.git`, 'a'))
  const numbers = await Promise.all(
    Array.from({ length: 6 }, (_, i) => createIn(i % 2 ? store : other, `Task ${i}`)),
  )
  expect(numbers.sort()).toEqual([2, 3, 4, 5, 6, 7])
  git(clone, 'fetch', '--quiet', `${server.url}/a.git`, 'refs/mtos/tasks:refs/mtos/tasks')
  expect((await run(clone, 'doctor')).length).toBeGreaterThan(0)
}, 60_000)

test('several processes share one fetch, and one of them each cache', async () => {
  const { server } = await served('a', 'b')
  const top = temporaryDirectory()
  mkdirSync(join(top, 'x'))
  for (const name of ['a', 'b']) await run(top, 'repos', 'add', `${server.url}/${name}.git`)
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => mhvProcess(top, ['repos', 'check', '--remote'])),
  )
  expect(answers.map(({ code, err }) => [code, err])).toEqual(Array.from({ length: 4 }, () => [0, '']))
}, 30_000)
