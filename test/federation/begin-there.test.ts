import { rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { httpRemote } from '../support/http-remote.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { takesBranchesOnly } from '../support/synced-clones.ts'
import { run } from '../support/use-tasks.ts'

beforeEach(() => rmSync(join(homedir(), '.cache'), { recursive: true, force: true }))

/** A directory with a repos.yaml that names a remote without a log by its URL only. */
function withoutLog(): { top: string; bare: string } {
  const top = temporaryDirectory()
  const bare = join(top, 'remote.git')
  git(top, 'init', '--quiet', '--bare', bare)
  writeFileSync(join(top, 'repos.yaml'), `repos:\n  - {name: nolog, url: "file://${bare}"}\n`)
  return { top, bare }
}

test('the log of a repository without a clone is begun where its URL leads, as the error says', async () => {
  const { top, bare } = withoutLog()
  const { error } = await mhvJson(top, 'tc', '--repo', 'nolog', 'First')
  expect(error).toMatchObject({ name: 'NOT_INITIALISED', recovery: ['mhv init --repo nolog'] })
  const list = await mhv(top, 'tl', '--all')
  expect(list.err).toContain('mhv init --repo nolog')
  expect(list.err).not.toContain('mhv sync')
  const begun = await mhvJson(top, ...error.recovery[0].split(' ').slice(1))
  expect(begun).toMatchObject({ repository: 'nolog', log: 'begun', hooks: null })
  expect(git(bare, 'rev-parse', 'refs/mtos/tasks')).toBe(begun.tip)
  expect((await mhv(top, 'tc', '--repo', 'nolog', 'First')).out).toBe('nolog#1 created: First\n')
  expect((await mhv(top, 'init', '--repo', 'nolog')).out).toBe('nolog keeps tasks already.\n')
  expect((await mhvJson(top, 'init', '--repo', 'nolog', '--hooks')).error.name).toBe('REPOSITORY_MISSING')
})

test('one that somebody begins meanwhile is the same; one that is there is taken over', async () => {
  const { top, bare } = withoutLog()
  const clone = temporaryRepository()
  await run(clone, 'init')
  await mhv(top, 'tl', '--all')
  git(clone, 'push', '--quiet', bare, 'refs/mtos/tasks')
  expect(await mhvJson(top, 'init', '--repo', 'nolog')).toMatchObject({
    log: 'there',
    tip: git(clone, 'rev-parse', 'refs/mtos/tasks'),
  })
})

test('what a remote refuses is not begun, and the steps need no clone, also when it is told again', async () => {
  const { top, bare } = withoutLog()
  writeFileSync(join(bare, 'hooks', 'pre-receive'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  expect((await mhvJson(top, 'init', '--repo', 'nolog')).error).toMatchObject({ name: 'REMOTE_REFUSED' })
  expect(git(bare, 'for-each-ref')).toBe('')
  const { url } = await httpRemote({ auth: { user: 'ann', password: 'x' } })
  writeFileSync(join(top, 'repos.yaml'), `repos:\n  - {name: auth, url: "${url}/a.git"}\n`)
  for (const time of ['first', 'second']) {
    const { error } = await mhvJson(top, 'tc', '--repo', 'auth', 'x')
    expect([time, error.name, error.recovery]).toEqual([
      time,
      'REMOTE_AUTH',
      [`git ls-remote ${url}/a.git 'refs/mtos/*'`, 'mhv repos check --remote'],
    ])
  }
})

test.each([
  ['takes', takesBranchesOnly],
  ['shows', (bare: string) => git(bare, 'config', 'uploadpack.hideRefs', 'refs/mtos')],
])('on a host that %s branches only it is begun in the branch, where clones find it', async (_, limit) => {
  const { top, bare } = withoutLog()
  limit(bare)
  expect((await mhv(top, 'init', '--repo', 'nolog')).out).toContain('in the branch mtos/tasks: other refs')
  expect(await mhvJson(top, 'init', '--repo', 'nolog')).toMatchObject({
    log: 'there',
    ref: 'refs/heads/mtos/tasks',
  })
  await run(top, 'tc', '--repo', 'nolog', 'First')
  expect(git(bare, 'log', '-1', '--format=%s', 'refs/heads/mtos/tasks')).toContain('First')
  git(top, 'clone', '--quiet', bare, 'clone')
  await run(join(top, 'clone'), 'sync')
  expect((await mhvJson(join(top, 'clone'), 'tl')).tasks).toMatchObject([{ title: 'First' }])
})

test('a log that is there and not shown to anybody does not keep init trying for ever', async () => {
  const { top, bare } = withoutLog()
  await run(top, 'init', '--repo', 'nolog')
  await run(top, 'tc', '--repo', 'nolog', 'Hidden')
  git(bare, 'config', 'uploadpack.hideRefs', 'refs/mtos')
  rmSync(join(homedir(), '.cache'), { recursive: true })
  expect(await mhvJson(top, 'init', '--repo', 'nolog')).toMatchObject({ ref: 'refs/heads/mtos/tasks' })
})
