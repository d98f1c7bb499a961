import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ERRORS } from '../../src/error-table.ts'
import { mhv, mhvJson } from '../support/cli.ts'
import { withRemote } from '../support/hooks.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

test('init twice changes nothing the second time', async () => {
  const demo = temporaryRepository()
  expect((await mhvJson(demo, 'init')).log).toBe('begun')
  const config = readFileSync(join(demo, '.git', 'config'), 'utf8')
  const again = await mhvJson(demo, 'init')
  expect(again).toMatchObject({
    log: 'there',
    configured: [],
    tip: git(demo, 'rev-parse', 'refs/mtos/tasks'),
  })
  expect(readFileSync(join(demo, '.git', 'config'), 'utf8')).toBe(config)
})

test('two people who both init share history', async () => {
  const [one, two] = [temporaryRepository(), temporaryRepository('--initial-branch=other')]
  expect((await mhvJson(one, 'init')).tip).toBe((await mhvJson(two, 'init')).tip)
})

test('git fetch works against a remote without tasks, and brings them when there are some', async () => {
  const one = temporaryRepository()
  const remote = join(one, '..', 'remote.git')
  git(one, 'clone', '--quiet', '--bare', one, remote)
  git(one, 'remote', 'add', 'origin', remote)
  git(one, 'remote', 'add', 'backup', remote)
  expect((await mhvJson(one, 'init')).configured.sort()).toEqual(['backup', 'origin'])
  git(one, 'fetch', '--quiet')
  git(one, 'fetch', '--quiet', '--prune')
  git(one, 'pull', '--quiet', 'origin', 'main')
  await mhv(one, 'tc', 'A')
  git(one, 'push', '--quiet', 'origin', 'refs/mtos/tasks')

  const two = join(one, '..', 'two')
  git(one, 'clone', '--quiet', remote, two)
  expect((await mhvJson(two, 'tl')).error).toMatchObject({
    name: 'NOT_INITIALISED',
    recovery: ['mhv sync'],
  })
  expect((await mhv(two, 'init')).out).toContain('before you create any: mhv sync')
  git(two, 'fetch', '--quiet')
  const codes = async () => (await mhvJson(two, 'doctor')).findings.map(({ code }: { code: string }) => code)
  expect(await codes()).toEqual(['LOG_BEHIND'])
  expect((await mhvJson(two, 'init')).log).toBe('adopted')
  expect(await codes()).toEqual([])
  expect((await mhvJson(two, 'tl')).tasks).toMatchObject([{ title: 'A' }])
  await mhv(one, 'tc', 'B')
  await mhv(two, 'tc', 'C')
  git(one, 'push', '--quiet', 'origin', 'refs/mtos/tasks')
  git(two, 'fetch', '--quiet', '--prune')
  expect((await mhvJson(two, 'init')).diverged).toEqual(['origin'])
  expect(await codes()).toEqual(['LOG_DIVERGED'])
})

test('a log that was fetched without its history is taken over where none has tasks yet', async () => {
  const one = temporaryRepository()
  await mhv(one, 'init')
  await mhv(one, 'tc', 'A')
  await mhv(one, 'tc', 'B')
  const two = join(one, '..', 'two')
  git(one, 'clone', '--quiet', '--depth', '1', `file://${one}`, two)
  await mhv(two, 'init')
  git(two, 'fetch', '--quiet', '--depth', '1')
  expect(await mhvJson(two, 'init')).toMatchObject({ log: 'adopted', diverged: [] })
  expect((await mhvJson(two, 'tl')).total).toBe(2)
  expect((await mhvJson(two, 'tc', 'C')).task.number).toBe(3)
  expect(await mhvJson(two, 'doctor')).toMatchObject({ ok: true, findings: [] })
})

test('a remote without a refspec, as a bare clone has, is fetched as before, and init says how its tasks come', async () => {
  const origin = temporaryRepository()
  await mhv(origin, 'init')
  await mhv(origin, 'tc', 'A')
  const demo = temporaryRepository()
  git(demo, 'config', 'remote.up.url', origin)
  const { out } = await mhv(demo, 'init')
  expect(git(demo, 'config', '--get-regexp', '^remote')).toBe(`remote.up.url ${origin}`)
  git(demo, 'pull', '--quiet', '--no-rebase', '--allow-unrelated-histories', 'up')
  expect((await mhvJson(demo, 'doctor')).findings).toEqual([])
  const step = /its tasks: (git fetch .*)$/m.exec(out)![1]!
  execFileSync('sh', ['-c', `${step} --quiet`], { cwd: demo })
  expect((await mhvJson(demo, 'init')).log).toBe('adopted')

  const bare = join(origin, '..', 'bare.git')
  git(origin, 'clone', '--quiet', '--bare', origin, bare)
  expect(await mhvJson(bare, 'init')).toMatchObject({ configured: [], unlisted: ['origin'], mirrored: [] })
  git(bare, 'fetch', '--quiet')
  expect(readFileSync(join(bare, 'FETCH_HEAD'), 'utf8')).toContain(git(origin, 'rev-parse', 'HEAD'))
})

test('a mirror is left as it is, and init warns that a fetch overwrites its tasks', async () => {
  const origin = temporaryRepository()
  await mhv(origin, 'init')
  const mirror = join(origin, '..', 'mirror.git')
  git(origin, 'clone', '--quiet', '--mirror', origin, mirror)
  const { code, out } = await mhv(mirror, 'init')
  expect([code, out]).toEqual([0, expect.stringMatching(/Careful: this mirrors origin/)])
  expect(git(mirror, 'config', '--get-all', 'remote.origin.fetch')).toBe('+refs/*:refs/*')
  expect((await mhvJson(mirror, 'init')).mirrored).toEqual(['origin'])
})

