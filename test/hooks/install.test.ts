import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { HANDLED } from '../../src/hooks/hook-names.ts'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { everythingIn, gitSays, hooksAndConfig, script, withRemote } from '../support/hooks.ts'
import { husky, lefthook } from '../support/husky-and-lefthook.ts'
import { mounted } from '../support/mounted.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run, withEnvironment } from '../support/use-tasks.ts'

const hooksOf = (demo: string) => join(demo, '.git', 'hooks')
const addWorktree = (demo: string, name: string) => {
  git(demo, 'worktree', 'add', '--quiet', '-b', name, join(demo, '..', name))
  return join(demo, '..', name)
}
const isAlive = async (demo: string): Promise<boolean> => (await mhvJson(demo, 'hooks', 'status')).alive

/** Installs twice, checks that hooks live in every worktree, and that uninstalling brings all back as it was. */
async function comesAndGoes(demo: string, gitDir = join(demo, '.git')): Promise<void> {
  const before = hooksAndConfig(gitDir)
  expect((await mhvJson(demo, 'hooks', 'install')).changed).toBe(true)
  const installed = hooksAndConfig(gitDir)
  const { alive, worktrees } = await mhvJson(demo, 'hooks', 'status')
  expect({ alive, worktrees }).toMatchObject({ alive: true })
  expect((await mhvJson(demo, 'hooks', 'install')).changed).toBe(false)
  expect(hooksAndConfig(gitDir)).toEqual(installed)
  expect(await mhvJson(demo, 'hooks', 'uninstall')).toMatchObject({ changed: true, foreign: [], left: [] })
  expect(hooksAndConfig(gitDir)).toEqual(before)
  expect(await mhvJson(demo, 'hooks', 'uninstall')).toMatchObject({ changed: false })
}

test('by several at once: the hook that was there is kept once, and comes back', async () => {
  for (let round = 0; round < 3; round++) {
    const demo = temporaryRepository()
    script(join(hooksOf(demo), 'pre-push'), '#!/bin/sh\nexit 7\n')
    script(join(hooksOf(demo), 'pre-commit'), '#!/bin/sh\nexit 7\n')
    const before = hooksAndConfig(join(demo, '.git'))
    const installed = await Promise.all(
      Array.from({ length: 6 }, () => mhvProcess(demo, ['hooks', 'install', '--json'])),
    )
    expect(installed.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0])
    expect(installed.filter(({ out }) => JSON.parse(out).changed)).toHaveLength(1)
    expect((await mhvJson(demo, 'hooks', 'uninstall')).left).toEqual([])
    expect(hooksAndConfig(join(demo, '.git'))).toEqual(before)
  }
})

describe('where the system refuses', () => {
  test('a file is in the way: that is said, with what shows it, and the same command goes on once it is gone', async () => {
    const demo = temporaryRepository()
    const inTheWay = join(demo, '.git', 'mtos-hooks')
    writeFileSync(inTheWay, '')
    const { error } = await mhvJson(demo, 'hooks', 'install')
    expect(error).toMatchObject({ name: 'STORE_UNWRITABLE', recovery: [expect.stringMatching(/^ls -ld /)] })
    rmSync(inTheWay)
    expect((await mhvJson(demo, 'hooks', 'install')).changed).toBe(true)
    expect(await isAlive(demo)).toBe(true)
  })

  test('the disk is full: the earlier hook stays, and the same command goes on once there is room', async (context) => {
    const demo = temporaryRepository()
    const hooks = hooksOf(demo)
    if (!mounted(hooks, '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs')) return context.skip()
    script(join(hooks, 'pre-push'), '#!/bin/sh\nexit 7\n')
    writeFileSync(join(hooks, 'large'), Buffer.alloc(52 * 1024))
    const { error } = await mhvJson(demo, 'hooks', 'install')
    expect(error).toMatchObject({ name: 'STORE_UNWRITABLE', recovery: [expect.stringMatching(/^df -h /)] })
    rmSync(join(hooks, 'large'))
    expect((await mhvJson(demo, 'hooks', 'install')).changed).toBe(true)
    expect(await isAlive(demo)).toBe(true)
    await run(demo, 'hooks', 'uninstall')
    expect(readFileSync(join(hooks, 'pre-push'), 'utf8')).toBe('#!/bin/sh\nexit 7\n')
    expect(readdirSync(hooks)).toEqual(['pre-push'])
  })
})

