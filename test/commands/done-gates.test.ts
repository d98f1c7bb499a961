import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gateCommit } from '../../src/gating/gate-commit.ts'
import { findRepository } from '../../src/git/repository.ts'
import { readGateRecords } from '../../src/store/gate-log.ts'
import { GATES_REF } from '../../src/store/git-store.ts'
import { mhv, mhvJson } from '../support/cli.ts'
import { type AnyGate, commitFiles, counting, gatedRepository } from '../support/gates.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { ulidOf } from '../support/task-log.ts'
import { run } from '../support/use-tasks.ts'

/** A started task in a repository with these gates, and its worktree. */
async function started(
  gates: readonly AnyGate[],
  more: object = {},
): Promise<{ demo: string; worktree: string }> {
  const demo = await gatedRepository(gates, more)
  await run(demo, 'tc', 'Fix auth bug')
  const { worktree } = await mhvJson(demo, 'start', '1')
  commitFiles(worktree, { work: 'first' })
  return { demo, worktree }
}

const kindsOf = async (cwd: string) =>
  (await mhvJson(cwd, 'task', 'history', '1')).history.events.map(({ kind }: { kind: string }) => kind)

async function recordsOf(cwd: string) {
  const tree = git(cwd, 'rev-parse', 'HEAD^{tree}')
  return (await readGateRecords(await findRepository(cwd), [tree])).get(tree)!
}

const FIXED = { name: 'test', command: 'test -f fixed' }

