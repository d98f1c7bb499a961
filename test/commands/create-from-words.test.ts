import { spawn, spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { mhv, mhvJson, mhvProcess, PROGRAM } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { git, temporaryRepository } from '../support/repository.ts'

async function repositoryWith(...titles: string[]): Promise<string> {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  for (const title of titles) await mhv(demo, 'tc', '--no-parse', title)
  return demo
}

const tip = (directory: string) => git(directory, 'rev-parse', 'refs/mtos/tasks')
/** It says when, and not what. */
const UNCLEAR = 'fix it by 2026-12-01'

/** Runs a line that was printed for pasting, by a shell. */
async function pasted(cwd: string, line: string) {
  const words = spawnSync('sh', [
    '-c',
    `for word in ${line.replace(/^mhv /, '')}; do printf '%s\\0' "$word"; done`,
  ])
  return mhvJson(cwd, ...words.stdout.toString().split('\0').slice(0, -1))
}

describe('what is clear is created at once', () => {
  test('and what was understood is told with the words that say it', async () => {
    const demo = await repositoryWith()
    const { code, out, err } = await mhv(demo, 'tc', 'Fix', 'auth', 'bug', 'by', '2026-12-04', '#login')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^#1 created: Fix auth bug\n/)
    expect(out).toMatch(/ {2}words {7}.*\[by 2026-12-04\]/)
    expect(out).toMatch(/ {2}deadline {4}2026-12-04 \(Friday\), from “by 2026-12-04”/)
    const { task } = await mhvJson(demo, 'task', 'show', '1')
    expect(task).toMatchObject({ title: 'Fix auth bug', deadline: '2026-12-04', labels: ['login'] })
  })

  test('JSON has the task as ever, and the parse beside it', async () => {
    const demo = await repositoryWith()
    const { schema, task, parse } = await mhvJson(demo, 'tc', 'Rotate the keys by 2026-12-04 ~3h')
    expect(schema).toBe(1)
    expect(task).toMatchObject({
      ref: 'demo#1',
      title: 'Rotate the keys',
      deadline: '2026-12-04',
      estimate: '3h',
    })
    expect(parse).toMatchObject({
      title: 'Rotate the keys',
      deadline: '2026-12-04',
      labels: [],
      ambiguous: false,
      doubts: [],
      evidence: { deadline: [{ text: 'by 2026-12-04', from: 16, to: 29 }] },
    })
    expect(parse.confidences.deadline).toBeGreaterThanOrEqual(0.8)
  })

  test('a plain title stays what it is, and leaves nothing but the task', async () => {
    const demo = await repositoryWith()
    expect((await mhv(demo, 'tc', 'One')).out).toBe('#1 created: One\n')
    const { history } = await mhvJson(demo, 'task', 'history', '1')
    expect(history.events.map(({ kind }: { kind: string }) => kind)).toEqual(['TaskCreated'])
  })

  test('further lines are the description, and what is to be met', async () => {
    const demo = await repositoryWith()
    const { task } = await mhvJson(
      demo,
      'tc',
      'Write the guide\nFor people who are new.\n- [ ] has an example',
    )
    expect(task).toMatchObject({ title: 'Write the guide', description: 'For people who are new.' })
    expect(task.criteria).toMatchObject([{ text: 'has an example', met: false }])
  })
})

test('a task is created in the repository that the words name, from wherever they are said', async () => {
  const { directory, at } = await federationOf({ akosha: ['A'], crackerjack: ['B', 'C'] })
  const there = await mhv(at('akosha'), 'tc', 'Speed up start in crackerjack after #2')
  expect(there.out).toMatch(/^crackerjack#3 created: Speed up start\n/)
  const { task } = await mhvJson(at('crackerjack'), 'task', 'show', '3')
  expect(task.depends_on).toEqual(['crackerjack#2'])
  const undo = /^ {2}undo {8}mhv (.+)$/m.exec(there.out)![1]!.split(' ')
  expect((await mhv(at('akosha'), ...undo)).out).toBe('crackerjack#3 deleted: Speed up start\n')
  expect((await mhv(directory, 'tc', 'Look at logs in akosha')).out).toMatch(
    /^akosha#2 created: Look at logs\n/,
  )
  expect((await mhv(directory, 'tc', 'Look at logs')).err).toMatch(/NOT_A_REPOSITORY/)
  expect((await mhv(at('akosha'), 'tc', 'Try it in crackerjack once', '--repo', 'akosha')).out).toMatch(
    /^#3 created: Try it in crackerjack once\n/,
  )
})

test('a repository that keeps no tasks is refused as --repo refuses it', async () => {
  const { at } = await federationOf({ akosha: ['A'] }, ['akosha', 'gone'])
  const [named, flagged] = await Promise.all([
    mhvProcess(at('akosha'), ['tc', 'Speed up the start of all of it in gone']),
    mhvProcess(at('akosha'), ['tc', '--no-parse', 'X', '--repo', 'gone']),
  ])
  expect(named).toEqual(flagged)
  expect(named.code).toBe(1)
})

test('what other systems called a task is found by that, and refused where nothing was called so', async () => {
  const demo = await repositoryWith()
  const line = JSON.stringify({ source: 'backlog', id: 'BACK-355', title: 'Imported' })
  expect((await mhvProcess(demo, ['task', 'import', '-', '--json'], { input: `${line}\n` })).code).toBe(0)
  const { task } = await mhvJson(demo, 'tc', 'Release it to everybody, depends on BACK-355')
  expect(task.depends_on).toEqual(['demo#1'])
  expect((await mhvJson(demo, 'tc', 'X', '--no-parse', '--depends-on', 'back-355')).task.depends_on).toEqual([
    'demo#1',
  ])
  const { error } = await mhvJson(demo, 'tc', 'Ship it to everybody, depends on BACK-9')
  expect(error).toMatchObject({ name: 'TASK_NOT_FOUND', message: 'No task here was imported as BACK-9.' })
})

describe('flags win over words', () => {
  test('whose words then stay in the title, unless both say the same', async () => {
    const demo = await repositoryWith()
    const other = await mhvJson(demo, 'tc', 'Ship the parser by 2026-12-04', '--deadline', '2026-12-24')
    expect(other.task).toMatchObject({ title: 'Ship the parser by 2026-12-04', deadline: '2026-12-24' })
    const same = await mhvJson(demo, 'tc', 'Ship the parser by 2026-12-04', '--deadline', '+14d')
    expect(same.task).toMatchObject({ title: 'Ship the parser', deadline: '2026-12-04' })
    const none = await mhvJson(demo, 'tc', 'Ship the parser by 2026-12-04', '--deadline', 'none')
    expect(none.task.deadline).toBeNull()
  })

  test.each([
    ['urgent: fix login by 2026-12-04', 'urgent: fix login'],
    ['fix login, urgent, by 2026-12-04', 'fix login, urgent'],
    ['Fix login (high priority) by 2026-12-04', 'Fix login (high priority)'],
    ['[p1] fix login - due 2026-12-04', '[p1] fix login'],
  ])('and keep their punctuation: %s', async (words, title) => {
    const demo = await repositoryWith()
    const { task } = await mhvJson(demo, 'tc', '-p', 'low', words)
    expect(task).toMatchObject({ title, priority: 'low', deadline: '2026-12-04' })
  })

  test('and make clear what was not', async () => {
    const { at } = await federationOf({ akosha: [], crackerjack: [] })
    const words = 'Fix the crash in crakerjack'
    const { error } = await mhvJson(at('akosha'), 'tc', words)
    expect(error.data.parse.doubts).toMatchObject([{ field: 'repository', candidates: ['crackerjack'] }])
    const { task } = await mhvJson(at('akosha'), 'tc', words, '--repo', 'akosha')
    expect(task).toMatchObject({ repository: 'akosha', title: words })
  })

  test('--no-parse takes every word literally', async () => {
    const demo = await repositoryWith()
    const { task, parse } = await mhvJson(demo, 'tc', '--no-parse', 'Fix #45 by friday ~3h')
    expect(task).toMatchObject({
      title: 'Fix #45 by friday ~3h',
      type: 'task',
      deadline: null,
      estimate: null,
    })
    expect(parse).toBeUndefined()
  })

  test('a flag that there is not is refused, also beside several words', async () => {
    const demo = await repositoryWith()
    expect((await mhv(demo, 'tc', 'two', 'words', '--bogus')).err).toMatch(/There is no flag --bogus/)
  })
})

describe('what is not clear', () => {
  test('is refused without a terminal, with a command that creates just that', async () => {
    const demo = await repositoryWith()
    const before = tip(demo)
    const { code, out, err } = await mhvProcess(demo, [
      'tc',
      UNCLEAR,
      '--label',
      'a',
      '--criterion',
      "it's -ok",
    ])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/REQUEST_UNCLEAR/)
    expect(err).toMatch(/deadline {4}2026-12-01 \(Tuesday\)/)
    expect(tip(demo)).toBe(before)
    const { task } = await pasted(demo, err.split('Try:\n')[1]!.trim())
    expect(task).toMatchObject({
      title: 'fix it',
      deadline: '2026-12-01',
      labels: ['a'],
      criteria: [{ text: "it's -ok" }],
    })
  })

  test('is an error with the parse for programs, which --yes and --dry-run pass over', async () => {
    const demo = await repositoryWith()
    const { error } = await mhvJson(demo, 'tc', UNCLEAR)
    expect(error).toMatchObject({ code: 'MHV-088', name: 'REQUEST_UNCLEAR' })
    expect(error.data.parse).toMatchObject({ ambiguous: true, deadline: '2026-12-01' })
    const before = tip(demo)
    const dry = await mhvJson(demo, 'tc', UNCLEAR, '--dry-run')
    expect(dry).toEqual({ schema: 1, parse: error.data.parse, command: error.data.command })
    expect((await mhv(demo, 'tc', UNCLEAR, '--dry-run')).code).toBe(0)
    expect(tip(demo)).toBe(before)
    expect((await mhvJson(demo, 'tc', UNCLEAR, '--yes')).task).toMatchObject({ deadline: '2026-12-01' })
  })
})

describe('what is printed for pasting creates all of it', () => {
  test('also what was piped, from wherever it is pasted', async () => {
    const demo = await repositoryWith()
    const input = "It's\n\n  two -- lines\n"
    const { code, err } = await mhvProcess(demo, ['tc', UNCLEAR, '-d', '-'], { input })
    expect(code).toBe(2)
    const { task } = await pasted(demo, err.split('Try:\n')[1]!.trim())
    expect(task).toMatchObject({ title: 'fix it', description: "It's\n\n  two -- lines" })
    const there = await mhvProcess('/', ['-C', demo, 'tc', UNCLEAR, '-d', '-', '--dry-run'], { input })
    expect(there.out).toContain(`created by  mhv -C ${demo} task create`)
  })

  test('with a day that has passed, which --yes does not take for meant', async () => {
    const demo = await repositoryWith()
    for (const how of [
      ['--yes', 'Ship the parser by 2020-11-20'],
      ['--deadline', '2020-11-20', 'Ship the parser'],
    ]) {
      const { code, err } = await mhvProcess(demo, ['tc', ...how])
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('DEADLINE_PAST') })
      const { task } = await pasted(demo, err.split('Try:\n')[1]!.trim())
      expect(task).toMatchObject({ title: 'Ship the parser', deadline: '2020-11-20' })
    }
  })

  test('of a request that is too long', async () => {
    const demo = await repositoryWith()
    const body = 'Some words of it.\n'.repeat(277)
    const long = await mhvJson(demo, 'tc', `Ship the parser by 2030-11-20\n${body}`)
    expect(long.error).toMatchObject({ name: 'INVALID_INPUT' })
    const { task } = await pasted(demo, long.error.recovery[0])
    expect(task).toMatchObject({
      title: 'Ship the parser',
      deadline: '2030-11-20',
      description: body.trim(),
    })
    const longer = await mhvJson(demo, 'tc', `Ship the parser\n${body}${body}`)
    expect(longer.error.recovery).toEqual([
      "mhv task create --no-parse --description - --json 'Ship the parser'",
    ])
    const { error } = await mhvJson(demo, 'tc', 'a'.repeat(6000))
    expect(error.recovery).toEqual(["mhv task create --no-parse --description - --json 'A short title'"])
  })

  test('of words that are taken literally', async () => {
    const demo = await repositoryWith()
    const dry = await mhvJson(demo, 'tc', '--no-parse', '--dry-run', '-p', 'high', "it's by Friday")
    expect(dry.parse).toMatchObject({ title: "it's by Friday", deadline: null, ambiguous: false })
    const { task } = await pasted(demo, dry.command)
    expect(task).toMatchObject({ title: "it's by Friday", priority: 'high', number: 1 })
    expect((await mhv(demo, 'tc', '--no-parse', '--dry-run', 'x'.repeat(201))).code).toBe(2)
  })
})

