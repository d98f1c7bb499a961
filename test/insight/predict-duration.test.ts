import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DurationKind } from '../../src/insight/durations.ts'
import { forecastsOf } from '../../src/insight/forecast.ts'
import { knownAt, type PlainTask } from '../../src/insight/plain-task.ts'
import { type DurationSaid, overdueRisk, predictDuration } from '../../src/insight/predict-duration.ts'
import { predictTask } from '../../src/insight/predict-task.ts'
import { hour, plainTask } from '../support/plain-task.ts'

const predict = (tasks: readonly PlainTask[], task: PlainTask, at: number, kind: DurationKind = 'lead') =>
  predictDuration(forecastsOf(tasks, kind), kind, task, hour(at))

/** Tasks one after the other, each created when the one before is done. */
const inTurn = (lengths: readonly number[], more: (i: number) => Partial<PlainTask> = () => ({})) => {
  let at = 0
  return lengths.map((took, i) => {
    const task = plainTask(i + 1, { at, took, ...more(i) })
    at += took
    return task
  })
}

describe('how long', () => {
  test.each([
    ['nothing finished', [], '0 tasks are finished'],
    ['one', [4], '1 task is finished'],
    ['seven', [1, 2, 3, 4, 5, 6, 7], '7 tasks are finished'],
  ])('abstains with %s, and says why', (_, lengths, reason) => {
    const said = predict(inTurn(lengths), plainTask(99, { at: 100 }), 100)
    expect(said).toMatchObject({ abstains: true, finished: lengths.length })
    expect(said.abstains && said.reason).toContain(reason)
  })

  test('eight finished tasks are enough; without a past to prove likeness they count alike', () => {
    const said = predict(inTurn([1, 2, 3, 4, 5, 6, 7, 8]), plainTask(99, { at: 100 }), 100)
    expect(said).toMatchObject({ abstains: false, model: 'all', finished: 8, similar: 8, past: 0 })
    const { low, median, high } = said as DurationSaid
    expect([low, median, high].map((hours) => Number(hours.toFixed(3)))).toEqual([1, 4.5, 8])
  })

  test('likeness is used where it was the better guide: words tell short from long, which one type does not', () => {
    const kinds = [{ title: 'Fix crash in the parser' }, { title: 'New page for billing' }]
    const past = inTurn(
      Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 1 + (i % 3) * 0.1 : 50 + (i % 3))),
      (i) => kinds[i % 2]!,
    )
    const [short, long] = kinds.map((kind) => predict(past, plainTask(99, { at: 5000, ...kind }), 5000))
    expect(short).toMatchObject({ abstains: false, model: 'similar' })
    expect((short as DurationSaid).high).toBeLessThan(10)
    expect((long as DurationSaid).low).toBeGreaterThan(10)
  })

  test('once all that are like it took less, what is left is the baseline, and none of it is called similar', () => {
    const kinds = [{ title: 'Fix crash in the parser' }, { title: 'New page for billing' }]
    const past = inTurn(
      Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 1 + (i % 3) * 0.1 : 50 + (i % 3))),
      (i) => kinds[i % 2]!,
    )
    const task = plainTask(99, { at: 5000, ...kinds[0] })
    expect(predict(past, task, 5001)).toMatchObject({ model: 'similar' })
    expect(predict(past, task, 5010)).toMatchObject({ model: 'all', isAlone: true, similar: 30 })
  })

  test('what has taken some time already is compared with what took longer', () => {
    const past = inTurn([1, 2, 3, 4, 70, 80, 90, 100, 110, 120, 130, 140])
    const task = plainTask(99, { at: 1000 })
    const said = predict(past, task, 1010) as DurationSaid
    expect(said).toMatchObject({ abstains: false, elapsed: 10 })
    expect(Math.round(said.median)).toBe(105)
    expect(predict(past, task, 1075)).toMatchObject({
      abstains: true,
      reason:
        'it has taken longer already than 5 of 12 finished tasks; 7 took longer, and from 8 on something can be said',
    })
  })

  test('where no task is like it, the baseline is told whatever likeness has proved', () => {
    const kinds = [{ title: 'Fix crash in parser' }, { title: 'New page, billing' }]
    const past = inTurn(
      Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 1 : 50)),
      (i) => kinds[i % 2]!,
    )
    const said = predict(past, plainTask(99, { at: 5000, title: 'Zebra', type: 'task' }), 5000)
    expect(said).toMatchObject({ abstains: false, isAlone: true })
    expect((said as DurationSaid).model).not.toBe('similar')
  })

  test('a deadline that has passed is missed, also where no duration can be told', () => {
    const question = { task: plainTask(1, { at: 0 }), tasks: [], episodes: [], at: hour(10) }
    expect(predictTask({ ...question, deadline: hour(9) }).overdue).toEqual({ risk: 1, kind: null })
    expect(predictTask({ ...question, deadline: hour(11) }).overdue).toBeNull()
  })

  test('work counts from the start, and is not mixed with the way from creation', () => {
    const past = inTurn([10, 10, 10, 10, 10, 10, 10, 10]).map((task) => ({
      ...task,
      started: task.completed! - 2 * 3_600_000,
    }))
    const mixed = [...past, ...inTurn([500, 500, 500])]
    const task = plainTask(99, { at: 3000 })
    expect(Math.round((predict(past, task, 3000, 'work') as DurationSaid).median)).toBe(2)
    expect(predict(mixed, task, 3000, 'work')).toMatchObject({ finished: 8 })
    expect(predict(past, task, 3000, 'lead')).toMatchObject({ finished: 8 })
  })

  test.each([
    [1001, 'high', 0.9, 1],
    [1200, 'low', 0, 0.1],
    [999, 'certain, the deadline has passed', 1, 1],
  ])('for a deadline at hour %i the risk is %s', (deadline, _, least, most) => {
    const task = plainTask(99, { at: 1000 })
    const said = predict(inTurn(Array(20).fill(24)), task, 1000) as DurationSaid
    const risk = overdueRisk(said, task, hour(deadline), hour(1000))
    expect(risk).toBeGreaterThanOrEqual(least)
    expect(risk).toBeLessThanOrEqual(most)
  })
})

