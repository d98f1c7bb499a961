import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type CommandRequest, runCommand, scrubbedEnvironment } from '../../src/process/run-command.ts'
import { temporaryDirectory } from '../support/repository.ts'

/** Runs a command in a directory of its own and collects what it says. */
async function run(command: CommandRequest['command'], more: Partial<CommandRequest> = {}) {
  const pieces: Buffer[] = []
  const cwd = more.cwd ?? temporaryDirectory()
  const outcome = await runCommand({ command, cwd, onOutput: (piece) => pieces.push(piece), ...more })
  return { outcome, said: Buffer.concat(pieces).toString('utf8'), cwd }
}

const isAlive = (pid: number) => {
  try {
    // A zombie that nobody has waited for yet has ended all the same.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

async function dies(pid: number): Promise<boolean> {
  for (let i = 0; i < 100 && isAlive(pid); i++) await new Promise((resolve) => setTimeout(resolve, 30))
  return !isAlive(pid)
}

describe('how a command ended', () => {
  test.each([
    ['exit 0', { kind: 'exited', code: 0 }],
    ['exit 7', { kind: 'exited', code: 7 }],
    ['kill -TERM $$', { kind: 'killed', signal: 'SIGTERM' }],
    ['no-such-program-at-all', { kind: 'not started', why: 'command not found' }],
    [': > script; ./script', { kind: 'not started', why: 'command cannot be executed' }],
  ])('%s', async (command, outcome) => {
    expect((await run(command)).outcome).toEqual(outcome)
  })

  test('a program without a shell is told apart in the same way', async () => {
    expect((await run(['no-such-program-at-all'])).outcome.kind).toBe('not started')
    expect((await run(['sh', '-c', 'exit 5'])).outcome).toEqual({ kind: 'exited', code: 5 })
  })

  test('arguments of a program reach no shell', async () => {
    expect((await run(['echo', '$(touch made)', ';', '*'])).said).toBe('$(touch made) ; *\n')
  })

  test('a directory that is not there', async () => {
    expect((await run('true', { cwd: '/no/such/directory' })).outcome.kind).toBe('not started')
  })
})

test('output comes as it is, of both streams, and standard input is empty unless given', async () => {
  const { said } = await run('echo out; echo err >&2; cat; printf end')
  // The two streams may meet anywhere; each keeps its order.
  expect(said).toContain('err\n')
  expect(said.replace('err\n', '')).toBe('out\nend')
  expect((await run('cat', { input: 'given\n' })).said).toBe('given\n')
})

test('output of any size arrives whole', async () => {
  const { said, outcome } = await run('head -c 5000000 /dev/zero | tr "\\0" x')
  expect(outcome).toEqual({ kind: 'exited', code: 0 })
  expect(said.length).toBe(5_000_000)
})

describe('a command ends whole', () => {
  test('when its time is up, with what it started', async () => {
    const { outcome, cwd } = await run('sleep 300 & echo $! > child; sleep 300', { timeout: 400 })
    expect(outcome).toEqual({ kind: 'timed out' })
    expect(await dies(Number(readFileSync(join(cwd, 'child'), 'utf8')))).toBe(true)
  })

  test('when it does not heed a request to end', async () => {
    const { outcome } = await run('trap "" TERM; sleep 300 & wait; sleep 300', { timeout: 300 })
    expect(outcome).toEqual({ kind: 'timed out' })
  })

  test('when it is aborted', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 300)
    const { outcome, cwd } = await run('(sleep 300 & echo $! > child; wait)', { signal: controller.signal })
    expect(outcome).toEqual({ kind: 'aborted' })
    expect(await dies(Number(readFileSync(join(cwd, 'child'), 'utf8')))).toBe(true)
  })

  test('and does not begin when it was aborted before', async () => {
    const cwd = temporaryDirectory()
    const { outcome } = await run('touch begun', { cwd, signal: AbortSignal.abort() })
    expect(outcome).toEqual({ kind: 'aborted' })
    expect(existsSync(join(cwd, 'begun'))).toBe(false)
  })

  test('also what has gone to a session of its own, when its time is up', async () => {
    const { outcome, cwd } = await run('setsid sh -c "echo \\$\\$ > child; sleep 300" & sleep 300', {
      timeout: 600,
    })
    expect(outcome).toEqual({ kind: 'timed out' })
    expect(await dies(Number(readFileSync(join(cwd, 'child'), 'utf8')))).toBe(true)
  })

  test('a daemon that it leaves is neither waited for nor ended', async () => {
    const before = Date.now()
    const { outcome, cwd } = await run('setsid sh -c "echo \\$\\$ > child; sleep 300" & sleep 0.3')
    expect(outcome).toEqual({ kind: 'exited', code: 0 })
    expect(Date.now() - before).toBeLessThan(60_000)
    const pid = Number(readFileSync(join(cwd, 'child'), 'utf8'))
    expect(isAlive(pid)).toBe(true)
    process.kill(-pid, 'SIGKILL')
  })

  test('what it leaves in the background ends with it, and is not waited for', async () => {
    const { outcome, cwd, said } = await run('sleep 300 & echo $! > child; echo done')
    expect(outcome).toEqual({ kind: 'exited', code: 0 })
    expect(said).toBe('done\n')
    expect(await dies(Number(readFileSync(join(cwd, 'child'), 'utf8')))).toBe(true)
  })
})