describe('installed and taken away, byte for byte', () => {
  test('beside scripts, links and files that are no hooks', async () => {
    const demo = temporaryRepository()
    addWorktree(demo, 'linked')
    const hooks = hooksOf(demo)
    script(join(hooks, 'pre-push'), '#!/bin/sh\nexit 0\n', 0o700)
    utimesSync(join(hooks, 'pre-push'), 1_000_000_000, 1_000_000_000)
    script(join(hooks, 'pre-commit'), '#!/bin/sh\n\u0000\xff', 0o644)
    symlinkSync('../../tools/no such file', join(hooks, 'commit-msg'))
    script(join(hooks, 'prepare-commit-msg'), '#!/bin/sh\n')
    await comesAndGoes(demo)
  })

  test('where there is no hooks directory', async () => {
    const demo = temporaryRepository()
    rmSync(hooksOf(demo), { recursive: true })
    await comesAndGoes(demo)
    expect(existsSync(hooksOf(demo))).toBe(false)
  })

  test.each([
    ['.githooks', false],
    ['.husky/_', false],
    ['.git/hooks', false],
    ['dir with blank/ünï \'q" $x', false],
    ['shared', true],
  ])('where core.hooksPath is %s, which is never written to', async (path, isAbsolute) => {
    const demo = temporaryRepository()
    const linked = addWorktree(demo, 'linked')
    const value = isAbsolute ? join(temporaryDirectory(), path) : path
    const directory = isAbsolute ? value : join(demo, path)
    script(join(directory, 'pre-commit'), '#!/bin/sh\necho "theirs in $(pwd)" >&2\n')
    script(join(directory, 'post-commit'), '#!/bin/sh\necho "after" >&2\n')
    git(demo, 'config', 'core.hooksPath', value)
    appendFileSync(join(demo, '.git', 'config'), '; a comment at its end, without a line feed')
    const theirs = everythingIn(directory)
    await comesAndGoes(demo)
    await run(demo, 'hooks', 'install')
    expect(everythingIn(directory)).toEqual(theirs)
    for (const where of [demo, linked]) {
      const { err } = gitSays(where, ['commit', '--quiet', '--allow-empty', '-m', 'A'])
      expect(err).toContain(`theirs in ${execFileSync('pwd', ['-P'], { cwd: where, encoding: 'utf8' })}`)
      expect(err).toContain('after\n')
    }
  })

  test('where the user’s own configuration leads all repositories to one directory', async () => {
    const demo = temporaryRepository()
    const home = temporaryDirectory()
    writeFileSync(
      join(home, 'config'),
      '[core]\n\thooksPath = ~/shared hooks\n[user]\n\tname = A\n\temail = a@b\n',
    )
    withEnvironment({ GIT_CONFIG_GLOBAL: join(home, 'config') })
    const shared = join(process.env.HOME!, 'shared hooks')
    script(join(shared, 'pre-commit'), '#!/bin/sh\necho shared >&2\n')
    await comesAndGoes(demo)
    await run(demo, 'hooks', 'install')
    expect(gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'A']).err).toBe('shared\n')
    rmSync(shared, { recursive: true })
  })

  test('in a bare layout, a submodule, and where the hooks directory is a link to a tracked one', async () => {
    const origin = temporaryRepository()
    const project = temporaryDirectory()
    git(project, 'clone', '--quiet', '--bare', origin, join(project, '.bare'))
    writeFileSync(join(project, '.git'), 'gitdir: ./.bare\n')
    git(project, 'worktree', 'add', '--quiet', join(project, 'main'), 'main')
    await comesAndGoes(join(project, 'main'), join(project, '.bare'))
    await comesAndGoes(project, join(project, '.bare'))

    const outer = temporaryRepository()
    git(outer, 'submodule', '--quiet', 'add', origin, 'inner')
    await comesAndGoes(join(outer, 'inner'), join(outer, '.git', 'modules', 'inner'))

    const linking = temporaryRepository()
    rmSync(hooksOf(linking), { recursive: true })
    script(join(linking, 'tools', 'pre-commit'), '#!/bin/sh\necho tracked >&2\n')
    symlinkSync('../tools', hooksOf(linking))
    const tools = everythingIn(join(linking, 'tools'))
    await comesAndGoes(linking)
    await run(linking, 'hooks', 'install')
    expect(everythingIn(join(linking, 'tools'))).toEqual(tools)
    expect(gitSays(linking, ['commit', '--quiet', '--allow-empty', '-m', 'A']).err).toBe('tracked\n')
  })

  test('in paths with blanks, quotes and letters of all kinds', async () => {
    const demo = join(temporaryDirectory(), ' a\'b "c" $d `e` ünï\\f\n')
    mkdirSync(demo)
    git(demo, 'init', '--quiet')
    git(demo, 'commit', '--quiet', '--allow-empty', '-m', 'A')
    script(join(hooksOf(demo), 'pre-commit'), '#!/bin/sh\necho theirs >&2\n')
    await comesAndGoes(demo)
    git(demo, 'config', 'core.hooksPath', 'it\'s "mine"')
    script(join(demo, 'it\'s "mine"', 'pre-commit'), '#!/bin/sh\necho quoted >&2\n')
    await comesAndGoes(demo)
    await run(demo, 'hooks', 'install')
    expect(gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'A']).err).toBe('quoted\n')
  })
})

