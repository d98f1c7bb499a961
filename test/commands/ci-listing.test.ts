import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhvProcess } from '../support/cli.ts'
import { type HttpRemote, httpRemote } from '../support/http-remote.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

/** Two repositories on a server, with code that nobody should fetch, and a job's empty directory with their URLs. */
async function job() {
  const remote = await httpRemote()
  const entries: string[] = []
  for (const name of ['akosha', 'crackerjack']) {
    const { path, url } = remote.repository(name)
    const clone = temporaryRepository()
    writeFileSync(join(clone, 'code.txt'), 'code\n'.repeat(10_000))
    git(clone, 'add', '--all')
    git(clone, 'commit', '--quiet', '--message', 'Code')
    await run(clone, 'init')
    await run(clone, 'tc', `Open in ${name}`)
    await run(clone, 'tc', 'Stuck')
    await run(clone, 'task', 'block', '2', '--reason', 'nobody knows')
    git(clone, 'push', '--quiet', path, 'HEAD:refs/heads/main', 'refs/mtos/tasks')
    entries.push(`  - { name: ${name}, url: "${url}" }\n`)
  }
  const directory = temporaryDirectory()
  writeFileSync(join(directory, 'repos.yaml'), `repos:\n${entries.join('')}`)
  await remote.forget()
  return { remote, directory }
}

/** A machine with Node and no git, and a home of its own. */
function bareMachine(): Record<string, string> {
  const home = temporaryDirectory()
  mkdirSync(join(home, 'bin'))
  return { HOME: home, PATH: join(home, 'bin') }
}

const LIST = ['task', 'list', '--all', '--repos', 'repos.yaml', '--format', 'markdown']
const posts = async (remote: HttpRemote) =>
  (await remote.requests()).filter(({ method }) => method === 'POST').length

test('an empty directory lists what URLs lead to, alike with git and without', async () => {
  const { remote, directory } = await job()
  const withGit = await mhvProcess(directory, LIST, { env: { HOME: temporaryDirectory() } })
  expect([withGit.code, withGit.err]).toEqual([0, ''])
  expect(withGit.out).toContain('| akosha | 1 | pending | medium | Open in akosha |')
  expect(withGit.out).toContain('| all | 4 | 2 | 2 |')
  await remote.forget()
  const machine = bareMachine()
  const without = await mhvProcess(directory, LIST, { env: machine })
  expect([without.code, without.out, without.err]).toEqual([0, withGit.out, ''])
  expect(await posts(remote)).toBe(2)
  // One fetch for each repository, of its task log alone; next time none at all.
  await remote.forget()
  const again = await mhvProcess(directory, [...LIST, '--max-age', '1h'], { env: machine })
  expect([again.out, await remote.requests()]).toEqual([without.out, []])
})

test('without git, a task and its history are shown, nothing is written, and version says so', async () => {
  const { directory } = await job()
  const env = bareMachine()
  const show = await mhvProcess(directory, ['task', 'show', 'akosha#2'], { env })
  expect([show.code, show.err, show.out]).toEqual([0, '', expect.stringContaining('nobody knows')])
  const history = await mhvProcess(directory, ['task', 'history', 'akosha#2', '--json'], { env })
  expect(JSON.parse(history.out).history.events.map(({ kind }: { kind: string }) => kind)).toEqual([
    'TaskCreated',
    'TaskBlocked',
  ])
  expect((await mhvProcess(directory, ['task', 'show', 'akosha#9'], { env })).err).toContain('TASK_NOT_FOUND')
  expect((await mhvProcess(directory, ['done', 'akosha#1'], { env })).err).toContain('GIT_MISSING')
  const version = await mhvProcess(directory, ['version'], { env })
  expect([version.code, version.out]).toEqual([0, expect.stringMatching(/, no git\n$/)])
})

test('a server that is away is named, with the age of what is shown, and hides nothing', async () => {
  const { remote, directory } = await job()
  const machine = bareMachine()
  const { out } = await mhvProcess(directory, LIST, { env: machine })
  await remote.set({ status: 403 })
  const away = await mhvProcess(directory, [...LIST, '--max-age', '0s'], { env: machine })
  expect([away.code, away.out.replaceAll(/ *\(.*?\)/g, '')]).toEqual([
    0,
    expect.stringContaining('Open in akosha'),
  ])
  expect(away.err).toContain('akosha')
  expect(away.out.split('\n').slice(0, 6)).toEqual(out.split('\n').slice(0, 6))
  const never = await mhvProcess(directory, LIST, { env: bareMachine() })
  expect([never.code, never.err]).toEqual([
    1,
    expect.stringContaining('None of the repositories can be read'),
  ])
})

test('a job fails on what it is told to, with annotations where GitHub runs it', async () => {
  const { directory } = await job()
  const env = { ...bareMachine(), GITHUB_ACTIONS: 'true' }
  const passed = await mhvProcess(directory, [...LIST, '--fail-on', 'overdue'], { env })
  expect(passed.code).toBe(0)
  const failed = await mhvProcess(directory, [...LIST, '--fail-on', 'overdue or blocked'], { env })
  expect(failed.code).toBe(1)
  expect(failed.out).toBe(passed.out)
  expect(failed.err).toMatch(/^::error[^\n]*akosha#2/m)
  expect(failed.err).toContain('CONDITION_MET')
})