test('the words are kept with what they were taken for and what a flag made of that, and go with the task', async () => {
  const demo = await repositoryWith()
  await mhv(demo, 'tc', 'Ship the parser by 2026-12-04 #nlp', '--deadline', '2026-12-24')
  expect(git(demo, 'log', '-1', '--format=%s', 'refs/mtos/tasks')).toMatch(/^TaskCreated #1 /)
  const { history } = await mhvJson(demo, 'task', 'history', '1')
  expect(history.events.map(({ kind }: { kind: string }) => kind)).toEqual([
    'TaskCreationRequested',
    'TaskCreated',
  ])
  expect(history.events[0].data).toMatchObject({
    request: 'Ship the parser by 2026-12-04 #nlp',
    understood: { title: 'Ship the parser', deadline: '2026-12-04', labels: ['nlp'] },
    corrected: { deadline: '2026-12-24' },
  })
  const told = (await mhv(demo, 'task', 'history', '1')).out
  expect(told).toContain('words: “Ship the parser by 2026-12-04 #nlp”')
  expect(told).toContain('corrected: deadline 2026-12-24')
  expect((await mhv(demo, 'undo')).out).toBe('#1 deleted: Ship the parser by 2026-12-04\n')
  expect((await mhv(demo, 'doctor')).code).toBe(0)
})

/** Answers questions in a pseudo-terminal: each key goes when the question that it is for is there. */
function inTerminal(cwd: string, words: string, answers: readonly (readonly [RegExp, string])[]) {
  const line = `'${process.execPath}' '${PROGRAM}' tc '${words}'`
  return new Promise<{ code: number | null; out: string }>((resolve) => {
    const child = spawn('script', ['-qec', line, '/dev/null'], {
      cwd,
      env: { ...process.env, NO_COLOR: '1' },
    })
    let out = ''
    let seen = 0
    const left = [...answers]
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const [next] = left
      if (!next?.[0].test(out.slice(seen))) return
      left.shift()
      seen = out.length
      child.stdin.write(next[1])
    })
    child.on('close', (code) => resolve({ code, out }))
  })
}