describe('what others change meanwhile', () => {
  test('other settings stay, and only core.hooksPath is taken back', async () => {
    const demo = temporaryRepository()
    git(demo, 'config', 'core.hooksPath', '.githooks')
    await run(demo, 'hooks', 'install')
    git(demo, 'config', 'alias.x', 'status')
    await run(demo, 'hooks', 'uninstall')
    expect(git(demo, 'config', '--local', 'core.hooksPath')).toBe('.githooks')
    expect(git(demo, 'config', '--local', 'alias.x')).toBe('status')
  })

  test('a hook that somebody put over ours stays, and is named; so does the one that was before ours', async () => {
    const demo = temporaryRepository()
    script(join(hooksOf(demo), 'pre-push'), '#!/bin/sh\necho first >&2\n')
    await run(demo, 'hooks', 'install')
    script(join(hooksOf(demo), 'pre-push'), '#!/bin/sh\necho over >&2\n')
    const { alive, worktrees } = await mhvJson(demo, 'hooks', 'status')
    expect({ alive, state: worktrees[0].state, hook: worktrees[0].hooks['pre-push'] }).toEqual({
      alive: false,
      state: 'foreign',
      hook: 'foreign',
    })
    expect((await mhv(demo, 'hooks', 'status')).code).toBe(1)
    const given = await mhvJson(demo, 'hooks', 'uninstall')
    expect(given).toMatchObject({ foreign: ['pre-push'], left: ['pre-push.before-mhv'] })
    expect(readFileSync(join(hooksOf(demo), 'pre-push'), 'utf8')).toContain('over')
    expect(readFileSync(join(hooksOf(demo), 'pre-push.before-mhv'), 'utf8')).toContain('first')
  })

  test('installed again over such a hook, that one is chained to, and the older one is kept', async () => {
    const demo = temporaryRepository()
    script(join(hooksOf(demo), 'pre-commit'), '#!/bin/sh\necho first >&2\n')
    await run(demo, 'hooks', 'install')
    script(join(hooksOf(demo), 'pre-commit'), '#!/bin/sh\necho over >&2\n')
    await run(demo, 'hooks', 'install')
    expect(await isAlive(demo)).toBe(true)
    expect(gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'A']).err).toBe('over\n')
    await run(demo, 'hooks', 'uninstall')
    expect(readFileSync(join(hooksOf(demo), 'pre-commit'), 'utf8')).toContain('over')
    expect(readFileSync(join(hooksOf(demo), 'pre-commit.before-mhv.1'), 'utf8')).toContain('first')
  })

  test.each([
    ['.old', 'call_lefthook() { :; }'],
    ['.legacy', '# File generated by pre-commit: https://pre-commit.com'],
  ])(
    'a manager that moved ours to %s: mended, again and again, without a chain that leads to itself',
    async (ending, mark) => {
      const demo = temporaryRepository()
      script(join(hooksOf(demo), 'pre-commit'), '#!/bin/sh\necho first >&2\n')
      await run(demo, 'hooks', 'install')
      const commit = () => gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'A']).err
      for (let round = 0; round < 3; round++) {
        renameSync(join(hooksOf(demo), 'pre-commit'), join(hooksOf(demo), `pre-commit${ending}`))
        script(
          join(hooksOf(demo), 'pre-commit'),
          `#!/bin/sh\n${mark}\n[ ! -x "\${0%/*}/pre-commit.legacy" ] || "\${0%/*}/pre-commit.legacy" "$@"\necho manager ${round} >&2\n`,
        )
        expect(await isAlive(demo)).toBe(false)
        await run(demo, 'hooks', 'install')
        expect(await isAlive(demo)).toBe(true)
        if (round === 0) {
          expect(commit()).toBe(`${ending === '.legacy' ? 'first\n' : ''}manager 0\n`)
          expect(readFileSync(join(hooksOf(demo), `pre-commit${ending}`), 'utf8')).toContain('first')
        }
      }
      expect(commit()).toBe('manager 2\n')
      await run(demo, 'hooks', 'uninstall')
      expect(readFileSync(join(hooksOf(demo), 'pre-commit'), 'utf8')).toContain('manager 2')
      expect(JSON.stringify(everythingIn(hooksOf(demo)))).not.toContain('Git hook of mhv')
    },
  )

  test('lefthook beside a hook that asks for its name: its hooks run where it has put them, and go back', async () => {
    const demo = temporaryRepository()
    script(join(hooksOf(demo), 'commit-msg'), '#!/bin/sh\necho "$(basename "$0")" >&2\n')
    const configure = (...hooks: string[]) =>
      writeFileSync(
        join(demo, 'lefthook.yml'),
        hooks.map((hook) => `${hook}:\n  jobs:\n    - run: "false"\n`).join(''),
      )
    configure('post-merge')
    lefthook(demo, 'install')
    await run(demo, 'hooks', 'install')
    expect(git(demo, 'config', 'core.hooksPath')).toBe(join(demo, '.git', 'mtos-hooks'))
    configure('pre-push')
    lefthook(demo, 'install', '--force')
    await run(demo, 'hooks', 'install')
    expect(await isAlive(demo)).toBe(true)
    withRemote(demo)
    git(demo, 'add', 'lefthook.yml')
    git(demo, 'commit', '--quiet', '-m', 'A file to push')
    const push = () => gitSays(demo, ['push', '--quiet', 'origin', 'HEAD:refs/heads/x']).status
    expect(push()).toBe(1)
    expect(gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'A']).err).toContain('commit-msg\n')
    await run(demo, 'hooks', 'uninstall')
    expect(push()).toBe(1)
    expect(existsSync(join(demo, '.git', 'mtos-hooks'))).toBe(false)
  })

  test('a worktree with a core.hooksPath of its own is seen to be without our hooks', async () => {
    const demo = temporaryRepository()
    const linked = addWorktree(demo, 'linked')
    git(demo, 'config', 'extensions.worktreeConfig', 'true')
    git(linked, 'config', '--worktree', 'core.hooksPath', 'elsewhere')
    await run(demo, 'hooks', 'install')
    const { worktrees } = await mhvJson(demo, 'hooks', 'status')
    expect(worktrees.map(({ state }: { state: string }) => state)).toEqual(['alive', 'silent'])
    expect((await mhv(demo, 'hooks', 'status')).out).toContain('elsewhere')
  })

  test('hooks that may not be executed are seen to be dead, and mended', async () => {
    const demo = temporaryRepository()
    await run(demo, 'hooks', 'install')
    chmodSync(join(hooksOf(demo), 'pre-push'), 0o644)
    const { code, out, err } = await mhv(demo, 'hooks', 'status')
    expect({ code, out, err }).toMatchObject({
      code: 1,
      out: expect.stringContaining('(pre-push)'),
      err: expect.stringContaining('HOOKS_BROKEN'),
    })
    await run(demo, 'hooks', 'install')
    expect(await isAlive(demo)).toBe(true)
  })

  test('asking whether hooks live runs none of the user’s', async () => {
    const demo = temporaryRepository()
    for (const hook of HANDLED) script(join(hooksOf(demo), hook), `#!/bin/sh\ntouch '${demo}/ran'\n`)
    await mhv(demo, 'hooks', 'status')
    await run(demo, 'hooks', 'install')
    await run(demo, 'hooks', 'status')
    script(join(hooksOf(demo), 'pre-push'), `#!/bin/sh\ntouch '${demo}/ran'\n`)
    await mhv(demo, 'hooks', 'status')
    expect(existsSync(join(demo, 'ran'))).toBe(false)
  })
})

