import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { findRepository } from '../../src/git/repository.ts'
import { appendGateRecord } from '../../src/store/gate-log.ts'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { type AnyGate, commitFiles, configOf, gatedRepository } from '../support/gates.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run, withEnvironment } from '../support/use-tasks.ts'

const TEST: AnyGate = { name: 'test', command: 'test ! -f broken' }

/** A repository with a remote that has its main branch, so that what follows is to be verified. */
async function withRemote(gates: readonly AnyGate[]): Promise<{ demo: string; remote: string }> {
  const demo = await gatedRepository(gates)
  const remote = join(temporaryDirectory(), 'remote.git')
  git(demo, 'init', '--quiet', '--bare', remote)
  git(demo, 'remote', 'add', 'origin', remote)
  git(demo, 'push', '--quiet', '--set-upstream', 'origin', 'HEAD:refs/heads/main')
  git(remote, 'symbolic-ref', 'HEAD', 'refs/heads/main')
  return { demo, remote }
}

function clone(remote: string, ...options: string[]): string {
  const copy = join(temporaryDirectory(), 'demo')
  git(remote, 'clone', '--quiet', ...options, `file://${remote}`, copy)
  return copy
}

interface Unproven {
  commits: { commit: string; subject: string; author: string; lacks: { gate: string; lack: string }[] }[]
  tasks: { number: number; lacks: { gate: string; lack: string }[] }[]
}

/** What is not proven, by subject and number, with what is lacking. */
async function unproven(cwd: string, ...argv: string[]): Promise<Record<string, string[]>> {
  const said = await mhvJson(cwd, 'gate', 'verify', ...argv)
  const { commits, tasks } = (said.error?.data.unproven ?? said.unproven) as Unproven
  const words = (lacks: { gate: string; lack: string }[]) => lacks.map(({ gate, lack }) => `${gate}: ${lack}`)
  return Object.fromEntries([
    ...commits.map(({ subject, lacks }) => [subject, words(lacks)]),
    ...tasks.map(({ number, lacks }) => [`#${number}`, words(lacks)]),
  ])
}