test('deinit takes the configuration away and keeps the log unless told otherwise', async () => {
  const demo = temporaryRepository()
  git(demo, 'remote', 'add', 'origin', demo)
  const before = readFileSync(join(demo, '.git', 'config'), 'utf8')
  await mhv(demo, 'init')
  await mhv(demo, 'tc', 'A')
  await mhv(demo, 'start', '1', '--branch', 'Fix/a.b')
  expect((await mhv(demo, 'deinit')).out).toMatch(/Fix\/a\.b\.\nThe task log stays/)
  expect(readFileSync(join(demo, '.git', 'config'), 'utf8')).toBe(before)
  expect((await mhvJson(demo, 'start', '1')).branch).toBe('Fix/a.b')
  expect((await mhvJson(demo, 'tl')).total).toBe(1)
  expect((await mhvJson(demo, 'deinit', '--delete-log')).error.code).toBe('MHV-012')
  const { restore } = await mhvJson(demo, 'deinit', '--delete-log', '--force')
  expect((await mhvJson(demo, 'tl')).error.name).toBe('NOT_INITIALISED')
  execFileSync('sh', ['-c', restore], { cwd: demo })
  expect((await mhvJson(demo, 'tl')).total).toBe(1)
})

test('deinit --delete-log leaves nothing of ours in the repository, and says what it deleted', async () => {
  const origin = temporaryRepository()
  await mhv(origin, 'init')
  const clone = join(temporaryDirectory(), 'clone')
  git(origin, 'clone', '--quiet', origin, clone)
  await mhv(clone, 'init')
  git(clone, 'fetch', '--quiet')
  expect(git(clone, 'for-each-ref', '--format=%(refname)', 'refs/mtos/remotes')).not.toBe('')
  const { out } = await mhv(clone, 'deinit', '--delete-log', '--force')
  expect(out).toContain('refs/mtos/remotes/origin/tasks')
  expect(git(clone, 'for-each-ref', 'refs/mtos')).toBe('')
  expect(existsSync(join(clone, '.git', 'refs', 'mtos'))).toBe(false)
  expect(existsSync(join(clone, '.git', 'mtos'))).toBe(false)
})

test('outside a repository the error says what to do', async () => {
  const { code, err } = await mhv(temporaryDirectory(), 'tl')
  expect(code).toBe(1)
  expect(err).toMatch(
    /^Error MHV-001 NOT_A_REPOSITORY: .* is not inside a git repository\.\n {2}Try:\n {4}git init\n {4}mhv init\n$/,
  )
})

test('without an identity nothing is written, and the error says how to get one', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  git(demo, 'config', 'user.useConfigOnly', 'true')
  git(demo, 'config', 'user.email', '')
  git(demo, 'config', 'user.name', '')
  expect((await mhvJson(demo, 'tc', 'A')).error.name).toBe('NO_IDENTITY')
})

test('every error can be explained by code and by name, and the page of errors is up to date', async () => {
  const demo = temporaryDirectory()
  for (const [name, { code, exit }] of Object.entries(ERRORS)) {
    expect(await mhvJson(demo, 'explain', name)).toMatchObject({ code, exit })
    expect((await mhv(demo, 'explain', code.toLowerCase())).out).toContain(`${code} ${name} (exit ${exit})`)
  }
  expect(new Set(Object.values(ERRORS).map(({ code }) => code)).size).toBe(Object.keys(ERRORS).length)
  expect((await mhvJson(demo, 'explain')).errors).toHaveLength(Object.keys(ERRORS).length)
  expect((await mhv(demo, 'explain')).out).toContain('WORKTREE_EXISTS')
  execFileSync(process.execPath, [join(import.meta.dirname, '..', '..', 'scripts', 'docs.mjs'), '--check'])
})

test('the general steps of every error are commands that there are', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  await mhv(demo, 'tc', 'A')
  // Some steps show what is there only where it is.
  writeFileSync(join(demo, 'package.json'), '{"scripts": {"test": "true"}}')
  await mhv(demo, 'hooks', 'install')
  withRemote(demo)
  const steps = new Set(Object.values(ERRORS).flatMap(({ recovery }) => [...recovery]))
  for (const step of steps) {
    if (!step.startsWith('mhv ')) continue
    const { code, err } = await mhv(demo, ...step.split(' ').slice(1))
    // An editor opens in a terminal only; the tests of recovery give it one of their own.
    if (step === 'mhv config edit' && err.includes('no terminal')) continue
    expect({ step, code, err }).toMatchObject({ step, code: 0 })
  }
})

test('version, help and words that mean nothing', async () => {
  const demo = temporaryDirectory()
  expect((await mhv(demo, '--version')).out).toMatch(/^mhv \d+\.\d+\.\d+\n$/)
  expect(Object.keys(await mhvJson(demo, 'version'))).toEqual(['schema', 'mhv', 'node', 'git'])
  for (const words of [
    [],
    ['--help'],
    ['help'],
    ['task'],
    ['tc', '--help'],
    ['help', 'task', 'list'],
    ['help', 'start'],
  ]) {
    const { code, out } = await mhv(demo, ...words)
    expect({ words, code }).toEqual({ words, code: 0 })
    expect(out).toMatch(/USAGE/)
  }
  expect((await mhv(demo, 'tsk', 'list')).err).toMatch(/Did you mean “task list”/)
  expect((await mhv(demo, 'tl', '--help')).out).toMatch(/EXAMPLES/)
})
