import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mhv, mhvJson, PROGRAM } from '../support/cli.ts'
import { temporaryDirectory, temporaryRepository } from '../support/repository.ts'

test.each(['constructor', '__proto__', 'toString'])(
  '%s, which every object has, is no command',
  async (word) => {
    const { code, out } = await mhv(temporaryDirectory(), word, '--json')
    expect({ code, name: JSON.parse(out).error.name }).toEqual({ code: 2, name: 'USAGE' })
  },
)

describe('flags in front of the command', () => {
  test('-C goes to a directory first, --json asks for a document', async () => {
    const demo = temporaryRepository()
    const outside = temporaryDirectory()
    expect((await mhv(outside, '-C', demo, 'init')).code).toBe(0)
    const { out } = await mhv(outside, '-C', demo, '--json', 'tc', 'First', '--')
    expect(JSON.parse(out).task.title).toBe('First')
    expect(JSON.parse((await mhv(demo, '--json', 'tl')).out).total).toBe(1)
    expect(await mhvJson(demo, '--version')).toMatchObject({ mhv: expect.stringMatching(/^\d/) })
  })

  test.each([
    [['-C'], 'USAGE', '-C needs a directory'],
    [['-C', '', 'tl'], 'USAGE', '-C needs a directory'],
    [['-C', 'absent', 'tl'], 'NO_DIRECTORY', 'absent'],
    [['-Cfoo', 'tl'], 'USAGE', '-Cfoo'],
    [['--versoin'], 'USAGE', '--versoin'],
    [['--', 'tl'], 'USAGE', '--'],
    [['--json'], 'USAGE', '--json needs a command'],
    [['task', '--json'], 'USAGE', '--json needs a command'],
  ])('%j ends as wrong usage', async (argv, name, part) => {
    const { code, out, err } = await mhv(temporaryDirectory(), ...argv)
    expect(code).toBe(2)
    expect(out + err).toContain(name)
    expect(out + err).toContain(part)
  })

  test('a working directory that is gone is said to be', () => {
    const gone = join(temporaryDirectory(), 'gone')
    mkdirSync(gone)
    const line = `cd '${gone}' && rmdir '${gone}' && exec '${process.execPath}' '${PROGRAM}' tl`
    const { status, stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8' })
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('NO_DIRECTORY') })
  })
})

describe('a slip of the fingers is answered with what was probably meant', () => {
  test.each([
    [['list'], 'task list'],
    [['lits'], 'task list'],
    [['task', 'lits'], 'task list'],
    [['create', 'A title'], 'task create'],
    [['dnoe'], 'done'],
    [['task', 'sho', '1'], 'task show'],
    [['docter'], 'doctor'],
    [['tc', 'A title', '--assigne', 'ann'], '--assignee'],
    [['tl', '--prority', 'high'], '--priority'],
  ])('%j', async (argv, meant) => {
    const { code, err } = await mhv(temporaryRepository(), ...argv)
    expect(code).toBe(2)
    expect(err).toMatch(new RegExp(`[Dd]id you mean “?${meant}”?`))
  })

  test.each([[['foo', 'bar']], [['tc', 'A title', '--xyzzyx']]])('%j is like nothing', async (argv) => {
    const { code, err } = await mhv(temporaryRepository(), ...argv)
    expect(code).toBe(2)
    expect(err).not.toMatch(/did you mean/i)
  })

  test('a text that begins with a dash is told how to be passed', async () => {
    const demo = temporaryRepository()
    await mhv(demo, 'init')
    expect((await mhv(demo, 'tc', '- a list')).err).toContain('Put -- in front')
    expect((await mhv(demo, 'tc', '--', '- a list')).code).toBe(0)
    expect((await mhv(demo, 'tc', 'A', '-d', '--json')).out).toContain('--description=VALUE')
    const { task } = await mhvJson(demo, 'tc', 'A', '--description=--json -p')
    expect(task.description).toBe('--json -p')
  })
})

describe('output that cannot be written', () => {
  const run = (demo: string, line: string) =>
    spawnSync('sh', ['-c', line.replace('mhv', `'${process.execPath}' '${PROGRAM}'`)], {
      cwd: demo,
      encoding: 'utf8',
      env: { ...process.env, XDG_CONFIG_HOME: join(demo, '.git', 'own') },
    })

  test('a full device is an error, not a dump', async ({ skip }) => {
    if (!existsSync('/dev/full')) skip()
    const demo = temporaryRepository()
    await mhv(demo, 'init')
    await mhv(demo, 'tc', 'First')
    mkdirSync(join(demo, '.git', 'own', 'mhv'), { recursive: true })
    writeFileSync(join(demo, '.git', 'own', 'mhv', 'config.yaml'), 'aliases: {mine: task list}\n')
    for (const words of [
      'tl',
      'tl --json',
      'tc Second',
      '--version',
      '--help',
      'help tl',
      'task',
      'tl --help',
      'mine --help',
      'task show 9 --json',
    ]) {
      const line = `mhv ${words} > /dev/full`
      const { status, stderr } = run(demo, line)
      expect({ line, status, lines: stderr.trim().split('\n').length }).toMatchObject({ status: 1, lines: 4 })
      expect(stderr).toContain('OUTPUT_FAILED')
    }
    expect((await mhvJson(demo, 'tl')).total).toBe(2)
    // An error that is found before any command is.
    const { status, stderr } = run(demo, 'mhv --versoin --json > /dev/full')
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^Error MHV-034 .*\n {2}Try:/),
    })
  })

  test('a file that has room for a part of the answer is an error, and not a shorter answer', async () => {
    const demo = temporaryRepository()
    await mhv(demo, 'init', '--no-hooks')
    const tasks = Array.from({ length: 300 }, (_, i) =>
      JSON.stringify({ source: 'x', id: String(i), title: `Task ${i} ${'x'.repeat(100)}` }),
    )
    execFileSync(process.execPath, [PROGRAM, 'task', 'import', '-'], { cwd: demo, input: tasks.join('\n') })
    const file = join(demo, '.git', 'answer')
    for (const words of [
      'tl --limit 0',
      'tl --json',
      'tl --limit 0 --format csv',
      'ts Task --limit 0',
      'task export',
      'task export --json',
      'audit --export jsonl',
      'tl --help',
    ]) {
      // Whole first, which leaves indexes behind that the limit would keep from being written.
      const { status: before } = run(demo, `mhv ${words} > .git/answer`)
      expect({ words, before, isLong: statSync(file).size > 4096 }).toEqual({
        words,
        before: 0,
        isLong: true,
      })
      const { status, stderr } = run(demo, `ulimit -f 4; mhv ${words} > .git/answer`)
      expect({ words, status, stderr }).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/^Error MHV-034 OUTPUT_FAILED: .*EFBIG/m),
      })
    }
  })

  test('a reader that has seen enough is none', async () => {
    const demo = temporaryRepository()
    await mhv(demo, 'init')
    const tasks = Array.from({ length: 3000 }, (_, i) =>
      JSON.stringify({ source: 'x', id: String(i), title: `Task ${i}` }),
    )
    execFileSync(process.execPath, [PROGRAM, 'task', 'import', '-'], { cwd: demo, input: tasks.join('\n') })
    const { status, stdout, stderr } = run(demo, 'mhv tl --json | head -c 100')
    expect({ status, stderr, size: stdout.length }).toEqual({ status: 0, stderr: '', size: 100 })
  })
})
