import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { STATUSES } from '../../schemas/vocabulary.ts'
import { checksum } from '../../src/snapshot/checksum.ts'
import { compactSegment } from '../../src/snapshot/compact.ts'
import { AT, FLAG, isClosed, ROW_BYTES, ROW_INTS, taskJson } from '../../src/snapshot/row.ts'
import { encodeSegment, type IndexedTask, joinSegments, type Segment } from '../../src/snapshot/segment.ts'
import {
  CorruptIndex,
  memoryHeap,
  type Overlay,
  openSnapshot,
  type Snapshot,
} from '../../src/snapshot/snapshot.ts'
import { draft } from '../../src/tasks/event-kind.ts'
import { fold } from '../../src/tasks/fold.ts'
import { initialState, type TaskState } from '../../src/tasks/task-state.ts'
import { anyLog } from '../support/any-log.ts'
import { runs } from '../support/nasty-text.ts'
import { after, appended, create, NO_TASK, ulidOf } from '../support/task-log.ts'

const open = (segment: Segment, overlays: readonly Overlay[] = []): Snapshot =>
  openSnapshot({
    tip: null,
    rows: segment.rows,
    heap: memoryHeap(segment.heap),
    overlays,
    problems: [],
    highestNumber: Math.max(
      segment.highestNumber,
      ...overlays.map((overlay) => overlay.segment.highestNumber),
    ),
  })

/** Tasks as logs of all kinds make them, each with an id of its own. */
const anyTasks = (most: number): fc.Arbitrary<IndexedTask[]> =>
  fc
    .array(fc.record({ log: anyLog, writable: fc.boolean() }), { maxLength: most })
    .map((made) =>
      made.map(({ log, writable }, i) => ({ task: { ...fold(log), id: ulidOf(i + 1) }, writable })),
    )

/** Everything that a snapshot says of a task is what the task says. */
function expectSame(snapshot: Snapshot, { task, writable }: IndexedTask): void {
  const slot = snapshot.slotOfId(task.id)
  if (slot === undefined) throw new Error(`${task.id} is not in the snapshot`)
  const { number, status, priority, type } = task
  expect({ number: snapshot.number(slot), status: snapshot.status(slot) }).toEqual({ number, status })
  expect({ priority: snapshot.priority(slot), type: snapshot.type(slot) }).toEqual({ priority, type })
  expect(snapshot.json(slot).toString()).toBe(taskJson(task))
  const head = snapshot.head(slot)
  expect({
    id: head.id,
    title: head.title,
    assignee: head.assignee,
    labels: head.labels,
    dependsOn: head.dependsOn,
    parent: head.parent,
    aliases: head.aliases,
    deadline: head.deadline,
    estimate: head.estimate,
    branch: head.branch,
    source: head.source,
  }).toEqual({
    id: task.id,
    title: task.title,
    assignee: task.assignee ?? '',
    labels: [...task.labels.keys()].sort(),
    dependsOn: [...task.dependsOn.keys()].sort(),
    parent: task.parent ?? '',
    aliases: task.aliases,
    deadline: task.deadline ?? '',
    estimate: task.estimate ?? '',
    branch: task.branch ?? '',
    source: task.source ? `${task.source.system}:${task.source.id}` : '',
  })
  const flags = snapshot.flags(slot)
  const has = (flag: number) => (flags & flag) !== 0
  expect(has(FLAG.DELETED)).toBe(task.deleted)
  expect(has(FLAG.HAS_DEPENDENCIES)).toBe(task.dependsOn.size > 0)
  expect(has(FLAG.HAS_PARENT)).toBe(task.parent !== null)
  expect(has(FLAG.HAS_ALIASES)).toBe(task.aliases.length > 0)
  expect(has(FLAG.READ_ONLY)).toBe(!writable)
  expect(has(FLAG.GONE)).toBe(false)
  expect(isClosed(snapshot.packed(slot))).toBe(['completed', 'cancelled'].includes(status))
  const wide = (place: number) => snapshot.wide[(slot * ROW_INTS + place) / 2]
  expect(wide(AT.CREATED)).toBe(task.createdAt ? Date.parse(task.createdAt) : 0)
  expect(wide(AT.UPDATED)).toBe(task.updatedAt ? Date.parse(task.updatedAt) : 0)
  expect(wide(AT.COMPLETED)).toBe(task.completedAt ? Date.parse(task.completedAt) : 0)
  expect(snapshot.summary(task.id)).toEqual({
    id: task.id,
    number,
    title: task.title,
    status,
    deleted: task.deleted,
    parent: task.parent,
    dependsOn: [...task.dependsOn.keys()].sort(),
  })
}

