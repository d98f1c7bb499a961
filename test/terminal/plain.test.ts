import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { progressBar, statusLine } from '../../src/terminal/output/progress.ts'
import { watched } from '../../src/terminal/watched.ts'
import { mhv, mhvProcess, PROGRAM } from '../support/cli.ts'
import { temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { hasTerminal, openTerminal, PROMPT } from '../support/tmux.ts'

const manifest = join(import.meta.dirname, '..', '..', 'oclif.manifest.json')
const PLAIN = { MHV_PLAIN: '1' }

async function withTasks(): Promise<string> {
  const cwd = temporaryRepository()
  await mhv(cwd, 'init', '--no-hooks')
  for (const argv of [
    ['Fix auth bug', '--priority', 'high', '--label', 'auth', '--deadline', '2026-11-27', '--no-parse'],
    ['Überlange Straße 日本語 👩‍💻', '--no-parse'],
    ['Write notes', '--depends-on', '1,2', '--no-parse'],
  ]) {
    await mhv(cwd, 'tc', ...argv)
  }
  return cwd
}

test('in plain output each line of a list says what it says by itself', async () => {
  const cwd = await withTasks()
  const { out } = await mhvProcess(cwd, ['tl', '--plain', '--columns', 'number,status,title,labels'])
  expect(out).toBe(
    [
      '#1; status pending; title Fix auth bug; labels auth',
      '#2; status pending; title Überlange Straße 日本語 👩‍💻',
      '#3; status waiting; title Write notes',
      '',
    ].join('\n'),
  )
  const grouped = await mhvProcess(cwd, ['tl', '--group-by', 'status', '--columns', 'number'], { env: PLAIN })
  expect(grouped.out).toBe('pending (3)\n#1\n#2\n#3\n')
})

test('plain output has the information of the usual one, in front of a command, behind it and from the environment', async () => {
  const cwd = await withTasks()
  const usual = (await mhvProcess(cwd, ['tl'])).out
  const words = usual
    .split('\n')
    .slice(1)
    .join(' ')
    .split(/ {2,}|\s/)
    .filter(Boolean)
  const asked = await Promise.all([
    mhvProcess(cwd, ['--plain', 'tl']),
    mhvProcess(cwd, ['tl', '--plain']),
    mhvProcess(cwd, ['tl'], { env: PLAIN }),
  ])
  for (const { out } of asked) {
    expect(out).toBe(asked[0]!.out)
    for (const word of words) expect(out).toContain(word)
  }
  // What is behind the last flag is no flag.
  expect((await mhvProcess(cwd, ['tl', '--limit', '1', '--', '--plain'])).out).not.toContain('status')
  expect((await mhvProcess(cwd, ['tl'], { env: { MHV_PLAIN: '0' } })).out).toBe(usual)
})

test('in plain output a graph is told in sentences, both ways round', async () => {
  const cwd = await withTasks()
  expect((await mhvProcess(cwd, ['graph', '--plain'])).out).toBe(
    [
      '#3 Write notes (waiting) waits for #1, #2',
      '#1 Fix auth bug (pending)',
      '#2 Überlange Straße 日本語 👩‍💻 (pending)',
      '',
    ].join('\n'),
  )
  const turned = (await mhvProcess(cwd, ['graph', '1', '--dependents', '--plain'])).out
  expect(turned).toBe('#1 Fix auth bug (pending) is waited for by #3\n#3 Write notes (waiting)\n')
})

test('what was searched for is marked in brackets where there is no colour to mark it', async () => {
  const cwd = await withTasks()
  const { out } = await mhvProcess(cwd, ['ts', 'auth', '--plain'])
  expect(out).toMatch(/^task #1; title Fix \[auth\] bug; status pending$/m)
})

test('what was searched for is marked in brackets on a terminal without colours, and not at all in a pipe', async () => {
  const cwd = await withTasks()
  const { isTTY } = process.stdout
  vi.stubEnv('NO_COLOR', '1')
  try {
    process.stdout.isTTY = true
    expect((await mhv(cwd, 'ts', 'auth')).out).toContain('#1  Fix [auth] bug  pending\n')
    process.stdout.isTTY = false
    expect((await mhv(cwd, 'ts', 'auth')).out).toContain('#1  Fix auth bug  pending\n')
  } finally {
    process.stdout.isTTY = isTTY
    vi.unstubAllEnvs()
  }
})

test('colours can be had in a pipe, but not against a wish for none', async () => {
  const cwd = await withTasks()
  await mhv(cwd, 'task', 'block', '1', '--reason', 'later')
  const out = (environment: object) =>
    execFileSync(process.execPath, [PROGRAM, 'tl', '--status', 'blocked'], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, ...environment },
    })
  for (const asked of [{ FORCE_COLOR: '1' }, { FORCE_COLOR: '1', NO_COLOR: '' }])
    expect(out(asked)).toContain('\u001b[31mblocked\u001b[39m')
  for (const none of [
    {},
    { FORCE_COLOR: '0' },
    { FORCE_COLOR: '1', NO_COLOR: '1' },
    { FORCE_COLOR: '1', MHV_PLAIN: '1' },
  ])
    expect(out(none)).not.toContain('\u001b')
})

