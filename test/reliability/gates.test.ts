import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { GATES_REF } from '../../src/store/git-store.ts'
import { mhv, mhvJson, mhvProcess, PROGRAM } from '../support/cli.ts'
import { type AnyGate, commitFiles, counting, gatedRepository } from '../support/gates.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'
import { expectWhole, mhvProcessJson } from '../support/whole.ts'

const isAlive = (pid: number) => {
  try {
    // A zombie that nobody has waited for yet has ended all the same.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

async function until(condition: () => boolean): Promise<boolean> {
  for (let i = 0; i < 200 && !condition(); i++) await sleep(50)
  return condition()
}

/** A gate that notes its own process and one that it starts, and ends neither by itself. */
const endless = (file: string) => ({
  name: 'endless',
  command: `sleep 300 & echo "$$ $!" > '${file}.new'; mv '${file}.new' '${file}'; wait`,
})
const pidsIn = (file: string) => readFileSync(file, 'utf8').trim().split(' ').map(Number)

async function started(gates: readonly AnyGate[]): Promise<{ demo: string; worktree: string }> {
  const demo = await gatedRepository(gates)
  await run(demo, 'tc', 'Fix auth bug')
  const { worktree } = await mhvJson(demo, 'start', '1')
  commitFiles(worktree, { work: '' })
  return { demo, worktree }
}

describe('Ctrl-C and its like', () => {
  test.each([
    ['SIGINT', ['gate', 'run', '1']],
    ['SIGTERM', ['done', '1']],
    ['SIGHUP', ['gate', 'run', '1']],
  ] as const)(
    '%s of mhv %j ends every process of the gates, and takes the temporary worktree away',
    async (signal, argv) => {
      const file = join(temporaryDirectory(), 'pids')
      const { demo, worktree } = await started([endless(file)])
      git(demo, 'worktree', 'remove', worktree)
      const child = spawn(process.execPath, [PROGRAM, ...argv], { cwd: demo, stdio: 'ignore' })
      const ended = once(child, 'close')
      expect(await until(() => existsSync(file))).toBe(true)
      const pids = pidsIn(file)
      expect(pids.filter(isAlive)).toEqual(pids)
      child.kill(signal)
      expect(await ended).toEqual([null, signal])
      expect(await until(() => !pids.some(isAlive))).toBe(true)
      expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(1)
      expect((await mhvJson(demo, 'task', 'show', '1')).task).toMatchObject({
        status: 'in_progress',
        gates: [],
      })
      expect(() => git(demo, 'rev-parse', '--verify', '--quiet', GATES_REF)).toThrow()
    },
  )

  test('a gate that takes too long ends with all that it started', async () => {
    const file = join(temporaryDirectory(), 'pids')
    const { demo } = await started([{ ...endless(file), timeout: '500ms' }])
    expect(await mhvProcess(demo, ['done', '1'])).toMatchObject({ code: 3 })
    expect(await until(() => !pidsIn(file).some(isAlive))).toBe(true)
  })
})

describe('a done that is killed', () => {
  const FAULTS = [
    ['gates-ran', 'in_progress'],
    ['overrides-recorded', 'in_progress'],
    ['tasks-completed', 'completed'],
  ] as const

  test.each(FAULTS)(
    'at %s is finished by the next, which need not run the gates again',
    async (fault, status) => {
      const marks = join(temporaryDirectory(), 'marks')
      const { demo } = await started([{ name: 'test', command: counting(marks) }])
      expect(await mhvProcess(demo, ['done', '1'], { env: { MHV_FAULT: fault } })).toMatchObject({
        code: 137,
      })
      expect((await mhvProcessJson(demo, ['task', 'show', '1'])).task.status).toBe(status)
      const { task } = await mhvProcessJson(demo, ['done', '1'])
      expect(task).toMatchObject({ status: 'completed', gates: [{ gate: 'test', outcome: 'passed' }] })
      expect(readFileSync(marks, 'utf8')).toBe('run\n')
      await expectWhole(demo)
    },
  )

  test.each([
    'before-gate-record',
    'after-gate-record',
    'gates-ran',
    'overrides-recorded',
    'tasks-completed',
  ])(
    'with an override at %s is finished by the next, and the log of gates has the override',
    async (fault) => {
      const { demo, worktree } = await started([{ name: 'test', command: 'exit 1' }])
      const argv = ['done', '1', '--override', '--reason', 'the feed is down']
      expect(await mhvProcess(demo, argv, { env: { MHV_FAULT: fault } })).toMatchObject({ code: 137 })
      const { task } = await mhvProcessJson(demo, argv)
      expect(task).toMatchObject({ status: 'completed', gates: [{ outcome: 'overridden' }] })
      const tree = git(worktree, 'rev-parse', 'HEAD^{tree}')
      const grep = git(demo, 'grep', '-l', 'the feed is down', GATES_REF)
      expect(grep).toContain(tree)
      await expectWhole(demo)
    },
  )

  test('in a temporary worktree is cleared up after by the next', async () => {
    const { demo, worktree } = await started([{ name: 'test', command: 'true' }])
    git(demo, 'worktree', 'remove', worktree)
    await mhvProcess(demo, ['done', '1'], { env: { MHV_FAULT: 'temporary-worktree' } })
    expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(2)
    expect(await mhvProcess(demo, ['done', '1'])).toMatchObject({ code: 0 })
    expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(1)
  })
})

describe('what a hook hands down', () => {
  /** Makes a repository of its own, as tests of tools that use git do. */
  const NESTED = {
    name: 'nested',
    command:
      'env | grep -E "^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR)=" && exit 9; d=$(mktemp -d) && cd "$d" && git init -q && git -c user.name=x -c user.email=x@y commit -q --allow-empty -m bogus && git rev-parse --show-toplevel && rm -rf "$d"',
  }

  test('does not reach a gate: one that makes a repository of its own leaves the user’s as it was', async () => {
    const { demo, worktree } = await started([NESTED])
    const state = () => [
      git(demo, 'for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads'),
      git(demo, 'rev-parse', 'HEAD'),
      git(worktree, 'rev-parse', 'HEAD'),
      git(demo, 'config', '--local', '--list'),
      git(demo, 'status', '--porcelain'),
      git(worktree, 'status', '--porcelain'),
    ]
    const before = state()
    const env = {
      GIT_DIR: git(worktree, 'rev-parse', '--absolute-git-dir'),
      GIT_WORK_TREE: worktree,
      GIT_INDEX_FILE: join(git(worktree, 'rev-parse', '--absolute-git-dir'), 'index'),
      GIT_PREFIX: '',
    }
    expect(await mhvProcess(worktree, ['gate', 'run'], { env })).toMatchObject({ code: 0 })
    expect(await mhvProcess(worktree, ['gate', 'run', '1', '--no-cache'], { env })).toMatchObject({ code: 0 })
    expect(state()).toEqual(before)
  })
})

test('gates that two processes run at once are both recorded', async () => {
  const { demo, worktree } = await started([{ name: 'test', command: 'sleep 0.3' }])
  const answers = await Promise.all(
    [demo, worktree].map((cwd) => mhvProcess(cwd, ['gate', 'run', '1', '--no-cache'])),
  )
  expect(answers.map(({ code }) => code)).toEqual([0, 0])
  expect(git(demo, 'ls-tree', '-r', '--name-only', GATES_REF, 'results/').split('\n')).toHaveLength(2)
  await expectWhole(demo)
})

test('done without configuration says and leaves nothing of gates', async () => {
  const demo = await gatedRepository([])
  git(demo, 'rm', '--quiet', '.mhvrc.yaml')
  git(demo, 'commit', '--quiet', '--message', 'No gates')
  writeFileSync(join(demo, 'package.json'), '{"name": "demo"}')
  await run(demo, 'tc', 'Fix auth bug')
  await run(demo, 'start', '1', '--no-worktree')
  expect(await mhv(demo, 'done', '1')).toMatchObject({ code: 0, err: '' })
  expect(() => git(demo, 'rev-parse', '--verify', '--quiet', GATES_REF)).toThrow()
  expect(existsSync(join(demo, '.git', 'mtos', 'gate-logs'))).toBe(false)
})
