import { chmodSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { mhvProcess } from '../support/cli.ts'
import { everythingIn, script } from '../support/hooks.ts'
import { asOrdinaryUser } from '../support/ordinary-user.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { hasTerminal, openTerminal, PROMPT, type Terminal } from '../support/tmux.ts'

/** A directory for temporary files of one test, so that what a tour leaves in it is seen. */
const place = () => mkdtempSync(join(tmpdir(), 'mhv-test-'))

test('the tour runs by itself, goes through every step and leaves nothing behind', async () => {
  const TMPDIR = place()
  const { code, out } = await mhvProcess(temporaryDirectory(), ['tour', '--yes'], { env: { TMPDIR } })
  expect(out).toContain('6 of 6: undo')
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('That was the tour') })
  expect(out).toContain('#1 completed: Water the tomatoes')
  expect(readdirSync(TMPDIR)).toEqual([])
})

test('what the environment says of a repository of the user’s leads nobody there', async () => {
  const demo = temporaryRepository()
  writeFileSync(join(demo, 'own.txt'), 'mine\n')
  git(demo, 'add', 'own.txt')
  const broken = join(temporaryDirectory(), 'gitconfig')
  writeFileSync(broken, '[user\n')
  const before = everythingIn(demo)
  const env = {
    TMPDIR: place(),
    GIT_DIR: join(demo, '.git'),
    GIT_WORK_TREE: demo,
    GIT_INDEX_FILE: join(demo, '.git', 'index'),
    GIT_OBJECT_DIRECTORY: join(demo, '.git', 'objects'),
    GIT_CEILING_DIRECTORIES: '/',
    GIT_CONFIG_GLOBAL: broken,
  }
  const { code, out, err } = await mhvProcess(demo, ['tour', '--yes'], { env })
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('#1 taken back')
  expect(everythingIn(demo)).toEqual(before)
})

describe('where the garden cannot be made', () => {
  test.each(['/nonexistent/tmp', '/proc/self/task', '/dev/null'])('in %s, that is said', async (TMPDIR) => {
    const { code, err } = await mhvProcess(temporaryDirectory(), ['tour', '--yes'], { env: { TMPDIR } })
    expect({ code, err }).toMatchObject({
      code: 1,
      err: expect.stringContaining(`STATE_UNWRITABLE: A temporary directory cannot be made in ${TMPDIR}: `),
    })
    expect(err).toContain('    unset TMPDIR\n')
  })

  test('what git says of it is told, and nothing is left behind', async () => {
    const [bin, TMPDIR] = [temporaryDirectory(), place()]
    script(join(bin, 'git'), '#!/bin/sh\n[ "$1" = --version ] || { echo "no room" >&2; exit 1; }\n')
    const run = (PATH: string) =>
      mhvProcess(temporaryDirectory(), ['tour', '--yes'], { env: { TMPDIR, PATH } })
    const { code, err } = await run(`${bin}:${process.env.PATH}`)
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining(`${TMPDIR}: no room\n`) })
    expect((await run('/nonexistent')).err).toContain('GIT_MISSING')
    expect(readdirSync(TMPDIR)).toEqual([])
  })

  test('a garden left by somebody else, or a directory that cannot be listed, is no hindrance', () => {
    const TMPDIR = temporaryDirectory()
    mkdirSync(join(TMPDIR, 'mhv-tour-999999999-other'))
    mkdirSync(join(TMPDIR, 'mhv-tour-999999999-other', 'home'))
    const PATH = '/usr/local/bin:/usr/bin:/bin'
    const user = asOrdinaryUser(temporaryDirectory(), { TMPDIR, PATH })
    chmodSync(join(TMPDIR, 'mhv-tour-999999999-other'), 0o555)
    for (const mode of [0o1777, 0o1733]) {
      chmodSync(TMPDIR, mode)
      expect(user('/', 'tour', '--yes')).toMatchObject({ code: 0, err: '' })
    }
  })
})

test('without a terminal the tour is refused, with the step that works there', async () => {
  const { code, err } = await mhvProcess(temporaryDirectory(), ['tour'])
  expect(code).toBe(2)
  expect(err).toContain('mhv tour --yes')
})

async function openTour(TMPDIR: string): Promise<Terminal> {
  const terminal = await openTerminal(temporaryDirectory(), { columns: 100, rows: 50 }, { TMPDIR })
  onTestFinished(() => terminal.close())
  terminal.type('mhv tour; echo "ended $?"')
  terminal.keys('Enter')
  await terminal.until('1 of 6: create')
  await terminal.until((screen) => screen.endsWith('tour$'))
  return terminal
}

const next = (terminal: Terminal, title: string) =>
  terminal.until((screen) => screen.includes(title) && screen.endsWith('tour$'))

test.skipIf(!hasTerminal)('a person does the steps: own lines, wrong ones, Enter alone, skip', async () => {
  const TMPDIR = place()
  const terminal = await openTour(TMPDIR)
  terminal.type('mhv tcc "Sow beans"')
  terminal.keys('Enter')
  await next(terminal, 'That did not work')
  expect(terminal.screen()).toContain('Did you mean “tc”?')
  terminal.type('mhv tc "Sow beans"')
  terminal.keys('Enter')
  expect(await next(terminal, '2 of 6: list')).toContain('#1 created: Sow beans')
  terminal.type('ls')
  terminal.keys('Enter')
  await next(terminal, 'This step only asks for a list')
  terminal.type('skip')
  terminal.keys('Enter')
  await next(terminal, '3 of 6: start')
  for (const title of ['4 of 6: work', '5 of 6: done', '6 of 6: undo']) {
    terminal.keys('Enter')
    await next(terminal, title)
  }
  terminal.keys('Enter')
  await terminal.until('ended 0')
  expect(readdirSync(TMPDIR)).toEqual([])
})

