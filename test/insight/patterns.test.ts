import { describe, expect, test } from 'vitest'
import { ageingWork } from '../../src/insight/ageing-work.ts'
import { type GateRun, gatePatterns } from '../../src/insight/gate-patterns.ts'
import { slowScopes } from '../../src/insight/slow-scopes.ts'
import { hour, plainTask } from '../support/plain-task.ts'

describe('what takes longer', () => {
  const tasks = Array.from({ length: 40 }, (_, i) =>
    plainTask(i + 1, {
      at: i,
      took: i % 4 === 0 ? 30 + (i % 3) : 3 + (i % 3),
      labels: i % 4 === 0 ? ['tui'] : ['cli'],
    }),
  )

  test('is told with the ratio, the effect and the counts; what is quicker is not', () => {
    const [slow, ...others] = slowScopes(tasks, 'lead')
    expect(others).toEqual([])
    expect(slow).toMatchObject({ scope: 'label', name: 'tui', count: 10, rest: 30, delta: 1 })
    expect(slow!.ratio).toBeCloseTo(slow!.median / slow!.restMedian)
    expect(slow!.median).toBeCloseTo(31)
  })

  test.each([
    ['four tasks', tasks.slice(0, 16)],
    ['no difference', tasks.map((task) => ({ ...task, completed: task.created + 3_600_000 }))],
    [
      'a difference that chance makes',
      tasks
        .slice(0, 40)
        .map((task, i) => ({ ...task, completed: task.created + ((i * 7) % 11) * 3_600_000 + 60_000 })),
    ],
  ])('says nothing of %s', (_, some) => {
    expect(slowScopes(some, 'lead')).toEqual([])
  })

  test('kinds of duration are kept apart: without a start there is no work', () => {
    expect(slowScopes(tasks, 'work')).toEqual([])
  })
})

const run = (gate: string, outcome: string, more: Partial<GateRun> = {}): GateRun => ({
  repository: 'demo',
  gate,
  outcome,
  key: 'a',
  commit: 'c1',
  isCached: false,
  isClean: true,
  ...more,
})

describe('gates', () => {
  test('what fails is counted by what ran to an end; cached results and skipped runs are none', () => {
    const runs = [
      ...['passed', 'failed', 'timed out', 'skipped', 'cancelled', 'not started'].map((outcome, i) =>
        run('test', outcome, { key: `k${i}` }),
      ),
      run('test', 'passed', { isCached: true }),
      ...['passed', 'passed', 'passed'].map((outcome) => run('lint', outcome)),
      ...['failed', 'passed'].map((outcome, i) => run('rare', outcome, { key: `r${i}` })),
    ]
    expect(gatePatterns(runs)).toEqual({
      failing: [{ repository: 'demo', gate: 'test', runs: 3, failures: 2, share: 2 / 3 }],
      flaky: [],
    })
  })

  test.each<[string, GateRun[], number]>([
    ['the same passed and failed', [run('t', 'failed'), run('t', 'passed')], 1],
    [
      'two things did so',
      ['a', 'b'].flatMap((key) => [run('t', 'failed', { key }), run('t', 'passed', { key })]),
      2,
    ],
    ['another thing failed', [run('t', 'failed', { key: 'b' }), run('t', 'passed')], 0],
    ['the worktree held something else', [run('t', 'failed', { isClean: false }), run('t', 'passed')], 0],
    ['the pass was taken from a record', [run('t', 'failed'), run('t', 'passed', { isCached: true })], 0],
    ['another repository’s failed', [run('t', 'failed', { repository: 'x' }), run('t', 'passed')], 0],
  ])('where %s, flaky: %#', (_, runs, times) => {
    expect(gatePatterns(runs).flaky.map((gate) => gate.times)).toEqual(times === 0 ? [] : [times])
  })
})

test('open work is ageing when it is older than 85 % of what was finished, by the clock that fits it', () => {
  const finished = Array.from({ length: 20 }, (_, i) =>
    plainTask(i + 1, { at: 0, took: 20 + i, started: hour(20) }),
  )
  const open = [
    plainTask(31, { at: 100 }),
    plainTask(32, { at: 180 }),
    plainTask(33, { at: 100, status: 'in_progress', started: hour(195) }),
    plainTask(34, { at: 100, status: 'in_progress', started: hour(150) }),
  ]
  expect(ageingWork([...finished, ...open], hour(200))).toMatchObject([
    { task: { number: 34 }, kind: 'work', hours: 50 },
    { task: { number: 31 }, kind: 'lead', hours: 100 },
  ])
  expect(ageingWork([...finished.slice(0, 7), ...open], hour(200))).toEqual([])
})
