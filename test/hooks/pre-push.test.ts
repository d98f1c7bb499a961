import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parsePushed } from '../../src/gating/push-gates.ts'
import { stampText } from '../../src/hooks/pass-stamp.ts'
import { mhv } from '../support/cli.ts'
import { gitSays, script, withRemote } from '../support/hooks.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run, withEnvironment } from '../support/use-tasks.ts'

/** A gate that fails where a file `bad` is, and leaves word of each of its runs. */
const GATES = `gates:
  - name: good
    command: pwd >>"$RUNS" && test ! -e bad
    when: [pre-push]
`

/** A repository with a gate, hooks and a remote, and how to push from it. */
async function gated(config = GATES) {
  const demo = temporaryRepository()
  if (config) writeFileSync(join(demo, '.mhvrc.yaml'), config)
  writeFileSync(join(demo, '.gitignore'), 'ignored*\n')
  git(demo, 'add', '.')
  git(demo, 'commit', '--quiet', '-m', 'Gates')
  const origin = withRemote(demo)
  await run(demo, 'hooks', 'install')
  const runs = join(temporaryDirectory(), 'runs')
  writeFileSync(runs, '')
  const env: Record<string, string> = { RUNS: runs }
  return {
    demo,
    origin,
    env,
    stamps: () => {
      const directory = join(demo, '.git', 'mtos', 'gates', 'passed')
      return existsSync(directory) ? readdirSync(directory) : []
    },
    /** Directories in which the gate has run since the last time that was asked. */
    ran: () => {
      const lines = readFileSync(runs, 'utf8').split('\n').filter(Boolean)
      writeFileSync(runs, '')
      return lines
    },
    push: (where: string, ...args: string[]) => gitSays(where, ['push', '--quiet', ...args], env),
    has: (ref: string) => gitSays(origin, ['rev-parse', '--verify', '--quiet', ref]).out.trim(),
  }
}

const commit = (where: string, file: string, content = 'content\n') => {
  writeFileSync(join(where, file), content)
  git(where, 'add', file)
  git(where, 'commit', '--quiet', '-m', `Write ${file}`)
  return git(where, 'rev-parse', 'HEAD')
}