describe('a snapshot says of every task what the task says', () => {
  test('made in one piece', () => {
    fc.assert(
      fc.property(anyTasks(6), (tasks) => {
        const snapshot = open(encodeSegment(tasks))
        expect(snapshot.slots).toBe(tasks.length)
        for (const task of tasks) expectSame(snapshot, task)
        const numbers = tasks.flatMap(({ task }) => [task.number, ...task.aliases])
        expect(snapshot.nextNumber).toBe(1 + Math.max(0, ...numbers))
      }),
      runs(60),
    )
  })

  test('made in pieces and joined: the same bytes', () => {
    fc.assert(
      fc.property(anyTasks(6), fc.nat(6), fc.nat(6), (tasks, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const pieces = [tasks.slice(0, from), tasks.slice(from, to), tasks.slice(to)]
        const joined = joinSegments(pieces.map(encodeSegment))
        expect(joined).toEqual(encodeSegment(tasks))
      }),
      runs(40),
    )
  })

  test('overlaid by later states, and then compacted', () => {
    fc.assert(
      fc.property(anyTasks(4), anyTasks(6), fc.nat(6), (first, second, gone) => {
        const base = encodeSegment(first)
        // Ids count from one in both, so what is in both is replaced, and what is beyond is added.
        const overlay = { segment: encodeSegment(second), slots: second.map((_, i) => i), gone: [] }
        const all = [...second, ...first.slice(second.length)]
        const removed = gone < all.length ? [gone] : []
        const last = { segment: encodeSegment([]), slots: [], gone: removed }
        const laid = open(base, [overlay, last])
        const left = all.filter((_, i) => !removed.includes(i))
        const compacted = compactSegment(laid)
        expect(compacted.rows.length).toBe(left.length * ROW_BYTES)
        for (const snapshot of [laid, open(compacted)]) {
          for (const task of left) expectSame(snapshot, task)
          for (const slot of removed) expect(snapshot.slotOfId(all[slot]!.task.id)).toBeUndefined()
          expect(snapshot.nextNumber).toBe(laid.nextNumber)
        }
      }),
      runs(60),
    )
  })
})

test('a task that is gone and comes back is there again', () => {
  const segment = encodeSegment([{ task: fold(after(NO_TASK, create())), writable: true }])
  const nothing = { segment: encodeSegment([]), slots: [], gone: [0] }
  const id = fold(after(NO_TASK, create())).id
  expect(open(segment, [nothing]).slotOfId(id)).toBeUndefined()
  expect(open(segment, [nothing, { segment, slots: [0], gone: [] }]).slotOfId(id)).toBe(0)
})

const task = (n: number, more: Partial<TaskState>): IndexedTask => ({
  task: { ...initialState(ulidOf(n)), number: n, title: `Task ${n}`, ...more },
  writable: true,
})

test('a number leads to the task that has it now, or else to those that had it', () => {
  const snapshot = open(
    encodeSegment([
      task(1, { number: 5 }),
      task(2, { number: 6, aliases: [5, 7] }),
      task(3, { number: 8, aliases: [7] }),
    ]),
  )
  expect(snapshot.slotsOfNumber(5)).toEqual([0])
  expect(snapshot.slotsOfNumber(7)).toEqual([1, 2])
  expect(snapshot.slotsOfNumber(9)).toEqual([])
})

test('children are those whose parent the task is', () => {
  const snapshot = open(
    encodeSegment([task(1, {}), task(2, { parent: ulidOf(1) }), task(3, { parent: ulidOf(2) })]),
  )
  expect(snapshot.childrenOf(ulidOf(1)).map((child) => child.number)).toEqual([2])
  expect(snapshot.childrenOf(ulidOf(3))).toEqual([])
})

test('instants far ahead keep their place: beyond 2038, and deadlines to the end of the calendar', () => {
  const late = '2040-01-01T00:00:00.000Z'
  const log = appended(after(NO_TASK, create({ deadline: '9999-12-31' })), [
    draft('TaskCompleted', { completed_at: late }),
  ])
  const snapshot = open(
    encodeSegment([{ task: fold(log), writable: true }, task(2, { deadline: '2026-11-27' }), task(3, {})]),
  )
  expect(snapshot.wide[AT.COMPLETED / 2]).toBe(Date.parse(late))
  const [far, near, none] = [0, 1, 2].map((slot) => snapshot.columns[slot * ROW_INTS + AT.DEADLINE]!)
  expect(far).toBeGreaterThan(near!)
  expect(none).toBeGreaterThan(far!)
})

test('any flipped bit in the heap is noticed before it is believed', () => {
  const segment = encodeSegment([
    { task: fold(after(NO_TASK, create({ description: 'Words' }))), writable: true },
  ])
  for (let at = 0; at < segment.heap.length; at++) {
    const heap = Buffer.from(segment.heap)
    heap[at]! ^= 1 << (at % 8)
    const snapshot = open({ ...segment, heap })
    const readAll = () => [snapshot.head(0), snapshot.json(0)]
    expect(readAll).toThrow(CorruptIndex)
    expect(() => open(compactSegment(snapshot)).json(0) && snapshot.head(0)).toThrow(CorruptIndex)
  }
})

test('the checksum of bytes is the one that every zlib knows, and tells neighbours apart', () => {
  expect(checksum(Buffer.from('123456789'))).toBe(0xcbf43926 | 0)
  expect(checksum(Buffer.alloc(0))).toBe(0)
})

test('every status keeps its place in the columns', () => {
  const snapshot = open(encodeSegment(STATUSES.map((status, i) => task(i + 1, { status }))))
  expect(STATUSES.map((_, slot) => snapshot.status(slot))).toEqual(STATUSES)
})
