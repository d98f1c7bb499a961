import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { mhv, mhvJson, PROGRAM } from '../support/cli.ts'
import { codesOf, demoWith, store, titlesOf } from '../support/hand-made.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { expectError } from '../support/whole.ts'

const isRoot = process.getuid?.() === 0
const NOBODY = 65534

function hook(demo: string, name: string, says: string): string {
  const path = join(demo, '.git', 'hooks', name)
  mkdirSync(join(demo, '.git', 'hooks'), { recursive: true })
  writeFileSync(path, `#!/bin/sh\necho "${says}" >&2\nexit 3\n`)
  chmodSync(path, 0o755)
  return path
}

/** What the steps of an error say when they are run, which they all can be. */
const run = (demo: string, step: string) =>
  execFileSync('sh', ['-c', step], { cwd: demo, encoding: 'utf8', stdio: 'pipe' })

test.skipIf(!isRoot)(
  'refs that this user may not write are said to be so at once, and by the doctor',
  async () => {
    const demo = await demoWith('Kept')
    const home = temporaryDirectory()
    cpSync(join(process.env.HOME!, '.gitconfig'), join(home, '.gitconfig'))
    for (const path of [join(demo, '..'), home]) chmodSync(path, 0o755)
    execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, demo, home])
    chmodSync(join(demo, '.git/refs/mtos'), 0o555)
    onTestFinished(() => chmodSync(join(demo, '.git/refs/mtos'), 0o755))
    const nobody = (...argv: string[]) => {
      const env = { ...process.env, HOME: home }
      try {
        const options = { cwd: demo, env, uid: NOBODY, gid: NOBODY, encoding: 'utf8' as const }
        const out = execFileSync(process.execPath, [PROGRAM, ...argv], { ...options, stdio: 'pipe' })
        return { code: 0, out, err: '' }
      } catch (error) {
        const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
        return { code: status, out: stdout, err: stderr }
      }
    }
    const began = Date.now()
    expectError(nobody('task', 'create', 'Refused'), 'STORE_UNWRITABLE')
    expect(Date.now() - began).toBeLessThan(10_000)
    expect(nobody('task', 'list').out).toContain('Kept')
    const { ok, findings } = JSON.parse(nobody('doctor', '--json').out)
    expect([ok, codesOf(findings)]).toEqual([false, ['STORE_UNWRITABLE']])
  },
)

test('a hook that refuses is let speak, and its place is shown', async () => {
  const demo = await demoWith('One')
  const path = hook(demo, 'reference-transaction', 'not today')
  const { error } = await mhvJson(demo, 'task', 'create', 'Refused')
  expect([error.name, error.message]).toEqual(['GIT_FAILED', expect.stringContaining('not today')])
  expect(error.message).not.toContain('crash')
  expect(run(demo, error.recovery[0])).toContain('reference-transaction')
  rmSync(path)
  hook(demo, 'post-checkout', 'no checkout')
  const started = (await mhvJson(demo, 'start', '1')).error
  expect([started.name, started.message]).toEqual(['GIT_FAILED', expect.stringContaining('no checkout')])
  expect(run(demo, started.recovery[0])).toContain('post-checkout')
  expect(started.recovery[1]).toBe('mhv start 1')
  expect((await mhvJson(demo, 'start', '1')).task.status).toBe('in_progress')
})

test('a signature that cannot be made is named as that, and the settings for it are shown', async () => {
  const demo = await demoWith('One')
  git(demo, 'config', 'commit.gpgSign', 'true')
  git(demo, 'config', 'gpg.format', 'ssh')
  for (const key of ['', '/nowhere/key']) {
    git(demo, 'config', 'user.signingKey', key)
    const { error } = await mhvJson(demo, 'task', 'create', 'Refused')
    expect([error.name, error.message]).toEqual(['GIT_FAILED', expect.stringMatching(/^git commit-tree /)])
    expect(run(demo, error.recovery[0])).toMatch(/commit\.gpgsign\s+true/)
  }
  expect(titlesOf((await mhvJson(demo, 'task', 'list')).tasks)).toEqual(['One'])
  expect(git(demo, 'for-each-ref', 'refs/mtos/scratch')).toBe('')
})

test('what stands where the index belongs is named', async () => {
  const demo = await demoWith('One')
  rmSync(store(demo), { recursive: true })
  mkdirSync(join(store(demo), 'index.base'), { recursive: true })
  for (let i = 0; i < 2; i++) {
    expect(titlesOf((await mhvJson(demo, 'task', 'list')).tasks)).toEqual(['One'])
    const { ok, findings } = await mhvJson(demo, 'doctor')
    expect([ok, codesOf(findings)]).toEqual([true, ['INDEX_UNWRITABLE']])
    run(demo, findings[0].fix)
    rmSync(store(demo), { recursive: true })
    symlinkSync(join(demo, 'nowhere', 'at', 'all'), store(demo))
  }
})

test('what a newer version wrote asks for no installation from a name that is not ours', async () => {
  expect((await mhv(temporaryDirectory(), 'explain', 'NEWER_FORMAT')).out).not.toContain('npm')
})
