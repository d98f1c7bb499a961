import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { areaUnderCurve, precisionAt, replayDurations, scoreOf } from '../../src/insight/back-test.ts'
import { pinball } from '../../src/insight/durations.ts'
import { effectiveCount, weightAbove, weightedQuantiles } from '../../src/insight/weighted-quantiles.ts'
import { plainTask } from '../support/plain-task.ts'

const even = (...values: number[]) => values.map((value) => ({ value, weight: 1 }))

test.each([
  [even(1, 2, 3, 4), [0.1, 0.5, 0.9], [1, 2, 4]],
  [even(5), [0.1, 0.9], [5, 5]],
  [
    [
      { value: 1, weight: 9 },
      { value: 2, weight: 1 },
    ],
    [0.5, 0.9, 0.95],
    [1, 1, 2],
  ],
])('quantiles of %j at %j are %j', (samples, shares, quantiles) => {
  expect(weightedQuantiles(samples, shares)).toEqual(quantiles)
})

test('equal weights count each as one, a heavy one counts as one alone', () => {
  expect(effectiveCount(even(1, 2, 3))).toBeCloseTo(3)
  expect(effectiveCount([...even(1, 2), { value: 3, weight: 1e9 }])).toBeCloseTo(1)
  expect(weightAbove(even(1, 2, 3, 4), 3)).toBe(0.25)
})

test.each([
  [10, 14, 0.5, 2],
  [10, 6, 0.5, 2],
  [10, 20, 0.9, 9],
  [10, 0, 0.9, 1],
])('%d said, %d true, at %d: the loss is %d', (said, value, share, loss) => {
  expect(pinball(said, value, share)).toBeCloseTo(loss)
})

test('the area under the curve counts ties half', () => {
  const scored = (...all: [number, boolean][]) => all.map(([score, isSo]) => ({ score, isSo }))
  expect(areaUnderCurve(scored([1, true], [0, false], [0.5, false]))).toBe(1)
  expect(areaUnderCurve(scored([0, true], [1, false]))).toBe(0)
  expect(areaUnderCurve(scored([1, true], [1, false]))).toBe(0.5)
})

test('precision at k is of the tasks that have a link at all', () => {
  const link = (number: number) => ({ task: plainTask(number), confidence: 0.5, reasons: [] })
  const links = [link(1), link(2), link(3)]
  const ranked = [
    { links, truth: new Set([plainTask(2).key]) },
    { links, truth: new Set<string>() },
  ]
  expect([precisionAt(ranked, 1), precisionAt(ranked, 2)]).toEqual([0, 0.5])
})

// What `mhv predict` shows by default has to be better than saying the same of every task, on another project's tasks.
test('on real tasks, predicted one after the other, likeness beats both baselines and eight in ten are in the interval', () => {
  const file = join(import.meta.dirname, '..', 'fixtures', 'eval', 'tasks.jsonl')
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const timed = lines.filter(
    ({ status, flags }) => ['closed', 'open'].includes(status) && !flags?.includes('single_commit'),
  )
  const tasks = timed.map((line, i) => {
    const created = Date.parse(line.created_at)
    const left = line.closed_at === null ? null : Date.parse(line.closed_at)
    const parent = line.deps.find(({ type }: { type: string }) => type === 'parent-child')?.id ?? null
    const { title, description, type, labels, priority } = line
    return plainTask(i, {
      ...{ title, description, type, labels, parent, left, completed: left, created },
      priority: priority ?? 'medium',
      key: line.id,
    })
  })
  const scores = new Map([...replayDurations(tasks)].map(([name, outcomes]) => [name, scoreOf(outcomes)]))
  const total = (name: string, of: 'logLoss' | 'hourLoss') =>
    scores.get(name)![of].reduce((sum, loss) => sum + loss, 0)
  for (const baseline of ['all', 'type']) {
    expect(total('predict', 'logLoss')).toBeLessThan(total(baseline, 'logLoss') * 0.97)
    expect(total('predict', 'hourLoss')).toBeLessThan(total(baseline, 'hourLoss'))
  }
  expect(scores.get('predict')!.coverage).toBeGreaterThan(0.75)
  expect(scores.get('predict')!.coverage).toBeLessThan(0.85)
})
