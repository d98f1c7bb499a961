import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { mhvProcess, PROGRAM } from '../support/cli.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { allTasks, expectWhole, mhvProcessJson } from '../support/whole.ts'

async function demoWith(...titles: string[]): Promise<string> {
  const demo = temporaryRepository()
  for (const argv of [['init'], ...titles.map((title) => ['task', 'create', title])]) {
    expect((await mhvProcess(demo, argv)).code).toBe(0)
  }
  return demo
}

const store = (demo: string) => join(demo, '.git', 'mtos')

/** Steps of a write, in order; whether the ref has moved when it is reached. */
const WRITE_STEPS = [
  ['lock-taken', false],
  ['before-import', false],
  ['after-import', true],
  ['before-index', true],
  ['delta-half-written', true],
  ['after-index', true],
  ['mark-half-made', true],
] as const

test.each(WRITE_STEPS)(
  'a writer killed at %s leaves a log that the next command goes on with',
  async (step, written) => {
    const demo = await demoWith('Kept')
    const killed = await mhvProcess(demo, ['task', 'create', 'Perhaps'], { env: { MHV_FAULT: step } })
    expect(killed).toMatchObject({ code: 137, out: '' })
    const next = await mhvProcessJson(demo, ['task', 'create', 'Next'])
    expect(next.task.number).toBe(written ? 3 : 2)
    const titles = (await allTasks(demo)).map(({ title }) => title)
    expect(titles).toEqual(written ? ['Kept', 'Perhaps', 'Next'] : ['Kept', 'Next'])
    await expectWhole(demo)
  },
)