describe('mhv gate verify', () => {
  test('finds, in another clone, what was pushed without its gates, and nothing else', async () => {
    const { demo, remote } = await withRemote([TEST])
    commitFiles(demo, { a: 'a' }, 'Proven')
    await run(demo, 'gate', 'run')
    git(demo, 'push', '--quiet', 'origin', 'HEAD:main', 'refs/mtos/gates', 'refs/mtos/tasks')
    const other = clone(remote)
    git(other, 'fetch', '--quiet', 'origin', 'refs/mtos/gates:refs/mtos/gates')
    expect(await mhv(other, 'gate', 'verify', 'HEAD', '--ci')).toMatchObject({
      code: 0,
      out: 'HEAD: 1 commit, proven by test.\n',
    })
    const commit = commitFiles(demo, { b: 'b' }, 'Sneaked in')
    git(demo, 'push', '--quiet', '--no-verify', 'origin', 'HEAD:main')
    const before = git(other, 'rev-parse', 'HEAD')
    git(other, 'pull', '--quiet')
    const { code, out, err } = await mhv(other, 'gate', 'verify', `${before}~..HEAD`, '--ci')
    expect(code).toBe(3)
    const author = git(other, 'log', '-1', '--format=%an <%ae>')
    expect(out).toBe(`unproven  ${commit.slice(0, 12)} Sneaked in (${author})\n    test: no record\n`)
    expect(err).toContain(
      `GATES_UNPROVEN: 1 commit of ${before}~..HEAD has not been shown to pass the gates.`,
    )
    expect(err).toContain(`mhv gate verify ${shellRange(before)} --rerun`)
    expect(`${out}${err}`).not.toMatch(/--override/)
  })

  test('tells a push that its hook let through from one that was made without it', async () => {
    const { demo, remote } = await withRemote([{ ...TEST, when: ['pre-push'] }])
    const installed = await mhvProcess(demo, ['hooks', 'install'])
    expect(installed).toMatchObject({ code: 0 })
    const other = clone(remote)
    commitFiles(demo, { a: 'a' }, 'Pushed with the hook')
    git(demo, 'push', '--quiet', 'origin', 'HEAD:main')
    commitFiles(demo, { broken: '' }, 'Broken')
    expect(() => git(demo, 'push', '--quiet', 'origin', 'HEAD:main')).toThrow()
    git(demo, 'push', '--quiet', '--no-verify', 'origin', 'HEAD:main')
    git(demo, 'push', '--quiet', 'origin', 'refs/mtos/gates')
    git(other, 'fetch', '--quiet', 'origin', 'main', 'refs/mtos/gates:refs/mtos/gates')
    expect(await unproven(other, 'HEAD..origin/main')).toEqual({ Broken: ['test: failed'] })
  })

  test('names the command that fetches the log where it is not here, and this works when pasted', async () => {
    const { demo, remote } = await withRemote([TEST])
    commitFiles(demo, { a: 'a' }, 'Proven')
    await run(demo, 'gate', 'run')
    git(demo, 'push', '--quiet', 'origin', 'HEAD:main', 'refs/mtos/gates', 'refs/mtos/tasks')
    const other = clone(remote)
    const { error } = await mhvJson(other, 'gate', 'verify', 'HEAD')
    expect(error).toMatchObject({ name: 'GATES_UNPROVEN' })
    expect(error.message).toContain('There is no log of gates here.')
    const fetches = error.recovery.filter((step: string) => step.startsWith('git fetch'))
    expect(fetches).toEqual([
      "git fetch origin 'refs/mtos/gates:refs/mtos/gates'",
      "git fetch origin 'refs/mtos/tasks:refs/mtos/tasks'",
    ])
    for (const step of fetches) git(other, ...step.replaceAll("'", '').split(' ').slice(1), '--quiet')
    expect(await mhv(other, 'gate', 'verify', 'HEAD')).toMatchObject({ code: 0, err: '' })
  })

  test('judges what the shallow, detached checkout of a CI system has, and says so', async () => {
    const { demo, remote } = await withRemote([TEST, { name: 'docs', command: 'true', files: ['*.md'] }])
    commitFiles(demo, { a: 'a' }, 'Old and never gated')
    const base = git(demo, 'rev-parse', 'HEAD')
    commitFiles(demo, { b: 'b' }, 'Proven')
    await run(demo, 'tc', 'Some task')
    await run(demo, 'gate', 'run')
    git(demo, 'push', '--quiet', 'origin', 'HEAD:main', 'refs/mtos/gates')
    const checkout = clone(remote, '--depth', '1')
    git(checkout, 'checkout', '--quiet', '--detach')
    git(checkout, 'update-ref', '-d', 'refs/remotes/origin/HEAD')
    git(checkout, 'fetch', '--quiet', '--depth', '1', 'origin', 'refs/mtos/gates:refs/mtos/gates')
    for (const range of [[], [`${base}~..HEAD`]]) {
      const { code, err } = await mhv(checkout, 'gate', 'verify', ...range, '--ci')
      expect(err).toContain('The history here is shallow: what is older is not judged.')
      expect(code).toBe(0)
    }
    // A beginning that is not here is a mistake where the history is whole.
    const whole = clone(remote)
    const missing = await mhv(whole, 'gate', 'verify', 'no-such-commit..HEAD')
    expect(missing).toMatchObject({ code: 2 })
    expect(missing.err).toContain('BAD_REVISION: There is no commit no-such-commit')
  })

  test('by default judges what the branch has and its remote has not', async () => {
    const { demo } = await withRemote([TEST])
    expect(await mhv(demo, 'gate', 'verify')).toMatchObject({
      code: 0,
      out: '@{upstream}..HEAD: 0 commits, proven by test.\n',
    })
    commitFiles(demo, { a: 'a' }, 'One')
    commitFiles(demo, { a: 'b' }, 'Two')
    expect(Object.keys(await unproven(demo))).toEqual(['Two', 'One'])
    expect(Object.keys(await unproven(demo, 'HEAD'))).toEqual(['Two'])
  })

  test('by default, without an upstream, judges what no branch of a remote has', async () => {
    const { demo } = await withRemote([TEST])
    git(demo, 'switch', '--quiet', '--create', 'topic')
    commitFiles(demo, { a: 'a' }, 'One')
    commitFiles(demo, { a: 'b' }, 'Two')
    expect(Object.keys(await unproven(demo))).toEqual(['Two', 'One'])
    const { error } = await mhvJson(demo, 'gate', 'verify')
    expect(error.message).toContain('of HEAD --not --remotes have not')
    expect(error.recovery.at(-1)).toBe('mhv gate verify --rerun')
    git(demo, 'push', '--quiet', 'origin', 'topic')
    expect(await unproven(demo)).toEqual({})
  })

  test('a failure counts that is recorded of the very tree, also of a gate that need not have run', async () => {
    const { demo } = await withRemote([{ ...TEST, files: ['*.ts'] }])
    commitFiles(demo, { broken: '' }, 'Breaks it')
    expect(await unproven(demo)).toEqual({})
    await mhv(demo, 'gate', 'run', '--only', 'test')
    expect(await unproven(demo)).toEqual({})
    commitFiles(demo, { 'a.ts': '' }, 'Asks for it')
    await mhv(demo, 'gate', 'run')
    const commit = git(demo, 'rev-parse', 'HEAD')
    commitFiles(demo, { 'README.md': '' }, 'After')
    git(demo, 'reset', '--quiet', '--hard', commit)
    git(demo, 'push', '--quiet', '--no-verify', 'origin', 'HEAD:main')
    git(demo, 'commit', '--quiet', '--allow-empty', '--message', 'Nothing new')
    expect(await unproven(demo)).toEqual({ 'Nothing new': ['test: failed'] })
  })

  test('after --rerun suggests to look at what failed, not to run it all again', async () => {
    const { demo } = await withRemote([TEST])
    commitFiles(demo, { broken: '' }, 'Broken')
    const { error } = await mhvJson(demo, 'gate', 'verify', '--rerun')
    expect(error.recovery).toEqual(['mhv gate run --only test'])
  })

  test('an override that was taken back is told from one that expired', async () => {
    const { demo } = await withRemote([TEST])
    await run(demo, 'tc', 'Some work')
    const { worktree } = await mhvJson(demo, 'start', '1')
    commitFiles(worktree, { broken: '' }, 'Broken')
    await run(demo, 'done', '1', '--override', '--reason', 'the demo is today')
    const before = process.env.MHV_NOW!
    process.env.MHV_NOW = '2026-11-20T10:00:01Z'
    onTestFinished(() => {
      process.env.MHV_NOW = before
    })
    await run(demo, 'undo')
    expect(await unproven(demo, 'task/1')).toEqual({ Broken: ['test: override taken back'] })
  })

  test('a proven commit proves what it descends from, not what descends from it', async () => {
    const { demo } = await withRemote([TEST])
    commitFiles(demo, { a: '1' }, 'Before')
    commitFiles(demo, { a: '2' }, 'Gated')
    await run(demo, 'gate', 'run')
    commitFiles(demo, { a: '3' }, 'After')
    expect(await unproven(demo)).toEqual({ After: ['test: no record'] })
  })

  test('tells a failure and another definition apart', async () => {
    const { demo } = await withRemote([TEST])
    commitFiles(demo, { broken: '' }, 'Broken')
    await mhv(demo, 'gate', 'run')
    expect(await unproven(demo)).toEqual({ Broken: ['test: failed'] })
    git(demo, 'rm', '--quiet', 'broken')
    commitFiles(demo, { fine: '' }, 'Fine')
    await run(demo, 'gate', 'run')
    expect(await unproven(demo)).toEqual({})
    writeFileSync(join(demo, '.mhvrc.yaml'), configOf([{ ...TEST, command: 'true' }]))
    expect(await unproven(demo, 'HEAD')).toEqual({ Fine: ['test: other definition'] })
  })

  test('an override lets its gates pass on its tree until it expires', async () => {
    const { demo } = await withRemote([TEST, { name: 'lint', command: 'true' }])
    const commit = commitFiles(demo, { broken: '' }, 'Broken')
    await mhv(demo, 'gate', 'run')
    const repository = await findRepository(demo)
    const letPass = (id: string, gates: string[], expires: string) =>
      appendGateRecord(repository, {
        id,
        at: '2026-11-20T09:00:00.000Z',
        by: 'Ann <ann@example.com>',
        moment: 'done',
        commit,
        tree: git(demo, 'rev-parse', 'HEAD^{tree}'),
        results: [],
        override: { gates, reason: 'Release', expires },
      })
    await letPass('01JF3ZK4Q8M6W2T5V7X9Y0A1B1', ['lint'], '2026-11-21T00:00:00.000Z')
    expect(await unproven(demo)).toEqual({ Broken: ['test: failed'] })
    await letPass('01JF3ZK4Q8M6W2T5V7X9Y0A1B2', ['test'], '2026-11-20T09:30:00.000Z')
    expect(await unproven(demo)).toEqual({ Broken: ['test: override expired'] })
    await letPass('01JF3ZK4Q8M6W2T5V7X9Y0A1B3', ['test'], '2026-11-21T00:00:00.000Z')
    expect(await unproven(demo)).toEqual({})
    commitFiles(demo, { a: 'a' }, 'On top')
    expect(await unproven(demo)).toEqual({ 'On top': ['test: no record', 'lint: no record'] })
  })

  test('asks for required gates of ci and pre-push alone', async () => {
    const { demo } = await withRemote([
      { name: 'advice', command: 'false', required: false },
      { name: 'early', command: 'true', when: ['pre-commit'] },
      { name: 'push', command: 'true', when: ['pre-push'] },
      { name: 'late', command: 'true', when: ['ci'] },
    ])
    commitFiles(demo, { a: 'a' }, 'Change')
    expect(await unproven(demo)).toEqual({ Change: ['push: no record', 'late: no record'] })
    const none = await gatedRepository([{ name: 'advice', command: 'false', required: false }])
    const { code, out } = await mhv(none, 'gate', 'verify')
    expect(code).toBe(0)
    expect(out).toContain('there is nothing to verify')
    expect(await mhv(temporaryRepository(), 'gate', 'verify')).toMatchObject({ code: 0 })
  })

  test('a gate has nothing to say of changes that are not its business, and what it skipped proves no earlier ones', async () => {
    const { demo } = await withRemote([{ name: 'lint', command: 'test ! -f broken', files: ['*.py'] }])
    commitFiles(demo, { 'a.md': 'a' }, 'Text')
    expect(await unproven(demo)).toEqual({})
    commitFiles(demo, { 'a.py': 'a' }, 'Code')
    // A task that begins after that: counted from its beginning, the gate has nothing to look at.
    await run(demo, 'tc', 'Write more')
    const { worktree } = await mhvJson(demo, 'start', '1')
    commitFiles(worktree, { 'b.md': 'b' }, 'More text')
    const { results } = await mhvJson(demo, 'gate', 'run', '1')
    expect(results).toMatchObject([{ gate: 'lint', outcome: 'skipped', clean: true }])
    const lacking = { Code: ['lint: no record'], 'More text': ['lint: no record'] }
    expect(await unproven(demo, 'main@{upstream}..task/1')).toEqual(lacking)
    git(demo, 'rm', '--quiet', 'a.py')
    commitFiles(demo, {}, 'Code taken back')
    expect(await unproven(demo)).toEqual({})
  })

  test('a gate that is told files proves these, whichever record tells them', async () => {
    const { demo } = await withRemote([{ name: 'lint', command: 'ls {files}', files: ['*.py'] }])
    commitFiles(demo, { 'a.py': '1' }, 'First')
    commitFiles(demo, { 'b b.py': '1' }, 'Second')
    const found = await mhvJson(demo, 'gate', 'verify', '--rerun')
    expect(found.reports).toHaveLength(1)
    expect(found.reports[0].results[0].command).toBe("ls a.py 'b b.py'")
    expect(found.unproven).toEqual({ commits: [], tasks: [] })
    commitFiles(demo, { 'a.py': '2' }, 'Third')
    expect(await unproven(demo)).toEqual({ Third: ['lint: no record'] })
  })

  test('--rerun runs what is lacking on the tip, in a temporary worktree, and records it', async () => {
    const { demo } = await withRemote([TEST, { name: 'lint', command: 'pwd' }])
    commitFiles(demo, { a: '1' }, 'One')
    commitFiles(demo, { a: '2' }, 'Two')
    await run(demo, 'gate', 'run', '--only', 'lint')
    writeFileSync(join(demo, 'broken'), 'not committed')
    const { code, out } = await mhv(demo, 'gate', 'verify', '--rerun', '--ci')
    expect(out).toMatch(/^GATE +RESULT +SECONDS\ntest +passed/)
    expect(out).toContain('2 commits, proven by test, lint.')
    expect(code).toBe(0)
    expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(1)
    expect(await unproven(demo)).toEqual({})
  })

  test('--rerun makes its worktree ready, but runs no set-up commands that nobody has agreed to', async () => {
    const config = configOf([{ name: 'test', command: 'test -f copied.ignored && test ! -f made' }], {
      worktrees: { setup: ['touch made'] },
    })
    const { demo } = await withRemote([])
    const files = { '.mhvrc.yaml': config, '.worktreeinclude': '*.ignored\n', 'copied.ignored': '' }
    commitFiles(demo, files, 'Gates')
    const { code, err } = await mhv(demo, 'gate', 'verify', '--rerun', '--ci')
    expect(err).toContain('Its set-up commands were left out')
    expect(code).toBe(0)
  })

  test('--rerun says so where a commit does not bring the gates along', async () => {
    const { demo } = await withRemote([])
    git(demo, 'switch', '--quiet', '--create', 'topic')
    commitFiles(demo, { '.mhvrc.yaml': configOf([{ name: 'other', command: 'true' }]) }, 'Other gates')
    git(demo, 'switch', '--quiet', 'main')
    writeFileSync(join(demo, '.mhvrc.yaml'), configOf([TEST]))
    const { code, err } = await mhv(demo, 'gate', 'verify', 'topic', '--rerun')
    expect(code).toBe(3)
    expect(err).toMatch(
      /Gates could not be run on [0-9a-f]{12}: There is no gate test; configured are: other\./,
    )
  })

  test('--rerun that fails ends with 3 and shows why', async () => {
    const { demo } = await withRemote([{ name: 'test', command: 'echo sad; test ! -f broken' }])
    commitFiles(demo, { broken: '' }, 'Broken')
    const { code, out } = await mhv(demo, 'gate', 'verify', '--rerun', '--ci')
    expect(code).toBe(3)
    expect(out).toContain('sad')
    expect(out).toContain('    test: failed\n')
  })

  test('a merge is proven by a pass of its own, or by the same files on its branch', async () => {
    const { demo } = await withRemote([TEST])
    git(demo, 'switch', '--quiet', '--create', 'topic')
    commitFiles(demo, { a: 'a' }, 'Topic')
    await run(demo, 'gate', 'run')
    git(demo, 'switch', '--quiet', '-')
    git(demo, 'merge', '--quiet', '--no-ff', '--message', 'Merge topic', 'topic')
    expect(await unproven(demo)).toEqual({})
    git(demo, 'switch', '--quiet', '--create', 'second', 'HEAD~')
    commitFiles(demo, { b: 'b' }, 'Second')
    await run(demo, 'gate', 'run')
    git(demo, 'switch', '--quiet', '-')
    git(demo, 'merge', '--quiet', '--no-ff', '--message', 'Merge second', 'second')
    expect(await unproven(demo)).toEqual({ 'Merge second': ['test: no record'] })
  })

  test('works in a bare repository by the configuration of the commit', async () => {
    const { demo, remote } = await withRemote([TEST])
    commitFiles(demo, { a: 'a' }, 'Sneaked in')
    git(demo, 'push', '--quiet', '--no-verify', 'origin', 'HEAD:main')
    expect(await unproven(remote, 'main~..main')).toEqual({ 'Sneaked in': ['test: no record'] })
  })

  test('finds tasks that were completed without gates', async () => {
    const { demo } = await withRemote([TEST])
    const config = join(demo, '.mhvrc.yaml')
    await run(demo, 'tc', 'Fix auth bug')
    const { worktree } = await mhvJson(demo, 'start', '1')
    commitFiles(worktree, { a: 'a' }, 'Work')
    const work = git(worktree, 'rev-parse', 'HEAD')
    // As somebody would who wants to get by them.
    writeFileSync(config, '')
    writeFileSync(join(worktree, '.mhvrc.yaml'), '')
    await run(demo, 'done', '1')
    git(demo, 'restore', '.mhvrc.yaml')
    const range = `HEAD..${work}`
    expect(await unproven(demo, range)).toEqual({ Work: ['test: no record'], '#1': ['test: no record'] })
    const { out } = await mhv(demo, 'gate', 'verify', range)
    expect(out).toContain(`unproven  #1 Fix auth bug, completed at ${work.slice(0, 12)}`)
    expect(await mhv(demo, 'gate', 'verify', range, '--rerun')).toMatchObject({ code: 0 })
    const found = await mhvJson(demo, 'gate', 'verify', range)
    expect(found).toMatchObject({ commits: 1, tasks: 1, unproven: { commits: [], tasks: [] } })
  })

  test('what done let through, with a pass or in spite of a failure, is accounted for until that expires', async () => {
    const { demo } = await withRemote([{ ...TEST, when: ['done'] }])
    await run(demo, 'tc', 'Fix auth bug')
    const { worktree } = await mhvJson(demo, 'start', '1')
    const work = commitFiles(worktree, { broken: '' }, 'Work')
    await run(demo, 'done', '1', '--override', '--reason', 'Release', '--expires', '2026-11-21')
    const range = `HEAD..${work}`
    expect(await mhvJson(demo, 'gate', 'verify', range)).toMatchObject({ tasks: 1 })
    git(demo, 'update-ref', '-d', 'refs/mtos/gates')
    expect(await unproven(demo, range)).toEqual({})
    const before = process.env.MHV_NOW
    onTestFinished(() => {
      process.env.MHV_NOW = before
    })
    process.env.MHV_NOW = '2026-11-25T10:00:00.000Z'
    expect(await unproven(demo, range)).toEqual({ '#1': ['test: no record'] })
  })

  test('starts as many git processes for many commits as for two, and is not led astray by what is configured', async () => {
    const { demo } = await withRemote([TEST, { name: 'lint', command: 'true', files: ['lib/*'] }])
    mkdirSync(join(demo, 'lib'))
    const starts = async (range: string) => {
      const trace = join(temporaryDirectory(), 'trace')
      withEnvironment({ GIT_TRACE2_EVENT: trace })
      expect((await mhvJson(demo, 'gate', 'verify', range)).error.name).toBe('GATES_UNPROVEN')
      return readFileSync(trace, 'utf8').split('"event":"start"').length - 1
    }
    for (let i = 0; i < 30; i++) commitFiles(demo, { 'lib/a': String(i) }, `Change ${i}`)
    // The first look at the tasks makes their index.
    await run(demo, 'tl')
    expect(await starts('HEAD~30..HEAD')).toBe(await starts('HEAD~2..HEAD'))
    git(demo, 'config', 'color.ui', 'always')
    git(demo, 'config', 'diff.relative', 'true')
    git(demo, 'config', 'log.showSignature', 'true')
    git(demo, 'config', 'diff.renames', 'copies')
    const last = { 'Change 29': ['test: no record', 'lint: no record'] }
    expect(await unproven(join(demo, 'lib'), 'HEAD')).toEqual(last)
  })

  test('a pass that has failed since proves nothing, until it passes again', async () => {
    const flag = join(temporaryDirectory(), 'flag')
    const { demo } = await withRemote([{ name: 'test', command: `test ! -e '${flag}'` }])
    commitFiles(demo, { a: 'a' }, 'Change')
    await run(demo, 'gate', 'run')
    expect(await unproven(demo)).toEqual({})
    writeFileSync(flag, '')
    withEnvironment({ MHV_NOW: '2026-11-20T11:00:00Z' })
    await mhv(demo, 'gate', 'run', '--no-cache')
    expect(await unproven(demo)).toEqual({ Change: ['test: failed'] })
    rmSync(flag)
    withEnvironment({ MHV_NOW: '2026-11-20T12:00:00Z' })
    await run(demo, 'gate', 'run')
    expect(await unproven(demo)).toEqual({})
  })

  test('of a gate that reads history, the pass of another commit with the same files proves nothing', async () => {
    const { demo } = await withRemote([
      { name: 'secrets', command: '! git log -p HEAD | grep -q ^+SECRET', inputs: { history: true } },
    ])
    await run(demo, 'gate', 'run')
    expect(await unproven(demo, 'HEAD')).toEqual({})
    commitFiles(demo, { key: 'SECRET' }, 'Leak')
    git(demo, 'rm', '--quiet', 'key')
    git(demo, 'commit', '--quiet', '--message', 'Hidden')
    expect(await unproven(demo)).toEqual({ Leak: ['secrets: no record'], Hidden: ['secrets: no record'] })
    expect(await unproven(demo, '--rerun')).toEqual({
      Leak: ['secrets: no record'],
      Hidden: ['secrets: failed'],
    })
  })

  test('an identity is needed only to run gates', async () => {
    const { demo } = await withRemote([TEST])
    commitFiles(demo, { a: 'a' }, 'Change')
    await run(demo, 'gate', 'run')
    withEnvironment({ GIT_AUTHOR_NAME: '', GIT_COMMITTER_NAME: '', EMAIL: '' })
    expect(await mhv(demo, 'gate', 'verify', '--ci')).toMatchObject({ code: 0 })
  })

  test('paths, subjects and authors of every kind are taken as they are', async () => {
    const { demo } = await withRemote([{ name: 'lint', command: 'true', files: ['odd/*'] }])
    mkdirSync(join(demo, 'odd'))
    writeFileSync(join(demo, 'odd', 'a\nb\tc\u0001'), '')
    commitFiles(demo, {}, 'Wild \u001b[31m subject')
    expect(Object.values(await unproven(demo))).toEqual([['lint: no record']])
    expect((await mhv(demo, 'gate', 'verify')).out).not.toContain('\u001b')
  })
})

/** The range of a commit as a shell takes it. */
const shellRange = (commit: string) => `'${commit}~..HEAD'`
