import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { stronglyConnected } from '../../src/query/strongly-connected.ts'
import { runs } from '../support/nasty-text.ts'

test('in any graph, nodes are together that lead to each other', () => {
  const size = 7
  const edges = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 14 })
  fc.assert(
    fc.property(edges, (edges) => {
      const next = (from: number) => edges.filter(([start]) => start === from).map(([, to]) => to)
      const reach = (from: number) => {
        const seen = new Set([from])
        for (const node of seen) for (const to of next(node)) seen.add(to)
        return seen
      }
      const nodes = [...Array(size).keys()]
      const components = stronglyConnected(nodes, next)
      expect(components.flat().sort()).toEqual(nodes)
      for (const component of components) {
        const together = nodes.filter(
          (node) => reach(component[0]!).has(node) && reach(node).has(component[0]!),
        )
        expect(component.sort()).toEqual(together)
      }
    }),
    runs(1000),
  )
})

test('a ring of ten thousand nodes is walked without running out of stack', () => {
  const size = 10_000
  expect(stronglyConnected([0], (node) => [(node + 1) % size])).toMatchObject([{ length: size }])
})