describe('hooks that do not run any more, since another tool led git elsewhere', () => {
  const NOTE = /^Note: these git hooks of mhv .* do not run any more.*pre-push.*mhv hooks install$/m

  test('are noticed by start, worktree create, done, gate run and status, in one line', async () => {
    const demo = temporaryRepository()
    writeFileSync(join(demo, '.mhvrc.yaml'), 'gates: [{name: fine, command: "true"}]\n')
    git(demo, 'add', '.')
    git(demo, 'commit', '--quiet', '-m', 'Gates')
    await run(demo, 'init')
    await run(demo, 'tc', 'One')
    await run(demo, 'hooks', 'install')
    const said = async (...argv: string[]) => {
      const { code, err } = await mhv(demo, ...argv)
      expect({ argv, code }).toEqual({ argv, code: 0 })
      return err
    }
    expect(await said('status')).toBe('')
    expect(await said('gate', 'run')).not.toMatch(NOTE)
    git(demo, 'config', 'core.hooksPath', '.husky/_')
    expect(await said('status')).toMatch(NOTE)
    expect(await said('start', '1')).toMatch(NOTE)
    expect(await said('worktree', 'create', 'other')).toMatch(NOTE)
    expect(await said('gate', 'run')).toMatch(NOTE)
    expect(await said('done', '1')).toMatch(NOTE)
    await run(demo, 'hooks', 'install')
    expect(await said('status')).toBe('')
    git(demo, 'config', 'core.hooksPath', '.husky/_')
    await run(demo, 'hooks', 'uninstall')
    expect(await said('status')).toBe('')
  })

  test('are noticed after set-up commands of a new worktree that did so', async () => {
    const demo = temporaryRepository()
    writeFileSync(join(demo, '.mhvrc.yaml'), 'worktrees: {setup: ["git config core.hooksPath .husky/_"]}\n')
    git(demo, 'add', '.')
    git(demo, 'commit', '--quiet', '-m', 'Set-up')
    await run(demo, 'init')
    await run(demo, 'hooks', 'install')
    const { code, err } = await mhv(demo, 'worktree', 'create', 'other', '--trust')
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringMatching(NOTE) })
  })
})

