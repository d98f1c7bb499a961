import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planRenumbering } from '../../src/merge/plan-renumbering.ts'
import { ulid } from './events.ts'

const task = (id: number, number: number) => ({ id: ulid(id), number })
const had =
  (...ids: number[]) =>
  (id: string) =>
    ids.map(ulid).includes(id)

describe('numbers after a merge', () => {
  test('stay as they are where nobody shares one', () => {
    expect(planRenumbering([task(1, 1), task(2, 2)], had(), 2)).toEqual([])
  })

  test('the task that the remote had keeps its number, even if it is the later one', () => {
    const tasks = [task(1, 7), task(2, 7)]
    expect(planRenumbering(tasks, had(2), 9)).toEqual([{ id: ulid(1), from: 7, to: 10 }])
  })

  test('the later id moves where the remote had both, or neither', () => {
    const tasks = [task(2, 7), task(1, 7)]
    const expected = [{ id: ulid(2), from: 7, to: 10 }]
    expect(planRenumbering(tasks, had(), 9)).toEqual(expected)
    expect(planRenumbering(tasks, had(1, 2), 9)).toEqual(expected)
  })

  test('several that move take the next numbers, by the number they had and then by id', () => {
    const tasks = [task(6, 2), task(5, 2), task(4, 1), task(3, 1), task(2, 2), task(1, 1)]
    expect(planRenumbering(tasks, had(), 12)).toEqual([
      { id: ulid(3), from: 1, to: 13 },
      { id: ulid(4), from: 1, to: 14 },
      { id: ulid(5), from: 2, to: 15 },
      { id: ulid(6), from: 2, to: 16 },
    ])
  })

  test('a task that nobody has numbered gets a number', () => {
    expect(planRenumbering([task(1, 0), task(2, 1)], had(), 1)).toEqual([{ id: ulid(1), from: 0, to: 2 }])
  })

  test('one round leaves none shared, moves nothing that the remote had alone, and does not mind the order', () => {
    const tasks = fc.uniqueArray(fc.record({ id: fc.nat(30), number: fc.integer({ min: 1, max: 6 }) }), {
      selector: ({ id }) => id,
    })
    fc.assert(
      fc.property(tasks, fc.array(fc.nat(30)), (picks, remote) => {
        const all = picks.map(({ id, number }) => task(id, number))
        const plan = planRenumbering(all, had(...remote), 6)
        const moved = new Map(plan.map(({ id, to }) => [id, to]))
        const numbers = all.map(({ id, number }) => moved.get(id) ?? number)
        expect(new Set(numbers).size).toBe(numbers.length)
        for (const { id, from } of plan) {
          const keeper = all.find((other) => other.number === from && !moved.has(other.id))!
          expect(had(...remote)(id) && !had(...remote)(keeper.id)).toBe(false)
        }
        expect(planRenumbering([...all].reverse(), had(...remote), 6)).toEqual(plan)
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})
