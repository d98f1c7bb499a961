import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { type AnyGate, commitFiles, configOf, gatedRepository } from '../support/gates.ts'
import { script } from '../support/hooks.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run, TASKS, withEnvironment } from '../support/use-tasks.ts'

interface Check {
  name: string
  state: 'ok' | 'warning' | 'critical'
  message: string
  recovery: string[]
}

/** What is not well, by name and state. */
async function troubles(cwd: string): Promise<Check[]> {
  const { checks } = (await mhvJson(cwd, 'preflight')) as { checks: Check[] }
  return checks.filter(
    ({ state, name, message }) => state !== 'ok' && !(name === 'hooks' && /No hooks/.test(message)),
  )
}

/** A repository with tasks and a configuration, which need not be committed. */
async function configured(gates: readonly AnyGate[], more: object = {}): Promise<string> {
  const demo = temporaryRepository()
  await run(demo, 'init')
  writeFileSync(join(demo, '.mhvrc.yaml'), configOf(gates, more))
  return demo
}

/** Sets a variable, or takes it away, for the time of a test. */
function setVariable(name: string, value: string | undefined): void {
  const before = process.env[name]
  const set = (to: string | undefined) => {
    if (to === undefined) delete process.env[name]
    else process.env[name] = to
  }
  onTestFinished(() => set(before))
  set(value)
}

