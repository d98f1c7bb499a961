import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { schedule } from '../../src/query/schedule.ts'
import { runs } from '../support/nasty-text.ts'

/** Work of which each piece waits for earlier ones only, in an order that is then shuffled. */
const work = fc
  .integer({ min: 1, max: 8 })
  .chain((size) =>
    fc.record({
      order: fc.shuffledSubarray(
        Array.from({ length: size }, (_, i) => i),
        { minLength: size },
      ),
      pairs: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 14 }),
      minutes: fc.array(fc.nat(5), { minLength: size, maxLength: size }),
    }),
  )
  .map(({ order, pairs, minutes }) => {
    const needs: number[][] = order.map(() => [])
    for (const [a, b] of pairs) {
      const [early, late] = [order[Math.min(a, b)]!, order[Math.max(a, b)]!]
      if (a !== b && !needs[late]!.includes(early)) needs[late]!.push(early)
    }
    return { needs, minutes }
  })

/** Every way through the work that ends at a piece. */
const chainsTo = (needs: number[][], piece: number): number[][] => [
  [piece],
  ...needs[piece]!.flatMap((need) => chainsTo(needs, need).map((chain) => [...chain, piece])),
]

test('each piece is in one level, after all that it waits for and no later than it has to be', async () => {
  await fc.assert(
    fc.asyncProperty(work, async ({ needs, minutes }) => {
      const { levels } = await schedule(needs, minutes)
      expect(levels.flat().sort((a, b) => a - b)).toEqual([...needs.keys()])
      const levelOf = (piece: number) => levels.findIndex((level) => level.includes(piece))
      for (const [piece, first] of needs.entries()) {
        expect(levelOf(piece)).toBe(Math.max(0, ...first.map((need) => levelOf(need) + 1)))
      }
    }),
    runs(300),
  )
})

test('no chain is longer than the critical one, and slack is what a piece may grow by without an end moving', async () => {
  await fc.assert(
    fc.asyncProperty(work, async ({ needs, minutes }) => {
      const { critical, done, slack } = await schedule(needs, minutes)
      const lengthOf = (chain: number[]) => chain.reduce((sum, piece) => sum + minutes[piece]!, 0)
      const chains = [...needs.keys()].flatMap((piece) => chainsTo(needs, piece))
      const longest = Math.max(...chains.map(lengthOf))
      expect(lengthOf([...critical])).toBe(longest)
      for (const [i, piece] of critical.slice(1).entries()) expect(needs[piece]).toContain(critical[i])
      for (const piece of needs.keys()) {
        const through = chains.filter((chain) => chain.includes(piece)).map(lengthOf)
        expect(slack[piece]).toBe(longest - Math.max(...through))
        const own = chains.filter((chain) => chain.at(-1) === piece).map(lengthOf)
        expect(done[piece]).toBe(Math.max(...own))
      }
    }),
    runs(300),
  )
})

test('of nothing there is nothing to plan', async () => {
  expect(await schedule([], [])).toEqual({ levels: [], done: [], slack: [], critical: [] })
})
