import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

const at = (hours: number) => new Date(Date.UTC(2026, 8, 1) + hours * 3_600_000).toISOString()

/** Finished tasks as another system tells them: short fixes of a parser, long pages. */
const history = (count: number) =>
  Array.from({ length: count }, (_, i) => {
    const isFix = i % 2 === 0
    return {
      source: 'old',
      id: `OLD-${i + 1}`,
      title: isFix ? `Fix crash ${i} in the parser` : `New page ${i} for billing`,
      type: isFix ? 'bug' : 'feature',
      status: 'closed',
      created_at: at(i * 8),
      started_at: at(i * 8 + 1),
      closed_at: at(i * 8 + (isFix ? 3 : 60) + (i % 5) * 0.2),
    }
  })

async function withHistory(count: number, directory = temporaryRepository()): Promise<string> {
  const file = join(directory, '..', `history-${count}.jsonl`)
  writeFileSync(
    file,
    history(count)
      .map((line) => JSON.stringify(line))
      .join('\n'),
  )
  await mhv(directory, 'init')
  await run(directory, 'task', 'import', file)
  return directory
}

test('with too little history nothing is said, which is no failure', async () => {
  const directory = await withHistory(5)
  await run(directory, 'tc', 'Fix crash in the parser')
  const { code, out } = await mhv(directory, 'predict', '6')
  expect(code).toBe(0)
  expect(out).toContain('nothing can be said, 5 tasks are finished with a known duration')
  expect(await mhvJson(directory, 'predict', '6')).toMatchObject({
    schema: 1,
    task: { ref: 'demo#6' },
    abstains: true,
    reason: expect.stringContaining('from 8 on'),
    duration: { lead: { abstains: true, finished: 5 } },
    blockers: { abstains: true, likely: [] },
    overdue: null,
  })
})