describe('its environment', () => {
  test('has what is given, and what this process has', async () => {
    const { said } = await run('echo "$GIVEN $PATH"', { env: { GIVEN: 'yes' } })
    expect(said).toBe(`yes ${process.env.PATH}\n`)
  })

  test('has nothing that ties git to a repository', async () => {
    const before = { ...process.env }
    try {
      process.env.GIT_DIR = '/somewhere/.git'
      process.env.GIT_INDEX_FILE = '/somewhere/index'
      process.env.GIT_CONFIG_COUNT = '1'
      process.env.GIT_CONFIG_KEY_0 = 'core.bare'
      process.env.GIT_CONFIG_VALUE_0 = 'true'
      process.env.GIT_AUTHOR_NAME = 'Kept'
      const { said } = await run('env | grep ^GIT_')
      expect(said).toContain('GIT_AUTHOR_NAME=Kept')
      expect(said).not.toMatch(/GIT_(?:DIR|INDEX_FILE|CONFIG_(?:COUNT|KEY|VALUE))/)
      expect(scrubbedEnvironment().GIT_DIR).toBeUndefined()
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
      Object.assign(process.env, before)
    }
  })
})

test('whoever ends this process ends its commands too', async () => {
  const cwd = temporaryDirectory()
  const script = join(cwd, 'run.mjs')
  const module = join(import.meta.dirname, '..', '..', 'src', 'process', 'run-command.ts')
  const { build } = await import('esbuild')
  const bundle = join(cwd, 'bundle.cjs')
  await build({ entryPoints: [module], bundle: true, platform: 'node', format: 'cjs', outfile: bundle })
  writeFileSync(
    script,
    `import { runCommand } from './bundle.cjs'\nawait runCommand({ command: 'echo $$ > child; sleep 300', cwd: ${JSON.stringify(cwd)} })\n`,
  )
  const { spawn } = await import('node:child_process')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const parent = spawn(process.execPath, [script], { stdio: 'ignore' })
    const ended = new Promise((resolve) => parent.on('exit', (_code, by) => resolve(by)))
    const child = join(cwd, 'child')
    while (!existsSync(child) || !readFileSync(child, 'utf8').endsWith('\n')) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const pid = Number(readFileSync(child, 'utf8'))
    parent.kill(signal)
    expect(await ended).toBe(signal)
    expect(await dies(pid)).toBe(true)
    writeFileSync(child, '')
  }
})