test.skipIf(!hasTerminal)('Ctrl-C is a command’s own while one runs', async () => {
  const terminal = await openTour(place())
  terminal.type('sleep 30')
  terminal.keys('Enter')
  await pause(500)
  terminal.keys('C-c')
  await next(terminal, 'That did not work')
  terminal.type('quit')
  terminal.keys('Enter')
  await terminal.until('ended 0')
})

test.skipIf(!hasTerminal)('Ctrl-C, an end from outside and a killed tour leave nothing behind', async () => {
  const TMPDIR = place()
  const terminal = await openTour(TMPDIR)
  const before = readdirSync(TMPDIR)
  expect(before).toHaveLength(1)
  terminal.keys('C-c')
  await terminal.until('ended 0')
  expect(readdirSync(TMPDIR)).toEqual([])

  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    terminal.keys('C-l')
    await terminal.until((screen) => screen === PROMPT)
    terminal.type('mhv tour; echo "ended $?"')
    terminal.keys('Enter')
    await terminal.until((screen) => screen.endsWith('tour$'))
    process.kill(terminal.foreground(), signal)
    await terminal.until(/ended (?:143|137)/)
    await pause(100)
    expect(readdirSync(TMPDIR)).toHaveLength(signal === 'SIGTERM' ? 0 : 1)
  }
  await mhvProcess(temporaryDirectory(), ['tour', '--yes'], { env: { TMPDIR } })
  expect(readdirSync(TMPDIR)).toEqual([])
})

test.each([['--json'], ['--quiet']])('%s has no tour to give, and says so', async (flag) => {
  const { code, out, err } = await mhvProcess(temporaryDirectory(), ['tour', '--yes', flag])
  expect(code).toBe(2)
  expect(out + err).toContain('The tour is made of what it says')
})

test('by itself it is one transcript, on one stream', async () => {
  const { out, err } = await mhvProcess(temporaryDirectory(), ['tour', '--yes'], { env: { TMPDIR: place() } })
  expect(err).toBe('')
  const order = [
    '1 of 6: create',
    '#1 created',
    '3 of 6: start',
    '#1 started',
    '6 of 6: undo',
    '#1 taken back',
  ]
  const places = order.map((text) => out.indexOf(text))
  expect(places.every((at, i) => at > (places[i - 1] ?? -1))).toBe(true)
})

test.skipIf(!hasTerminal)('a line of one’s own that does something else leads back to the step', async () => {
  const terminal = await openTour(place())
  const run = async (line: string, said: string) => {
    terminal.keys('C-l')
    terminal.type(line)
    terminal.keys('Enter')
    return terminal.until((screen) => screen.includes(said) && screen.endsWith('tour$'))
  }
  expect(await run('cd /; mhv tl', 'You are back in')).toContain('NOT_A_REPOSITORY')
  await run('mhv tc "Sow beans"', '2 of 6: list')
  await run('mhv tl', '3 of 6: start')
  const anew = await run('mhv done 1 --override --reason tried', 'This step needs task 1, not started yet.')
  expect(anew).not.toContain('The task is not in progress yet')
  await run('', 'The garden is made anew.')
  await run('mhv start 1', '4 of 6: work')
  expect(await run('pwd', 'has no commit yet')).toContain('garden.worktrees/1-')
  await run('rm -rf ../../garden', 'Enter makes the garden anew')
  await run('', 'The garden is made anew.')
  await run('', '5 of 6: done')
  await run('', '6 of 6: undo')
  await run('mhv tc "Another" --no-parse', 'This step needs a task that was completed just now')
  await run('', 'The garden is made anew.')
  terminal.keys('Enter')
  await terminal.until('ended 0')
})

test.skipIf(!hasTerminal)(
  'a task whose gates did not pass was started all the same, and nothing made is lost',
  async () => {
    const terminal = await openTour(place())
    const run = async (line: string, said: string) => {
      terminal.keys('C-l')
      terminal.type(line)
      terminal.keys('Enter')
      return terminal.until((screen) => screen.includes(said) && screen.endsWith('tour$'))
    }
    await run('mhv tc "First thing"', '2 of 6: list')
    await run('mhv tl', '3 of 6: start')
    await run('mhv tc "Second thing"', 'The task is not in progress yet')
    const work = await run('mhv start 1 && mhv done 1', '4 of 6: work')
    expect(work).not.toContain('made anew')
    await run('', '5 of 6: done')
    expect(await run('mhv tl', 'The task is not completed yet')).toContain('Second thing')
    await run('', '6 of 6: undo')
    expect(await run('rm -rf ../../garden', 'Enter makes the garden anew')).toContain('is gone then')
    terminal.type('quit')
    terminal.keys('Enter')
    await terminal.until('ended 0')
  },
)

test.skipIf(!hasTerminal)('stopped at its prompt it goes on when it comes back', async () => {
  const terminal = await openTour(place())
  terminal.keys('C-z')
  await terminal.until(/Stopped|suspended/)
  terminal.type('fg')
  terminal.keys('Enter')
  await terminal.until((screen) => screen.endsWith('tour$'))
  terminal.type('mhv tc "Sow beans"')
  terminal.keys('Enter')
  await terminal.until((screen) => screen.includes('2 of 6: list') && screen.endsWith('tour$'))
})