const anyTask = fc.record({
  at: fc.integer({ min: 0, max: 400 }),
  took: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
  start: fc.option(fc.integer({ min: 0, max: 50 }), { nil: null }),
  title: fc.constantFrom('Fix the parser', 'Add a page', 'Parser page', 'Write docs'),
  type: fc.constantFrom('bug' as const, 'task' as const),
})
type Any = typeof anyTask extends fc.Arbitrary<infer T> ? T : never

const built = (all: readonly Any[]) =>
  all.map(({ start, took, ...rest }, i) =>
    plainTask(i + 1, {
      ...rest,
      ...(took === undefined ? {} : { took }),
      started: start === null || (took !== undefined && start >= took) ? null : hour(rest.at + start),
    }),
  )

test('a prediction does not change when anything after it changes', () => {
  const AT = 200
  const run = (tasks: readonly PlainTask[]) => {
    const task = plainTask(999, { at: AT - 1, title: 'Fix the page' })
    const said = predictTask({ task, tasks, episodes: [], at: hour(AT), deadline: hour(AT + 20) })
    const plain = (prediction: typeof said.work) =>
      prediction.abstains
        ? prediction
        : { ...prediction, samples: prediction.samples.map(({ task: t, weight }) => [t.key, weight]) }
    return JSON.stringify([
      plain(said.work),
      plain(said.lead),
      said.overdue,
      said.similar.map(({ task: t, hours }) => [t.key, hours]),
      said.sameScope.map(({ task: t }) => t.key),
    ])
  }
  fc.assert(
    fc.property(fc.array(anyTask, { minLength: 5, maxLength: 60 }), fc.array(anyTask), (past, later) => {
      const tasks = built(past)
      const changed = tasks.map((task) => {
        // Another end for everything that ended later, and a start for what was begun later.
        const isLater = task.completed === null || task.completed >= hour(AT)
        const started = task.started !== null && task.started >= hour(AT) ? null : task.started
        if (!isLater) return { ...task, started }
        return {
          ...task,
          started,
          completed: hour(AT + 300),
          left: hour(AT + 300),
          status: 'completed' as const,
        }
      })
      const added = built(later).map((task, i) => ({
        ...task,
        key: `demo/later${i}`,
        created: hour(AT + 1),
        completed: hour(AT + 2),
        left: hour(AT + 2),
      }))
      expect(run([...changed, ...added])).toBe(run(tasks))
      // A replay asks the same of all tasks at once.
      const task = plainTask(999, { at: AT, title: 'Fix the page' })
      const [all, known] = [tasks, knownAt(tasks, hour(AT))].map((some) => predict(some, task, AT))
      const numbers = (said: typeof all) => said && { ...said, samples: null }
      expect(numbers(all)).toEqual(numbers(known))
    }),
    { seed: 1, numRuns: process.env.MHV_LONG ? 2000 : 60 },
  )
})

test('what is known at an instant has no later ends, starts or creations', () => {
  const tasks = [
    plainTask(1, { at: 0, took: 5 }),
    plainTask(2, { at: 0, took: 50, started: hour(20) }),
    plainTask(3, { at: 30 }),
  ]
  expect(knownAt(tasks, hour(10))).toEqual([
    tasks[0],
    { ...tasks[1], started: null, completed: null, left: null, status: 'pending' },
  ])
})