describe.each(['usual', 'own'])('a hook of ours that somebody has written into (%s place)', (place) => {
  async function writtenInto() {
    const demo = temporaryRepository()
    if (place === 'own') git(demo, 'config', 'core.hooksPath', '.githooks')
    await run(demo, 'hooks', 'install')
    const hook = join(demo, '.git', place === 'usual' ? 'hooks' : 'mtos-hooks', 'pre-push')
    appendFileSync(hook, 'echo mine\n')
    return { demo, hook }
  }

  test('is left alone by uninstall, which names it', async () => {
    const { demo, hook } = await writtenInto()
    expect(await run(demo, 'hooks', 'uninstall')).toMatch(/written into .*: pre-push\.$/m)
    expect(readFileSync(hook, 'utf8')).toMatch(/echo mine\n$/)
  })

  test('is kept beside the new one by install, which says where', async () => {
    const { demo, hook } = await writtenInto()
    expect(await run(demo, 'hooks', 'install')).toContain('kept as pre-push.changed-mhv.')
    expect(readFileSync(`${hook}.changed-mhv`, 'utf8')).toMatch(/echo mine\n$/)
    expect(await isAlive(demo)).toBe(true)
    await run(demo, 'hooks', 'uninstall')
    expect(readFileSync(`${hook}.changed-mhv`, 'utf8')).toMatch(/echo mine\n$/)
  })
})

