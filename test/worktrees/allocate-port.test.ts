import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocatePort } from '../../src/worktrees/allocate-port.ts'

const range = fc.record({
  first: fc.integer({ min: 1024, max: 65_535 }),
  count: fc.integer({ min: 1, max: 60 }),
})

test('no two worktrees share a port while the range has one left, and then none is given', () => {
  fc.assert(
    fc.property(range, fc.array(fc.string(), { maxLength: 80 }), (ports, names) => {
      const taken = new Set<number>()
      const room = Math.min(ports.count, 65_535 - ports.first + 1)
      for (const [i, name] of names.entries()) {
        const port = allocatePort(name, ports, taken)
        expect(port === null).toBe(i >= room)
        if (port === null) continue
        expect(taken.has(port)).toBe(false)
        expect(port >= ports.first && port < ports.first + ports.count && port <= 65_535).toBe(true)
        taken.add(port)
      }
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('a name keeps its port, whatever others have, as long as that is free', () => {
  fc.assert(
    fc.property(
      range,
      fc.string(),
      fc.array(fc.integer({ min: 1024, max: 65_535 })),
      (ports, name, others) => {
        const port = allocatePort(name, ports, new Set())!
        expect(allocatePort(name, ports, new Set(others.filter((other) => other !== port)))).toBe(port)
      },
    ),
    { seed: 1, numRuns: 300 },
  )
})

test('tasks made one after the other are spread over the range', () => {
  const given = Array.from({ length: 200 }, (_, i) => `01JF3ZK4Q8M6W2T5V7X9Y0A${String(i).padStart(3, '0')}`)
  const ports = given.map((id) => allocatePort(id, { first: 20_000, count: 10_000 }, new Set()))
  expect(new Set(ports).size).toBeGreaterThan(190)
})