test('a prediction says what it rests on: how many tasks, the median, the interval, and from when it counts', async () => {
  const directory = await withHistory(60)
  await run(directory, 'tc', 'Fix another crash in the parser', '--type', 'bug', '--deadline', '+10d')
  const { out } = await mhv(directory, 'predict', '61')
  expect(out).toMatch(/^#61 Fix another crash in the parser\n/)
  expect(out).toMatch(
    /Lead time, from creation to completion: .*60 finished tasks, median [\d.]+ h, 80 % between [\d.]+ (min|h) and [\d.]+ h\./,
  )
  expect(out).toMatch(/It will be late for \d{4}-\d\d-\d\d with a probability of \d+ %\./)
  expect(out).toContain('Finished and similar:\n  #')
  const { duration, similar, abstains, overdue } = await mhvJson(directory, 'predict', '61')
  expect(abstains).toBe(false)
  expect(duration.lead.hours.p50).toBeLessThan(6)
  expect(duration.work).toMatchObject({
    measured: 'from start to completion',
    finished: 60,
    past_forecasts: 49,
  })
  expect(duration.work.hours.p50).toBeLessThan(duration.lead.hours.p50)
  expect(overdue.probability).toBeLessThan(0.2)
  expect(similar).toHaveLength(5)
  expect(similar[0].title).toMatch(/^Fix crash/)
})

test('blockers come with their probability, the evidence and what helped then', async () => {
  const directory = await withHistory(12)
  await run(directory, 'task', 'reopen', '1,3,5,7', '--reason', 'again')
  for (const number of ['1', '3', '5', '7']) {
    await run(directory, 'task', 'block', number, '--reason', 'waiting for the test server')
    await run(directory, 'task', 'comment', number, 'Bob restarted it')
    await run(directory, 'task', 'unblock', number)
  }
  await run(directory, 'tc', 'Fix crash in the parser', '--type', 'bug')
  const { blockers } = await mhvJson(directory, 'predict', '13')
  expect(blockers.likely).toMatchObject([{ reason: 'waiting for the test server', is_baseline: true }])
  expect(blockers.likely[0].probability).toBeGreaterThanOrEqual(0.3)
  expect(blockers.likely[0].evidence).toHaveLength(4)
  expect(blockers.likely[0].evidence[0]).toMatchObject({ task: 'demo#1', helped: 'Bob restarted it' })
  const { out } = await mhv(directory, 'predict', '13')
  expect(out).toMatch(
    /May hold it up:\n {2}\d+ % {2}“waiting for the test server” \(as of all begun, blocked or ended tasks\)/,
  )
  expect(out).toContain('what helped: Bob restarted it')
})

test('what waits for a task is affected, through others and in other repositories', async () => {
  const { directory, at: path } = await federationOf({
    akosha: ['Index', 'Search'],
    crackerjack: ['Ship search'],
  })
  await run(path('akosha'), 'task', 'depend', '2', '--on', '1')
  await run(path('crackerjack'), 'task', 'depend', '1', '--on', 'akosha#2')
  const { affects, waits_for } = await mhvJson(directory, 'predict', 'akosha#1')
  expect(affects.dependents.map(({ ref }: { ref: string }) => ref)).toEqual(['akosha#2', 'crackerjack#1'])
  expect(waits_for).toEqual([])
  expect((await mhvJson(directory, 'predict', 'akosha#2')).waits_for).toMatchObject([{ ref: 'akosha#1' }])
})

test('of a task that has ended nothing is predicted; of none that is not there', async () => {
  const directory = await withHistory(2)
  expect(await mhvJson(directory, 'predict', '1')).toMatchObject({
    task: { ref: 'demo#1', status: 'completed' },
    abstains: true,
    reason: 'it is completed already',
  })
  expect((await mhv(directory, 'predict', '1')).out).toBe(
    '#1: nothing is predicted, it is completed already.\n',
  )
  expect((await mhv(directory, 'predict', '9')).code).toBe(1)
})

test('learning from all repositories is asked for', async () => {
  const { directory, at: path } = await federationOf({ akosha: [], crackerjack: ['Fix crash in the parser'] })
  await withHistory(30, path('akosha'))
  expect((await mhvJson(path('crackerjack'), 'predict', '1')).duration.lead).toMatchObject({ finished: 0 })
  expect(
    (await mhvJson(path('crackerjack'), 'predict', 'crackerjack#1', '--all')).duration.lead,
  ).toMatchObject({
    finished: 30,
    past_forecasts: 19,
  })
  expect((await mhvJson(directory, 'predict', 'crackerjack#1')).similar[0].ref).toMatch(/^akosha#/)
})

test('where too few finished tasks can be predicted again, that is why likeness is left out', async () => {
  const directory = await withHistory(26)
  await run(directory, 'tc', 'Fix another crash in the parser', '--type', 'bug')
  const { past_forecasts, is_baseline } = (await mhvJson(directory, 'predict', '27')).duration.lead
  expect([past_forecasts < 20, is_baseline]).toEqual([true, true])
  const { out } = await mhv(directory, 'predict', '27')
  expect(out).toContain(
    `This is the baseline, all of them alike: likeness is judged by 20 that can be predicted again, and these are ${past_forecasts}.`,
  )
  expect(out).not.toContain('has not been the better guide')
})

test('what took less than a task has taken already is not said to count', async () => {
  const directory = await withHistory(26)
  await run(directory, 'tc', 'Sort out the office')
  await run(directory, 'start', '27', '--no-worktree')
  const before = (await mhv(directory, 'predict', '27')).out
  expect(before).toMatch(/^Work, from start to completion: 26 finished tasks, median /m)
  const set = process.env.MHV_NOW!
  onTestFinished(() => {
    process.env.MHV_NOW = set
  })
  process.env.MHV_NOW = new Date(Date.parse(set) + 3 * 3_600_000).toISOString()
  const { out } = await mhv(directory, 'predict', '27')
  expect(out).toMatch(
    /^Work, from start to completion: 13 of 26 finished tasks, those that took longer than its 3 h so far, median 2\.5 days, .* days\. This/m,
  )
  expect((await mhvJson(directory, 'predict', '27')).duration.work).toMatchObject({
    finished: 26,
    counted: 13,
  })
})

test('the clock of the command decides what is known', async () => {
  const directory = await withHistory(30)
  await run(directory, 'tc', 'Fix crash in the parser')
  const set = process.env.MHV_NOW!
  onTestFinished(() => {
    process.env.MHV_NOW = set
  })
  process.env.MHV_NOW = at(20 * 8)
  const { duration } = await mhvJson(directory, 'predict', '31')
  expect(duration.lead.finished).toBeLessThan(20)
})

test('a number alone is of the repository one stands in; elsewhere those that have it are named', async () => {
  const { directory, at: path } = await federationOf({
    akosha: ['Vectors'],
    crackerjack: ['One', 'Two'],
    'session-buddy': ['Three'],
  })
  for (const words of [
    ['predict', '2', '--all'],
    ['depend', 'suggest', '2', '--all'],
  ])
    expect((await mhvJson(path('crackerjack'), ...words)).task.ref).toBe('crackerjack#2')
  expect((await mhvJson(path('session-buddy'), 'predict', '1', '--all')).task.ref).toBe('session-buddy#1')
  const unclear = await mhvJson(directory, 'predict', '1', '--all')
  expect(unclear.error.name).toBe('USAGE')
  expect(unclear.error.message).toContain('one of akosha#1, crackerjack#1, session-buddy#1')
  expect((await mhvJson(directory, 'predict', '2', '--all')).error.message).toContain(
    'which is crackerjack#2',
  )
  expect((await mhvJson(directory, 'predict', '9', '--all')).error.name).toBe('TASK_NOT_FOUND')
})

test('the name of the repository around needs no list of repositories', async () => {
  const directory = await withHistory(2)
  await run(directory, 'tc', 'Third')
  expect((await mhvJson(directory, 'predict', 'demo#3')).task.ref).toBe('demo#3')
  expect((await mhvJson(directory, 'depend', 'suggest', 'demo#3')).task.ref).toBe('demo#3')
  expect((await mhvJson(directory, 'predict', 'other#3')).error.name).toBe('NO_FEDERATION')
})

test('why it is blocked now comes first, and a deadline that has passed is missed for certain', async () => {
  const directory = await withHistory(2)
  await run(directory, 'tc', 'Third', '--deadline', '2030-01-01')
  await run(directory, 'task', 'block', '3', '--reason', 'vendor')
  const set = process.env.MHV_NOW!
  onTestFinished(() => {
    process.env.MHV_NOW = set
  })
  process.env.MHV_NOW = '2030-02-01T12:00:00.000Z'
  const { out } = await mhv(directory, 'predict', '3')
  expect(out).toContain('Late: the deadline 2030-01-01 has passed.\n')
  expect(out).toContain('May hold it up:\n  now   it is blocked: “vendor”\n'.trimEnd())
  expect(await mhvJson(directory, 'predict', '3')).toMatchObject({
    abstains: true,
    overdue: { probability: 1, has_passed: true },
    blockers: { now: { reason: 'vendor' } },
  })
})