describe('a repository that is somewhere else now', () => {
  test('moved with linked worktrees, in which git does not work until they are repaired', async () => {
    const demo = temporaryRepository()
    const linked = addWorktree(demo, 'linked')
    await run(demo, 'hooks', 'install')
    const moved = join(temporaryDirectory(), 'moved')
    renameSync(demo, moved)
    const paths = async () =>
      (await mhvJson(moved, 'hooks', 'status')).worktrees.map(({ path }: { path: string }) => path)
    expect(await paths()).toEqual([moved])
    git(moved, 'worktree', 'repair', linked)
    expect(await paths()).toEqual([moved, linked])
  })

  test.each(['moved', 'copied'])('%s with core.hooksPath: recognised, mended and taken back', async (how) => {
    const demo = temporaryRepository()
    script(join(demo, '.githooks', 'pre-commit'), '#!/bin/sh\necho theirs >&2\n')
    git(demo, 'config', 'core.hooksPath', '.githooks')
    const config = readFileSync(join(demo, '.git', 'config'), 'latin1')
    await run(demo, 'hooks', 'install')
    const moved = join(temporaryDirectory(), 'moved')
    if (how === 'moved') renameSync(demo, moved)
    else cpSync(demo, moved, { recursive: true })
    const again = join(temporaryDirectory(), 'again')
    cpSync(moved, again, { recursive: true })
    expect(await mhvJson(moved, 'hooks', 'install')).toMatchObject({ changed: true, former: '.githooks' })
    expect(await isAlive(moved)).toBe(true)
    expect(git(moved, 'config', 'core.hooksPath')).toBe(join(moved, '.git', 'mtos-hooks'))
    expect(gitSays(moved, ['commit', '--quiet', '--allow-empty', '-m', 'A']).err).toBe('theirs\n')
    for (const place of [moved, again]) {
      await run(place, 'hooks', 'uninstall')
      expect(readFileSync(join(place, '.git', 'config'), 'latin1')).toBe(config)
      expect(existsSync(join(place, '.git', 'mtos-hooks'))).toBe(false)
    }
  })

  test('other settings that were made since stay when it is taken back', async () => {
    const demo = temporaryRepository()
    git(demo, 'config', 'core.hooksPath', '.githooks')
    await run(demo, 'hooks', 'install')
    const moved = join(temporaryDirectory(), 'moved')
    renameSync(demo, moved)
    git(moved, 'config', 'alias.x', 'status')
    await run(moved, 'hooks', 'install')
    await run(moved, 'hooks', 'uninstall')
    expect(git(moved, 'config', '--local', 'core.hooksPath')).toBe('.githooks')
    expect(git(moved, 'config', '--local', 'alias.x')).toBe('status')
  })
})

describe('killed in the middle', () => {
  const steps = [
    'hook-kept',
    'hook-placed',
    'hooks-noted',
    'hooks-path-noted',
    'hooks-path-set',
    'hook-given-up',
    'hooks-led-back',
  ]
  test.each(
    steps.flatMap(
      (step) =>
        [
          [step, 'usual'],
          [step, 'own'],
        ] as const,
    ),
  )('at %s (%s place): no hook is lost, and the next run finishes', async (step, place) => {
    const demo = temporaryRepository()
    const directory = place === 'usual' ? hooksOf(demo) : join(demo, '.githooks')
    script(join(directory, 'pre-push'), '#!/bin/sh\necho theirs >&2\n')
    if (place === 'own') git(demo, 'config', 'core.hooksPath', '.githooks')
    const before = hooksAndConfig(join(demo, '.git'))
    const env = { MHV_FAULT: step }
    for (const last of ['install', 'uninstall']) {
      const died = await mhvProcess(demo, ['hooks', 'install'], { env })
      expect([0, 137]).toContain(died.code)
      if (died.code === 0)
        expect((await mhvProcess(demo, ['hooks', 'uninstall'], { env })).code).toBe(
          (place === 'usual' && step.startsWith('hooks-path')) ||
            (place === 'own' && ['hook-kept', 'hooks-noted'].includes(step))
            ? 0
            : 137,
        )
      if (last === 'install') {
        await run(demo, 'hooks', 'install')
        expect(await isAlive(demo)).toBe(true)
        expect(git(demo, 'hook', 'run', 'pre-push')).toBe('')
      }
      await run(demo, 'hooks', 'uninstall')
      expect(hooksAndConfig(join(demo, '.git'))).toEqual(before)
    }
  })
})

