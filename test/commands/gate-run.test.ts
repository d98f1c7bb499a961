import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { commitFiles, gatedRepository } from '../support/gates.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { run, withEnvironment } from '../support/use-tasks.ts'

describe('mhv gate run', () => {
  test('shows a table, and ends with 0 when all passed', async () => {
    const demo = await gatedRepository([
      { name: 'lint', command: 'echo fine' },
      { name: 'test', command: 'true' },
    ])
    const first = await mhv(demo, 'gate', 'run')
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toMatch(/^GATE +RESULT +SECONDS\nlint +passed +\d+\.\d\ntest +passed +\d+\.\d\n/)
    expect(first.out).not.toContain('fine')
    const second = await mhv(demo, 'gate', 'run')
    expect(second.out).toMatch(/^GATE +RESULT +SECONDS +CACHED\nlint +passed +\d+\.\d +cached\n/)
  })

  test('on a commit that is not checked out, which it names in what it suggests', async () => {
    const demo = await gatedRepository([{ name: 'test', command: 'test ! -e bad' }])
    const bad = commitFiles(demo, { bad: '' })
    git(demo, 'rm', '--quiet', 'bad')
    git(demo, 'commit', '--quiet', '--message', 'Mended')
    expect((await mhv(demo, 'gate', 'run')).code).toBe(0)
    const { code, err } = await mhv(demo, 'gate', 'run', '--at', 'HEAD~1')
    expect(code).toBe(3)
    expect(err).toContain("mhv gate run --at 'HEAD~1' --only test")
    expect((await mhvJson(demo, 'gate', 'run', '--at', bad)).error.name).toBe('GATE_FAILED')
    expect((await mhv(demo, 'gate', 'run', '--at', 'nonesuch')).err).toContain('BAD_REVISION')
    await run(demo, 'tc', 'A')
    expect((await mhv(demo, 'gate', 'run', '1', '--at', bad)).code).toBe(2)
  })

  test('shows the output of what failed alone, without the escapes of a terminal, and names its log', async () => {
    const demo = await gatedRepository([
      { name: 'lint', command: 'echo fine' },
      { name: 'test', command: 'printf "\\033[31mred\\033[0m\\033]0;title\\007\\n"; seq 1 150; exit 7' },
    ])
    const { code, out, err } = await mhv(demo, 'gate', 'run')
    expect(code).toBe(3)
    expect(out).toContain('test: failed (exit code 7)\n… 51 lines before\n51\n52\n')
    expect(out).not.toContain('fine')
    expect(err).toContain('GATE_FAILED: The gate test failed.')
    expect(err).toContain('mhv gate run --only test')
    const log = /Whole output: (.*)/.exec(out)![1]!
    expect(readFileSync(log, 'utf8')).toMatch(/^\u001b\[31mred/)
    expect(readFileSync(join(log, '..', 'lint.log'), 'utf8')).toBe('fine\n')
  })

  test('runs them also where git knows nobody, and says that no record was kept', async () => {
    const demo = await gatedRepository([{ name: 'test', command: 'true' }])
    withEnvironment({ GIT_AUTHOR_NAME: '', GIT_COMMITTER_NAME: '', EMAIL: '' })
    for (let i = 0; i < 2; i++) {
      const { code, out, err } = await mhv(demo, 'gate', 'run')
      expect(code).toBe(0)
      expect(out).toMatch(/^GATE +RESULT +SECONDS\ntest +passed +\d+\.\d\n/)
      expect(err).toContain('The results could not be recorded: git does not know who you are')
    }
  })

  test('a gate that could not start ends it with 1, and one that is only advice with 0', async () => {
    const demo = await gatedRepository([{ name: 'test', command: 'no-such-program-at-all' }])
    const missing = await mhv(demo, 'gate', 'run')
    expect(missing.code).toBe(1)
    expect(missing.err).toContain(
      'GATE_NOT_STARTED: The gate could not be started: test: no-such-program-at-all is not on the PATH.',
    )
    commitFiles(demo, { '.mhvrc.yaml': 'gates: [{name: test, command: exit 1, required: false}]' })
    const advice = await mhv(demo, 'gate', 'run')
    expect(advice.code).toBe(0)
    expect(advice.out).toContain('failed (advisory)')
  })

  test('a failure outweighs what could not start', async () => {
    const demo = await gatedRepository([
      { name: 'a', command: 'no-such-program-at-all' },
      { name: 'b', command: 'exit 1' },
    ])
    expect((await mhv(demo, 'gate', 'run')).code).toBe(3)
  })

  test('--json answers with the results, of failed gates in the error', async () => {
    const demo = await gatedRepository([{ name: 'test', command: 'test -f fixed' }])
    const { error } = await mhvJson(demo, 'gate', 'run')
    expect(error).toMatchObject({ name: 'GATE_FAILED' })
    expect(error.data.reports[0].results[0]).toMatchObject({ gate: 'test', outcome: 'failed', exit_code: 1 })
    const commit = commitFiles(demo, { fixed: '' })
    const report = await mhvJson(demo, 'gate', 'run')
    expect(report).toMatchObject({
      schema: 1,
      verdict: 'passed',
      commit,
      clean: true,
      results: [{ gate: 'test', outcome: 'passed', cached: false, clean: true, issues: null }],
    })
  })

  test('--only chooses gates by name, --moment by moment', async () => {
    const demo = await gatedRepository([
      { name: 'a', command: 'true' },
      { name: 'b', command: 'true', when: ['pre-push'] },
    ])
    const names = async (...argv: string[]) =>
      (await mhvJson(demo, 'gate', 'run', ...argv)).results.map(({ gate }: { gate: string }) => gate)
    expect(await names()).toEqual(['a'])
    expect(await names('--only', 'b')).toEqual(['b'])
    expect(await names('--moment', 'pre-push')).toEqual(['a', 'b'])
    const unknown = await mhv(demo, 'gate', 'run', '--only', 'c')
    expect(unknown).toMatchObject({ code: 2 })
    expect(unknown.err).toContain('UNKNOWN_GATE: There is no gate c; configured are: a, b.')
    expect((await mhv(demo, 'gate', 'run', '--moment', 'ci')).out).toMatch(/^GATE/)
  })

  test('a word that is no task leads to a gate only where there is one', async () => {
    const steps = async (cwd: string, ...words: string[]) =>
      (await mhvJson(cwd, 'gate', 'run', ...words)).error.recovery
    const demo = await gatedRepository([{ name: 'lint', command: 'true' }])
    expect(await steps(demo, 'lint')).toEqual(['mhv gate run --only lint', 'mhv config show gates'])
    expect(await steps(demo, 'lnit')).toEqual(['mhv gate run --only lint', 'mhv config show gates'])
    expect(await steps(demo, 'nope')).toEqual(['mhv config show gates'])
    const none = temporaryRepository()
    expect(await steps(none, 'nope')).toEqual(['mhv gate init'])
    expect((await mhv(none, 'gate', 'run', 'nope')).err).toContain(', and none is configured.')
    expect(await steps(none, '--only', 'nope')).toEqual(['mhv gate init'])
  })

  test('says so where no gate is configured, and refuses a configuration that is wrong', async () => {
    const demo = temporaryRepository()
    expect(await mhv(demo, 'gate', 'run')).toMatchObject({
      code: 0,
      out: 'No gate is configured for done.\n',
    })
    writeFileSync(join(demo, '.mhvrc.yaml'), 'gates: [{name: a, command: touch ran}, {name: b}]')
    expect((await mhv(demo, 'gate', 'run')).code).toBe(1)
    expect(existsSync(join(demo, 'ran'))).toBe(false)
  })

  test('runs in the worktree of the task, wherever it is called, and in a temporary one where there is none', async () => {
    const demo = await gatedRepository([{ name: 'where', command: 'pwd; test -f work' }])
    await run(demo, 'tc', 'Fix auth bug')
    const { worktree } = await mhvJson(demo, 'start', '1')
    commitFiles(worktree, { work: '' })
    expect(await mhvJson(demo, 'gate', 'run', '1')).toMatchObject({ verdict: 'passed', place: worktree })
    git(demo, 'worktree', 'remove', worktree)
    const report = await mhvJson(demo, 'gate', 'run', '1', '--no-cache')
    expect(report).toMatchObject({ verdict: 'passed', temporary: true, clean: true })
    expect(existsSync(report.place)).toBe(false)
    expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(1)
  })

  test('a task without a branch has nothing to run them on', async () => {
    const demo = await gatedRepository([{ name: 'a', command: 'true' }])
    await run(demo, 'tc', 'Fix auth bug')
    const { code, err } = await mhv(demo, 'gate', 'run', '1')
    expect(code).toBe(1)
    expect(err).toContain('NO_WORKTREE: #1 has no branch')
  })
})