test('what a mark or a place says elsewhere is a word in plain output', async () => {
  const cwd = await withTasks()
  await mhv(cwd, 'task', 'edit', '1', '--add-criterion', 'It works', '--add-criterion', 'It is fast')
  await mhv(cwd, 'task', 'check', '1', '1')
  await mhv(cwd, 'task', 'label', '1', 'web')
  await mhv(cwd, 'task', 'edit', '1', '--title', 'Fix it')
  await mhv(cwd, 'hooks', 'install')
  const plain = async (...argv: string[]) => (await mhvProcess(cwd, [...argv, '--plain'])).out
  const card = await plain('task', 'show', '1')
  expect(card).toContain('1. met: It works\n  2. not met: It is fast')
  expect(card).toContain('\nstatus pending\ntype task\npriority high\n')
  expect(await plain('plan')).toMatch(
    /^level 2; task #3; status waiting; .*; hours 4 \(assumed\); slack critical; after #/m,
  )
  expect(await plain('task', 'history', '1')).toContain('title: Fix auth bug became Fix it')
  expect(await plain('task', 'history', '1')).toContain('labels: with web')
  expect(await plain('hooks', 'status')).toMatch(/^path .*; state alive$/m)
  expect(await plain('ts', 'notes', '--explain')).toMatch(
    /^score [\d.]+; task #3; title Write \[notes\]; status waiting$/m,
  )
})

test('every command takes the flags about its output', async () => {
  const cwd = await withTasks()
  const { commands } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    commands: Record<string, { flags: Record<string, { char?: string }> }>
  }
  for (const [id, { flags }] of Object.entries(commands)) {
    expect({ id, flags: Object.keys(flags) }).toMatchObject({
      flags: expect.arrayContaining(['plain', 'quiet', 'verbose', 'no-pager']),
    })
    expect(Object.values(flags).filter(({ char }) => char === 'q')).toHaveLength(1)
  }
  expect((await mhvProcess(cwd, ['-q', '--no-pager', 'tl', '--json'])).code).toBe(0)
})

test.skipIf(!hasTerminal)(
  'a plain terminal gets neither colours, drawings nor lines that are written over',
  async () => {
    const cwd = await withTasks()
    for (const env of [PLAIN, { ...PLAIN, TERM: 'xterm-256color' }]) {
      const terminal = await openTerminal(cwd, { columns: 80, rows: 24 }, env)
      onTestFinished(() => terminal.close())
      for (const command of [
        'tl',
        'task show 1',
        'graph',
        'status',
        'plan',
        'next',
        'ts auth',
        'wl',
        'doctor',
      ]) {
        terminal.type(`clear; mhv ${command}; echo "ended $?"`)
        terminal.keys('Enter')
        await terminal.until(/ended 0\n/)
        expect(terminal.screen({ colours: true })).not.toContain('\u001b[')
        expect(terminal.screen()).not.toMatch(/[\u2500-\u257f]/)
      }
    }
  },
)

test.skipIf(!hasTerminal)('in a plain terminal questions are lines with numbers', async () => {
  const cwd = await withTasks()
  const terminal = await openTerminal(cwd, { columns: 100, rows: 40 }, PLAIN)
  onTestFinished(() => terminal.close())
  terminal.type('mhv tc "Update docs by Friday, due Monday"; echo "ended $?"')
  terminal.keys('Enter')
  await terminal.until(/1\) .*2026-11-\d\d[\s\S]*Choose 1 to \d:$/m)
  terminal.keys('9', 'Enter')
  await terminal.until('“9” is none of them.')
  terminal.keys('1', 'Enter')
  await terminal.until('Create this task?')
  terminal.keys('2', 'Enter')
  await terminal.until('Which one?')
  const number = /(\d+)\) estimate: /.exec(terminal.screen())![1]!
  terminal.keys(number, 'Enter')
  await terminal.until(/How much work is it\?.*:$/m)
  terminal.type('soon')
  terminal.keys('Enter')
  await terminal.until(/estimate .*soon/)
  terminal.type('3h')
  terminal.keys('Enter')
  await terminal.until(/estimate +3h, as you said/)
  terminal.keys('1', 'Enter')
  await terminal.until('ended 0')
  expect((await mhv(cwd, 'task', 'show', '4')).out).toMatch(/estimate +3h/)
  terminal.type('clear; mhv tc "Update docs by Friday, due Monday"; echo "ended $?"')
  terminal.keys('Enter')
  await terminal.until('Choose 1 to')
  terminal.keys('C-c')
  await terminal.until(/Nothing was created\.\nended 130/)
  await terminal.until((screen) => screen.endsWith(PROMPT))
})

/** What a watched terminal is written while something reports how far it is. */
function written(env: Record<string, string | undefined>, work: () => void): string {
  const { isTTY, write } = process.stderr
  let said = ''
  vi.useFakeTimers()
  try {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    process.stderr.isTTY = true
    process.stderr.write = ((text: string) => {
      said += text
      return true
    }) as typeof write
    work()
  } finally {
    process.stderr.isTTY = isTTY
    process.stderr.write = write
    vi.unstubAllEnvs()
    vi.useRealTimers()
  }
  return said
}

