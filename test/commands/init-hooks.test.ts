import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mhv, mhvJson, mhvProcess, PROGRAM } from '../support/cli.ts'
import { everythingIn, script } from '../support/hooks.ts'
import { asOrdinaryUser } from '../support/ordinary-user.ts'
import { git, temporaryRepository } from '../support/repository.ts'

const isAlive = async (demo: string) => (await mhvJson(demo, 'hooks', 'status')).alive

/** A repository with our hooks, from which git is led away as Husky does it at every install. */
async function ledAway(): Promise<string> {
  const demo = temporaryRepository()
  expect((await mhvProcess(demo, ['init', '--hooks'])).out).toContain('Installed the git hooks')
  mkdirSync(join(demo, '.husky', '_'), { recursive: true })
  git(demo, 'config', 'core.hooksPath', '.husky/_')
  expect(await isAlive(demo)).toBe(false)
  return demo
}

test.each([['--yes'], ['--hooks']])('%s puts hooks back that git does not run any more', async (flag) => {
  const demo = await ledAway()
  const { code, out } = await mhvProcess(demo, ['init', flag])
  expect({ code, out }).toMatchObject({
    code: 0,
    out: expect.stringContaining('Put back the git hooks, which git did not run any more'),
  })
  expect(out).toContain('Those in .husky/_ run first')
  expect(await isAlive(demo)).toBe(true)
  expect((await mhvProcess(demo, ['init', flag])).out).toContain('The git hooks are installed.')
})

test('unasked it only says that they do not run, and how they do again', async () => {
  const demo = await ledAway()
  const { code, out } = await mhv(demo, 'init')
  expect(code).toBe(0)
  expect(out).toContain('Git does not run all of the hooks that were installed: mhv hooks install')
  expect(await isAlive(demo)).toBe(false)
})

test('hooks that a worktree’s own configuration leads away are not said to run', async () => {
  const demo = temporaryRepository()
  const linked = join(demo, '..', 'linked')
  git(demo, 'worktree', 'add', '--quiet', linked)
  git(demo, 'config', 'extensions.worktreeConfig', 'true')
  expect((await mhvProcess(demo, ['init', '--hooks'])).code).toBe(0)
  git(linked, 'config', '--worktree', 'core.hooksPath', 'elsewhere')
  const { out } = await mhvProcess(demo, ['init', '--yes'])
  expect(out).toContain('The git hooks do not run in every worktree: mhv hooks status')
  expect(out).not.toContain('hooks are installed.')
})

test('hooks that are there are said to run first, wherever ours are put', async () => {
  const demo = temporaryRepository()
  script(join(demo, '.git', 'hooks', 'pre-commit'), '#!/bin/sh\ntouch ran\n')
  const { out } = await mhvProcess(demo, ['init', '--yes'])
  expect(out).toContain('Installed the git hooks in')
  expect(out).toContain('Your own (pre-commit) run first, as before.')
  git(demo, 'commit', '--quiet', '--allow-empty', '--message', 'Second')
  expect(existsSync(join(demo, 'ran'))).toBe(true)

  const other = temporaryRepository()
  script(join(other, '.git', 'hooks', 'pre-commit'), '#!/bin/sh\n. ./own-name "$0"\n')
  const inFront = (await mhvProcess(other, ['init', '--hooks'])).out
  expect(inFront).toContain(`Those in ${join(other, '.git', 'hooks')} run first, as before.`)
  expect(inFront).not.toContain('Your own')
})

test('a hooks directory that may not be written is named itself, and the rest is done', () => {
  const demo = temporaryRepository()
  const user = asOrdinaryUser(dirname(demo))
  const hooks = join(demo, '.git', 'hooks')
  for (const name of readdirSync(hooks)) rmSync(join(hooks, name))
  chmodSync(hooks, 0o555)
  const { code, err } = user(demo, 'init', '--hooks')
  chmodSync(hooks, 0o755)
  expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('STORE_UNWRITABLE') })
  expect(err).toContain(`    ls -ld ${hooks}\n`)
  expect(err).toContain(`could not be written in ${hooks}: `)
  expect(err).not.toContain('.tmp')
})

describe('a core.hooksPath of one worktree', () => {
  async function worktreeOfItsOwn(): Promise<{ demo: string; linked: string; step: string }> {
    const demo = temporaryRepository()
    const linked = join(demo, '..', 'linked')
    git(demo, 'worktree', 'add', '--quiet', linked)
    git(demo, 'config', 'extensions.worktreeConfig', 'true')
    git(linked, 'config', '--worktree', 'core.hooksPath', 'elsewhere')
    return {
      demo,
      linked,
      step: `git -C ${realpathSync(linked)} config --worktree --unset-all core.hooksPath`,
    }
  }

  test('is taken out by the step that status says', async () => {
    const { demo, step } = await worktreeOfItsOwn()
    expect((await mhv(demo, 'init', '--hooks')).code).toBe(0)
    const { code, err } = await mhv(demo, 'hooks', 'status')
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining(`  Try:\n    ${step}\n`) })
    expect(err).not.toContain('mhv hooks install')
    expect((await mhvJson(demo, 'hooks', 'status')).recovery).toEqual([step])
    expect((await mhvJson(demo, 'doctor')).findings).toMatchObject([{ code: 'HOOKS_BROKEN', fix: step }])
    execFileSync('sh', ['-c', step])
    expect(await isAlive(demo)).toBe(true)
  })

  test('is what an installation there stops at, with the step, and changes nothing', async () => {
    const { demo, linked, step } = await worktreeOfItsOwn()
    const before = everythingIn(join(demo, '.git'))
    const { error } = await mhvJson(linked, 'hooks', 'install')
    expect(error).toMatchObject({ name: 'HOOKS_BROKEN', recovery: [step, 'mhv hooks install'] })
    expect(error.message).toContain('elsewhere')
    expect(everythingIn(join(demo, '.git'))).toEqual(before)
    for (const line of [step, `${process.execPath} ${PROGRAM} hooks install`])
      execFileSync('sh', ['-c', line], { cwd: linked, stdio: 'pipe' })
    expect(await isAlive(linked)).toBe(true)
  })
})
