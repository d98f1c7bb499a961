import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StoredEvent } from '../../schemas/event.ts'
import { uniteLogs } from '../../src/merge/unite-logs.ts'
import { canonicalEvent } from '../../src/store/task-file.ts'
import type { TaskLog } from '../../src/tasks/fold.ts'
import { event, ulid } from './events.ts'

const TASK = ulid(0)
const log = (...events: StoredEvent[]): TaskLog => ({ id: TASK, events })
const unite = (a: TaskLog, b: TaskLog) => uniteLogs(a, b, canonicalEvent)

describe('the union of two logs of one task', () => {
  const created = event(1, 'TaskCreated', { title: 'Fix auth bug' })
  const mine = event(2, 'CommentAdded', { text: 'mine' }, [created])
  const theirs = event(3, 'CommentAdded', { text: 'theirs' }, [created])

  test('holds every event once, by clock and then id', () => {
    expect(unite(log(created, theirs), log(mine, created))).toEqual({
      log: log(created, mine, theirs),
      clashes: [],
    })
  })

  test('of two contents under one id keeps the smaller bytes, from whichever side, and reports it', () => {
    const other = { ...mine, data: { text: 'forged' } }
    const expected = { log: log(created, other), clashes: [{ task: TASK, event: mine.id }] }
    expect(unite(log(created, mine), log(created, other))).toEqual(expected)
    expect(unite(log(created, other), log(created, mine))).toEqual(expected)
  })

  test('compares bytes, not UTF-16 units: U+FF5E comes before U+1F600', () => {
    const emoji = { ...mine, data: { text: 'a\u{1f600}' } }
    const tilde = { ...mine, data: { text: 'a\uff5e' } }
    expect(unite(log(emoji), log(tilde)).log).toEqual(log(tilde))
  })

  test('does not take another order of keys for another content', () => {
    const turned = Object.fromEntries(Object.entries(mine).reverse()) as unknown as StoredEvent
    expect(unite(log(mine), log(turned)).clashes).toEqual([])
  })

  test('is commutative, associative and idempotent, whatever the sets of events and their contents', () => {
    const events = fc
      .array(
        fc.record({ n: fc.integer({ min: 1, max: 6 }), text: fc.constantFrom('a', 'b', 'ü', '\u{1f600}') }),
      )
      .map(
        (picks) => unite(log(), log(...picks.map(({ n, text }) => event(n, 'CommentAdded', { text })))).log,
      )
    fc.assert(
      fc.property(events, events, events, (a, b, c) => {
        expect(unite(a, b).log).toEqual(unite(b, a).log)
        expect(unite(unite(a, b).log, c).log).toEqual(unite(a, unite(b, c).log).log)
        expect(unite(a, a)).toEqual({ log: a, clashes: [] })
        const ids = new Set([...a.events, ...b.events].map(({ id }) => id))
        expect(new Set(unite(a, b).log.events.map(({ id }) => id))).toEqual(ids)
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})
