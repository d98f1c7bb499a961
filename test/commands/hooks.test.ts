import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson, PROGRAM } from '../support/cli.ts'
import { everythingIn, script } from '../support/hooks.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

const hooksOf = (demo: string) => join(demo, '.git', 'hooks')

test('init installs hooks only when it is told to, and otherwise says how', async () => {
  const demo = temporaryRepository()
  const before = everythingIn(hooksOf(demo))
  expect(await run(demo, 'init')).toContain('mhv hooks install')
  expect(await run(demo, 'init', '--no-hooks')).not.toContain('hooks')
  expect((await mhvJson(demo, 'init')).hooks).toBeNull()
  expect(everythingIn(hooksOf(demo))).toEqual(before)
  expect(await run(demo, 'init', '--hooks')).toContain(`Installed the git hooks in ${hooksOf(demo)}.`)
  expect((await mhvJson(demo, 'hooks', 'status')).alive).toBe(true)
  expect(await run(demo, 'init')).not.toContain('hooks install')
  const said = (await mhvJson(demo, 'init', '--hooks')).hooks
  expect(said).toMatchObject({ changed: false, former: null })
  expect((await mhvJson(demo, 'init')).hooks).toEqual(said)
  const { out } = await mhv(demo, 'deinit')
  expect(out).toContain('Took the git hooks away.')
  expect(everythingIn(hooksOf(demo))).toEqual(before)
  expect((await mhv(demo, 'deinit')).out).not.toContain('hooks')
})

test('in a terminal init asks, and takes only a yes for one', async (context) => {
  if (spawnSync('script', ['--version']).status !== 0) return context.skip()
  const demo = temporaryRepository()
  const answer = (text: string) =>
    spawnSync('script', ['-qec', `'${process.execPath}' '${PROGRAM}' init`, '/dev/null'], {
      cwd: demo,
      input: text,
      encoding: 'utf8',
      timeout: 30_000,
    })
  expect(answer('\n').stdout).toContain('[y/N]')
  expect(existsSync(join(hooksOf(demo), 'pre-push'))).toBe(false)
  expect(answer('y\n').stdout).toContain('Installed the git hooks')
  expect((await mhvJson(demo, 'hooks', 'status')).alive).toBe(true)
  expect(answer('').stdout).not.toContain('[y/N]')
})

test('status tells which worktrees have hooks that run, and ends with 1 where not all do', async () => {
  const demo = temporaryRepository()
  const absent = await mhv(demo, 'hooks', 'status')
  expect(absent).toMatchObject({
    code: 1,
    err: expect.stringMatching(/not installed here.*\n.*\n +mhv hooks install\n/),
  })
  expect(await mhvJson(demo, 'hooks', 'status')).toMatchObject({
    schema: 1,
    installed: false,
    alive: false,
    directory: null,
  })
  await run(demo, 'hooks', 'install')
  const linked = join(demo, '..', 'linked')
  git(demo, 'worktree', 'add', '--quiet', '--detach', linked)
  expect(await run(linked, 'hooks', 'status')).toBe(`${demo}  alive\n${linked}  alive\n`)
  const hook = join(hooksOf(demo), 'commit-msg')
  script(hook, readFileSync(hook, 'utf8').replace(/^mhv_program=.*$/m, "mhv_program='/nowhere'"))
  const status = await mhvJson(linked, 'hooks', 'status')
  expect(status).toMatchObject({ installed: true, alive: false, directory: hooksOf(demo), former: null })
  expect(status.worktrees[1]).toMatchObject({
    path: linked,
    state: 'lost',
    hooks: { 'commit-msg': 'lost', 'pre-push': 'alive' },
  })
  expect((await mhv(demo, 'hooks', 'status')).out).toContain(
    'mhv is not where it was at installation (commit-msg)',
  )
})

test('the doctor says where hooks that were installed do not run, and only then', async () => {
  const demo = temporaryRepository()
  await run(demo, 'init')
  const codes = async () => (await mhvJson(demo, 'doctor')).findings.map(({ code }: { code: string }) => code)
  expect(await codes()).toEqual([])
  await run(demo, 'hooks', 'install')
  expect(await codes()).toEqual([])
  chmodSync(join(hooksOf(demo), 'pre-push'), 0o644)
  expect((await mhvJson(demo, 'doctor')).findings).toMatchObject([
    { code: 'HOOKS_BROKEN', severity: 'warning', fix: 'mhv hooks install' },
  ])
  git(demo, 'config', 'core.hooksPath', temporaryDirectory())
  expect(await codes()).toEqual(['HOOKS_BROKEN'])
  await run(demo, 'hooks', 'install')
  expect(await codes()).toEqual([])
  await run(demo, 'hooks', 'uninstall')
  expect(await codes()).toEqual([])
  expect(existsSync(join(demo, '.git', 'mtos-hooks'))).toBe(false)
})

test('what the hooks start is no command for people', async () => {
  const demo = temporaryRepository()
  expect((await mhv(demo, 'hook', 'no-such')).code).toBe(2)
  expect((await mhv(demo, 'hook', 'constructor')).code).toBe(2)
  expect((await mhv(demo, 'help')).out).not.toMatch(/^ +hook /m)
  expect((await mhv(temporaryDirectory(), 'hook', 'post-merge')).err).toContain('NOT_A_REPOSITORY')
})