describe('mhv preflight', () => {
  test('one worktree is no worktrees', async () => {
    const demo = temporaryRepository()
    await run(demo, 'init', '--hooks')
    await run(demo, 'tc', 'One')
    const said = async () => (await mhv(demo, 'preflight')).out
    expect(await said()).toContain('They run in 1 worktree.')
    expect(await said()).toContain('1 task can be read.')
    await run(demo, 'start', '1')
    expect(await said()).toContain('They run in 2 worktrees.')
  })

  test('says that all is well, with totals, in a table and as JSON', async () => {
    const demo = await gatedRepository([{ name: 'test', command: 'true' }])
    const { code, out, err } = await mhv(demo, 'preflight')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^CHECK +STATE +SAYS\ngit +ok +git version \d/)
    expect(out).toMatch(/\n9 ok, 1 warning, 0 critical\n$/)
    expect(out).toContain('hooks:\n    mhv hooks install\n')
    const { schema, checks, totals } = await mhvJson(demo, 'preflight')
    expect({ schema, totals }).toEqual({ schema: 1, totals: { ok: 9, warning: 1, critical: 0 } })
    expect(checks.map(({ name }: Check) => name)).toEqual([
      'git',
      'identity',
      'writable',
      'disk',
      'disk',
      'task log',
      'configuration',
      'gate test',
      'references',
      'hooks',
    ])
    expect(git(demo, 'status', '--porcelain')).toBe('')
  })

  test('something critical ends it with 1; with --json the document stays the answer', async () => {
    const demo = await configured([], { preflight: { disk: '900000TB' } })
    const plain = await mhv(demo, 'preflight')
    expect(plain.code).toBe(1)
    expect(plain.err).toContain('PREFLIGHT_FAILED: Work cannot be saved as it should: disk.')
    expect(plain.err).toContain('df -h ')
    expect(plain.out).toContain('900000000.0 GB are wanted')
    const json = await mhv(demo, 'preflight', '--json')
    expect(json).toMatchObject({ code: 1, err: '' })
    expect(JSON.parse(json.out)).toMatchObject({ totals: { critical: 2 } })
  })

  test('a temporary directory that is not there has no room', async () => {
    const demo = await configured([])
    setVariable('TMPDIR', join(demo, 'nowhere'))
    expect(await troubles(demo)).toMatchObject([{ name: 'disk', state: 'critical' }])
  })

  test('git that is missing or too old, and an identity that is not known', async () => {
    const demo = await configured([])
    setVariable('EMAIL', undefined)
    git(demo, 'config', 'user.name', '')
    git(demo, 'config', 'user.useConfigOnly', 'true')
    expect(await troubles(demo)).toMatchObject([{ name: 'identity', state: 'critical' }])
    git(demo, 'config', '--unset', 'user.name')
    const path = process.env.PATH
    const old = temporaryDirectory()
    const real = git(demo, '--exec-path')
    writeFileSync(
      join(old, 'git'),
      `#!/bin/sh\n[ "$1" = --version ] && echo git version 2.30.1 && exit\nexec '${real}/git' "$@"\n`,
    )
    chmodSync(join(old, 'git'), 0o755)
    setVariable('PATH', `${old}:${path}`)
    expect(await troubles(demo)).toMatchObject([{ name: 'git', state: 'critical' }])
    setVariable('PATH', temporaryDirectory())
    expect(await troubles(demo)).toMatchObject([{ name: 'git', state: 'critical' }])
  })

  test('places that cannot be written to', async () => {
    const demo = await configured([])
    git(demo, 'pack-refs', '--all')
    const refs = join(demo, '.git', 'refs', 'mtos')
    rmSync(refs, { recursive: true, force: true })
    writeFileSync(refs, '')
    expect(await troubles(demo)).toMatchObject([
      { name: 'writable', state: 'critical', message: `Nothing can be written to ${refs} (ENOTDIR).` },
    ])
    rmSync(refs)
    // Modes do not stop everybody.
    if (process.getuid?.() === 0) return
    chmodSync(join(demo, '.git', 'objects'), 0o555)
    onTestFinished(() => chmodSync(join(demo, '.git', 'objects'), 0o755))
    expect(await troubles(demo)).toMatchObject([{ name: 'writable', state: 'critical' }])
  })

  test('a task log that is not there, was moved back or cannot be read', async () => {
    const demo = temporaryRepository()
    expect(await troubles(demo)).toMatchObject([
      { name: 'task log', state: 'critical', recovery: ['mhv init'] },
    ])
    await run(demo, 'init')
    const first = git(demo, 'rev-parse', TASKS)
    await run(demo, 'tc', 'Fix auth bug')
    git(demo, 'update-ref', TASKS, first)
    expect(await troubles(demo)).toMatchObject([
      { name: 'task log', state: 'critical', recovery: ['mhv doctor --fix'] },
    ])
    git(demo, 'update-ref', TASKS, 'HEAD')
    expect(await troubles(demo)).toMatchObject([{ name: 'task log', state: 'critical' }])
  })

  test('a configuration that is wrong', async () => {
    const demo = await configured([{ name: 'a b', command: 'true' }])
    const [trouble, ...more] = await troubles(demo)
    expect(more).toEqual([])
    expect(trouble).toMatchObject({ name: 'configuration', state: 'critical' })
    expect(trouble!.message).toContain('gates[0].name')
  })

  test('commands of gates that are not here; of advisory ones as a warning', async () => {
    const demo = await configured([
      { name: 'a', command: 'no-such-program --at all' },
      { name: 'b', command: 'no-such-program', required: false },
      { name: 'c', command: 'npm run lint' },
      { name: 'd', command: 'git --version' },
    ])
    writeFileSync(join(demo, 'package.json'), '{"scripts": {"test": "true"}}')
    expect(await troubles(demo)).toEqual([
      {
        name: 'gate a',
        state: 'critical',
        message: 'It could not be started: no-such-program is not on the PATH.',
        recovery: ['mhv gate run --only a'],
      },
      expect.objectContaining({ name: 'gate b', state: 'warning' }),
      expect.objectContaining({
        name: 'gate c',
        state: 'critical',
        message: 'It could not be started: package.json has no script lint.',
      }),
    ])
  })

  test('references that lead nowhere', async () => {
    const demo = await configured(
      [
        { name: 'cwd', command: 'true', cwd: 'packages/app' },
        { name: 'coverage', coverage: { file: 'coverage/lcov.info' } },
        { name: 'inputs', command: 'true', inputs: { files: ['fixtures.ignored', '.mhvrc.yaml'] } },
        { name: 'files', command: 'true', files: ['lib/**/*.ts', '!lib/old/**'] },
      ],
      {
        worktrees: { include: '.copied', base: 'origin/trunk', setup: ['scripts/set-up', 'true'] },
        gating: { on_override: 'no-such-notifier --channel ops' },
      },
    )
    const found = await troubles(demo)
    expect(found.map(({ name, state, message }) => [name, state, message])).toEqual([
      ['references', 'critical', 'Gate cwd runs in packages/app, which is no directory.'],
      ['references', 'warning', 'Gate coverage reads coverage/lcov.info, whose directory is not there.'],
      ['references', 'warning', 'Gate inputs declares the input fixtures.ignored, which is not there.'],
      [
        'references',
        'warning',
        'Gate files is for files that match lib/**/*.ts, !lib/old/**, and none does, so it is always skipped.',
      ],
      [
        'references',
        'warning',
        'gating.on_override runs no-such-notifier --channel ops, which could not be started: no-such-notifier is not on the PATH.',
      ],
      [
        'references',
        'warning',
        'worktrees.setup runs scripts/set-up, which could not be started: there is no program scripts/set-up.',
      ],
      ['references', 'warning', 'worktrees.include names .copied, which is not there.'],
      ['references', 'critical', 'worktrees.base names origin/trunk, which is no commit here.'],
    ])
    mkdirSync(join(demo, 'packages', 'app'), { recursive: true })
    mkdirSync(join(demo, 'coverage'))
    writeFileSync(join(demo, 'fixtures.ignored'), '')
    writeFileSync(join(demo, '.copied'), '')
    mkdirSync(join(demo, 'lib', 'old'), { recursive: true })
    writeFileSync(join(demo, 'lib', 'old', 'a.ts'), '')
    script(join(demo, 'scripts', 'set-up'), '#!/bin/sh\n')
    const bin = temporaryDirectory()
    script(join(bin, 'no-such-notifier'), '#!/bin/sh\n')
    withEnvironment({ PATH: `${bin}:${process.env.PATH}` })
    git(demo, 'update-ref', 'refs/remotes/origin/trunk', 'HEAD')
    expect((await troubles(demo)).map(({ message }) => message.slice(0, 10))).toEqual(['Gate files'])
    writeFileSync(join(demo, 'lib', 'new.ts'), '')
    expect(await troubles(demo)).toEqual([])
  })

  test('a second file of configuration, which nobody reads', async () => {
    const demo = await configured([])
    writeFileSync(join(demo, 'package.json'), '{"name": "demo"}')
    expect(await troubles(demo)).toEqual([])
    writeFileSync(join(demo, 'mhv.config.json'), '{}')
    expect((await troubles(demo)).map(({ name, message }) => [name, message])).toEqual([
      [
        'configuration',
        `${join(demo, '.mhvrc.yaml')} is valid; beside .mhvrc.yaml, mhv.config.json is not read.`,
      ],
    ])
  })

  test('hooks that do not run', async () => {
    const demo = await configured([])
    await run(demo, 'hooks', 'install')
    const hooksOf = async () =>
      ((await mhvJson(demo, 'preflight')).checks as Check[]).filter(({ name }) => name === 'hooks')
    expect(await hooksOf()).toMatchObject([{ state: 'ok' }])
    git(demo, 'config', 'core.hooksPath', temporaryDirectory())
    expect(await hooksOf()).toMatchObject([
      { state: 'critical', recovery: ['mhv hooks status', 'mhv hooks install'] },
    ])
  })

  test('works in a bare repository and in a linked worktree', async () => {
    const demo = await gatedRepository([{ name: 'test', command: './run-tests' }])
    const linked = join(temporaryDirectory(), 'linked')
    git(demo, 'worktree', 'add', '--quiet', linked, '-b', 'topic')
    commitFiles(linked, { 'run-tests': '#!/bin/sh\n' })
    chmodSync(join(linked, 'run-tests'), 0o755)
    expect(await troubles(linked)).toEqual([])
    expect(await troubles(demo)).toMatchObject([
      { name: 'gate test', message: 'It could not be started: there is no program ./run-tests.' },
    ])
    const bare = join(temporaryDirectory(), 'bare.git')
    git(demo, 'clone', '--quiet', '--mirror', demo, bare)
    expect((await troubles(bare)).filter(({ state }) => state === 'critical')).toEqual([])
  })
})
