import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EVENT_DATA, type EventKind } from '../../schemas/event.ts'
import { readTaskFile, renderTaskFile } from '../../src/store/task-file.ts'
import { draft } from '../../src/tasks/event-kind.ts'
import { KINDS } from '../../src/tasks/evolve.ts'
import { fold, foldUntil, isFoldable, steps, type TaskLog } from '../../src/tasks/fold.ts'
import { anyDraft, anyLog, KIND_NAMES } from '../support/any-log.ts'
import { runs } from '../support/nasty-text.ts'
import { after, appended, create, instantOf, NO_TASK, TASK, ulidOf, united } from '../support/task-log.ts'

/** A permutation of the events, by the order of random numbers. */
const shuffled = ({ id, events }: TaskLog, by: readonly number[]): TaskLog => ({
  id,
  events: events
    .map((event, i) => ({ event, key: by[i % by.length]! * 31 + ((i * by[0]!) % 7) }))
    .sort((a, b) => a.key - b.key)
    .map(({ event }) => event),
})

test('every kind that an event may have can be folded', () => {
  expect(Object.keys(KINDS).sort()).toEqual(Object.keys(EVENT_DATA).sort())
})

describe('an event of each kind comes back from its file as it was', () => {
  test.each(KIND_NAMES)('%s', async (kind: EventKind) => {
    const begun = appended(NO_TASK, [draft('TaskCreated', { number: 12, title: 'Fix auth bug' })], 2)
    await fc.assert(
      fc.asyncProperty(fc.array(anyDraft(kind), { minLength: 1, maxLength: 2 }), async (drafts) => {
        const log = appended(begun, drafts)
        expect(EVENT_DATA[kind].safeParse(log.events.at(-1)!.data).error).toBeUndefined()
        const read = await readTaskFile(TASK, renderTaskFile(log))
        expect(read).toEqual({ log, task: fold(log), writable: true, faults: [] })
      }),
      runs(30),
    )
  })
})

test('the bytes of a file are a function of the set of events, in whatever order and how often they arrive', () => {
  fc.assert(
    fc.property(anyLog, fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }), (log, by) => {
      const bytes = renderTaskFile(log)
      expect(renderTaskFile(shuffled(log, by))).toBe(bytes)
      const again = { id: log.id, events: [...log.events, ...shuffled(log, by).events] }
      expect(renderTaskFile(united(again, log))).toBe(bytes)
    }),
    runs(150),
  )
})

test('what three clones wrote is read back whole, and nothing of it is quarantined', async () => {
  await fc.assert(
    fc.asyncProperty(anyLog, async (log) => {
      const read = await readTaskFile(TASK, renderTaskFile(log))
      expect(read).toMatchObject({ writable: true, faults: [], task: fold(log) })
      expect(steps(log)).toHaveLength(log.events.length)
    }),
    runs(150),
  )
})

test('no event is illegal to fold, before or after any other', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...KIND_NAMES).chain(anyDraft), { maxLength: 6 }), (drafts) => {
      const history = steps(appended(NO_TASK, drafts))
      expect(history).toHaveLength(drafts.length)
      for (const { after } of history) {
        expect(after.number).toBeGreaterThanOrEqual(0)
        expect(after.completedAt === null || after.status === 'completed').toBe(true)
      }
    }),
    runs(300),
  )
})

test('an edit never undeletes, and the last writer of each field holds', () => {
  const created = after(NO_TASK, create())
  const mine = appended(created, [draft('TaskEdited', { title: 'Mine', priority: 'high' })], 2)
  const theirs = appended(created, [draft('TaskDeleted', {}), draft('TaskEdited', { title: 'Theirs' })], 3)
  expect(fold(united(mine, theirs))).toMatchObject({ title: 'Theirs', priority: 'high', deleted: true })
})

test('a label that is added while another clone removes it stays', () => {
  const labelled = after(NO_TASK, create({ labels: ['p0'] }))
  const value = { value: 'p0', adds: [labelled.events[0]!.id] }
  const removed = appended(labelled, [draft('LabelsChanged', { remove: [value] })], 2)
  const added = appended(labelled, [draft('LabelsChanged', { add: ['p0'] })], 3)
  expect([...fold(removed).labels.keys()]).toEqual([])
  expect([...fold(united(removed, added)).labels.keys()]).toEqual(['p0'])
})

test('a number that is given up stays an alias; one that is taken again is none', () => {
  const numbers = [15, 16, 12].map((number) => draft('TaskRenumbered', { number }))
  expect(fold(appended(after(NO_TASK, create()), numbers))).toMatchObject({ number: 12, aliases: [15, 16] })
})

test('the past is folded by the times that events carry', () => {
  const log = after(NO_TASK, create(), { kind: 'EditTask', fields: { title: 'Later' } })
  expect(foldUntil(log, '2026-01-01T00:00:00.000Z')).toBeNull()
  expect(foldUntil(log, instantOf(0))?.title).toBe('Fix auth bug')
  expect(foldUntil(log, instantOf(1))?.title).toBe('Later')
})

test('a task is not there before its creation, even if a later event has an earlier time', () => {
  const log = after(NO_TASK, create())
  const events = appended(log, [draft('TaskRenumbered', { number: 3 })]).events
  const early = { ...events[1]!, at: '2026-01-01T00:00:00.000Z' }
  expect(foldUntil({ id: log.id, events: [events[0]!, early] }, '2026-02-01T00:00:00.000Z')).toBeNull()
})

test('a number is no content: a task that gets one has not changed', () => {
  const log = after(NO_TASK, create())
  const renumbered = fold(appended(log, [draft('TaskRenumbered', { number: 3 })]))
  expect(renumbered).toEqual({ ...fold(log), number: 3, aliases: [12] })
})

test('an event of a newer fold or of an unknown kind cannot be folded here', () => {
  const [event] = after(NO_TASK, create()).events
  expect(isFoldable([event!])).toBe(true)
  expect(isFoldable([{ ...event!, v: 2 }])).toBe(false)
  expect(isFoldable([{ ...event!, kind: 'TaskPinned' }])).toBe(false)
  expect(isFoldable([{ ...event!, kind: 'constructor' }])).toBe(false)
})

test('an event comes after all that its writer had seen, and a command’s events name their first', () => {
  const created = after(NO_TASK, create())
  const mine = appended(created, [draft('TaskDeleted', {})], 2)
  const theirs = appended(created, [draft('TaskAssigned', { assignee: 'ann' })], 3)
  const log = appended(
    united(mine, theirs),
    [draft('TaskRestored', {}), draft('CommentAdded', { text: 'Words' })],
    4,
  )
  const [first, second] = log.events.slice(-2)
  expect(first).toMatchObject({
    after: [mine, theirs].map(({ events }) => events[1]!.id),
    clock: 3,
    group: first!.id,
  })
  expect(second).toMatchObject({ after: [first!.id], clock: 4, group: first!.id })
  expect(created.events[0]).toMatchObject({ after: [], clock: 1 })
  expect(created.events[0]).not.toHaveProperty('group')
})

test('an event that was set aside is nothing that a new one follows', () => {
  const created = after(NO_TASK, create())
  const bad = { ...created.events[0]!, id: ulidOf(77), clock: 9 }
  const log = appended({ id: TASK, events: [...created.events, bad] }, [draft('TaskDeleted', {})])
  expect(log.events.at(-1)).toMatchObject({ after: [created.events[0]!.id], clock: 2 })
})