describe.skipIf(spawnSync('script', ['--version']).status !== 0)('in a terminal', () => {
  const ENTER = '\r'
  const DOWN = '\u001b[B'

  test('it asks about what is not clear, and keeps what was answered', async () => {
    const demo = await repositoryWith()
    const { code, out } = await inTerminal(demo, UNCLEAR, [
      [/\? Title/, ` for good${ENTER}`],
      [/Create this task\?[\s\S]*navigate/, ENTER],
    ])
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('#1 created: fix it for good') })
    const { history } = await mhvJson(demo, 'task', 'history', '1')
    expect(history.events[0].data.corrected).toEqual({ title: 'fix it for good' })
  }, 20_000)

  test('a field can be changed before, and nothing created at all', async () => {
    const demo = await repositoryWith()
    const before = tip(demo)
    const question = /Create this task\?[\s\S]*navigate/
    const { code, out } = await inTerminal(demo, UNCLEAR, [
      [/\? Title/, ENTER],
      [question, DOWN + ENTER],
      [/Which one\?[\s\S]*navigate/, DOWN.repeat(5) + ENTER],
      [/Until when\?/, `\u0015tomorrow${ENTER}`],
      [question, DOWN + DOWN + ENTER],
    ])
    expect(out).toMatch(/deadline {4}.*as you said/)
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('Nothing was created.') })
    expect(tip(demo)).toBe(before)
  }, 20_000)

  test('Ctrl-C changes nothing', async () => {
    const demo = await repositoryWith()
    const before = tip(demo)
    const { code, out } = await inTerminal(demo, UNCLEAR, [[/\? Title/, '\u0003']])
    expect({ code, out }).toEqual({ code: 130, out: expect.stringContaining('Nothing was created.') })
    expect(tip(demo)).toBe(before)
  }, 20_000)
})
