import { expect, test } from 'vitest'
import { type GateRecord, gateRecord } from '../../schemas/gate-record.ts'
import { overriddenGates } from '../../src/gates/overridden-gates.ts'
import { ulidOf } from '../support/task-log.ts'

const NOW = '2026-11-20T10:00:00.000Z'
const EARLIER = '2026-11-20T09:59:59.999Z'
const LATER = '2026-11-20T10:00:00.001Z'

/** Records of overrides, one after the other; the last word of each is when it expires, if it does. */
const recordsOf = (...overrides: readonly (readonly [gates: string[], expires?: string])[]): GateRecord[] =>
  overrides.map(([gates, expires], i) =>
    gateRecord.parse({
      ...{ id: ulidOf(i), at: EARLIER, by: 'Ann <ann@example.com>', moment: 'done', results: [] },
      ...{ commit: 'a'.repeat(40), tree: 'b'.repeat(40) },
      override: { gates, reason: 'x', ...(expires ? { expires } : {}) },
    }),
  )

test.each([
  ['none', recordsOf(), []],
  ['one for ever', recordsOf([['a', 'b']]), ['a', 'b']],
  ['one that holds still', recordsOf([['a'], LATER]), ['a']],
  ['one that ends now', recordsOf([['a'], NOW]), []],
  ['one that has ended', recordsOf([['a'], EARLIER]), []],
  ['several', recordsOf([['a']], [['b'], LATER]), ['a', 'b']],
  ['one of two that was taken back', recordsOf([['a', 'b']], [['a'], EARLIER]), ['b']],
  ['one that was taken back and given again', recordsOf([['a']], [['a'], EARLIER], [['a'], LATER]), ['a']],
])('of %s', (_name, records, gates) => {
  expect([...overriddenGates(records, NOW)].sort()).toEqual(gates)
})
