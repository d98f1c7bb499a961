import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StoredEvent } from '../../schemas/event.ts'
import { lostWrites } from '../../src/merge/lost-writes.ts'
import { fold } from '../../src/tasks/fold.ts'
import { event, ulid } from './events.ts'

const created = event(1, 'TaskCreated', { title: 'Fix auth bug', number: 1 })
const lost = (...events: StoredEvent[]) =>
  lostWrites({ id: ulid(0), events: [created, ...events] }).map((write) => ({
    field: write.field,
    lost: write.lostValue,
    winner: write.winningValue,
    settled: write.settledBy?.id ?? null,
  }))
const titled = (n: number, title: string, ...after: StoredEvent[]) =>
  event(n, 'TaskEdited', { title }, after.length > 0 ? after : [created])

describe('writes that lost', () => {
  test('none in a history in which everybody had seen everything', () => {
    const first = titled(2, 'a')
    expect(lost(first, titled(3, 'b', first))).toEqual([])
  })

  test('of two concurrent edits of a field, the earlier one in the order', () => {
    expect(lost(titled(2, 'a'), titled(3, 'b'))).toEqual([
      { field: 'title', lost: 'a', winner: 'b', settled: null },
    ])
  })

  test('none where the two edited different fields or agree', () => {
    expect(lost(titled(2, 'a'), event(3, 'TaskEdited', { priority: 'high' }, [created]))).toEqual([])
    expect(lost(titled(2, 'a'), titled(3, 'a'))).toEqual([])
  })

  test('only what a side said last, not what it had replaced itself', () => {
    const first = titled(2, 'a')
    expect(lost(first, titled(4, 'c', first), titled(3, 'b'))).toEqual([
      { field: 'title', lost: 'b', winner: 'c', settled: null },
    ])
  })

  test('a later write of the field in knowledge of both settles it', () => {
    const [a, b] = [titled(2, 'a'), titled(3, 'b')]
    expect(lost(a, b, titled(4, 'c', a, b))).toEqual([
      { field: 'title', lost: 'a', winner: 'b', settled: ulid(4) },
    ])
  })

  test('with an undo of what settled it, it is open again, until somebody sets the field once more', () => {
    const [a, b] = [titled(2, 'a'), titled(3, 'b')]
    const settling = titled(4, 'a', a, b)
    const undo = { ...titled(5, 'b', settling), undoes: [settling.id] }
    const open = { field: 'title', lost: 'a', winner: 'b', settled: null }
    expect(lost(a, b, settling, undo)).toEqual([open])
    expect(lost(a, b, settling, undo, titled(6, 'c', undo))).toEqual([{ ...open, settled: ulid(6) }])
  })

  test('an undo, in knowledge of both, of what came before them settles it', () => {
    const first = titled(2, 'z')
    const [a, b] = [titled(3, 'a', first), titled(4, 'b', first)]
    const undo = { ...titled(5, 'y', a, b), undoes: [first.id] }
    expect(lost(first, a, b, undo)).toEqual([{ field: 'title', lost: 'a', winner: 'b', settled: ulid(5) }])
  })

  test('a settled one stays in the list when a third clone then wins', () => {
    const [a, b] = [titled(2, 'a'), titled(3, 'b')]
    const settling = titled(4, 'c', a, b)
    const x = event(5, 'CommentAdded', { text: 'x' }, [created])
    const y = event(6, 'CommentAdded', { text: 'y' }, [x])
    expect(lost(a, b, settling, x, y, titled(7, 'd', y))).toEqual([
      { field: 'title', lost: 'a', winner: 'b', settled: ulid(4) },
      { field: 'title', lost: 'c', winner: 'd', settled: null },
    ])
  })

  test('status, assignee, parent, deletion, number, branch and criteria are fields; labels and comments never lose', () => {
    const criterion = { id: ulid(90), text: 'works' }
    const added = event(2, 'CriterionAdded', criterion, [created])
    const here = (n: number, kind: string, data: Record<string, unknown>) => event(n, kind, data, [added])
    expect(
      lost(
        added,
        here(10, 'TaskStarted', { branch: 'task/1' }),
        here(20, 'TaskStarted', { branch: 'task/1-b' }),
        here(21, 'TaskCancelled', {}),
        here(11, 'TaskAssigned', { assignee: 'ann' }),
        here(22, 'TaskAssigned', { assignee: 'bob' }),
        here(12, 'ParentSet', { parent: ulid(70) }),
        here(23, 'ParentSet', { parent: null }),
        here(13, 'TaskDeleted', {}),
        here(24, 'TaskRestored', {}),
        here(14, 'TaskRenumbered', { number: 5 }),
        here(25, 'TaskRenumbered', { number: 6 }),
        here(15, 'CriterionChecked', { criterion: criterion.id, met: true }),
        here(26, 'CriterionChecked', { criterion: criterion.id, met: false }),
        here(16, 'LabelsChanged', { add: ['x'] }),
        here(27, 'LabelsChanged', { add: ['y'] }),
        here(17, 'CommentAdded', { text: 'x' }),
        here(28, 'CommentAdded', { text: 'y' }),
      ).map(({ field, lost, winner }) => [field, lost, winner]),
    ).toEqual([
      ['status', 'in_progress', 'cancelled'],
      ['branch', 'task/1', 'task/1-b'],
      ['assignee', 'ann', 'bob'],
      ['parent', ulid(70), null],
      ['deleted', true, false],
      ['number', 5, 6],
      [`criterion ${criterion.id}`, true, false],
      ['status', 'in_progress', 'cancelled'],
    ])
  })

  test('what is open is every last word that nobody has answered and that does not hold, over random histories', () => {
    // Each edit follows a random choice of earlier events, so that branches fork and join in every way.
    const history = fc.array(fc.record({ title: fc.constantFrom('a', 'b', 'c'), after: fc.nat(1000) }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(history, (edits) => {
        const events = [created]
        for (const [i, { title, after }] of edits.entries()) {
          const parents = [events[after % events.length]!, events[(after * 7 + 1) % events.length]!]
          events.push(titled(i + 2, title, ...new Set(parents)))
        }
        const log = { id: ulid(0), events }
        const answered = new Set(events.flatMap((e) => e.after))
        const holds = fold(log).title
        const expected = events.filter((e) => !answered.has(e.id) && e !== created && e.data.title !== holds)
        const open = lostWrites(log).filter((write) => write.settledBy === null)
        expect(open.map((write) => write.lost.id).sort()).toEqual(expected.map((e) => e.id).sort())
        for (const write of open) expect(write.winningValue).toBe(holds)
      }),
      { seed: 1, numRuns: 500 },
    )
  })
})