describe('a push', () => {
  test('is stopped by a gate that fails, whose output is shown, and goes through when it passes', async () => {
    const { demo, push, ran, has } = await gated()
    commit(demo, 'bad')
    const stopped = push(demo, 'origin', 'main')
    expect(stopped.status).toBe(1)
    expect(stopped.out).toBe('')
    expect(stopped.err).toMatch(/good .*failed/)
    expect(stopped.err).toMatch(/GATE_FAILED: The gate good failed/)
    expect(stopped.err).not.toMatch(/override|no-verify/i)
    expect(has('main')).toBe('')
    expect(ran()).toEqual([demo])
    git(demo, 'rm', '--quiet', 'bad')
    git(demo, 'commit', '--quiet', '-m', 'Good again')
    const passed = push(demo, 'origin', 'main')
    expect(passed).toMatchObject({ status: 0, out: '', err: 'mhv: gates passed: good\n' })
    expect(has('main')).toBe(git(demo, 'rev-parse', 'main'))
  })

  test('is gated for what it brings, not for what is checked out', async () => {
    const { demo, push, ran, has } = await gated()
    git(demo, 'checkout', '--quiet', '-b', 'other')
    commit(demo, 'bad')
    expect(push(demo, 'origin', 'main').status).toBe(0)
    const [place] = ran()
    expect(place).not.toBe(demo)
    expect(existsSync(place!)).toBe(false)
    expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(1)
    git(demo, 'checkout', '--quiet', 'main')
    expect(push(demo, 'origin', 'other').status).toBe(1)
    expect(has('other')).toBe('')
  })

  test('from a linked worktree gates the worktree of the branch that is pushed', async () => {
    const { demo, push, ran } = await gated()
    const linked = join(demo, '..', 'linked')
    git(demo, 'worktree', 'add', '--quiet', '-b', 'work', linked)
    commit(linked, 'one')
    expect(push(demo, 'origin', 'work').status).toBe(0)
    expect(ran()).toEqual([linked])
    commit(linked, 'two')
    expect(push(linked, 'origin', 'HEAD:refs/heads/renamed').status).toBe(0)
    expect(ran()).toEqual([linked])
    commit(demo, 'three')
    expect(push(linked, 'origin', 'main').status).toBe(0)
    expect(ran()).toEqual([demo])
  })

  test('of uncommitted changes’ neighbours leaves these alone, and gates a checkout of its own', async () => {
    const { demo, push, ran } = await gated()
    writeFileSync(join(demo, 'bad'), 'not committed')
    expect(push(demo, 'origin', 'main').status).toBe(0)
    expect(ran()).not.toContain(demo)
    expect(readFileSync(join(demo, 'bad'), 'utf8')).toBe('not committed')
  })

  test('of nothing, of deletions, of notes and of tasks runs nothing', async () => {
    const { demo, push, ran } = await gated()
    push(demo, 'origin', 'main', 'main:refs/heads/gone')
    ran()
    expect(push(demo, 'origin', 'main')).toMatchObject({ status: 0, err: '' })
    expect(push(demo, 'origin', ':gone')).toMatchObject({ status: 0, err: '' })
    git(demo, 'notes', 'add', '-m', 'A note')
    await run(demo, 'init')
    const { status, err } = push(demo, 'origin', 'refs/notes/commits', 'refs/mtos/tasks')
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(ran()).toEqual([])
  })

  test('of several names of a commit gates it once, and of several commits each', async () => {
    const { demo, push, ran } = await gated()
    git(demo, 'tag', 'light')
    git(demo, 'tag', '-a', '-m', 'Annotated', 'heavy')
    expect(push(demo, 'origin', 'main', 'main:refs/heads/two', 'light', 'heavy').status).toBe(0)
    expect(ran()).toEqual([demo])
    git(demo, 'tag', 'blob', git(demo, 'hash-object', '-w', '.mhvrc.yaml'))
    expect(push(demo, 'origin', 'blob')).toMatchObject({ status: 0, err: '' })
    git(demo, 'branch', 'first', 'HEAD~1')
    const one = commit(demo, 'one')
    git(demo, 'branch', 'side')
    commit(demo, 'bad')
    const { status } = push(demo, 'origin', 'main', `${one}:refs/heads/side`)
    expect(status).toBe(1)
    expect(ran()).toHaveLength(2)
  })

  test('of an expression with blanks is understood', async () => {
    const { demo, push, ran } = await gated()
    git(demo, 'commit', '--quiet', '--allow-empty', '-m', 'Two words')
    expect(push(demo, 'origin', 'main^{/^Two words}:refs/heads/then').status).toBe(0)
    expect(ran()).toEqual([demo])
    expect(push(demo, 'origin', 'main^{/^Two words}:refs/heads/again')).toMatchObject({ status: 0, err: '' })
    const zeros = '0'.repeat(40)
    const id = 'a'.repeat(40)
    expect(
      parsePushed(`HEAD@{1 day ago} ${id} refs/heads/x ${zeros}\n(delete) ${zeros} refs/heads/y ${id}\n`),
    ).toEqual([
      { local: 'HEAD@{1 day ago}', object: id, remote: 'refs/heads/x', old: zeros },
      { local: '(delete)', object: zeros, remote: 'refs/heads/y', old: id },
    ])
  })

  test('with a configuration that breaks a rule is stopped, and told which', async () => {
    const { demo, push } = await gated('gates: [{name: a b, command: x}]\n')
    const { status, err } = push(demo, 'origin', 'main')
    expect(status).toBe(1)
    expect(err).toContain('CONFIG_INVALID')
  })

  test('with a gate that cannot be started is stopped', async () => {
    const { demo, push } = await gated(
      'gates: [{name: a, command: no-such-program-here, when: [pre-push]}]\n',
    )
    const { status, err } = push(demo, 'origin', 'main')
    expect(status).toBe(1)
    expect(err).toContain('GATE_NOT_STARTED')
  })

  test('is gated also where git knows nobody who could sign the record', async () => {
    const { demo, push, env, ran, has } = await gated()
    Object.assign(env, { GIT_AUTHOR_NAME: '', GIT_COMMITTER_NAME: '', EMAIL: '' })
    expect(push(demo, 'origin', 'main').status).toBe(0)
    commit(demo, 'bad')
    const before = has('main')
    expect(push(demo, 'origin', 'main')).toMatchObject({
      status: 1,
      err: expect.stringContaining('GATE_FAILED'),
    })
    expect(has('main')).toBe(before)
    expect(ran()).toEqual([demo, demo])
  })

  test('is not stopped where mhv itself fails', async () => {
    const { demo, push, has } = await gated()
    const hook = join(demo, '.git', 'hooks', 'pre-push')
    writeFileSync(
      hook,
      readFileSync(hook, 'utf8').replace(/^mhv_program=.*$/m, "mhv_program='/dev/null/run.js'"),
    )
    const { status, err } = push(demo, 'origin', 'main')
    expect(status).toBe(0)
    expect(err).toMatch(/^mhv: not found any more.*\n$/)
    expect(has('main')).not.toBe('')
  })

  test('counts as changed what the remote does not have', async () => {
    const { demo, push, ran } = await gated(GATES.replace('when:', 'files: ["src/**"]\n    when:'))
    expect(push(demo, 'origin', 'main').status).toBe(0)
    expect(ran()).toEqual([])
    mkdirSync(join(demo, 'src'))
    commit(demo, 'src/a')
    expect(push(demo, 'origin', 'main').status).toBe(0)
    expect(ran()).toHaveLength(1)
    git(demo, 'remote', 'set-head', 'origin', 'main')
    git(demo, 'checkout', '--quiet', '-b', 'docs')
    commit(demo, 'readme')
    expect(push(demo, 'origin', 'docs').status).toBe(0)
    expect(ran()).toEqual([])
    // Another remote has none of it.
    const other = withRemote(temporaryRepository())
    expect(push(demo, other, 'docs').status).toBe(0)
    expect(ran()).toHaveLength(1)
  })
})