describe('hook managers from npm', () => {
  test('Husky runs first, in linked worktrees too, and an npm install that takes its place back is mended', async () => {
    const demo = temporaryRepository()
    script(join(demo, '.husky', 'pre-commit'), 'echo "husky $(basename "$PWD")" >&2\n')
    git(demo, 'add', '.')
    git(demo, 'commit', '--quiet', '-m', 'Husky')
    husky(demo)
    const linked = addWorktree(demo, 'linked')
    await comesAndGoes(demo)
    await run(demo, 'hooks', 'install')
    const theirs = everythingIn(join(demo, '.husky'))
    const commit = (where: string) => gitSays(where, ['commit', '--quiet', '--allow-empty', '-m', 'A']).err
    // Husky alone does nothing in a linked worktree: its directory is not tracked.
    expect([commit(demo), commit(linked)]).toEqual(['husky demo\n', 'husky linked\n'])
    husky(demo)
    expect(await isAlive(demo)).toBe(false)
    await run(demo, 'hooks', 'install')
    expect(await isAlive(linked)).toBe(true)
    expect(Object.keys(everythingIn(join(demo, '.husky')))).toEqual(Object.keys(theirs))
    expect(commit(demo)).toBe('husky demo\n')
    writeFileSync(join(demo, '.husky', 'pre-commit'), 'exit 4\n')
    expect(gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'A']).status).toBe(1)
    await run(demo, 'hooks', 'uninstall')
    expect(git(demo, 'config', 'core.hooksPath')).toBe('.husky/_')
  })

  test('Husky that comes after us is put behind us, and the usual place is given up', async () => {
    const demo = temporaryRepository()
    const usual = everythingIn(hooksOf(demo))
    await run(demo, 'hooks', 'install')
    husky(demo)
    await run(demo, 'hooks', 'install')
    expect(everythingIn(hooksOf(demo))).toEqual(usual)
    expect(await isAlive(demo)).toBe(true)
    git(demo, 'config', '--unset', 'core.hooksPath')
    expect(await isAlive(demo)).toBe(false)
    await run(demo, 'hooks', 'install')
    expect(await isAlive(demo)).toBe(true)
    await run(demo, 'hooks', 'uninstall')
    expect(everythingIn(hooksOf(demo))).toEqual(usual)
    expect(existsSync(join(demo, '.git', 'mtos-hooks'))).toBe(false)
  })

  test('lefthook runs first, and when it installs itself again, over ours, that is mended', async () => {
    const demo = temporaryRepository()
    writeFileSync(
      join(demo, 'lefthook.yml'),
      'output: [execution_out]\npre-commit:\n  commands:\n    say:\n      run: echo from lefthook\n',
    )
    lefthook(demo, 'install')
    await comesAndGoes(demo)
    const before = readFileSync(join(hooksOf(demo), 'pre-commit'), 'latin1')
    await run(demo, 'hooks', 'install')
    const commit = () => {
      appendFileSync(join(demo, 'file'), 'line\n')
      git(demo, 'add', 'file')
      const { out, err } = gitSays(demo, ['commit', '--quiet', '-m', 'A'])
      return out + err
    }
    expect(commit().match(/from lefthook/g)).toHaveLength(1)
    for (let round = 0; round < 2; round++) {
      lefthook(demo, 'install', '--force')
      expect(await isAlive(demo)).toBe(false)
      await run(demo, 'hooks', 'install')
      expect(await isAlive(demo)).toBe(true)
      expect(commit().match(/from lefthook/g)).toHaveLength(1)
    }
    await run(demo, 'hooks', 'uninstall')
    expect(readFileSync(join(hooksOf(demo), 'pre-commit'), 'latin1')).toBe(before)
    expect(JSON.stringify(everythingIn(hooksOf(demo)))).not.toContain('Git hook of mhv')
  })
})