describe('mhv done', () => {
  test('completes a task whose gates pass, with what they said as evidence', async () => {
    const { demo, worktree } = await started([
      { name: 'lint', command: 'exit 0' },
      { name: 'advice', command: 'exit 4', required: false },
    ])
    const answer = await mhvJson(demo, 'done', '1')
    if (!answer.task) throw new Error(JSON.stringify(answer))
    const { task } = answer
    const [commit, tree] = ['HEAD', 'HEAD^{tree}'].map((name) => git(worktree, 'rev-parse', name))
    expect(task).toMatchObject({
      status: 'completed',
      commit,
      gates: [
        { gate: 'lint', outcome: 'passed', commit, tree, command: 'exit 0', exit_code: 0, cached: false },
        { gate: 'advice', outcome: 'failed', exit_code: 4 },
      ],
    })
    expect(await recordsOf(worktree)).toMatchObject([
      { by: 'Ann <ann@example.com>', moment: 'done', commit, tree, task: task.id },
    ])
  })

  test('marks a task failed whose gates fail, until they pass', async () => {
    const { demo, worktree } = await started([FIXED])
    const failed = await mhv(demo, 'done', '1')
    expect(failed.code).toBe(3)
    expect(failed.out).toBe('')
    expect(failed.err).toContain('test  failed')
    expect(failed.err).toContain('GATE_FAILED: The gate test failed.')
    expect(failed.err).not.toContain('override')
    expect((await mhvJson(demo, 'task', 'show', '1')).task).toMatchObject({
      status: 'failed',
      gates: [{ gate: 'test', outcome: 'failed', exit_code: 1 }],
    })
    const before = await kindsOf(demo)
    expect((await mhv(demo, 'done', '1')).code).toBe(3)
    expect(await kindsOf(demo)).toEqual(before)
    commitFiles(worktree, { fixed: '' })
    expect((await mhvJson(demo, 'done', '1')).task).toMatchObject({ status: 'completed' })
  })

  test('changes nothing where a gate could not be started', async () => {
    const { demo } = await started([{ name: 'test', command: 'no-such-program-at-all' }])
    const before = git(demo, 'rev-parse', 'refs/mtos/tasks')
    const { code, err } = await mhv(demo, 'done', '1')
    expect(code).toBe(1)
    expect(err).toContain('GATE_NOT_STARTED')
    expect(git(demo, 'rev-parse', 'refs/mtos/tasks')).toBe(before)
  })

  test('refuses for what is open before it runs any gate', async () => {
    const marks = join(temporaryDirectory(), 'marks')
    const { demo } = await started([{ name: 'slow', command: counting(marks) }])
    await run(demo, 'task', 'edit', '1', '--add-criterion', 'works after an hour')
    expect(await mhvJson(demo, 'done', '1')).toMatchObject({ error: { name: 'INCOMPLETE' } })
    expect(existsSync(marks)).toBe(false)
    await run(demo, 'done', '1', '--force', '--reason', 'good enough')
    expect(readFileSync(marks, 'utf8')).toBe('run\n')
  })

  test('--force does not pass a failed gate, nor --override an open criterion; together they pass both', async () => {
    const { demo } = await started([FIXED])
    await run(demo, 'task', 'edit', '1', '--add-criterion', 'works after an hour')
    const done = (...argv: string[]) => mhvJson(demo, 'done', '1', ...argv, '--reason', 'the demo is today')
    expect(await done('--force')).toMatchObject({ error: { name: 'GATE_FAILED' } })
    expect(await done('--override')).toMatchObject({ error: { name: 'INCOMPLETE' } })
    expect(await done('--force', '--override')).toMatchObject({
      task: { status: 'completed', gates: [{ gate: 'test', outcome: 'overridden', was: 'failed' }] },
    })
  })

  test('of several tasks completes all or none, and marks only those failed whose gates failed', async () => {
    const { demo } = await started([FIXED])
    await run(demo, 'tc', 'Another')
    const { worktree } = await mhvJson(demo, 'start', '2')
    commitFiles(worktree, { fixed: '' })
    const { err, code } = await mhv(demo, 'done', '1,2')
    expect(code).toBe(3)
    expect(err).toContain('mhv gate run 1 --only test')
    const statuses = async () =>
      (await mhvJson(demo, 'tl', '--status', 'all', '--sort', 'number')).tasks.map(
        ({ status }: { status: string }) => status,
      )
    expect(await statuses()).toEqual(['failed', 'in_progress'])
    await run(demo, 'done', '1,2', '--override', '--reason', 'the demo is today')
    expect(await statuses()).toEqual(['completed', 'completed'])
    const [one, two] = (await mhvJson(demo, 'task', 'show', '1,2')).tasks
    expect([one.gates[0].outcome, two.gates[0].outcome]).toEqual(['overridden', 'passed'])
  })

  test('in a dirty worktree runs on what is there, says so, and remembers no pass', async () => {
    const { demo, worktree } = await started([FIXED])
    writeFileSync(join(worktree, 'fixed'), '')
    const { code, err } = await mhv(demo, 'done', '1')
    expect(code).toBe(0)
    expect(err).toContain('differ from the commit (fixed): a pass is not remembered')
    expect((await recordsOf(worktree))[0]!.results[0]).toMatchObject({ outcome: 'passed', clean: false })
    await run(demo, 'undo')
    git(worktree, 'clean', '-fdq')
    expect((await mhv(demo, 'done', '1')).code).toBe(3)
  })

  test('a task without a branch has no work to gate, and is told so where gates are configured', async () => {
    const demo = await gatedRepository([{ name: 'test', command: 'exit 1' }])
    await run(demo, 'tc', 'Call the vendor')
    const { code, err } = await mhv(demo, 'done', '1')
    expect(code).toBe(0)
    expect(err).toBe('#1: without a branch there is no work to run gates on.\n')
    commitFiles(demo, { '.mhvrc.yaml': 'gates: []' })
    await run(demo, 'tc', 'Call again')
    expect((await mhv(demo, 'done', '2')).err).toBe('')
  })

  test('a task whose branch is gone is judged by what is checked out here, and this is said', async () => {
    const { demo, worktree } = await started([{ name: 'test', command: 'test ! -f bad' }])
    commitFiles(worktree, { bad: '' })
    git(demo, 'merge', '--quiet', '--squash', 'task/1')
    git(demo, 'commit', '--quiet', '--message', 'Squashed')
    git(demo, 'worktree', 'remove', worktree)
    git(demo, 'branch', '--quiet', '-D', 'task/1')
    const said = (commit: string) =>
      `#1: its branch task/1 is gone; what is checked out here was judged instead, main at ${commit.slice(0, 12)}.\n`
    const bad = git(demo, 'rev-parse', 'HEAD')
    const failed = await mhv(demo, 'done', '1')
    expect(failed.code).toBe(3)
    expect(failed.err).toContain(said(bad))
    git(demo, 'rm', '--quiet', 'bad')
    git(demo, 'commit', '--quiet', '--message', 'Mended')
    const [commit = '', tree] = ['HEAD', 'HEAD^{tree}'].map((name) => git(demo, 'rev-parse', name))
    const { code, err } = await mhv(demo, 'done', '1')
    expect(code).toBe(0)
    expect(err).toContain(said(commit))
    expect((await mhvJson(demo, 'task', 'show', '1')).task).toMatchObject({
      status: 'completed',
      gates: [{ gate: 'test', outcome: 'passed', commit, tree }],
    })
  })

  test('says so where the branch that it judges is checked out nowhere, and what is here has more', async () => {
    const { demo, worktree } = await started([{ name: 'test', command: 'test ! -f bad' }])
    const tip = git(worktree, 'rev-parse', '--short=12', 'HEAD')
    git(worktree, 'checkout', '--quiet', '--detach')
    commitFiles(worktree, { bad: '' })
    const nowhere = `#1: task/1 is checked out nowhere; its tip ${tip} was judged.`
    const here = await mhv(worktree, 'done', '1')
    expect(here.code).toBe(0)
    expect(here.err).toContain(
      `${nowhere} What is checked out here has a commit that task/1 lacks: not judged.\n`,
    )
    await run(demo, 'undo')
    git(worktree, 'checkout', '--quiet', '-b', 'side')
    expect((await mhv(worktree, 'done', '1')).err).toContain('has a commit that task/1 lacks')
    await run(demo, 'undo')
    expect((await mhv(demo, 'done', '1')).err).toContain(`${nowhere}\n`)
    await run(demo, 'undo')
    git(worktree, 'checkout', '--quiet', 'task/1')
    expect((await mhv(demo, 'done', '1')).err).not.toContain('nowhere')
  })

  test('without gates writes no record', async () => {
    const { demo } = await started([])
    await run(demo, 'done', '1')
    expect(() => git(demo, 'rev-parse', '--verify', '--quiet', GATES_REF)).toThrow()
  })
})