test('a reader killed with a half-made index leaves the next one to build it', async () => {
  const demo = await demoWith('Kept')
  await mhvProcess(demo, ['task', 'list'])
  for (const name of readdirSync(store(demo)))
    if (name.startsWith('index.')) writeFileSync(join(store(demo), name), '')
  const killed = await mhvProcess(demo, ['task', 'list'], { env: { MHV_FAULT: 'base-half-made' } })
  expect(killed).toMatchObject({ code: 137, out: '' })
  expect((await allTasks(demo)).map(({ title }) => title)).toEqual(['Kept'])
  const doctor = await mhvProcessJson(demo, ['doctor', '--fix'])
  expect(doctor.mended.map(({ code }: { code: string }) => code)).toEqual(['FILE_LEFT'])
  expect(readdirSync(store(demo)).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

test('init killed at each step is finished by the next init', async () => {
  for (const step of ['lock-taken', 'before-import', 'after-import']) {
    const demo = temporaryRepository()
    expect((await mhvProcess(demo, ['init'], { env: { MHV_FAULT: step } })).code).toBe(137)
    writeFileSync(
      join(demo, '.git', 'refs', 'heads', 'untouched-by-init'),
      `${git(demo, 'rev-parse', 'HEAD')}\n`,
    )
    expect((await mhvProcess(demo, ['init'])).code).toBe(0)
    expect((await mhvProcess(demo, ['task', 'create', 'First'])).out).toContain('#1 created')
    await expectWhole(demo)
  }
})

test('locks of a writer and its git that both died are taken away by the next writer', async () => {
  const demo = await demoWith('Kept')
  const dead = spawn('true')
  await once(dead, 'exit')
  const holder = { pid: dead.pid, host: (await import('node:os')).hostname(), git: dead.pid }
  writeFileSync(join(store(demo), 'write.lock'), JSON.stringify(holder))
  writeFileSync(join(demo, '.git', 'refs', 'mtos', 'tasks.lock'), '')
  writeFileSync(join(demo, '.git', `fast_import_crash_${dead.pid}`), 'refs/mtos/tasks')
  const answers = await Promise.all(
    ['A', 'B', 'C'].map((title) => mhvProcess(demo, ['task', 'create', title])),
  )
  expect(answers.map(({ code }) => code)).toEqual([0, 0, 0])
  expect(readdirSync(join(demo, '.git')).filter((name) => name.startsWith('fast_import'))).toEqual([])
  expect(readdirSync(store(demo)).filter((name) => name.includes('lock'))).toEqual([])
  expect(await allTasks(demo)).toHaveLength(4)
})

/** Numbers in [0, 1) that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 0) / 2 ** 32
  }
}

test('killing writers with their git at random moments loses nothing that was acknowledged', async () => {
  const demo = await demoWith('Kept')
  const random = seeded(7)
  const acknowledged = ['Kept']
  const attempted = ['Kept']
  for (let round = 0; round < 30; round++) {
    const title = `Round ${round}`
    const child = spawn(process.execPath, [PROGRAM, 'task', 'create', title], {
      cwd: demo,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
    })
    const closed = once(child, 'close')
    // A third dies before git runs, the others as soon as it does or a little later.
    if (round % 3 === 0) await sleep(40 + random() * 120)
    else {
      const lock = join(store(demo), 'write.lock')
      while (!existsSync(lock) && child.exitCode === null) await sleep(1)
      await sleep(random() * 25)
    }
    try {
      process.kill(-child.pid!, 'SIGKILL')
    } catch {
      // It had ended.
    }
    await closed
    attempted.push(title)
    if (said.includes('created')) acknowledged.push(title)
    if (round % 5 === 4) {
      const after = await mhvProcess(demo, ['task', 'create', `After ${round}`])
      expect(after).toMatchObject({ code: 0, err: '' })
      acknowledged.push(`After ${round}`)
      attempted.push(`After ${round}`)
    }
  }
  const tasks = await allTasks(demo)
  const titles = tasks.map(({ title }) => title)
  expect(acknowledged.filter((title) => !titles.includes(title))).toEqual([])
  expect(titles.filter((title) => !attempted.includes(title))).toEqual([])
  expect(new Set(tasks.map(({ number }) => number)).size).toBe(tasks.length)
  expect(acknowledged.length).toBeGreaterThan(6)
  expect(acknowledged.length).toBeLessThan(attempted.length)
  await expectWhole(demo)
}, 120_000)

test.each(['task-started', 'branch-claimed', 'branch-made'])(
  'a start killed at %s is finished by the next one',
  async (step) => {
    const demo = await demoWith('Fix auth bug')
    const killed = await mhvProcess(demo, ['start', '1'], { env: { MHV_FAULT: step } })
    expect(killed).toMatchObject({ code: 137, out: '' })
    // git, which goes on without the one that started it, may have left nothing to do.
    const resumed = await mhvProcessJson(demo, ['start', '1'])
    expect(resumed.branch).toBe('task/1')
    expect(git(resumed.worktree, 'branch', '--show-current')).toBe('task/1')
    expect(git(demo, 'config', 'branch.task/1.mtosTask')).toBe(resumed.task.id)
    const history = JSON.stringify(await mhvProcessJson(demo, ['task', 'history', '1']))
    expect(history.match(/"kind":"TaskStarted"/g)).toHaveLength(1)
    expect((await mhvProcessJson(demo, ['start', '1'])).changed).toBe(false)
    await expectWhole(demo)
  },
)

describe('a start that is killed while git makes the worktree', () => {
  /** A repository whose checkout takes long enough to be killed at. */
  async function slowDemo(): Promise<string> {
    const demo = await demoWith('Fix auth bug')
    for (let i = 0; i < 12; i++) writeFileSync(join(demo, `file${i}`), `content ${i}\n`)
    writeFileSync(join(demo, '.gitattributes'), 'file* filter=slow\n')
    git(demo, 'add', '--all')
    git(demo, 'commit', '--quiet', '--message', 'Files')
    git(demo, 'config', 'filter.slow.clean', 'cat')
    git(demo, 'config', 'filter.slow.smudge', 'sleep 0.1; cat')
    return demo
  }
  const worktreeOf = (demo: string) => join(`${demo}.worktrees`, '1-fix-auth-bug')
  const files = (directory: string) => (existsSync(directory) ? readdirSync(directory).length : 0)

  async function killDuringCheckout(demo: string): Promise<void> {
    const child = spawn(process.execPath, [PROGRAM, 'start', '1'], {
      cwd: demo,
      detached: true,
      stdio: 'ignore',
    })
    const closed = once(child, 'close')
    while (files(worktreeOf(demo)) < 5) await sleep(5)
    // A file is there before its content is, and one that is cut short would be set aside: git waits for the next now.
    await sleep(40)
    process.kill(-child.pid!, 'SIGKILL')
    await closed
    await sleep(300)
    expect(files(worktreeOf(demo))).toBeLessThan(14)
  }
  async function expectFinished(demo: string, path: string): Promise<void> {
    expect(readdirSync(path)).toHaveLength(14)
    expect(git(path, 'status', '--porcelain')).toBe('')
    expect(git(path, 'branch', '--show-current')).toBe('task/1')
    expect(git(demo, 'worktree', 'list', '--porcelain')).not.toContain('locked')
    expect((await mhvProcessJson(demo, ['start', '1'])).changed).toBe(false)
    expect(existsSync(join(store(demo), 'starts'))).toBe(false)
    await expectWhole(demo)
  }

  test('is finished by the next one, which makes the worktree anew', async () => {
    const demo = await slowDemo()
    await killDuringCheckout(demo)
    expect((await mhvProcessJson(demo, ['switch', '1'])).error).toMatchObject({
      name: 'WORKTREE_MISSING',
      recovery: ['mhv start 1'],
    })
    const resumed = await mhvProcessJson(demo, ['start', '1'])
    expect(resumed).toMatchObject({ worktree: worktreeOf(demo), changed: true, set_aside: null })
    await expectFinished(demo, resumed.worktree)
  })

  test('keeps what somebody has put there meanwhile', async () => {
    const demo = await slowDemo()
    await killDuringCheckout(demo)
    writeFileSync(join(worktreeOf(demo), 'note'), 'mine')
    const resumed = await mhvProcessJson(demo, ['start', '1'])
    expect(readFileSync(join(resumed.set_aside, 'note'), 'utf8')).toBe('mine')
    await expectFinished(demo, resumed.worktree)
  })

  test('is finished too where git had not even noted the branch', async () => {
    const demo = await slowDemo()
    git(demo, 'worktree', 'add', '--quiet', '--detach', '--no-checkout', worktreeOf(demo))
    const admin = join(demo, '.git', 'worktrees', '1-fix-auth-bug')
    writeFileSync(join(admin, 'HEAD'), `${'0'.repeat(40)}\n`)
    writeFileSync(join(admin, 'locked'), 'initializing')
    const started = await mhvProcessJson(demo, ['start', '1'])
    expect(started).toMatchObject({ worktree: worktreeOf(demo), changed: true, set_aside: null })
    await expectFinished(demo, started.worktree)
  })

  test('two starts at once make one worktree', async () => {
    const demo = await slowDemo()
    const both = await Promise.all([
      mhvProcessJson(demo, ['start', '1']),
      mhvProcessJson(demo, ['start', '1']),
    ])
    expect(both.map(({ changed }) => changed).sort()).toEqual([false, true])
    await expectFinished(demo, worktreeOf(demo))
  })
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s during a write leaves nothing half done', async (signal) => {
  const demo = await demoWith('Kept')
  const random = seeded(signal.length)
  const acknowledged = ['Kept']
  for (let round = 0; round < 8; round++) {
    const child = spawn(process.execPath, [PROGRAM, 'task', 'create', `Round ${round}`], {
      cwd: demo,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
    })
    const closed = once(child, 'close')
    const lock = join(store(demo), 'write.lock')
    while (!existsSync(lock) && child.exitCode === null) await sleep(1)
    await sleep(random() * 20)
    try {
      // As a terminal does it: to the whole group.
      process.kill(-child.pid!, signal)
    } catch {
      // It had ended.
    }
    await closed
    if (said.includes('created')) acknowledged.push(`Round ${round}`)
  }
  expect((await mhvProcess(demo, ['task', 'create', 'Last'])).code).toBe(0)
  const titles = (await allTasks(demo)).map(({ title }) => title)
  expect([...acknowledged, 'Last'].filter((title) => !titles.includes(title))).toEqual([])
  expect(readdirSync(store(demo)).filter((name) => name.includes('lock'))).toEqual([])
  await expectWhole(demo)
})