describe('the shell alone', () => {
  /** Pushes a commit that has passed to another name, and tells whether Node was needed. */
  async function withStamp(config = GATES) {
    const all = await gated(config)
    const { demo, push, ran } = all
    const told = join(temporaryDirectory(), 'told')
    script(`${told}-node`, `#!/bin/sh\necho >>'${told}'\nexec '${process.execPath}' "$@"\n`)
    const hook = join(demo, '.git', 'hooks', 'pre-push')
    script(hook, readFileSync(hook, 'utf8').replace(/^mhv_node=.*$/m, `mhv_node='${told}-node'`))
    let name = 0
    const startsNode = (remote = 'origin'): boolean => {
      writeFileSync(told, '')
      const said = push(demo, remote, `HEAD:refs/heads/again-${name++}`)
      if (said.status !== 0) throw new Error(said.err)
      return readFileSync(told, 'utf8') !== ''
    }
    expect(startsNode()).toBe(true)
    ran()
    return { ...all, startsNode }
  }

  test('lets a commit through that has passed, and one where nothing is configured', async () => {
    const { startsNode, ran, demo } = await withStamp()
    expect(startsNode()).toBe(false)
    expect(ran()).toEqual([])
    commit(demo, 'next')
    expect(startsNode()).toBe(true)
    const bare = await withStamp('')
    expect(bare.startsNode()).toBe(false)
  })

  test('also in a linked worktree, under a bare PATH, and with a hook in front', async () => {
    const { startsNode, demo, push, env, ran } = await withStamp()
    const linked = join(demo, '..', 'linked')
    git(demo, 'worktree', 'add', '--quiet', '--detach', linked)
    env.PATH = '/usr/bin:/bin'
    // What commands run on may be another there.
    expect(startsNode()).toBe(true)
    ran()
    expect(startsNode()).toBe(false)
    expect(push(linked, 'origin', 'HEAD:refs/heads/linked').status).toBe(0)
    expect(ran()).toEqual([])
    script(join(demo, '.git', 'hooks', 'pre-push.before-mhv'), '#!/bin/sh\nexit 1\n')
    expect(push(linked, 'origin', 'HEAD:refs/heads/stopped').status).toBe(1)
  })

  test.each<[string, (demo: string, env: Record<string, string>) => void]>([
    ['a lock file', (demo) => writeFileSync(join(demo, 'bun.lockb'), '')],
    [
      'what a command runs on, by one that is no newer',
      (_, env) => {
        const bin = env.PATH!.split(':')[0]!
        rmSync(join(bin, 'python3'))
        symlinkSync('/bin/false', join(bin, 'python3'))
        // A shell may look at whole seconds only.
        utimesSync(bin, Date.now() / 1000 + 2, Date.now() / 1000 + 2)
      },
    ],
    ['a declared variable', (_, env) => Object.assign(env, { LEVEL: '2' })],
    ['a declared variable that is empty now', (_, env) => Object.assign(env, { LEVEL: '' })],
    ['PATH', (_, env) => Object.assign(env, { PATH: `${env.PATH}:/nowhere` })],
    [
      'the user’s own configuration',
      () => {
        const own = join(process.env.HOME!, '.config', 'mhv')
        mkdirSync(own, { recursive: true })
        writeFileSync(join(own, 'config.yaml'), 'gating: {jobs: 2}\n')
        onTestFinished(() => rmSync(own, { recursive: true }))
      },
    ],
    [
      'a torn stamp',
      (demo) => {
        const directory = join(demo, '.git', 'mtos', 'gates', 'passed')
        for (const name of readdirSync(directory)) {
          const text = readFileSync(join(directory, name), 'utf8')
          writeFileSync(join(directory, name), text.slice(0, text.indexOf('path-variable')))
        }
      },
    ],
    [
      'a line that it does not know',
      (demo) => {
        const directory = join(demo, '.git', 'mtos', 'gates', 'passed')
        for (const name of readdirSync(directory)) {
          const text = readFileSync(join(directory, name), 'utf8')
          writeFileSync(join(directory, name), text.replace('end\n', 'moon full\nend\n'))
        }
      },
    ],
  ])('asks Node when this has changed: %s', async (_, change) => {
    const { startsNode, demo, env } = await withStamp('')
    const bin = temporaryDirectory()
    symlinkSync(process.execPath, join(bin, 'python3'))
    env.PATH = `${bin}:${process.env.PATH}`
    const config = `${GATES}    inputs: {env: [LEVEL]}\n`
    writeFileSync(join(demo, '.mhvrc.yaml'), config)
    git(demo, 'add', '.')
    git(demo, 'commit', '--quiet', '-m', 'Inputs')
    utimesSync(demo, 1_000_000_000, 1_000_000_000)
    expect(startsNode()).toBe(true)
    expect(startsNode()).toBe(false)
    change(demo, env)
    expect(startsNode()).toBe(true)
  })

  test('relies on no pass that has failed since', async () => {
    const { startsNode, demo, push } = await withStamp(
      'gates: [{name: good, command: test ! -e .git/flag, when: [pre-push]}]\n',
    )
    expect(startsNode()).toBe(false)
    writeFileSync(join(demo, '.git', 'flag'), '')
    withEnvironment({ MHV_NOW: '2026-11-20T11:00:00Z' })
    await mhv(demo, 'gate', 'run', '--moment', 'pre-push', '--no-cache')
    expect(push(demo, 'origin', 'HEAD:refs/heads/again').status).toBe(1)
  })

  test('relies on no pass with a lock file that git does not track', async () => {
    const { startsNode, demo } = await withStamp('')
    writeFileSync(join(demo, '.git', 'info', 'exclude'), 'package-lock.json\n')
    writeFileSync(join(demo, '.mhvrc.yaml'), GATES)
    writeFileSync(join(demo, 'package-lock.json'), '{}')
    git(demo, 'add', '.')
    git(demo, 'commit', '--quiet', '-m', 'Gates')
    expect(startsNode()).toBe(true)
    expect(startsNode()).toBe(true)
  })

  test('relies on no pass that rests on declared files: one may be exchanged for an older one', async () => {
    const { startsNode, demo, ran } = await withStamp('')
    writeFileSync(join(demo, '.mhvrc.yaml'), `${GATES}    inputs: {files: [ignored.env]}\n`)
    git(demo, 'add', '.')
    git(demo, 'commit', '--quiet', '-m', 'Inputs')
    writeFileSync(join(demo, 'ignored.env'), 'LEVEL=1\n')
    utimesSync(join(demo, 'ignored.env'), 1_000_000_000, 1_000_000_000)
    expect(startsNode()).toBe(true)
    expect(ran()).toHaveLength(1)
    writeFileSync(join(demo, 'ignored.env'), 'LEVEL=2\n')
    utimesSync(join(demo, 'ignored.env'), 900_000_000, 900_000_000)
    expect(startsNode()).toBe(true)
    expect(ran()).toHaveLength(1)
  })

  test('relies on no pass that depends on what had changed, elsewhere', async () => {
    const { startsNode, demo } = await withStamp(GATES.replace('when:', 'files: ["src/**"]\n    when:'))
    expect(startsNode()).toBe(false)
    const other = withRemote(temporaryRepository())
    expect(startsNode(other)).toBe(true)
    expect(git(demo, 'status', '--porcelain')).toBe('')
  })

  test('relies on no pass where the configuration wants none kept, or where a gate’s advice was not taken', async () => {
    const { startsNode } = await withStamp(`${GATES}gating: {cache: off}\n`)
    expect(startsNode()).toBe(true)
    const advised = await withStamp(
      `${GATES}  - {name: advice, command: exit 1, when: [pre-push], required: false}\n`,
    )
    expect(advised.startsNode()).toBe(true)
  })

  test('has no stamp to read where a line of it could not be told from another', () => {
    const facts = { paths: ['/a'], variables: ['A'], against: null }
    expect(stampText(facts, () => true, { PATH: '/bin' })).toBe(
      'mhv-stamp 1\npath /a\nunset A\npath-variable /bin\nend\n',
    )
    expect(stampText(facts, () => false, { PATH: '/bin', A: '' })).toBe(
      'mhv-stamp 1\nabsent /a\nenv A \npath-variable /bin\nend\n',
    )
    expect(stampText(facts, () => true, { PATH: '/bin', A: 'a\nend' })).toBeNull()
    expect(stampText({ ...facts, paths: ['/a\nb'] }, () => true, { PATH: '/bin' })).toBeNull()
  })
})
