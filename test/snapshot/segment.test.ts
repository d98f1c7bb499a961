import { expect, test } from 'vitest'
import { compactSegment } from '../../src/snapshot/compact.ts'
import { encodeSegment, type IndexedTask, joinSegments, type Segment } from '../../src/snapshot/segment.ts'
import { CorruptIndex, memoryHeap, type Overlay, openSnapshot } from '../../src/snapshot/snapshot.ts'
import { initialState, type TaskState } from '../../src/tasks/task-state.ts'

const idOf = (number: number) => `01JF3ZK4Q8M6W2T5V7X9Y0${String(number).padStart(4, '0')}`
const indexed = (number: number, more: Partial<TaskState> = {}): IndexedTask => ({
  task: {
    ...initialState(idOf(number)),
    number,
    title: `Task ${number}`,
    description: 'x'.repeat(number),
    ...more,
  },
  writable: true,
})
const open = (segment: Segment, overlays: readonly Overlay[] = []) =>
  openSnapshot({
    tip: 'a'.repeat(40),
    rows: segment.rows,
    heap: memoryHeap(segment.heap),
    overlays,
    problems: [],
    highestNumber: segment.highestNumber,
  })
const contents = (segment: Segment, overlays: readonly Overlay[] = [], allAtOnce = false) => {
  const snapshot = open(segment, overlays)
  if (allAtOnce) for (const what of ['heads', 'json', 'all'] as const) snapshot.willRead(what, snapshot.slots)
  return Array.from({ length: snapshot.slots }, (_, slot) => ({
    id: snapshot.head(slot).id,
    title: snapshot.head(slot).title,
    json: JSON.parse(snapshot.json(slot).toString('utf8')) as { description: string },
  }))
}

const TASKS = [indexed(1), indexed(2, { title: 'Grün 漢字 🙂' }), indexed(3), indexed(4)]

test('what is read one by one and what is read at once are the same, with and without ASCII', () => {
  const whole = encodeSegment(TASKS)
  expect(contents(whole, [], true)).toEqual(contents(whole))
  expect(contents(whole).map(({ title }) => title)).toEqual(['Task 1', 'Grün 漢字 🙂', 'Task 3', 'Task 4'])
})

test('segments joined hold what one segment of all would, empty ones too', () => {
  const parts = [TASKS.slice(0, 1), [], TASKS.slice(1, 3), TASKS.slice(3)].map(encodeSegment)
  const joined = joinSegments(parts)
  const whole = encodeSegment(TASKS)
  expect(joined.rows.equals(whole.rows)).toBe(true)
  expect(joined.heap.equals(whole.heap)).toBe(true)
  expect(joined.highestNumber).toBe(4)
  expect(joinSegments([]).rows.length).toBe(0)
})

test('compacting leaves the newest state of each task and drops what is gone', () => {
  const base = encodeSegment(TASKS)
  const overlay: Overlay = {
    segment: encodeSegment([indexed(3, { title: 'Third again' }), indexed(5)]),
    slots: [2, 4],
    gone: [0],
  }
  const compacted = compactSegment(open(base, [overlay]))
  const expected = [TASKS[1]!, indexed(3, { title: 'Third again' }), TASKS[3]!, indexed(5)]
  expect(compacted.heap.equals(encodeSegment(expected).heap)).toBe(true)
  expect(contents(compacted)).toEqual(contents(encodeSegment(expected)))
})

test('relations are found from their other end, also in later states', () => {
  const parent = idOf(1)
  const on = (...numbers: number[]) => new Map(numbers.map((number) => [idOf(number), ['e']]))
  const base = encodeSegment([
    indexed(1),
    indexed(2, { parent }),
    indexed(3, { parent, dependsOn: on(1, 2) }),
    indexed(4, { dependsOn: on(2) }),
  ])
  const overlay: Overlay = {
    segment: encodeSegment([indexed(2), indexed(5, { parent })]),
    slots: [1, 4],
    gone: [],
  }
  const snapshot = open(base, [overlay])
  expect(snapshot.slotsWithin(parent)).toEqual([2, 4])
  expect(snapshot.slotsDependingOn(idOf(2))).toEqual([2, 3])
  expect(snapshot.slotsDependingOn(idOf(5))).toEqual([])
  expect(snapshot.childrenOf(parent).map(({ number }) => number)).toEqual([3, 5])
})

test('a text that nobody wrote is noticed', () => {
  const segment = encodeSegment(TASKS)
  for (const place of [0, segment.heap.length - 1]) {
    const heap = Buffer.from(segment.heap)
    heap[place]! ^= 1
    expect(() => contents({ ...segment, heap })).toThrow(CorruptIndex)
  }
})