describe('an override', () => {
  test('says who let what pass, why, for how long, and what had been said', async () => {
    const { demo, worktree } = await started([FIXED, { name: 'lint', command: 'true' }])
    const flags = ['--reason', 'the feed is down', '--approver', 'bob@example.com', '--expires', '7d']
    const { out } = await mhv(demo, 'done', '1', '--override', ...flags)
    expect(out).toMatch(/^#1 completed, its gates overridden: Fix auth bug\n/)
    const override = {
      reason: 'the feed is down',
      by: 'Ann <ann@example.com>',
      at: '2026-11-20T10:00:00.123Z',
      approver: 'bob@example.com',
      expires: '2026-11-27T10:00:00.123Z',
    }
    const { task } = await mhvJson(demo, 'task', 'show', '1')
    expect(task.gates).toMatchObject([
      { gate: 'lint', outcome: 'passed' },
      { gate: 'test', outcome: 'overridden', was: 'failed', exit_code: 1, override },
    ])
    const [ran, overridden] = await recordsOf(worktree)
    expect(ran).not.toHaveProperty('override')
    expect(overridden).toMatchObject({
      task: task.id,
      results: [{ gate: 'test', outcome: 'failed' }],
      override: { gates: ['test'], reason: 'the feed is down', expires: override.expires },
    })
  })

  test('is seen in list, status and card until the completion is taken back', async () => {
    const { demo } = await started([FIXED])
    await run(demo, 'tc', 'Plain')
    await run(demo, 'done', '2')
    await run(demo, 'done', '1', '--override', '--reason', 'the feed is down', '--expires', '7d')
    expect(await run(demo, 'tl', '--status', 'completed')).toMatch(
      /1 +completed \(overridden\) [\s\S]*2 +completed +medium/,
    )
    expect(await run(demo, 'tl', '--status', 'all', '--format', 'csv', '--columns', 'number,status')).toBe(
      'number,status\n1,completed\n2,completed\n',
    )
    const overridden = async () =>
      (await mhvJson(demo, 'tl', '--overridden')).tasks.map(({ id }: { id: string }) => id)
    expect(await overridden()).toHaveLength(1)
    expect(await mhvJson(demo, 'status')).toMatchObject({ overridden: 1 })
    expect(await run(demo, 'status')).toContain('1 passed by an override of their gates')
    expect(await run(demo, 'task', 'show', '1')).toContain(
      'Gates\n  test  overridden (was failed)\n    by Ann <ann@example.com>, 2026-11-20 11:00 (just now), until 2026-11-27 11:00: the feed is down\n',
    )
    await run(demo, 'undo')
    expect(await overridden()).toEqual([])
    expect(await mhvJson(demo, 'status')).toMatchObject({ overridden: 0 })
  })

  test('is told in the history with its particulars, as a failure is, and on the card when it has expired', async () => {
    const { demo, worktree } = await started([FIXED])
    await mhv(demo, 'done', '1')
    const flags = ['--reason', 'the feed is down', '--approver', 'bob@example.com', '--expires', '7d']
    await run(demo, 'done', '1', '--override', ...flags)
    const commit = git(worktree, 'rev-parse', 'HEAD')
    const { events } = (await mhvJson(demo, 'task', 'history', '1')).history
    const dataOf = (name: string) => events.find(({ kind }: { kind: string }) => kind === name).data
    expect(dataOf('GateOverridden')).toMatchObject({
      gates: ['test'],
      reason: 'the feed is down',
      approver: 'bob@example.com',
      expires: '2026-11-27T10:00:00.123Z',
      scope: { commit },
      results: [{ gate: 'test', exit_code: 1 }],
    })
    expect(dataOf('TaskFailed')).toMatchObject({ commit, gates: [{ exit_code: 1, outcome: 'failed' }] })
    expect(dataOf('TaskCreated')).toBeNull()
    const text = await run(demo, 'task', 'history', '1')
    expect(text).toContain(
      '    reason: the feed is down\n    approved by: bob@example.com\n    expires: 2026-11-27',
    )
    expect(text).toMatch(/ {4}test failed, exit code 1, [\d.]+ s\n/)
    expect(await run(demo, 'task', 'show', '1')).toContain(', until 2026-11-27')
    const before = process.env.MHV_NOW!
    process.env.MHV_NOW = '2026-11-28T10:00:00Z'
    const card = await run(demo, 'task', 'show', '1').finally(() => {
      process.env.MHV_NOW = before
    })
    expect(card).toContain(', expired 2026-11-27')
  })

  test('that is taken back lets nothing pass any more', async () => {
    const { demo, worktree } = await started([FIXED])
    const before = process.env.MHV_NOW!
    let ids = 0
    const passing = async () => {
      const repository = await findRepository(demo)
      const commit = git(worktree, 'rev-parse', 'HEAD')
      const environment = {
        now: '2026-11-20T10:00:01.000Z',
        newId: () => ulidOf(++ids),
        actor: 'Ann <ann@example.com>',
      }
      const options = { moment: 'pre-push', useCache: true, honourOverrides: true, environment } as const
      return (await gateCommit(repository, { commit, branch: 'task/1', base: null }, options)).overridden
    }
    const at = async (second: number, ...argv: string[]) => {
      process.env.MHV_NOW = `2026-11-20T10:00:00.${second}00Z`
      await run(demo, ...argv).finally(() => {
        process.env.MHV_NOW = before
      })
    }
    await at(1, 'done', '1', '--override', '--reason', 'the feed is down')
    expect(await passing()).toEqual(['test'])
    await at(2, 'undo')
    expect(await passing()).toEqual([])
    await at(3, 'done', '1', '--override', '--reason', 'it is down again')
    expect(await passing()).toEqual(['test'])
    await at(4, 'undo', '1')
    expect(await passing()).toEqual([])
  })

  test('is none where all gates pass', async () => {
    const { demo, worktree } = await started([{ name: 'lint', command: 'true' }])
    const { err } = await mhv(demo, 'done', '1', '--override', '--reason', 'in a hurry')
    expect(err).toContain('Nothing was overridden')
    expect(await kindsOf(demo)).not.toContain('GateOverridden')
    expect(await recordsOf(worktree)).toHaveLength(1)
  })

  test('is told to the configured command, whose failure is only a warning', async () => {
    const file = join(temporaryDirectory(), 'told')
    const tell = `{ echo "$MHV_NUMBER $MHV_GATES $MHV_REASON $MHV_ACTOR [$MHV_EXPIRES]"; cat; } > '${file}'; exit 5`
    const { demo } = await started([FIXED], { gating: { on_override: tell } })
    const { code, err } = await mhv(demo, 'done', '1', '--override', '--reason', 'the demo is today')
    expect(code).toBe(0)
    expect(err).toContain('The command that is told of overrides failed (ended with 5)')
    const [line, json] = readFileSync(file, 'utf8').split('\n')
    expect(line).toBe('1 test the demo is today Ann <ann@example.com> []')
    expect(JSON.parse(json!)).toMatchObject({ number: 1, gates: ['test'], results: [{ outcome: 'failed' }] })
  })

  test.each([
    [['--override'], 'USAGE'],
    [['--reason', 'x'], 'USAGE'],
    [['--override', '--reason', ''], 'INVALID_INPUT'],
    [['--force', '--reason', 'x', '--expires', '7d'], 'USAGE'],
    [['--override', '--reason', 'x', '--expires', '2026-11-19'], 'INVALID_INPUT'],
    [['--override', '--reason', 'x', '--expires', 'whenever'], 'INVALID_INPUT'],
  ])('%j is refused', async (argv, name) => {
    const { demo } = await started([FIXED])
    expect(await mhvJson(demo, 'done', '1', ...argv)).toMatchObject({ error: { name } })
  })

  test.each([
    ['2026-11-20', '2026-11-20T23:00:00.000Z'],
    ['2026-11-21T12:00:00Z', '2026-11-21T12:00:00.000Z'],
    ['90m', '2026-11-20T11:30:00.123Z'],
  ])('that expires %s ends at %s', async (word, instant) => {
    const { demo } = await started([FIXED])
    const { task } = await mhvJson(demo, 'done', '1', '--override', '--reason', 'x', '--expires', word)
    expect(task.gates[0].override.expires).toBe(instant)
  })
})

describe('undo', () => {
  test.each([
    ['a completion with gates', [{ name: 'lint', command: 'true' }], []],
    ['an override', [FIXED], ['--override', '--reason', 'x']],
  ])('takes %s back, and a second done works', async (_name, gates, flags) => {
    const { demo } = await started(gates)
    await run(demo, 'done', '1', ...flags)
    await run(demo, 'undo')
    expect((await mhvJson(demo, 'task', 'show', '1')).task).toMatchObject({
      status: 'in_progress',
      gates: [],
    })
    await run(demo, 'done', '1', ...flags)
    expect((await mhvJson(demo, 'task', 'show', '1')).task).toMatchObject({ status: 'completed' })
  })

  test('takes a failure back', async () => {
    const { demo } = await started([FIXED])
    await mhv(demo, 'done', '1')
    await run(demo, 'undo')
    expect((await mhvJson(demo, 'task', 'show', '1')).task).toMatchObject({
      status: 'in_progress',
      gates: [],
    })
  })

  test('of a completion after a failure gives the failure back with what was said', async () => {
    const { demo, worktree } = await started([FIXED])
    await mhv(demo, 'done', '1')
    const { gates } = (await mhvJson(demo, 'task', 'show', '1')).task
    commitFiles(worktree, { fixed: '' })
    await run(demo, 'done', '1')
    await run(demo, 'undo')
    expect((await mhvJson(demo, 'task', 'show', '1')).task).toMatchObject({ status: 'failed', gates })
  })
})