const counting = (step: number) => () => {
  const tell = progressBar('Reading tasks')
  for (let done = 1000; done <= 10_000; done += 1000) {
    vi.advanceTimersByTime(step)
    tell(done, 10_000)
  }
}

test('progress is a bar, lines every two seconds where lines stay, and nothing where only the answer is wanted', () => {
  const usual = { TERM: 'xterm', MHV_PLAIN: undefined }
  expect(written(usual, counting(600))).toMatch(/\rReading tasks \[=+ +\] 2000\/10000, 5 s left/)
  const lines = [
    'Reading tasks: 2,000 of 10,000, about 9 s left',
    'Reading tasks: 4,000 of 10,000, about 7 s left',
    'Reading tasks: 6,000 of 10,000, about 5 s left',
    'Reading tasks: 8,000 of 10,000, about 3 s left',
    'Reading tasks: done',
    '',
  ].join('\n')
  expect(written({ ...usual, MHV_PLAIN: '1' }, counting(1100))).toBe(lines)
  expect(written({ ...usual, TERM: 'dumb' }, counting(1100))).toBe(lines)
  expect(written({ ...usual, MHV_PLAIN: '1' }, counting(100))).toBe('')
  expect(written({ ...usual, MHV_QUIET: '1' }, counting(1100))).toBe('')
  const status = () => {
    const { show, end } = statusLine()
    for (const text of ['Syncing', 'Syncing', 'origin: 10%', 'origin: 20%']) {
      show(text)
      vi.advanceTimersByTime(1100)
    }
    end()
  }
  expect(written({ ...usual, MHV_PLAIN: '1' }, status)).toBe('Syncing\norigin: 10%\n')
})

test('what waits for others says after a second what it is and for how long, and nothing when it is over', async () => {
  const usual = { TERM: 'xterm', MHV_PLAIN: undefined, MHV_QUIET: undefined }
  const { isTTY, write } = process.stderr
  const said = async (env: Record<string, string | undefined>, isLong: boolean) => {
    let text = ''
    vi.useFakeTimers()
    for (const [name, value] of Object.entries({ ...usual, ...env })) vi.stubEnv(name, value)
    process.stderr.isTTY = true
    process.stderr.write = ((piece: string) => {
      text += piece
      return true
    }) as typeof write
    try {
      const waiting = watched(
        'Reading',
        async (onProgress) => {
          await new Promise((resolve) => setTimeout(resolve, 1500))
          onProgress(1, 3)
          await new Promise((resolve) => setTimeout(resolve, 2000))
          return 'done'
        },
        { isLong },
      )
      await vi.advanceTimersByTimeAsync(3600)
      expect(await waiting).toBe('done')
    } finally {
      process.stderr.isTTY = isTTY
      process.stderr.write = write
      vi.unstubAllEnvs()
      vi.useRealTimers()
    }
    return text
  }
  expect(await said({}, false)).toBe(
    '\rReading, 1 s …\u001b[K\rReading: 1 of 3, 2 s …\u001b[K\rReading: 1 of 3, 3 s …\u001b[K\r\u001b[K',
  )
  expect(await said({}, true)).toMatch(/^\rReading …/)
  expect(await said({ MHV_PLAIN: '1' }, false)).toBe('Reading, 1 s …\nReading: 1 of 3, 3 s …\n')
  expect(await said({ MHV_QUIET: '1' }, true)).toBe('')
})

test.skipIf(!hasTerminal)('a remote that is slow to answer is named while it is waited for', async () => {
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void silent.close())
  const { port } = silent.address() as AddressInfo
  const cwd = temporaryDirectory()
  writeFileSync(join(cwd, 'repos.yaml'), `repos: [{name: far, url: 'http://127.0.0.1:${port}/x.git'}]\n`)
  for (const [line, said] of [
    ['mhv tl --all', /Reading repositories, [1-9] s …/],
    ['mhv task show far#1', /Reading far, [1-9] s …/],
    ['mhv tl --all --plain', /^Reading repositories, [1-9] s …$/m],
  ] as const) {
    const terminal = await openTerminal(cwd)
    onTestFinished(() => terminal.close())
    terminal.type(`clear; ${line}`)
    terminal.keys('Enter')
    await terminal.until(said)
    terminal.keys('C-c')
    await terminal.until((screen) => screen.endsWith(PROMPT))
  }
})

test.skipIf(!hasTerminal)(
  'an index that is built anew says how far it is, and leaves nothing on the screen',
  async () => {
    const cwd = await withTasks()
    rmSync(join(cwd, '.git', 'mtos'), { recursive: true })
    const terminal = await openTerminal(cwd)
    onTestFinished(() => terminal.close())
    terminal.type('clear; mhv tl -q; echo "ended $?"')
    terminal.keys('Enter')
    await terminal.until('ended 0')
    expect(terminal.screen()).not.toContain('Reading')
  },
)
